"""What a search of postings that finds nothing may have meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from django.db.models import Model

from guides.models import Role, Skill
from guides.stamps import GUIDES, keep, recall
from guides.synonyms import synonyms
from jobs.filters import PostingFilter, matching
from jobs.models import Company, LivePosting, Place
from lib import spelling
from lib.fulltext import spans, spoken
from lib.spelling import Known, Meant

# A suggestion needs no exactness, so the words it is chosen from may be some minutes old.
KEPT_SECONDS = 10 * 60
# Of each source the newest rows.
MOST = 2_000


def meant(asked: PostingFilter) -> Meant | None:
    """The nearest spelling of a search without results that has some; see `lib.spelling`."""
    rows = asked.narrow(without="q")
    return spelling.meant(
        asked,
        widen=synonyms(asked.now[GUIDES]).widen,
        has=lambda queries: map(bool, matching(*queries)),
        count=lambda queries: [len(rows & found) for found in matching(*queries)],
        known=known_words,
    )


def known_words() -> Known:
    """Words of roles, skills, companies, places and the newest titles; kept for some minutes."""
    key = "words-of-postings"
    found: Known | None = recall([key]).get(key)
    if found is not None:
        return found
    shown: dict[str, str] = {}
    met: Counter[str] = Counter()
    for text in texts():
        for token, start, end in spans(text):
            shown.setdefault(token, text[start:end])
            met[token] += 1
    known = {spoken(token)[0]: shown[token] for token, _ in met.most_common()}
    keep({key: known}, KEPT_SECONDS)
    return known


def texts() -> Iterator[str]:
    for model in (Skill, Role):
        for name, aliases in model._default_manager.values_list("name", "aliases"):
            yield from (name, *aliases)
    yield from chain(names(Company), names(Place))
    newest = LivePosting.objects.order_by("-posted_at", "-posting_id")
    yield from newest.values_list("posting__title", flat=True)[:MOST]


def names(model: type[Model]) -> Iterable[str]:
    return model._default_manager.order_by("-pk").values_list("name", flat=True)[:MOST]
