"""The board's own roles and skills, as `extraction` wants them."""

from __future__ import annotations

from extraction import role, skills
from extraction.kinds import Vocabularies
from guides.models import Role, Skill


def role_names() -> list[tuple[str, list[str]]]:
    """Names and aliases of every role by its slug; one statement.

    What names a view names its base: a view has no postings of its own.
    """
    names: dict[str, list[str]] = {}
    for one in Role.objects.select_related("base"):
        names.setdefault((one.base or one).slug, []).extend([one.name, *one.aliases])
    return list(names.items())


def vocabularies() -> Vocabularies:
    """Names and aliases of every role and skill; two statements."""
    terms = [(one.slug, [one.name, *one.aliases]) for one in Skill.objects.all()]
    return Vocabularies(role.Vocabulary(role_names()), skills.Vocabulary(terms))
