"""When postings of a role opened and closed, by week: the ledger of its events.

A posting opens when it becomes public or comes back, and closes with its event. Posting and event
are written in one transaction, so the instants of the posting itself are read, which are fewer;
the events where one came back, since then it opened and closed more than once. Withdrawn postings
are left out, as if they had never been. There is no table of snapshots: closed postings keep their
instants, and so the weeks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import compress, groupby
from operator import itemgetter, sub
from typing import Any, NamedTuple

from jobs.liverows import MICROSECOND, instant, moment
from jobs.models import Event, Posting
from jobs.scales import UNKNOWN, Seniority, Workplace, code
from market.facts import Facts, as_text, moments, plain
from market.pay import quantile
from market.statistics import Ledger, Sample, Scope, Week

WEEKS = 13
# Read beside those that are shown: the weeks end with the data, not with the clock.
SPARE_WEEKS = 5
OPENING = (Event.Kind.FIRST_SEEN, Event.Kind.REOPENED)
# In the measure of `jobs.liverows.moment`, which begins on a Monday.
SECOND = timedelta(seconds=1) // MICROSECOND
WEEK = timedelta(days=7) // MICROSECOND
LEVELS, PLACES = (
    {text: code(scale, text) for text in ("", *scale.values)} for scale in (Seniority, Workplace)
)

# posting, company, since, until, seniority, workplace; see Spans.
Span = tuple[int, int, int, int, int, int]


class Spans(NamedTuple):
    """Postings that were open from `since` to before `until`, both moments; a column each."""

    posting: Sequence[int] = ()
    company: Sequence[int] = ()
    since: Sequence[int] = ()
    until: Sequence[int] = ()
    seniority: Sequence[int] = ()
    workplace: Sequence[int] = ()

    def where(self, holds: Iterable[bool]) -> Spans:
        chosen = list(holds)
        return self if all(chosen) else Spans(*(list(compress(one, chosen)) for one in self))

    def of(self, scope: Scope) -> Spans:
        found = self
        for facet, codes in (("seniority", LEVELS), ("workplace", PLACES)):
            if text := getattr(scope, facet):
                wanted = codes["" if text == UNKNOWN else text]
                found = found.where([one == wanted for one in getattr(found, facet)])
        return found

    def without(self, postings: Collection[int]) -> Spans:
        return self.where([pk not in postings for pk in self.posting]) if postings else self

    def and_also(self, spans: Sequence[Span]) -> Spans:
        if not spans:
            return self
        return Spans(
            *([*old, *new] for old, new in zip(self, zip(*spans, strict=True), strict=True))
        )


class Lately(NamedTuple):
    """The spans of a role: `closed` are those that ended lately, by their event; of the `open`
    ones some were ended by the clock."""

    open: Spans
    closed: Spans

    def of(self, scope: Scope) -> Lately:
        """Those of a scope; its country is not heeded."""
        return Lately(self.open.of(scope), self.closed.of(scope))


class Move(NamedTuple):
    """A posting opened (`new`) or `closed`; `days` is how long it had been open."""

    posting: int
    kind: str
    at: datetime
    days: Decimal | None = None


def spans_of(facts: Mapping[int, Facts], at: datetime) -> dict[int, Lately]:
    """The spans of roles, each given with the facts of its live postings; two statements."""
    now = moment(at)
    back, still, again = _reopened(facts, at)
    closed = _closed(facts, at)
    found = {}
    for role, one in facts.items():
        live = Spans(one.ids, one.company, one.starts, one.ends, one.seniority, one.workplace)
        begun = live.where([start <= now for start in live.since])
        found[role] = Lately(
            begun.without(back).and_also(still[role]),
            closed[role].without(back).and_also(again[role]),
        )
    return found


def _closed(roles: Collection[int], at: datetime) -> dict[int, Spans]:
    earliest = instant(monday(moment(at)) - (WEEKS + SPARE_WEEKS) * WEEK)
    ended = Posting.objects.filter(
        role__in=list(roles),
        state=Posting.State.CLOSED,
        closed_at__range=(earliest, at),
        starts_at__lte=at,
    ).order_by()
    instants = (as_text("starts_at"), as_text("closed_at"))
    rows = plain(ended.values_list("role", "pk", "company", *instants, "seniority", "workplace"))
    columns: dict[int, tuple[list[Any], ...]] = defaultdict(lambda: ([], [], [], [], [], []))
    for role, pk, company, since, until, level, place in rows:
        ids, companies, starts, ends, levels, places = columns[role]
        ids.append(pk)
        companies.append(company)
        starts.append(since)
        ends.append(until)
        levels.append(LEVELS[level])
        places.append(PLACES[place])
    found: dict[int, Spans] = defaultdict(Spans)
    for role, (ids, companies, starts, ends, levels, places) in columns.items():
        begun = moments(starts)
        over = list(map(max, begun, moments(ends)))
        found[role] = Spans(ids, companies, begun, over, levels, places)
    return found


def _reopened(
    roles: Collection[int], at: datetime
) -> tuple[set[int], dict[int, list[Span]], dict[int, list[Span]]]:
    """The postings that ever came back, and of each role their spans: open ones, closed ones."""
    again = Event.objects.filter(kind=Event.Kind.REOPENED).values("posting")
    lines: Iterable[tuple[Any, ...]] = (
        Event.objects.filter(
            posting__in=again,
            posting__role__in=list(roles),
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
    back: set[int] = set()
    still: dict[int, list[Span]] = defaultdict(list)
    closed: dict[int, list[Span]] = defaultdict(list)
    for pk, group in groupby(lines, key=itemgetter(0)):
        events = list(group)
        role, company, level, place, begun, expires, stale = events[0][3:]
        moves = [(kind, moment(at)) for _, kind, at, *_ in events]
        ends = moment(min(expires or stale, stale))
        for since, until, is_closed in _between_moves(moves, moment(begun), ends):
            span = (pk, company, since, until, LEVELS[level], PLACES[place])
            (closed if is_closed else still)[role].append(span)
        back.add(pk)
    return back, still, closed


def _between_moves(
    events: Sequence[tuple[str, int]], begun: int, ends: int
) -> Iterator[tuple[int, int, bool]]:
    """Since when and until when a posting was open, and whether it was closed then; it opens no
    earlier than it `begun` to be public."""
    since: int | None = None if events[0][0] in OPENING else begun
    for kind, at in events:
        if kind in OPENING and since is None:
            since = max(at, begun)
        elif kind == Event.Kind.CLOSED and since is not None:
            yield since, max(at, since), True
            since = None
    if since is not None:
        yield since, max(ends, since), False


def monday(at: int) -> int:
    """The beginning of the week, in UTC, that a moment is in."""
    return at - at % WEEK


def mondays_of(spans: Lately, newest: datetime | None) -> tuple[list[int], int]:
    """The Mondays of the weeks to show, and the moment at which the data end.

    The last week is that of the newest move or of `newest`, the newest confirmation of an open
    posting; weeks before the first posting are left out. No Monday without a posting.
    """
    begun = [*spans.open.since, *spans.closed.since]
    if not begun:
        return [], 0
    end = max([*begun, *spans.closed.until, *([moment(newest)] if newest else [])])
    last = monday(end)
    first = max(monday(min(begun)), last - (WEEKS - 1) * WEEK)
    return list(range(first, last + 1, WEEK)), end


def moves_of(spans: Lately, since: int) -> list[Move]:
    """What opened and closed from the moment `since` on, the oldest first."""
    moves = [
        (begun, pk, 0, None)
        for some in spans
        for pk, begun in zip(some.posting, some.since, strict=True)
        if begun >= since
    ] + [
        (over, pk, 1, days(over - begun))
        for pk, _, begun, over, *_ in zip(*spans.closed, strict=True)
        if over >= since
    ]
    return [
        Move(pk, "closed" if is_closed else "new", instant(at), open_for)
        for at, pk, is_closed, open_for in sorted(moves, key=itemgetter(0, 1, 2))
    ]


def ledger_of(spans: Lately, newest: datetime | None) -> Ledger:
    """The weeks of these spans; `newest` as in `mondays_of`."""
    mondays, end = mondays_of(spans, newest)
    if not mondays:
        return Ledger([], Sample(0, 0, None), Sample(0, 0, None, CLOSED), None)
    first = mondays[0]
    shown = spans.closed.where([until >= first for until in spans.closed.until])
    since = [*spans.open.since, *spans.closed.since]
    # What the clock ends after the data is open at the end of the last week.
    until = [at for at in (*spans.open.until, *spans.closed.until) if at <= end]
    begun, over, closed = (
        Counter([at // WEEK for at in some]) for some in (since, until, shown.until)
    )
    numbers = [at // WEEK for at in mondays]
    is_open = sum(
        sign * n
        for sign, some in ((1, begun), (-1, over))
        for number, n in some.items()
        if number < numbers[0]
    )
    weeks = []
    for number in numbers:
        is_open += begun[number] - over[number]
        start = instant(number * WEEK).date()
        weeks.append(Week(start, begun[number], closed[number], is_open))
    opened = sum(week.new for week in weeks)
    closers = set(shown.company)
    openers = {
        company
        for some in spans
        for company, at in zip(some.company, some.since, strict=True)
        if at >= first
    }
    sample = Sample(len(shown.until), len(closers), _newest(shown.until), CLOSED)
    newest_move = _newest([at for at in (max(since), *shown.until) if at >= first])
    events = Sample(opened + len(shown.until), len(openers | closers), newest_move)
    open_for = sorted(map(sub, shown.until, shown.since)) if sample.enough else []
    middle = quantile(open_for, Decimal("0.5"), days) if open_for else None
    return Ledger(weeks, events, sample, middle)


CLOSED = (("kind", "closed"),)


def days(length: int) -> Decimal:
    """Of a span; whole seconds count."""
    return Decimal(length // SECOND) / 86_400


def _newest(moments: Sequence[int]) -> datetime | None:
    return instant(max(moments)) if moments else None
