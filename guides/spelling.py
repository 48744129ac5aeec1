"""What a search of guides that finds nothing may have meant."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from guides.filters import GuideFilter
from guides.models import GuideIndex
from guides.stamps import kept_newest
from guides.synonyms import synonyms
from lib import spelling, textindex
from lib.fulltext import Query, singular, spoken
from lib.spelling import Known, Meant


def meant(asked: GuideFilter) -> Meant | None:
    """The nearest spelling of a search without results that has some; see `lib.spelling`.

    Five statements at most.
    """
    if "q" not in asked.values:
        return None
    public, rows = (
        set(guides.values_list("revision_id", flat=True))
        for guides in (asked.queryset, asked.narrow(without="q"))
    )

    def found(queries: Sequence[Query]) -> list[set[int]]:
        ids = textindex.find(connection.alias, GuideIndex.TABLE, queries)
        return [public.intersection(some) for some in ids]

    return spelling.meant(
        asked,
        widen=synonyms(asked.stamp).widen,
        has=lambda queries: map(bool, found(queries)),
        count=lambda queries: [len(rows & some) for some in found(queries)],
        known=lambda: kept_newest("words-of-guides", (), asked.stamp, lambda: words_of(public)),
    )


def words_of(revisions: set[int]) -> Known:
    """The words of the full text of these revisions, those that most of them have first."""
    met = textindex.words(connection.alias, GuideIndex.TABLE, revisions)
    # Rows have the singular of each plural, which may be no word: kubernete.
    made = {one for token in met if (one := singular(token)) and met[one] == met[token]}
    order = sorted(met.keys() - made, key=lambda token: (-met[token], token))
    return {spoken(token)[0]: spoken(token)[-1] for token in order}
