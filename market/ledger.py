"""What the events say of a role: when its postings opened and closed, by week.

A posting opens when it is first seen here or comes back, not before it is public; where no such
event was recorded, when it became public. Withdrawn postings are left out, as if they had never
been. There is no table of snapshots: closed postings keep their events, and so the weeks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import FilteredRelation, Q

from jobs.models import Event, Posting
from jobs.scales import UNKNOWN
from market.pay import quantile
from market.statistics import Ledger, Sample, Scope, Week

WEEKS = 26
# Read beside those that are shown: the weeks end with the data, not with the clock.
SPARE_WEEKS = 9
OPENING = (Event.Kind.FIRST_SEEN, Event.Kind.REOPENED)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Move:
    """A posting opened (`new`) or `closed`; `days` is how long it had been open."""

    posting: int
    company: int
    kind: str
    at: datetime
    days: Decimal | None = None


@dataclass(slots=True)
class Life:
    """When a posting was open: `spans` of (from, to), and the moves between them."""

    posting: int
    role: int
    company: int
    seniority: str
    workplace: str
    spans: list[tuple[datetime, datetime]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    def is_of(self, scope: Scope) -> bool:
        return (
            self.role == scope.role.pk
            and scope.seniority in ("", self.seniority)
            and scope.workplace in ("", self.workplace)
        )


COLUMNS = (
    *("pk", "role_id", "company_id", "seniority", "workplace"),
    *("starts_at", "expires_at", "stale_at", "closed_at", "moves__kind", "moves__at"),
)


def lives(roles: Collection[int], at: datetime) -> list[Life]:
    """The lives of the roles' postings that are open or closed lately; one statement."""
    since = monday(at) - (WEEKS + SPARE_WEEKS) * WEEK
    once = Posting.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=since),
        role__in=roles,
        state__in=(Posting.State.OPEN, Posting.State.CLOSED),
        starts_at__lte=at,
    )
    kinds = Q(events__kind__in=[*OPENING, Event.Kind.CLOSED]) & Q(events__at__lte=at)
    rows: Iterable[tuple[Any, ...]] = (
        once.annotate(moves=FilteredRelation("events", condition=kinds))
        .order_by("pk", "moves__at", "moves__pk")
        .values_list(*COLUMNS)
    )
    return [_life(list(lines)) for _, lines in groupby(rows, key=itemgetter(0))]


def _life(lines: list[tuple[Any, ...]]) -> Life:
    pk, role, company, seniority, workplace, starts, expires, stale, closed, *_ = lines[0]
    life = Life(pk, role, company, seniority or UNKNOWN, workplace or UNKNOWN)
    events = [(kind, moment) for *_, kind, moment in lines if kind]
    if not events or events[0][0] not in OPENING:
        events.insert(0, (Event.Kind.FIRST_SEEN, starts))
    if closed and events[-1][0] in OPENING:
        events.append((Event.Kind.CLOSED, closed))
    since: datetime | None = None
    for kind, moment in events:
        if kind in OPENING and since is None:
            since = max(moment, starts)
            life.moves.append(Move(pk, company, "new", since))
        elif kind == Event.Kind.CLOSED and since is not None:
            moment = max(moment, since)
            days = Decimal((moment - since) // timedelta(seconds=1)) / 86_400
            life.moves.append(Move(pk, company, "closed", moment, days))
            life.spans.append((since, moment))
            since = None
    if since is not None:
        life.spans.append((since, min(expires or stale, stale)))
    return life


def monday(at: datetime) -> datetime:
    """The beginning of the week, in UTC, that `at` is in."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def moves_shown(
    found: Iterable[Life], newest: datetime | None, weeks: int = WEEKS
) -> tuple[list[Move], list[datetime]]:
    """The moves of the last weeks, the oldest first, and the Mondays of these weeks.

    The last week is that of the newest move or of `newest`, the newest confirmation of an open
    posting; weeks before the first posting are left out.
    """
    moves = sorted(
        (move for life in found for move in life.moves), key=lambda move: (move.at, move.posting)
    )
    instants = [move.at for move in moves[-1:]] + ([newest] if newest else [])
    if not instants:
        return [], []
    last = monday(max(instants))
    first = last - (weeks - 1) * WEEK
    if moves:
        first = max(first, min(last, monday(moves[0].at)))
    shown = [move for move in moves if move.at >= first]
    starts = [first + number * WEEK for number in range((last - first) // WEEK + 1)]
    return shown, starts


def ledger_of(found: Collection[Life], newest: datetime | None) -> Ledger:
    """The weeks of these postings; `newest` as in `moves_shown`."""
    moves, mondays = moves_shown(found, newest)
    end = max([*(move.at for move in moves[-1:]), *([newest] if newest else [])], default=None)
    new, closed = [0] * len(mondays), [0] * len(mondays)
    for move in moves:
        (new if move.kind == "new" else closed)[(move.at - mondays[0]) // WEEK] += 1
    begun = sorted(since for life in found for since, _ in life.spans)
    over = sorted(until for life in found for _, until in life.spans)
    weeks = []
    for number, start in enumerate(mondays):
        assert end is not None
        instant = min(start + WEEK - timedelta(microseconds=1), end)
        is_open = bisect_right(begun, instant) - bisect_right(over, instant)
        weeks.append(Week(start.date(), new[number], closed[number], is_open))
    closings = [move for move in moves if move.days is not None]
    sample = _sample(closings, (("kind", "closed"),))
    days = sorted(move.days for move in closings if move.days is not None)
    return Ledger(
        weeks,
        _sample(moves),
        sample,
        quantile(days, Decimal("0.5")) if sample.enough else None,
    )


def _sample(moves: Collection[Move], narrower: tuple[tuple[str, str], ...] = ()) -> Sample:
    employers = {move.company for move in moves}
    newest = max((move.at for move in moves), default=None)
    return Sample(len(moves), len(employers), newest, narrower)


def in_scope(found: Iterable[Life], scope: Scope) -> Iterator[Life]:
    return (life for life in found if life.is_of(scope))
