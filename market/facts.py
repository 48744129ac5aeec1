"""What each live posting adds to the figures of its role: when it was confirmed, and its pay.

A process keeps both packed, some 50 bytes a posting, and reads again what changed. Whoever writes
the listings or the pay of a live posting tells `jobs.columns` in that transaction, which then has
another `Row` of it: what was read for a row is never older than the row.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableSequence, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache, partial
from operator import is_
from typing import Any, NamedTuple, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Field, QuerySet, TextField
from django.db.models.functions import Cast
from pyroaring import BitMap

from jobs.columns import Columns
from jobs.liverows import MICROSECOND, ORIGIN, Row
from jobs.models import Listing, PayRange
from jobs.salary import DatedRate
from jobs.scales import PayKind
from market.pay import Stated, currency_of, stated_pay

# Up to so many changed postings are asked for by their ids, more by their roles.
FEW = 500
BATCH = 200
NAIVE_ORIGIN = ORIGIN.replace(tzinfo=None)


class Facts(NamedTuple):
    """Of the live postings of a role, a column each, in the order of their ids; moments as in
    `jobs.columns`.

    `confirmed` is the newest confirmation, without any listing the start; `pay` is a year's, None
    if it is not comparable. `basis` is what pay was converted by.
    """

    basis: str
    ids: MutableSequence[int]
    starts: MutableSequence[int]
    ends: MutableSequence[int]
    company: MutableSequence[int]
    seniority: MutableSequence[int]
    workplace: MutableSequence[int]
    confirmed: MutableSequence[int]
    pay: MutableSequence[Decimal | None]
    rows: MutableSequence[Row | None]

    @classmethod
    def blank(cls, basis: str, ids: Iterable[int]) -> Facts:
        """Of postings of which nothing is known yet."""
        these = array("I", ids)
        n = len(these)
        zeros = partial(_zeros, n)
        return cls(
            basis,
            these,
            starts=zeros("q"),
            ends=zeros("q"),
            company=zeros("q"),
            seniority=zeros("b"),
            workplace=zeros("b"),
            confirmed=zeros("q"),
            pay=[None] * n,
            rows=[None] * n,
        )

    @property
    def columns(self) -> Sequence[MutableSequence[Any]]:
        return cast(Sequence[MutableSequence[Any]], self[1:])

    def of(self, ids: BitMap) -> Facts:
        """A copy for these postings; of those that are new nothing is known yet."""
        before = BitMap(self.ids)
        gone, come = before - ids, ids - before
        if len(gone) + len(come) > FEW:
            return Facts.blank(self.basis, ids)
        found = Facts(self.basis, *(column[:] for column in self.columns))
        for pk in gone:
            place = bisect_left(found.ids, pk)
            for column in found.columns:
                del column[place]
        new = Facts.blank(self.basis, come)
        for number, pk in enumerate(come):
            place = bisect_left(found.ids, pk)
            for column, values in zip(found.columns, new.columns, strict=True):
                column.insert(place, values[number])
        return found


def _zeros(n: int, kind: str) -> array[int]:
    return array(kind, bytes(array(kind).itemsize * n))


_known: dict[int, Facts] = {}


def facts_of(
    roles: Iterable[int], columns: Columns, rates: Mapping[str, DatedRate], stamp: str
) -> dict[int, Facts]:
    """The facts of each role's postings in a snapshot, not to be changed; two statements at most.

    `stamp` is that of the rates.
    """
    basis = f"{currency_of(rates)} {stamp}"
    found: dict[int, Facts] = {}
    missing: dict[int, list[int]] = {}
    for role in roles:
        ids = columns.having("role", [role])
        rows = [columns.rows[pk] for pk in ids]
        known = _known.get(role)
        if known is None or known.basis != basis:
            known = Facts.blank(basis, ())
        if len(rows) != len(known.rows) or not all(map(is_, rows, known.rows)):
            known = known.of(ids)
            missing[role] = [
                place for place, row in enumerate(rows) if row is not known.rows[place]
            ]
            known.rows[:] = rows
        found[role] = known
    asked = [found[role].ids[place] for role, places in missing.items() for place in places]
    confirmed, pay = _confirmed(missing, asked), _pay(missing, asked, rates)
    for role, places in missing.items():
        _fill(found[role], places, confirmed, pay)
        _known[role] = found[role]
    return found


def _fill(
    facts: Facts,
    places: Iterable[int],
    confirmed: Mapping[int, int],
    pay: Mapping[int, Decimal | None],
) -> None:
    for place in places:
        pk, row = facts.ids[place], facts.rows[place]
        assert row is not None, "the rows were laid in"
        facts.starts[place], facts.ends[place], _ = row.moments
        facts.company[place] = row.company
        facts.seniority[place], facts.workplace[place] = row.seniority, row.workplace
        facts.confirmed[place] = confirmed.get(pk, facts.starts[place])
        facts.pay[place] = pay.get(pk)


def _confirmed(roles: Iterable[int], ids: Sequence[int]) -> dict[int, int]:
    """The newest confirmation of each posting that has listings."""
    seen = _of(Listing.objects.all(), roles, ids).order_by()
    newest: dict[int, int] = {}
    # A run confirms all that it saw at one instant.
    read = cache(lambda text: moments([text])[0])
    for pk, text in plain(seen.values_list("posting_id", as_text("last_confirmed"))):
        newest[pk] = max(read(text), newest.get(pk, 0))
    return newest


def _pay(
    roles: Iterable[int], ids: Sequence[int], rates: Mapping[str, DatedRate]
) -> dict[int, Decimal | None]:
    """The pay a year of each posting that states any."""
    rows = _of(PayRange.objects.filter(kind=PayKind.BASE), roles, ids).order_by("pk")
    ranges: dict[int, tuple[Any, ...]] = {}
    for pk, *stated in plain(rows.values_list("posting_id", *Stated._fields)):
        ranges[pk] = (*ranges.get(pk, ()), tuple(stated))
    amount = converter(PayRange._meta.get_field("minimum"), rows.db)

    # Round amounts are stated again and again; equal pay is one object.
    @cache
    def pay(every: tuple[Any, ...]) -> Decimal | None:
        read = (Stated(amount(low), amount(high), *rest) for low, high, *rest in every)
        return stated_pay(read, currency_of(rates), rates)

    return {pk: pay(every) for pk, every in ranges.items()}


def _of(rows: QuerySet[Any], roles: Iterable[int], ids: Sequence[int]) -> QuerySet[Any]:
    """Those of the postings `ids`, and if these are many, of others of their roles."""
    if len(ids) <= FEW:
        return rows.filter(posting__in=ids)
    return rows.filter(posting__live__role__in=list(roles))


# --- rows as the driver gives them ----------------------------------------------------------------


def plain(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows without the converters of the ORM, which take longer than all the rest.

    Few at a time: the collector looks through all that a process holds once tens of thousands of
    tuples have come.
    """
    try:
        statement = rows.query.get_compiler(rows.db).as_sql()
    except EmptyResultSet:  # where nothing is asked for
        return
    with connections[rows.db].cursor() as cursor:
        cursor.execute(*statement)
        while some := cursor.fetchmany(BATCH):
            yield from some


def converter(field: Field[Any, Any], using: str) -> Callable[[Any], Any]:
    """What the ORM makes of a value of the field, each value once."""
    connection = connections[using]
    column = field.get_col(field.model._meta.db_table)
    steps = connection.ops.get_db_converters(column) + column.get_db_converters(connection)

    @cache
    def read(stored: Any) -> Any:
        for step in steps:
            stored = step(stored, column, connection)
        return stored

    return read


def as_text(instant: str) -> Cast:
    """A column of instants for `moments`; the driver of SQLite is slow to read them otherwise."""
    return Cast(instant, TextField())


def moments(texts: Sequence[str]) -> list[int]:
    """What databases write of instants: with the offset, or without one in UTC."""
    read = datetime.fromisoformat
    origin = ORIGIN if texts and read(texts[0]).tzinfo else NAIVE_ORIGIN
    return [(read(text) - origin) // MICROSECOND for text in texts]
