"""The board's own roles and skills, as `extraction` wants them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from guides.models import Role, Skill

if TYPE_CHECKING:
    from extraction.kinds import Vocabularies


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
    roles = tuple((slug, tuple(names)) for slug, names in role_names())
    terms = tuple((one.slug, (one.name, *one.aliases)) for one in Skill.objects.all())
    return _learned(roles, terms)


Names = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=1)
def _learned(roles: Names, terms: Names) -> Vocabularies:
    """A worker reads many boards by the same names, and learning them takes as long as reading
    ten postings."""
    from extraction import role, skills
    from extraction.kinds import Vocabularies

    return Vocabularies(role.Vocabulary(roles), skills.Vocabulary(terms))
