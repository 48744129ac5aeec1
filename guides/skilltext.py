"""The list of skills as one text, skills.yaml: a mapping for each skill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from guides.frontmatter import Fields, TextFormError, compose, emit_rows, one_line
from guides.models import Skill


@dataclass(frozen=True, slots=True)
class SkillText:
    """One entry of skills.yaml; `lines` tell where a field stood in the file."""

    name: str
    slug: str
    kind: str
    aliases: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def says_the_same_as(self, skill: Skill) -> bool:
        return dump_skills([self]) == dump_skills([skill])


def parse_skills(text: str) -> tuple[SkillText, ...]:
    """The list of skills. Raises TextFormError with the line of what is wrong."""
    node = compose(text, 1)
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise TextFormError(1, "the file must be a list of skills")
    of: Any = Skill._meta.get_field
    skills: dict[str, SkillText] = {}
    for item in node.value:
        fields = Fields(item, 1, "a skill")
        skill = SkillText(
            name=fields.text("name", of("name")),
            slug=fields.text("slug", of("slug")),
            kind=fields.text("kind", of("kind")),
            aliases=tuple(fields.strings("aliases")),
            lines=fields.lines,
        )
        fields.done()
        if skill.slug in skills:
            fields.refuse("slug", f"the skill “{skill.slug}” is there twice")
        skills[skill.slug] = skill
    return tuple(skills.values())


def dump_skills(skills: Iterable[Skill | SkillText]) -> str:
    """The canonical text of skills.yaml: one skill a line, by slug."""
    return emit_rows(
        {
            "name": one_line(skill.name),
            "slug": skill.slug,
            "kind": skill.kind,
            "aliases": [one_line(alias) for alias in skill.aliases],
        }
        for skill in sorted(skills, key=lambda skill: skill.slug)
    )
