"""The shipped content: skills, roles and guides from files into rows, without undoing an editor."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.contrib.admin.models import LogEntry
from django.db import transaction

from guides import textform
from guides.apply import apply_guide, apply_role, make_missing
from guides.frontmatter import Fields, TextFormError, compose
from guides.models import Guide, Role, Skill
from guides.revisions import PublishError, newest, publish, record
from guides.slugs import resolve

T = TypeVar("T")

CONTENT = Path(__file__).parent / "content"
LOADED = "Loaded from the shipped content"


class ContentError(Exception):
    """A file that cannot be loaded; says which, and the line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")


@dataclass(slots=True)
class Loaded:
    """How many of each kind (skills, roles, guides) were new, changed, unchanged and kept.

    Kept ones differ from the files because somebody has edited them; `names` lists them.
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def add(self, kind: str, outcome: str, name: str) -> None:
        self.counts[kind][outcome] += 1
        if outcome == "kept":
            self.names.append(f"{kind.removesuffix('s')} {name}")


@transaction.atomic
def load(directory: Path = CONTENT) -> Loaded:
    """Load skills.yaml, roles/*.md and guides/*.md; missing ones are made, guides published.

    What nobody has edited follows its file; what somebody has edited is left alone. Twice changes
    nothing. Raises ContentError, and then nothing is changed.
    """
    loaded = Loaded({"skills": Counter(), "roles": Counter(), "guides": Counter()})
    _load_skills(directory / "skills.yaml", loaded)
    roles = _read(directory / "roles", textform.parse_role)
    new = make_missing(text for _, text in roles)
    for path, role_text in sorted(roles, key=lambda item: bool(item[1].base)):
        with _naming(path):
            loaded.add("roles", _load_role(role_text, role_text.slug in new), role_text.slug)
    for path, guide_text in _read(directory / "guides", textform.parse):
        with _naming(path):
            loaded.add("guides", _load_guide(guide_text), guide_text.slug)
    return loaded


def _load_role(text: textform.RoleText, is_new: bool) -> str:
    found = resolve(Role, text.slug)
    assert found is not None, "missing roles were made first"
    if is_new:
        record(apply_role(text, found.object), reason=LOADED)
        return "new"
    if (outcome := _standing(found.object, textform.dump_role(text))) != "changed":
        return outcome
    return "changed" if record(apply_role(text, found.object), reason=LOADED) else "unchanged"


def _load_guide(text: textform.GuideText) -> str:
    found = resolve(Guide, text.slug)
    if found is None:
        publish(apply_guide(text), reason=LOADED)
        return "new"
    guide = found.object
    if (outcome := _standing(guide, textform.dump(text))) != "changed":
        return outcome
    before = newest(guide)
    apply_guide(text, guide)
    if guide.state == Guide.State.PUBLISHED:
        publish(guide, reason=LOADED)
    else:
        record(guide, reason=LOADED)
    return "unchanged" if newest(guide) == before else "changed"


def _standing(owner: Role | Guide, text: str) -> str:
    """`unchanged`, `kept` (edited by somebody and different) or `changed` (by the file)."""
    latest = newest(owner)
    if latest is not None and latest.text == text:
        return "unchanged"
    if latest is None or latest.created_by_id is not None or latest.reason != LOADED:
        return "kept"
    return "changed"


def _load_skills(path: Path, loaded: Loaded) -> None:
    with _naming(path):
        node = compose(path.read_text("utf-8"), 1) if path.exists() else None
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise TextFormError(1, "the file must be a list of skills")
        edited = set(
            LogEntry.objects.filter(
                content_type__app_label="guides", content_type__model="skill"
            ).values_list("object_id", flat=True)
        )
        of: Any = Skill._meta.get_field
        taken: set[str] = set()
        for item in node.value:
            fields = Fields(item, 1, "a skill")
            skill = Skill(
                name=fields.text("name", of("name")),
                slug=fields.text("slug", of("slug")),
                kind=fields.text("kind", of("kind")),
                aliases=fields.strings("aliases"),
            )
            fields.done()
            if skill.slug in taken:
                fields.refuse("slug", f"the skill “{skill.slug}” is there twice")
            taken.add(skill.slug)
            loaded.add("skills", _load_skill(skill, fields, edited), skill.slug)


def _load_skill(skill: Skill, fields: Fields, edited: set[str | None]) -> str:
    found = resolve(Skill, skill.slug)
    stored = found.object if found else None
    if stored and str(stored.pk) in edited:
        return "unchanged" if _same(stored, skill) else "kept"
    if stored and _same(stored, skill):
        return "unchanged"
    if (
        other := Skill.objects.filter(name=skill.name)
        .exclude(pk=stored.pk if stored else 0)
        .first()
    ):
        fields.refuse("name", f"the skill “{other.slug}” has the name “{skill.name}” already")
    if stored is None:
        skill.save()
        return "new"
    stored.name, stored.kind, stored.aliases = skill.name, skill.kind, skill.aliases
    stored.save()
    return "changed"


def _same(one: Skill, other: Skill) -> bool:
    return (one.name, one.kind, one.aliases) == (other.name, other.kind, other.aliases)


def _read(directory: Path, parse: Callable[[str], T]) -> list[tuple[Path, T]]:
    read = []
    for path in sorted(directory.glob("*.md")):
        with _naming(path):
            read.append((path, parse(path.read_text("utf-8"))))
    return read


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an error of a text say which file it is in."""
    try:
        yield
    except TextFormError as error:
        raise ContentError(path, error.line, error.reason) from error
    except PublishError as error:
        raise ContentError(path, 1, str(error)) from error
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, "the file is not UTF-8") from error
