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
            typed: Wording = tuple(term.phrase for term in run)
            respelt: Wording = tuple(term.other or term.phrase for term in run)
            name = tuple(chain.from_iterable(phrase.tokens for phrase in typed))
            also = self.also.get(name, ()) if run[0].plain else ()
            others = ((phrase,) for phrase in also if phrase.tokens != name)
            yield Group(tuple(dict.fromkeys([typed, respelt, *others])), run[0].excluded)
            start = end

    def _end_of_name(self, terms: Sequence[Term], start: int) -> int:
        """Where the longest name that begins at `start` ends; behind one term if there is none."""
        ends, name = [start + 1], terms[start].phrase.tokens
        for place in range(start + 1, len(terms)):
            joins = all(one.plain and not one.excluded for one in (terms[start], terms[place]))
            if not joins or len(name) >= self.longest:
                break
            name += terms[place].phrase.tokens
            if name in self.also:
                ends.append(place + 1)
        return ends[-1]
