"""Sixty postings whose every figure was computed by hand; see test_oracle."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from jobs.models import Event, ExchangeRate, Posting
from tests.factories import (
    CompanyFactory,
    EventFactory,
    ListingFactory,
    PlaceFactory,
    PostingFactory,
    RoleFactory,
    SkillFactory,
)

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)  # a Wednesday
CONFIRMED = datetime(2026, 3, 18, 6, tzinfo=UTC)
MONDAYS = [datetime(2026, 2, 23, tzinfo=UTC) + timedelta(days=7 * week) for week in range(4)]


def pay_of(number):
    """Midpoints of 50,000, 51,000 … for the first forty, each stated in one of four ways."""
    amount = 50_000 + 1_000 * number
    if number >= 40:
        return {
            40: [{"minimum": 100_000, "maximum": 100_000, "currency": "EUR"}],  # USD 125,000
            41: [{"kind": "ote"}],
            42: [{"minimum": 50, "maximum": 50, "period": "hour"}],  # 104,000
            43: [{"minimum": 90_000, "maximum": None, "period": ""}],  # taken as yearly
            44: [{"minimum": 50, "maximum": 60, "period": ""}],  # of no period at all
            45: [{"currency": "XTS"}],  # without a rate
        }.get(number, [])
    return [
        [{"minimum": amount - 5_000, "maximum": amount + 5_000}],
        [{"minimum": None, "maximum": amount}],
        [{"minimum": amount, "maximum": None}],
        [
            {"minimum": amount - 12_000, "maximum": amount - 8_000},
            {"minimum": amount + 9_000, "maximum": amount + 11_000},
            {"kind": "bonus"},
        ],
    ][number % 4]


def board():
    """The role of the board; the clock must stand at NOW."""
    ExchangeRate.objects.all().delete()
    ExchangeRate.objects.create(currency="USD", date="2026-03-17", per_euro=Decimal("1.25"))
    role, other = RoleFactory(name="Oracle", slug="oracle"), RoleFactory(slug="other")
    companies = [CompanyFactory(name=f"Employer {number}") for number in range(6)]
    cities = [
        PlaceFactory(city=True, name="Berlin", country="DE"),
        PlaceFactory(city=True, name="Paris", country="FR"),
    ]
    sql, python, cobol = (SkillFactory(name=name) for name in ("SQL", "Python", "COBOL"))

    def write(number, first_seen, **fields):
        fields.setdefault("company", companies[number % 6])
        fields.setdefault("role", role)
        fields.setdefault("stale_at", NOW + timedelta(days=30))
        one = PostingFactory(posted_at=first_seen, **fields)
        EventFactory(posting=one, kind=Event.Kind.FIRST_SEEN, at=first_seen)
        return one

    for number in range(48):
        week = 0 if number < 24 else 1 if number < 36 else 2
        posting = write(
            number,
            MONDAYS[week] + timedelta(hours=number),
            seniority=["entry", "mid", "senior", ""][number % 4],
            workplace="remote" if number < 24 else "hybrid" if number < 36
            else "onsite" if number < 44 else "",
            places=cities[number % 3 : number % 3 + 1],
            skills=[skill for skill, has in ((sql, number % 2 == 0), (python, number % 3 == 0),
                                             (cobol, number == 1)) if has],
            pay=pay_of(number),
        )  # fmt: skip
        confirmed = CONFIRMED + timedelta(minutes=number)
        ListingFactory(posting=posting, first_seen=MONDAYS[0], last_confirmed=confirmed)
    seen = datetime(2026, 2, 24, tzinfo=UTC)
    for number, days in enumerate((14, 17, 15, 14, 16)):
        at = seen + timedelta(days=days)
        one = write(number, seen, state=Posting.State.CLOSED, closed_at=at, close_reason="filled")
        EventFactory(posting=one, kind=Event.Kind.CLOSED, at=at)
    for _ in range(2):
        write(0, seen, expires_at=datetime(2026, 3, 12, tzinfo=UTC))
    write(0, seen, stale_at=datetime(2026, 3, 13, tzinfo=UTC))
    write(0, seen, pending=True)
    gone = write(0, seen, withdrawn=True)
    EventFactory(posting=gone, kind=Event.Kind.WITHDRAWN, at=seen + timedelta(days=9))
    for _ in range(2):
        write(0, seen, role=other, pay=[{}])
    return role
