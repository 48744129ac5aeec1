"""What else a query's words may be called: names that mean the same thing.

A thing is found by its mark, which the rows linked to it carry, and by those of its names that
mean nothing else. A name such as Go is understood where it is typed, but the search for `golang`
does not ask for the word "go": the mark finds what is linked, and no verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from lib.fulltext import Group, Phrase, Query, Term, Wording, tokens

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing with all of its names, as tokens; `clear` are those that mean nothing else.

    What no row is linked to, a word that is written in several ways, has no mark.
    """

    mark: str
    names: tuple[Name, ...]
    clear: tuple[Name, ...]


def names_of(texts: Iterable[str]) -> tuple[Name, ...]:
    """The tokens of each text, none empty and none twice."""
    return tuple(dict.fromkeys(name for text in texts if (name := tuple(tokens(text)))))


def is_part(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether `part` stands in `whole`, and `whole` says more."""
    size = len(part)
    return size < len(whole) and any(
        tuple(whole[start : start + size]) == tuple(part) for start in range(len(whole) - size + 1)
    )


class Synonyms:
    """Which phrases find the same as a name: of each name, of all things called so."""

    def __init__(self, things: Iterable[Thing]) -> None:
        # Names of one thing share their phrases.
        self.also: dict[Name, tuple[Phrase, ...]] = {}
        for thing in things:
            # What has a shorter name inside is found by that one.
            shortest = [
                name for name in thing.clear if not any(is_part(one, name) for one in thing.clear)
            ]
            linked = (Phrase((thing.mark,)),) if thing.mark else ()
            phrases = (*linked, *map(Phrase, shortest))
            for name in thing.names:
                known = self.also.get(name)
                joined = tuple(dict.fromkeys((*known, *phrases))) if known else phrases
                self.also[name] = joined
        self.longest = max(map(len, self.also), default=0)

    def widen(self, query: Query) -> Query:
        """The query with each name in it, the longest first, standing for all of its names.

        A name is made of neighbouring plain words, all wanted, or of one excluded word. What is
        in quotes and what ends in * is taken as it was typed.
        """
        return Query(query.terms, tuple(self._groups(query.terms)), query.title_only)

    def _groups(self, terms: Sequence[Term]) -> Iterator[Group]:
        start = 0
        while start < len(terms):
            end = self._end_of_name(terms, start)
            run = terms[start:end]
            ways = wordings(run)
            names = [tokens_of(one) for one in ways] if run[0].plain else []
            also = next((self.also[name] for name in names if name in self.also), ())
            if names and len(names[0]) == 1 and names[0] in self.also:
                del ways[1:]  # Kubernetes is a name and no plural
            others = ((phrase,) for phrase in also if phrase.tokens not in names)
            yield Group(tuple(dict.fromkeys([*ways, *others])), run[0].excluded)
            start = end

    def _end_of_name(self, terms: Sequence[Term], start: int) -> int:
        """Where the longest name that begins at `start` ends; behind one term if there is none."""
        ends = [start + 1]
        for end in range(start + 2, min(start + self.longest, len(terms)) + 1):
            run = terms[start:end]
            if not all(one.plain and not one.excluded for one in (run[0], run[-1])):
                break
            if any(tokens_of(one) in self.also for one in wordings(run)):
                ends.append(end)
        return ends[-1]


def wordings(run: Sequence[Term]) -> list[Wording]:
    """The ways to write neighbouring terms: as typed, the last one otherwise, and all."""
    typed = [term.phrase for term in run]
    other = [term.other or term.phrase for term in run]
    return list(dict.fromkeys(map(tuple, (typed, [*typed[:-1], other[-1]], other))))


def tokens_of(wording: Wording) -> Name:
    return tuple(chain.from_iterable(phrase.tokens for phrase in wording))
