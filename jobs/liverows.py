"""A live posting as the snapshot of a process holds it: packed into one string of bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

# Those of `LivePosting` that `Row.of` takes, in its order.
FIELDS = (
    *("starts_at", "ends_at", "posted_at", "company_id", "role_id", "seniority", "workplace"),
    *("pay_rank", "version", "terms"),
)
SINGLE = ("company", "role", "seniority", "workplace")
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
    memory. `FIXED` are its numbers; behind them stands `terms` as it is in the database."""

    __slots__ = ()
    FIXED = struct.Struct("<qqqqqqqbb")

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
        return cls(fixed + terms.encode())

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

    @property
    def said(self) -> dict[str, Any]:
        """What `terms` say."""
        found: dict[str, Any] = json.loads(self[self.FIXED.size :])
        return found

    def values(self, facet: str) -> Sequence[Any]:
        """The values of a facet under which the posting is found and counted."""
        if facet in SINGLE:
            value = getattr(self, facet)
            return () if value is None else (value,)
        said = self.said
        found: Sequence[Any] = [said[facet]] if facet == AUDIENCE else said.get(facet, ())
        return found

    def read(self) -> tuple[list[tuple[str, Any]], dict[str, int]]:
        """Every (facet, value) of the posting, and its comparable pay by currency."""
        many = self.said
        pay = many.pop("pay")
        pairs = [(facet, getattr(self, facet)) for facet in SINGLE]
        pairs.append((AUDIENCE, many.pop(AUDIENCE)))
        pairs = [pair for pair in pairs if pair[1] is not None]
        return pairs + [(facet, value) for facet in many for value in many[facet]], pay
