"""All live postings in memory, a column a facet, so that any list is counted in milliseconds.

Each process keeps one snapshot. It is never older than the stamp of postings that the answer
began with: the transaction that changes postings writes down which (`jobs.stamps.changed`), and
the next question reads these again. A snapshot does not change once it is made, so one answer
counts and lists the same postings however long it takes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from threading import Lock
from typing import Any, NamedTuple, TypeAlias, TypeVar

from django.utils import timezone
from pyroaring import BitMap

from guides.stamps import stamps
from jobs.liverows import FIELDS, SINGLE, Row, moment
from jobs.models import LiveChange, LivePosting
from jobs.stamps import POSTINGS

T = TypeVar("T")

# Above so many changes at once the orders are sorted anew, which is then cheaper.
FEW = 400
# How many rows the first reading holds beside what it makes of them.
BATCH = 2_000
# Reading the values of a row takes as long as intersecting so many bitmaps, its one value as these.
ROW_COST, ONE_COST = 4, 2
# Reading the key of a row takes as long as looking so many ids up in a set.
KEY_COST = 16


class Public(NamedTuple):
    """Who is public at every instant from `since` to before `until` (None: for good), both moments,
    the counts of facets among them, and what was made of these, as far as they were asked for."""

    since: int
    until: int | None
    ids: BitMap
    counts: dict[str, dict[Any, int]]
    made: dict[str, Any]

    def holds(self, at: int) -> bool:
        return self.since <= at and (self.until is None or at < self.until)

    def changed(
        self,
        old: Mapping[int, Row],
        new: Mapping[int, Row],
        at: int,
        facets: Mapping[str, Mapping[Any, BitMap]],
    ) -> Public:
        """The same where these rows are no more and those have come.

        It holds at `at`, and as long before and after it as nobody starts or ends: whoever asks
        for what was written, began to ask a little before it was read.
        """
        spans = {pk: row.moments[:2] for pk, row in new.items()}
        come = [pk for pk, (start, end) in spans.items() if start <= at < end]
        moments = [one for span in spans.values() for one in span]
        since = max([self.since, *(one for one in moments if one <= at)])
        later = [one for one in moments if one > at]
        until = min([*later, *([self.until] if self.until else [])], default=None)
        ids = self.ids - BitMap(old) | BitMap(come)
        counts = {facet: dict(known) for facet, known in list(self.counts.items())}
        if len(old) + len(new) > FEW:
            counts = {}
        rows = [*old.values(), *new.values()] if counts else []
        for facet, value in {pair for row in rows for pair in row.read()[0]}:
            if (known := counts.get(facet)) is not None:
                known.pop(value, None)
                having = facets.get(facet, {}).get(value, BitMap())
                if count := having.intersection_cardinality(ids):
                    known[value] = count
        return Public(since, until, ids, counts, {})


# What the postings are put in order by: of equal keys the lower id first. The orders hold ids
# alone, four bytes each; a search reads the keys of the few rows that it meets.
Key = tuple[Any, ...]
ORDERS: dict[str, Callable[[int, Row], Key]] = {
    "newest": lambda pk, row: (row.moments[2], pk),
    "salary": lambda pk, row: (row.FIXED.unpack_from(row)[3], row.moments[2], pk),
    "starts": lambda pk, row: (row.moments[0], pk),
    "ends": lambda pk, row: (row.moments[1], pk),
}
Ids: TypeAlias = "array[int]"


class Tops(NamedTuple):
    """The best pay a year of each posting in one currency, and whose it is, the least first."""

    amounts: array[int]
    ids: Ids

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Tops:
        ordered = sorted(pairs)
        return cls(array("q", (top for top, _ in ordered)), array("I", (pk for _, pk in ordered)))

    def reaching(self, floor: int) -> Ids:
        return self.ids[bisect_left(self.amounts, floor) :]

    def changed(self, gone: Sequence[tuple[int, int]], come: Sequence[tuple[int, int]]) -> Tops:
        """The same without some pairs of amount and id and with others."""
        if len(gone) + len(come) > FEW:
            pairs = set(zip(self.amounts, self.ids, strict=True)) - set(gone)
            return Tops.of([*pairs, *come])
        found = Tops(self.amounts[:], self.ids[:])
        for pair in gone:
            place = found._place(*pair)
            del found.amounts[place], found.ids[place]
        for top, pk in come:
            place = found._place(top, pk)
            found.amounts.insert(place, top)
            found.ids.insert(place, pk)
        return found

    def _place(self, top: int, pk: int) -> int:
        first = bisect_left(self.amounts, top)
        return bisect_left(self.ids, pk, first, bisect_right(self.amounts, top, first))


class Columns:
    """A snapshot of the live postings. Sets of them are bitmaps of posting ids, never changed."""

    def __init__(
        self,
        rows: dict[int, Row],
        facets: dict[str, dict[Any, BitMap]],
        with_pay: BitMap,
        tops: dict[str, Tops],
        orders: dict[str, Ids],
    ) -> None:
        self.rows, self.facets, self.with_pay = rows, facets, with_pay
        self.tops, self.orders = tops, orders
        self._public: Public | None = None

    @classmethod
    def of(cls, rows: dict[int, Row]) -> Columns:
        facets: dict[str, dict[Any, BitMap]] = {}
        tops: dict[str, list[tuple[int, int]]] = {}
        for pk, row in rows.items():
            pairs, pay = row.read()
            for facet, value in pairs:
                having = facets.setdefault(facet, {})
                if value not in having:
                    having[value] = BitMap()
                having[value].add(pk)
            for currency, top in pay.items():
                tops.setdefault(currency, []).append((top, pk))
        return cls(
            rows,
            facets,
            BitMap([pk for pk, row in rows.items() if row.pay_rank is not None]),
            {currency: Tops.of(pairs) for currency, pairs in tops.items()},
            {name: ordered(rows, name) for name in ORDERS},
        )

    # -- sets of postings

    def public(self, at: datetime) -> BitMap:
        """Those of `Posting.objects.public(at)`."""
        now, kept = moment(at), self._public
        if kept and kept.holds(now):
            return kept.ids
        starts, ends = self.orders["starts"], self.orders["ends"]
        begun, over = self._before("starts", (now + 1,)), self._before("ends", (now + 1,))
        ids = BitMap(starts[:begun]) - BitMap(ends[:over])
        later = [self.rows[pk].moments[0] for pk in starts[begun : begun + 1]]
        later += [self.rows[pk].moments[1] for pk in ends[over : over + 1]]
        until = min(later, default=None)
        self._public = Public(now, until, ids, {}, {})
        return ids

    def having(self, facet: str, values: Iterable[Any]) -> BitMap:
        """Those with any of the values."""
        known = self.facets.get(facet, {})
        return BitMap.union(BitMap(), *(known[value] for value in values if value in known))

    def posted_since(self, instant: datetime) -> BitMap:
        return BitMap(self.orders["newest"][self._before("newest", (moment(instant),)) :])

    def reaching(self, floors: Mapping[str, int]) -> BitMap:
        """Those with pay a year that reaches the floor of its currency (both in hundredths)."""
        found = BitMap()
        for currency, floor in floors.items():
            if tops := self.tops.get(currency):
                found |= BitMap(tops.reaching(floor))
        return found

    # -- answers about a set

    def count(self, facet: str, ids: BitMap) -> dict[Any, int]:
        """How many of the postings `ids` have each value of a facet; no zeros. Not to be changed.

        Of all public ones, the list that is asked for most, the counts are kept.
        """
        kept = self._public
        if kept is None or ids is not kept.ids:
            return self._count(facet, ids)
        if facet not in kept.counts:
            kept.counts[facet] = self._count(facet, ids)
        return kept.counts[facet]

    def once(self, name: str, ids: BitMap, make: Callable[[], T]) -> T:
        """`make()`, which follows from `ids` alone. Not to be changed.

        Of all public postings it is kept under its name until one of them changes.
        """
        kept = self._public
        if kept is None or ids is not kept.ids:
            return make()
        if name not in kept.made:
            kept.made[name] = make()
        found: T = kept.made[name]
        return found

    def _count(self, facet: str, ids: BitMap) -> dict[Any, int]:
        known = self.facets.get(facet, {})
        if len(ids) * (ONE_COST if facet in SINGLE else ROW_COST) < len(known):
            return Counter(chain.from_iterable(self.rows[pk].values(facet) for pk in ids))
        return {v: n for v, having in known.items() if (n := having.intersection_cardinality(ids))}

    def page(self, ids: BitMap, order: str, start: int, stop: int | None) -> list[int]:
        """The ids from `start` to before `stop` in the order, the greatest first."""
        every = self.orders[order]
        last = len(ids) if stop is None else min(stop, len(ids))
        near = islice(reversed(every), len(ids) * KEY_COST)
        found = list(islice((pk for pk in near if pk in ids), last))
        if len(found) < last:  # they stand further behind
            found = [*reversed(ordered({pk: self.rows[pk] for pk in ids}, order))]
        return found[start:stop]

    def after(self, ids: BitMap, place: tuple[datetime, int], limit: int) -> list[int]:
        """The newest `limit` of the postings that stand behind `place` (when posted, id)."""
        older = self.orders["newest"][: self._before("newest", (moment(place[0]), place[1]))]
        return list(islice((pk for pk in reversed(older) if pk in ids), limit))

    def _before(self, order: str, key: Key) -> int:
        """How many postings stand before the key."""
        return bisect_left(self.orders[order], key, key=self._key(order))

    def _key(self, order: str) -> Callable[[int], Key]:
        key = ORDERS[order]
        return lambda pk: key(pk, self.rows[pk])

    def cards(self, ids: Iterable[int]) -> list[tuple[int, int]]:
        """What `jobs.cards.cards` asks for: the ids with their versions."""
        return [(pk, self.rows[pk].version) for pk in ids]

    # -- the next snapshot

    def changed(self, new: Mapping[int, Row | None], now: datetime) -> Columns:
        """The snapshot in which these postings are so, or gone (None); `now` is its instant."""
        old = {pk: self.rows[pk] for pk in new if pk in self.rows}
        here = {pk: row for pk, row in new.items() if row is not None}
        rows = self.rows | here
        for pk in old.keys() - here.keys():
            del rows[pk]
        terms, pay = moves(old, here)
        moved = {facet for facet, _ in terms}
        facets = {
            facet: dict(values) if facet in moved else values
            for facet, values in self.facets.items()
        }
        for (facet, value), (gone, come) in terms.items():
            values = facets.setdefault(facet, {})
            ids = values.get(value, BitMap()) - BitMap(gone) | BitMap(come)
            if ids:
                values[value] = ids
            else:
                del values[value]
        paid = BitMap([pk for pk, row in here.items() if row.pay_rank is not None])
        tops = dict(self.tops)
        for name, (before, after) in pay.items():
            tops[name] = tops.get(name, Tops.of([])).changed(before, after)
        orders: dict[str, Ids] = {}
        found = Columns(rows, facets, self.with_pay - BitMap(new) | paid, tops, orders)
        for name in ORDERS:
            was, to_be = self._key(name), found._key(name)
            gone = [pk for pk in old if pk not in here or was(pk) != to_be(pk)]
            come = [pk for pk in here if pk not in old or was(pk) != to_be(pk)]
            orders[name] = self.orders[name]
            if len(gone) + len(come) > FEW:
                orders[name] = ordered(rows, name)
            elif gone or come:
                ids = self.orders[name][:]
                for pk in gone:
                    del ids[bisect_left(ids, was(pk), key=was)]
                for pk in come:
                    insort(ids, pk, key=to_be)
                orders[name] = ids
        if self._public and self._public.holds(at := moment(now)):
            found._public = self._public.changed(old, here, at, facets)
        return found


Moves = tuple[list[Any], list[Any]]


def moves(
    old: Mapping[int, Row], new: Mapping[int, Row]
) -> tuple[dict[tuple[str, Any], Moves], dict[str, Moves]]:
    """What leaves and what joins: ids by (facet, value), and (amount, id) by currency."""
    terms: dict[tuple[str, Any], Moves] = {}
    tops: dict[str, Moves] = {}
    for side, rows in enumerate((old, new)):
        for pk, row in rows.items():
            pairs, pay = row.read()
            for pair in pairs:
                terms.setdefault(pair, ([], []))[side].append(pk)
            for currency, top in pay.items():
                tops.setdefault(currency, ([], []))[side].append((top, pk))
    return _moved(terms), _moved(tops)


def _moved(found: dict[Any, Moves]) -> dict[Any, Moves]:
    return {name: both for name, both in found.items() if both[0] != both[1]}


def ordered(rows: Mapping[int, Row], order: str) -> Ids:
    key = ORDERS[order]
    return array("I", (one[-1] for one in sorted(key(pk, row) for pk, row in rows.items())))


# --- the snapshot of this process -----------------------------------------------------------------


class _Kept(NamedTuple):
    """A snapshot with the stamp it answers for and the change that it has read last."""

    stamp: str
    change: tuple[int, int] | None
    columns: Columns


_kept: _Kept | None = None
_lock = Lock()


def current(stamp: str = "") -> Columns:
    """The snapshot for the stamp of postings, as `guides.stamps.stamps` gives it (the newest).

    No statement if it is at hand, one for what has changed since, two for the first one.
    """
    global _kept
    token = (stamp or stamps()[POSTINGS]).partition(":")[0]
    if (kept := _kept) is not None and kept.stamp == token:
        return kept.columns
    with _lock:
        if _kept is None or _kept.stamp != token:
            _kept = (_kept and _caught_up(_kept, token)) or _read(token)
        return _kept.columns


def _read(token: str) -> _Kept:
    # The change first: what is written between the two statements is then read once more.
    change = LiveChange.objects.order_by("-pk").values_list("pk", "token").first()
    rows = LivePosting.objects.values_list("pk", *FIELDS).iterator(BATCH)
    return _Kept(token, change, Columns.of({pk: Row.of(*rest) for pk, *rest in rows}))


def _caught_up(kept: _Kept, token: str) -> _Kept | None:
    """The kept snapshot with all that changed since; None if that is not written down."""
    if kept.change is None:
        return None
    changes = LiveChange.objects.filter(pk__gte=kept.change[0]).order_by("pk")
    rows = changes.values_list("pk", "token", "live_id", "live__version",
                               *(f"live__{name}" for name in FIELDS))  # fmt: skip
    found = list(rows)
    # Where the last change that was read is no more, it was undone, or is long forgotten.
    if not found or found[0][:2] != kept.change:
        return None
    new: dict[int, Row | None] = {}
    for _, _, pk, version, *fields in found[1:]:
        if pk is None:
            return None
        new[pk] = None if version is None else Row.of(*fields)
    change = (found[-1][0], found[-1][1])
    columns = kept.columns.changed(new, timezone.now()) if new else kept.columns
    return _Kept(token, change, columns)
