"""A live posting as the snapshot of a process holds it: packed into one string of bytes."""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Any

# Those of `LivePosting` that `Row.of` takes, in its order.
FIELDS = (
    *("starts_at", "ends_at", "posted_at", "company_id", "role_id", "seniority", "workplace"),
    *("pay_rank", "version", "terms"),
)
# Where the facets of one value stand in `Row.FIXED`, and in their order those of several behind it.
SINGLE = {"company": 5, "role": 6, "seniority": 7, "workplace": 8}
MANY = ("employment", "country", "place", "skill")
# Its values are keys of `jobs.eligibility`; all others are numbers.
AUDIENCE = "audience"

# Instants are kept as microseconds since ORIGIN, so that none is negative.
ORIGIN, MICROSECOND = datetime.min.replace(tzinfo=UTC), timedelta(microseconds=1)
NONE = -1


def moment(instant: datetime) -> int:
    return (instant - ORIGIN) // MICROSECOND


def instant(moment: int) -> datetime:
    return ORIGIN + timedelta(microseconds=moment)


def _number(place: int) -> property:
    """What stands at a place of `Row.FIXED`."""
    return property(lambda row: row.FIXED.unpack_from(row)[place])


def _number_or_none(place: int) -> property:
    return property(lambda row: _or_none(row.FIXED.unpack_from(row)[place]))


def _or_none(number: int) -> int | None:
    return None if number == NONE else number


class Row(bytes):
    """What is kept of a live posting, packed: a tuple of the same would take more than twice the
    memory, and its terms as the database has them ten times as long to read.

    `FIXED` are its numbers. Behind them stand `SIZES`, how many values each facet of several has
    and how long its audience is, these values of four bytes each, the audience, and its pay.
    """

    __slots__ = ()
    FIXED = struct.Struct("<qqqqqqqbb")
    SIZES = struct.Struct(f"<{len(MANY) + 1}H")
    VALUES = FIXED.size + SIZES.size

    @classmethod
    def of(
        cls,
        starts_at: datetime,
        ends_at: datetime,
        posted_at: datetime,
        company: int,
        role: int | None,
        seniority: int,
        workplace: int,
        pay_rank: int | None,
        version: int,
        terms: str,
    ) -> Row:
        moments = (moment(starts_at), moment(ends_at), moment(posted_at))
        rank, number = (NONE if one is None else one for one in (pay_rank, role))
        fixed = cls.FIXED.pack(*moments, rank, version, company, number, seniority, workplace)
        said = json.loads(terms)
        many = [said.get(facet, ()) for facet in MANY]
        audience, pay = said.get(AUDIENCE, "").encode(), said.get("pay")
        sizes = cls.SIZES.pack(*map(len, many), len(audience))
        values = array("I", chain.from_iterable(many)).tobytes()
        return cls(fixed + sizes + values + audience + (json.dumps(pay).encode() if pay else b""))

    @property
    def moments(self) -> tuple[int, int, int]:
        """When it starts, ends, and was posted."""
        found: tuple[int, int, int] = struct.unpack_from("<qqq", self)
        return found

    @property
    def starts_at(self) -> datetime:
        return instant(self.moments[0])

    @property
    def ends_at(self) -> datetime:
        return instant(self.moments[1])

    @property
    def posted_at(self) -> datetime:
        return instant(self.moments[2])

    pay_rank = _number_or_none(3)
    version = _number(4)
    company = _number(5)
    role = _number_or_none(6)
    seniority = _number(7)
    workplace = _number(8)

    def values(self, facet: str) -> Sequence[Any]:
        """The values of a facet under which the posting is found and counted."""
        if facet in SINGLE:
            value = self.FIXED.unpack_from(self)[SINGLE[facet]]
            return () if value == NONE else (value,)
        sizes = self.SIZES.unpack_from(self, self.FIXED.size)
        if facet == AUDIENCE:
            start = self.VALUES + 4 * sum(sizes[:-1])
            return (self[start : start + sizes[-1]].decode(),)
        place = MANY.index(facet)
        start = self.VALUES + 4 * sum(sizes[:place])
        return array("I", self[start : start + 4 * sizes[place]])

    def read(self) -> tuple[list[tuple[str, Any]], dict[str, int]]:
        """Every (facet, value) of the posting, and its comparable pay by currency."""
        fixed = self.FIXED.unpack_from(self)
        pairs = [(facet, fixed[at]) for facet, at in SINGLE.items() if fixed[at] != NONE]
        *many, length = self.SIZES.unpack_from(self, self.FIXED.size)
        end = self.VALUES + 4 * sum(many)
        values = array("I", self[self.VALUES : end])
        pairs += zip(chain.from_iterable(map(repeat, MANY, many)), values, strict=True)
        pairs.append((AUDIENCE, self[end : end + length].decode()))
        pay = self[end + length :]
        return pairs, json.loads(pay) if pay else {}
