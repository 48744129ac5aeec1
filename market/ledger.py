"""When postings of a role opened and closed, by week: the ledger of its events.

A posting opens when it becomes public or comes back, and closes with its event. Posting and event
are written in one transaction, so the instants of the posting itself are read, which are fewer;
the events where one came back, since then it opened and closed more than once. Withdrawn postings
are left out, as if they had never been. There is no table of snapshots: closed postings keep their
instants, and so the weeks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from pyroaring import BitMap

from jobs.columns import Columns
from jobs.models import Event, Posting
from jobs.scales import UNKNOWN, Seniority, Workplace, value
from market.pay import quantile
from market.statistics import Ledger, Sample, Scope, Week

WEEKS = 13
# Read beside those that are shown: the weeks end with the data, not with the clock.
SPARE_WEEKS = 5
OPENING = (Event.Kind.FIRST_SEEN, Event.Kind.REOPENED)
WEEK = timedelta(days=7)
INSTANT = timedelta(microseconds=1)


class Span(NamedTuple):
    """A posting was open from `since` to before `until`; `closed` unless the clock ended it."""

    posting: int
    company: int
    since: datetime
    until: datetime
    closed: bool

    @property
    def days(self) -> Decimal:
        return Decimal((self.until - self.since) // timedelta(seconds=1)) / 86_400


class Move(NamedTuple):
    """A posting opened (`new`) or `closed`; `days` is how long it had been open."""

    posting: int
    kind: str
    at: datetime
    days: Decimal | None = None


class Spans:
    """The spans of some roles' postings that are open or closed lately; three statements."""

    def __init__(self, roles: Collection[int], columns: Columns, at: datetime) -> None:
        self._of: dict[tuple[int, str, str], list[Span]] = {}
        again = self._reopened(roles, at)
        levels = {n: value(Seniority, n) for n in range(len(Seniority.values) + 1)}
        places = {n: value(Workplace, n) for n in range(len(Workplace.values) + 1)}
        ids = columns.having("role", roles) - BitMap(again)
        for pk in ids:
            row = columns.rows[pk]
            if row.starts_at <= at and row.role is not None:
                self._add(
                    row.role,
                    levels[row.seniority],
                    places[row.workplace],
                    [Span(pk, row.company, row.starts_at, row.ends_at, False)],
                )
        since = monday(at) - (WEEKS + SPARE_WEEKS) * WEEK
        ended = Posting.objects.filter(
            role__in=roles,
            state=Posting.State.CLOSED,
            closed_at__range=(since, at),
            starts_at__lte=at,
        ).order_by()
        for pk, role, company, level, place, begun, closed in ended.values_list(
            "pk", "role", "company", "seniority", "workplace", "starts_at", "closed_at"
        ):
            if pk not in again and begun and closed:
                span = Span(pk, company, begun, max(begun, closed), True)
                self._add(role, level or UNKNOWN, place or UNKNOWN, [span])

    def of(self, scope: Scope) -> list[Span]:
        """Those of a scope; its country is not heeded."""
        return [
            span
            for (role, level, place), spans in self._of.items()
            if role == scope.role.pk
            and scope.seniority in ("", level)
            and scope.workplace in ("", place)
            for span in spans
        ]

    def _add(self, role: int, level: str, place: str, spans: Iterable[Span]) -> None:
        self._of.setdefault((role, level, place), []).extend(spans)

    def _reopened(self, roles: Collection[int], at: datetime) -> set[int]:
        """Adds the spans of the postings that ever came back; their ids."""
        again = Event.objects.filter(kind=Event.Kind.REOPENED).values("posting")
        lines: Iterable[tuple[Any, ...]] = (
            Event.objects.filter(
                posting__in=again,
                posting__role__in=roles,
                posting__state__in=(Posting.State.OPEN, Posting.State.CLOSED),
                posting__starts_at__lte=at,
                kind__in=(*OPENING, Event.Kind.CLOSED),
                at__lte=at,
            )
            .order_by("posting", "at", "pk")
            .values_list(
                *("posting", "kind", "at"),
                *(f"posting__{name}" for name in (
                    "role", "company", "seniority", "workplace", "starts_at", "expires_at",
                    "stale_at",
                )),
            )
        )  # fmt: skip
        found = set()
        for pk, group in groupby(lines, key=itemgetter(0)):
            events = list(group)
            role, company, level, place, begun, expires, stale = events[0][3:]
            ends = min(expires or stale, stale)
            moves = [(kind, moment) for _, kind, moment, *_ in events]
            spans = list(_spans(pk, company, moves, begun, ends))
            self._add(role, level or UNKNOWN, place or UNKNOWN, spans)
            found.add(pk)
        return found


def _spans(
    pk: int, company: int, events: Sequence[tuple[str, datetime]], begun: datetime, ends: datetime
) -> Iterator[Span]:
    """The spans between a posting's events; it opens no earlier than it `begun` to be public."""
    since: datetime | None = None if events[0][0] in OPENING else begun
    for kind, moment in events:
        if kind in OPENING and since is None:
            since = max(moment, begun)
        elif kind == Event.Kind.CLOSED and since is not None:
            yield Span(pk, company, since, max(moment, since), True)
            since = None
    if since is not None:
        yield Span(pk, company, since, max(ends, since), False)


def monday(at: datetime) -> datetime:
    """The beginning of the week, in UTC, that `at` is in."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def mondays_of(spans: Collection[Span], newest: datetime | None) -> tuple[list[datetime], datetime]:
    """The Mondays of the weeks to show, and the instant at which the data end.

    The last week is that of the newest move or of `newest`, the newest confirmation of an open
    posting; weeks before the first posting are left out. No Monday without a posting.
    """
    if not spans:
        return [], datetime.min.replace(tzinfo=UTC)
    instants = [span.since for span in spans]
    first = monday(min(instants))
    instants += [span.until for span in spans if span.closed]
    end = max([*instants, *([newest] if newest else [])])
    last = monday(end)
    first = max(first, last - (WEEKS - 1) * WEEK)
    return [first + number * WEEK for number in range((last - first) // WEEK + 1)], end


def moves_of(spans: Iterable[Span], since: datetime) -> list[Move]:
    """What opened and closed from `since` on, the oldest first."""
    moves = []
    for span in spans:
        if span.since >= since:
            moves.append(Move(span.posting, "new", span.since))
        if span.closed and span.until >= since:
            moves.append(Move(span.posting, "closed", span.until, span.days))
    return sorted(moves, key=lambda move: (move.at, move.posting, move.kind != "new"))


def ledger_of(spans: Collection[Span], newest: datetime | None) -> Ledger:
    """The weeks of these spans; `newest` as in `mondays_of`."""
    mondays, end = mondays_of(spans, newest)
    if not mondays:
        return Ledger([], Sample(0, 0, None), Sample(0, 0, None, CLOSED), None)
    begun = sorted(span.since for span in spans)
    over = sorted(span.until for span in spans)
    closings = sorted(
        (span for span in spans if span.closed and span.until >= mondays[0]),
        key=lambda span: span.until,
    )
    closed = [span.until for span in closings]
    weeks = []
    for start in mondays:
        instant = min(start + WEEK - INSTANT, end)
        weeks.append(
            Week(
                start.date(),
                _between(begun, start, start + WEEK),
                _between(closed, start, start + WEEK),
                bisect_right(begun, instant) - bisect_right(over, instant),
            )
        )
    opened = [span for span in spans if span.since >= mondays[0]]
    sample = Sample(
        len(closings),
        len({span.company for span in closings}),
        closed[-1] if closed else None,
        CLOSED,
    )
    events = Sample(
        len(opened) + len(closings),
        len({span.company for span in (*opened, *closings)}),
        max([*(span.since for span in opened), *closed[-1:]], default=None),
    )
    days = sorted(span.days for span in closings) if sample.enough else []
    return Ledger(weeks, events, sample, quantile(days, Decimal("0.5")) if days else None)


CLOSED = (("kind", "closed"),)


def _between(instants: Sequence[datetime], first: datetime, last: datetime) -> int:
    """How many of the ordered instants lie from `first` to before `last`."""
    return bisect_left(instants, last) - bisect_left(instants, first)
