"""What a search that finds nothing may have meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.db.models import Model
from rapidfuzz import fuzz, process

from guides.models import Role, Skill
from guides.stamps import GUIDES, keep, recall
from guides.synonyms import synonyms
from jobs.filters import PostingFilter, matching
from jobs.models import Company, LivePosting, Place
from lib.fulltext import TERM, Phrase, Query, Term, spans

# A suggestion needs no exactness, so the words it is chosen from may be some minutes old.
KEPT_SECONDS = 10 * 60
# Of each source the newest rows.
MOST = 2_000
# How alike two words must be, of 100, and how many of the likest are tried.
ALIKE, TRIED = 70, 3

# Token to the word as it is written, and how often it was met.
Known = dict[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Meant:
    """Words that `count` postings have under the same other filters."""

    text: str
    count: int
    address: str


def meant(asked: PostingFilter) -> Meant | None:
    """The nearest spelling of a search without results that has some, or None.

    Only words that no open posting has are spelled anew.
    """
    query = asked.words_asked
    if query is None or not (unknown := list(unknown_words(asked, query))):
        return None
    known = known_words()
    likely = {word: nearest(word, known) for word in unknown}
    rows = asked.narrow(without="q")
    for number in range(TRIED):
        words = {
            word: found[min(number, len(found) - 1)] for word, found in likely.items() if found
        }
        if len(words) < len(likely) or number >= max(map(len, likely.values())):
            return None
        text = respelled(str(asked.data["q"]), words)
        other = synonyms(asked.now[GUIDES]).widen(Query.parse(text, max_terms=len(query.terms)))
        if count := len(rows & matching(other)[0]):
            return Meant(text, count, asked.address(q=text))
    return None


def unknown_words(asked: PostingFilter, query: Query) -> Iterator[str]:
    """The wanted tokens of a query that no open posting has, by whatever name."""
    names = synonyms(asked.now[GUIDES])
    wanted = {
        (token, term.phrase.prefix and token is term.phrase.tokens[-1]): None
        for term in query.terms
        if not term.excluded
        for token in term.phrase.tokens
    }
    for token, prefix in wanted:
        alone = Query.of([Term(Phrase((token,), prefix), plain=not prefix)])
        if not matching(names.widen(alone))[0]:
            yield token


def nearest(word: str, known: Known) -> list[str]:
    """The known words most like this one, of equally like ones the more frequent first."""
    found = process.extract(word, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=10)
    order = sorted(found, key=lambda one: (-one[1], -known[one[0]][1]))
    return [known[token][0] for token, *_ in order[:TRIED]]


def respelled(text: str, words: dict[str, str]) -> str:
    """The query `text` with other words for some tokens; its quotes, signs and the rest stay."""
    parts, done = [], 0
    for term in TERM.finditer(text):
        if term["minus"]:
            continue
        start = term.start("word") if term["word"] is not None else term.start("phrase")
        raw = term["word"] if term["word"] is not None else term["phrase"]
        for token, begin, end in spans(raw):
            if token in words:
                parts += [text[done : start + begin], words[token]]
                done = start + end
    return "".join([*parts, text[done:]])


def known_words() -> Known:
    """Words of roles, skills, companies, places and the newest titles; kept for some minutes."""
    key = "spelling"
    if (found := recall([key]).get(key)) is not None:
        return dict(found)
    shown: dict[str, str] = {}
    met: Counter[str] = Counter()
    for text in texts():
        for token, start, end in spans(text):
            shown.setdefault(token, text[start:end])
            met[token] += 1
    known = {token: (word, met[token]) for token, word in shown.items()}
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
