"""A folder of skills, roles and guides, taken in over what this board has."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from guides import contentfiles
from guides.apply import (
    apply_guide,
    apply_role,
    apply_skill,
    free_names,
    make_missing,
    one_at_a_time,
    owners,
)
from guides.contentfiles import Content, naming
from guides.models import Guide, Revision, Role, Skill
from guides.revisions import publish, record, text_of
from guides.skilltext import dump_skills
from guides.textform import TextFormError, dump, dump_role

T = TypeVar("T", Role, Guide)

KINDS = ("skills", "roles", "guides")


@dataclass(frozen=True, slots=True)
class Change:
    """A file that says something else than the board said; `before` is None for what is new."""

    file: str
    before: str | None
    after: str

    def diff(self) -> str:
        """The difference as a patch."""
        lines = unified_diff(
            (self.before or "").split("\n"),
            self.after.split("\n"),
            "/dev/null" if self.before is None else f"here/{self.file}",
            f"imported/{self.file}",
            lineterm="",
        )
        return "\n".join(lines)


@dataclass(slots=True)
class Imported:
    """How many of each kind were new, changed and unchanged; which files; which guides went out."""

    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {kind: Counter() for kind in KINDS}
    )
    changes: list[Change] = field(default_factory=list)
    published: list[str] = field(default_factory=list)


def import_content(directory: Path, *, publishing: bool = False, dry_run: bool = False) -> Imported:
    """Let the skills, roles and guides of this board say what the folder says, in one transaction.

    What the folder does not name stays as it is. Whatever is overwritten is in the history.
    Published guides change with `publishing` alone: then those that the folder changed, or that
    were never published, are what readers see, except retired ones. A dry run is the whole import,
    taken back. Raises ContentError, and then nothing is changed.
    """
    content = contentfiles.read(directory)
    run = _Import(directory.resolve().name or "/", publishing)
    if not dry_run:
        contentfiles.store_images(content)
    with transaction.atomic():
        one_at_a_time()
        run.skills(content)
        run.roles(content)
        run.guides(content)
        transaction.set_rollback(dry_run)
    return run.outcome


class _Import:
    def __init__(self, name: str, publishing: bool) -> None:
        self.publishing = publishing
        self.reason = f"Imported from {name[:100]}"
        self.outcome = Imported()

    def skills(self, content: Content) -> None:
        before = dump_skills(Skill.objects.all())
        stored = owners(Skill, [text.slug for text in content.skills])
        free_names(Skill, {stored[t.slug].pk: t.name for t in content.skills if t.slug in stored})
        counts = self.outcome.counts["skills"]
        for text in content.skills:
            skill = stored.get(text.slug)
            if skill and text.says_the_same_as(skill):
                counts["unchanged"] += 1
                continue
            counts["changed" if skill else "new"] += 1
            with naming(content.skills_path):
                apply_skill(text, skill)
        after = dump_skills(Skill.objects.all())
        if after != before:
            self.outcome.changes.append(Change(contentfiles.SKILLS, before, after))

    def roles(self, content: Content) -> None:
        new = make_missing(text for _, text in content.roles)
        stored = owners(Role, [text.slug for _, text in content.roles])
        before = {slug: _text(role) for slug, role in stored.items() if slug not in new}
        free_names(Role, {stored[text.slug].pk: text.name for _, text in content.roles})
        for path, text in content.roles:
            role = stored[text.slug]
            with naming(path):
                owner = None if text.slug in new else role
                apply = partial(apply_role, text, role)
                role, is_other = self._take(
                    path, owner, before.get(text.slug), dump_role(text), apply
                )
                if is_other:
                    record(role, reason=self.reason)

    def guides(self, content: Content) -> None:
        stored = owners(Guide, [text.slug for _, text in content.guides])
        for path, text in content.guides:
            owner = stored.get(text.slug)
            with naming(path):
                guide, is_other = self._take(
                    path,
                    owner,
                    _text(owner) if owner else None,
                    dump(text),
                    partial(apply_guide, text, owner, content.images),
                )
                if self.publishing and _is_due(guide, is_other):
                    publish(guide, reason=self.reason)
                    self.outcome.published.append(guide.slug)
                elif is_other:
                    record(guide, reason=self.reason)

    def _take(
        self, path: Path, owner: T | None, before: str | None, wanted: str, apply: Callable[[], T]
    ) -> tuple[T, bool]:
        """What the text was applied to, and whether that made a difference."""
        kind = path.parent.name
        if owner is not None and before == wanted:
            self.outcome.counts[kind]["unchanged"] += 1
            return owner, False
        if owner is not None and before is not None:
            # What was saved without a revision would otherwise be lost.
            record(owner, reason=f"As it was before: {self.reason}")
        taken = apply()
        if (after := text_of(taken)) == before:
            self.outcome.counts[kind]["unchanged"] += 1
            return taken, False
        self.outcome.counts[kind]["changed" if owner else "new"] += 1
        self.outcome.changes.append(Change(f"{kind}/{path.name}", before, after))
        return taken, True


def _text(owner: Role | Guide) -> str | None:
    """The text of the working copy; None for rows that have none, which an import may mend."""
    try:
        return text_of(owner)
    except TextFormError:
        return None


def _is_due(guide: Guide, is_other: bool) -> bool:
    """Whether publishing what the folder says makes this guide's working copy public now."""
    if guide.state == Guide.State.RETIRED:
        return False
    if is_other:
        return True
    text = text_of(guide)
    revisions = Revision.objects.filter(guide=guide)
    if revisions.scheduled().filter(text=text).exists():
        return False
    present = revisions.filter(effective_at__lte=timezone.now())
    current = present.order_by("-effective_at", "-pk").first()
    if current is None:
        return True
    return guide.state == Guide.State.PUBLISHED and current.text != text
