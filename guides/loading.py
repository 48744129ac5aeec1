"""The shipped content: skills, roles and guides from files into rows, without undoing an editor."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.admin.models import LogEntry
from django.db import transaction

from guides import contentfiles
from guides.apply import apply_guide, apply_role, apply_skill, make_missing, one_at_a_time, owners
from guides.contentfiles import Content, naming
from guides.models import Guide, Role, Skill
from guides.revisions import newest, publish, record
from guides.skilltext import SkillText
from guides.textform import GuideText, RoleText, dump, dump_role

CONTENT = Path(__file__).parent / "content"
LOADED = "Loaded from the shipped content"


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
    content = contentfiles.read(directory)
    one_at_a_time()
    contentfiles.store_images(content)
    loaded = Loaded({"skills": Counter(), "roles": Counter(), "guides": Counter()})
    _load_skills(content, loaded)
    new = make_missing(text for _, text in content.roles)
    roles = owners(Role, [text.slug for _, text in content.roles])
    for path, role_text in content.roles:
        role = roles[role_text.slug]
        with naming(path):
            loaded.add("roles", _load_role(role_text, role, role_text.slug in new), role_text.slug)
    guides = owners(Guide, [text.slug for _, text in content.guides])
    for path, guide_text in content.guides:
        with naming(path):
            outcome = _load_guide(guide_text, guides.get(guide_text.slug), content)
            loaded.add("guides", outcome, guide_text.slug)
    return loaded


def _load_role(text: RoleText, role: Role, is_new: bool) -> str:
    if is_new:
        record(apply_role(text, role), reason=LOADED)
        return "new"
    if (outcome := _standing(role, dump_role(text))) != "changed":
        return outcome
    return "changed" if record(apply_role(text, role), reason=LOADED) else "unchanged"


def _load_guide(text: GuideText, guide: Guide | None, content: Content) -> str:
    if guide is None:
        publish(apply_guide(text, None, content.images), reason=LOADED)
        return "new"
    if (outcome := _standing(guide, dump(text))) != "changed":
        return outcome
    before = newest(guide)
    apply_guide(text, guide, content.images)
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


def _load_skills(content: Content, loaded: Loaded) -> None:
    edited = set(
        LogEntry.objects.filter(
            content_type__app_label="guides", content_type__model="skill"
        ).values_list("object_id", flat=True)
    )
    stored = owners(Skill, [text.slug for text in content.skills])
    for text in content.skills:
        with naming(content.skills_path):
            outcome = _load_skill(text, stored.get(text.slug), edited)
            loaded.add("skills", outcome, text.slug)


def _load_skill(text: SkillText, skill: Skill | None, edited: set[str | None]) -> str:
    if skill is None:
        apply_skill(text)
        return "new"
    if text.says_the_same_as(skill):
        return "unchanged"
    if str(skill.pk) in edited:
        return "kept"
    apply_skill(text, skill)
    return "changed"
