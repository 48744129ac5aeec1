"""The piece of a posting's description that has the words of a search, with the words marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice

from jobs.models import Posting
from lib.fulltext import HYPHENS, Phrase, Query, fold, is_mark, places, respelt, spans, spoken

# About how many characters an excerpt has, and how many of them come before the first match.
LENGTH, LEAD = 160, 40
# How far a cut moves to leave a word whole.
WORD = 30
# How many places of one word are looked at, and how many pieces until one has a match.
MOST, TRIES = 20, 3
# What hyphens leave when they are taken out of a text, and the second letter of ae, oe, ue and aa.
JOINED = dict.fromkeys(map(ord, HYPHENS))
SECOND = re.compile("(?<=[aou])e|(?<=a)a")
# Where a text goes on; the sign does not stand alone on a line.
CUT = "\N{NO-BREAK SPACE}…"

Excerpt = list[tuple[str, bool]]


def excerpts(ids: Iterable[int], query: Query) -> dict[int, Excerpt]:
    """For each of the postings whose description has words of `query`, an excerpt.

    An excerpt is text in pieces, each with whether it is a match. Words are compared as the full
    text does, other names of a role or skill are matches too. One statement.
    """
    rows = Posting.objects.filter(pk__in=list(ids)).values_list("pk", "description_text")
    wanted = Wanted(query)
    return {key: found for key, text in rows if (found := wanted.excerpt(text))}


class Wanted:
    """The phrases that a query is found by, made ready to look for in many texts."""

    def __init__(self, query: Query) -> None:
        groups = [group.wordings for group in query.groups if not group.excluded]
        # The phrases by their first token; those that are only the beginning of one; and the
        # words that a phrase can begin with, each with the conditions that it belongs to.
        self.phrases: dict[str, list[Phrase]] = defaultdict(list)
        self.prefixes: list[Phrase] = []
        self.starts: dict[tuple[str, bool], set[int]] = defaultdict(set)
        for number, wordings in enumerate(groups):
            for phrase in chain.from_iterable(wordings):
                first = phrase.tokens[0]
                if is_mark(first):
                    continue
                whole = not phrase.prefix or len(phrase.tokens) > 1
                (self.phrases[first] if whole else self.prefixes).append(phrase)
                for word in spoken(first):
                    self.starts[word, whole].add(number)

    def excerpt(self, text: str) -> Excerpt:
        """The best piece of `text`: where the most conditions are met close to each other."""
        folded = fold(text)
        hits = sorted(self._hits(folded))
        at = places(text) if hits else range(0)
        for _ in range(TRIES):
            if not hits:
                break
            best = max(range(len(hits)), key=lambda place: (self._worth(hits, place), -place))
            start, end = whole_words(text, at[hits[best][0]] - LEAD)
            if len(found := self._marked(text[start:end])) > 1:
                before, after = start > 0, end < len(text)
                return [*([("… ", False)] * before), *found, *([(CUT, False)] * after)]
            hits = [hit for hit in hits if not start <= at[hit[0]] < end]
        return []

    def _hits(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where a wanted phrase may begin, with its condition; some turn out to be none."""
        joined = folded.translate(JOINED) if "-" in folded else folded
        for (word, whole), numbers in self.starts.items():
            found = list(islice(occurrences(folded, word, whole), MOST))
            if not found and bare(word) in joined:
                found = [one.start() for one in islice(loosely(word).finditer(folded), MOST)]
            for place in found:
                for number in numbers:
                    yield place, number

    def _worth(self, hits: list[tuple[int, int]], first: int) -> tuple[int, int]:
        """How many conditions are met by the hits near the first, and how many those are."""
        near = [
            number for place, number in hits[first : first + MOST]
            if place < hits[first][0] + LENGTH - LEAD
        ]  # fmt: skip
        return len(set(near)), len(near)

    def _marked(self, text: str) -> Excerpt:
        words = spans(text)
        respelt_at = {start: (token, end) for token, start, end in respelt(text)}
        parts: Excerpt = []
        done = place = 0
        while place < len(words):
            start = words[place][1]
            size = self._longest(words, place)
            if not size and start in respelt_at:
                other, end = respelt_at[start]
                if self._longest([(other, start, end)], 0):
                    size = sum(start <= begin < end for _, begin, _ in words[place:])
            if size:
                start, end = words[place][1], words[place + size - 1][2]
                parts += [(text[done:start], False)] if start > done else []
                parts.append((text[start:end], True))
                done = end
            place += size or 1
        if not parts:
            return []
        # Without a first piece a match at the beginning would look like no match.
        parts = parts if not parts[0][1] else [("", False), *parts]
        return [*parts, (text[done:], False)] if done < len(text) else parts

    def _longest(self, words: list[tuple[str, int, int]], place: int) -> int:
        """How many words from `place` on are a wanted phrase, the longest one; 0 for none."""
        likely = [*self.phrases.get(words[place][0], ()), *self.prefixes]
        return max((self._size(phrase, words, place) for phrase in likely), default=0)

    def _size(self, phrase: Phrase, words: list[tuple[str, int, int]], place: int) -> int:
        """How many words from `place` on are the phrase; 0 if they are not."""
        size = len(phrase.tokens)
        stands = [word for word, _, _ in words[place : place + size]]
        if phrase.prefix and len(stands) == size and stands[-1].startswith(phrase.tokens[-1]):
            stands[-1] = phrase.tokens[-1]
        return size if stands == list(phrase.tokens) else 0


def occurrences(folded: str, word: str, whole: bool) -> Iterator[int]:
    """Where `word` stands in the text, as a whole word or as the beginning of one."""
    place = folded.find(word)
    while place >= 0:
        end = place + len(word)
        begins = place == 0 or not folded[place - 1].isalnum()
        if begins and not (whole and folded[end : end + 1].isalnum()):
            yield place
        place = folded.find(word, end)


def bare(word: str) -> str:
    """What every spelling of a folded word has, hyphens aside; see `loosely`."""
    return SECOND.sub("", word.removesuffix("y"))


# Each takes some kilobytes.
@lru_cache(maxsize=50)
def loosely(word: str) -> re.Pattern[str]:
    """A folded word as others may write it: with hyphens, "muller" for "mueller", as a plural."""
    second = {found.start() for found in SECOND.finditer(word)}
    letters = [re.escape(one) + "?" * (place in second) for place, one in enumerate(word)]
    if word.endswith("y"):
        letters[-1] = "(?:y|ie)"
    written = f"[{HYPHENS}]?".join(letters)
    return re.compile(rf"(?<![^\W_]){written}(?:e?s)?(?![^\W_])")


def whole_words(text: str, start: int) -> tuple[int, int]:
    """Where an excerpt from about `start` on begins and ends, no word cut if it can be helped."""
    if start <= WORD:
        start = 0
    else:
        start = next(
            (place + 1 for place in range(start, start - WORD, -1) if text[place].isspace()), start
        )
    end = start + LENGTH
    if end + WORD >= len(text):
        return start, len(text)
    return start, next((place for place in range(end, end + WORD) if text[place].isspace()), end)
