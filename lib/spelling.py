"""What a search that finds nothing may have meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from lib.filters import ListFilter
from lib.fulltext import TERM, Phrase, Query, Term, spans, spoken

# How alike two words must be, of 1: a slip in four letters. A third of the words of other trades
# are near some word of a guide if they need be less alike ("plumber" and "number").
ALIKE = 0.75
# How many of the likest are tried.
TRIED = 3
# A search of more words than these is left as it is.
MOST_WORDS = 12

# Folded word to the word as it is shown, the more frequent first.
Known = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Meant:
    """Words that `count` rows of a list have under the same other filters."""

    text: str
    count: int
    address: str


def meant(
    asked: ListFilter,
    *,
    widen: Callable[[Query], Query],
    has: Callable[[Sequence[Query]], Iterable[bool]],
    count: Callable[[Sequence[Query]], Iterable[int]],
    known: Callable[[], Known],
) -> Meant | None:
    """The nearest spelling of a search without results that has some, or None.

    Only words that nothing has are spelled anew. `has` answers for each query whether anything at
    all meets it, `count` how many rows do under the other filters; each is asked once at most.
    """
    query: Query | None = asked.values.get("q")
    wanted = wanted_words(query) if query else {}
    if not query or len(wanted) > MOST_WORDS:
        return None
    alone = [
        widen(Query.of([Term(Phrase((token,), prefix), plain=not prefix)]))
        for token, prefix in wanted.items()
    ]
    unknown = [token for token, is_had in zip(wanted, has(alone), strict=True) if not is_had]
    if not unknown:
        return None
    words = known()
    likely = {token: nearest(token, words, prefix=wanted[token]) for token in unknown}
    texts = list(spellings(str(asked.data["q"]), likely))
    if not texts:
        return None
    queries = [widen(Query.parse(text, max_terms=len(query.terms))) for text in texts]
    found = zip(texts, count(queries), strict=True)
    return next((Meant(text, n, asked.address(q=text)) for text, n in found if n), None)


def wanted_words(query: Query) -> dict[str, bool]:
    """The tokens that a row must have, and of each whether it is the beginning of a word."""
    return {
        token: term.phrase.prefix and token is term.phrase.tokens[-1]
        for term in query.terms
        if not term.excluded
        for token in term.phrase.tokens
    }


def nearest(token: str, known: Known, *, prefix: bool = False) -> list[str]:
    """The known words most like this one, of equally like ones the more frequent first."""
    from rapidfuzz import process  # rarely asked, and six megabytes
    from rapidfuzz.distance import OSA

    word = spoken(token)[0]
    compared = [one[: len(word)] for one in known] if prefix else list(known)
    found = process.extract(
        word, compared, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=TRIED
    )
    shown = list(known.values())
    return [shown[place] for _, _, place in found]


def spellings(text: str, likely: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The query `text` with the likeliest word for each token, then with the next ones.

    None where a token has no likely word, and none that is longer than a search may be.
    """
    for number in range(max(map(len, likely.values())) if all(likely.values()) else 0):
        words = {token: found[min(number, len(found) - 1)] for token, found in likely.items()}
        if len(other := respelled(text, words)) <= settings.BOARD["SEARCH_CHARACTERS"]:
            yield other


def respelled(text: str, words: Mapping[str, str]) -> str:
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
