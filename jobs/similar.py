"""Open postings that are like one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils import timezone
from pyroaring import BitMap

from guides.stamps import GUIDES
from jobs.cards import Card, cards
from jobs.columns import Columns, current
from jobs.models import Posting
from jobs.scales import Seniority, code
from jobs.stamps import POSTINGS

SIMILAR = 4
# What two postings without a role must have in common to be alike.
SHARED_SKILLS = 2


def similar_to(posting: Posting, skills: Sequence[int], stamps: Mapping[str, str]) -> list[Card]:
    """Open postings like this one, the newest first in each kind.

    Those of its role, its seniority first. Of a posting without a role those that share two
    skills or more, the most shared first, and then those of its company.
    """
    columns = current(stamps[POSTINGS])
    others = columns.public(timezone.now()) - BitMap([posting.pk])
    found: list[int] = []
    for ids in kinds(columns, posting, skills):
        found += columns.page(ids & others, "newest", 0, SIMILAR - len(found))
        others = others - ids
        if len(found) == SIMILAR:
            break
    return cards(columns.cards(found), stamps[GUIDES], level=3)


def kinds(columns: Columns, posting: Posting, skills: Sequence[int]) -> Iterator[BitMap]:
    """The postings that are alike in each way, the closest way first."""
    if posting.role_id is not None:
        same = columns.having("role", [posting.role_id])
        yield same & columns.having("seniority", [code(Seniority, posting.seniority)])
        yield same
        return
    # At each place the postings with that many of the skills, or more.
    sharing = [BitMap() for _ in range(len(skills) + 1)]
    for number, skill in enumerate(skills):
        having = columns.having("skill", [skill])
        for shared in range(number, 0, -1):
            sharing[shared + 1] |= sharing[shared] & having
        sharing[1] |= having
    yield from sharing[: SHARED_SKILLS - 1 : -1]
    yield columns.having("company", [posting.company_id])
