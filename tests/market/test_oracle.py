"""Sixty postings: every figure is the one computed by hand."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict

from guides.pages import RoleRef
from jobs.filters import PostingFilter
from jobs.models import Posting
from market.figures import figure
from market.models import KeptStatistics
from market.statistics import Scope, Week, statistics
from tests.factories import CompanyFactory, ListingFactory, PostingFactory
from tests.market.oracle import CONFIRMED, NOW, board
from tests.page import parse


@pytest.fixture(scope="module")
def role(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        yield board()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def at_that_time(db, role):
    with time_machine.travel(NOW, tick=False):
        yield


def of(role, **narrower):
    scope = Scope.of(RoleRef.of(role), **narrower)
    return statistics([scope])[scope]


def cell(one):
    """(open, paid, quartiles in thousands) of a cell."""
    pay = one.pay and tuple(float(x / 1_000) for x in (one.pay.p25, one.pay.median, one.pay.p75))
    return one.open.n, one.paid.n, pay


def at(minute):
    return CONFIRMED + timedelta(minutes=minute)


def test_every_figure_is_the_one_computed_by_hand(role):
    found = of(role)
    assert Posting.objects.count() == 60
    assert found.currency == "USD"
    assert cell(found.all) == (48, 43, (60.5, 71, 81.5))
    assert (found.all.open.employers, found.all.paid.employers) == (6, 6)
    assert (found.all.open.as_of, found.all.paid.as_of) == (at(47), at(43))
    assert {one.value: cell(one) for one in found.seniority} == {
        "entry": (12, 11, (60, 70, 80)),
        "mid": (12, 10, (60, 69, 78)),
        "senior": (12, 11, (62, 72, 82)),
        "unknown": (12, 11, (63, 73, 83)),
    }
    assert {one.value: cell(one) for one in found.workplace} == {
        "remote": (24, 24, (55.75, 61.5, 67.25)),
        "hybrid": (12, 12, (76.75, 79.5, 82.25)),
        "onsite": (8, 7, (87.5, 89, 97)),
        "unknown": (4, 0, None),
    }
    assert {one.value: cell(one) for one in found.country} == {
        "DE": (16, 15, (60.5, 71, 81.5)),
        "FR": (16, 15, (61.5, 72, 82.5)),
    }
    assert found.cell("workplace", "hybrid").open.as_of == at(35)
    assert {(one.label, one.n, one.as_of) for one in found.places} == {
        ("Berlin, DE", 16, at(45)),
        ("Paris, FR", 16, at(46)),
    }
    assert [one.n for one in found.employers] == [8] * 6
    assert [(one.label, one.n) for one in found.skills] == [
        ("SQL", 24),
        ("Python", 16),
        ("COBOL", 1),
    ]
    assert sum(bar.n for bar in found.spread) == 43
    assert (found.spread[0].low, found.spread[-1].high) <= (50_000, 125_000)

    figures = {key: figure(found, key) for key in ("stated-pay", "remote-share", "new", "closed")}
    assert figures["stated-pay"].value == Decimal(43) / 48
    assert (figures["remote-share"].text, figures["remote-share"].n) == ("50%", 48)
    assert (figures["new"].n, figures["closed"].n) == (56, 5)


def test_the_weeks_of_the_ledger_are_those_counted_by_hand(role, reader):
    ledger = of(role).ledger
    assert ledger.weeks == [
        Week(date(2026, 2, 23), new=32, closed=0, open=32),
        Week(date(2026, 3, 2), new=12, closed=0, open=44),
        Week(date(2026, 3, 9), new=12, closed=5, open=48),
        Week(date(2026, 3, 16), new=0, closed=0, open=48),
    ]
    assert (ledger.days_open, ledger.closings.n, ledger.events.n) == (15, 5, 61)
    for query, expected in (("", 61), ("?kind=closed", 5), ("?kind=new&weeks=2", 12)):
        reply = reader.get(f"/roles/oracle/events.csv{query}")
        rows = list(csv.DictReader(StringIO(reply.getvalue().decode())))
        assert len(rows) == expected
        assert "Withdrawn" not in {row["title"] for row in rows}


def test_one_posting_more_moves_the_page_and_without_it_all_is_as_before(role, reader):
    def told():
        page = parse(reader.get("/roles/oracle/"))
        return [
            (
                one.get("data-figure"),
                one.get("data-n"),
                one.get("data-as-of"),
                "".join(one.itertext()),
            )
            for one in page.iter()
            if one.get("data-figure")
        ]

    before = told()
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        more = PostingFactory(
            role=role, company=CompanyFactory(), seniority="entry", workplace="remote",
            pay=[{"minimum": 200_000, "maximum": 200_000}],
        )  # fmt: skip
        ListingFactory(posting=more, last_confirmed=NOW)
        more.save()
        moved = told()
        assert moved != before
        assert ("open", "49") in [(key, n) for key, n, *_ in moved]
        more.withdraw("never meant")
        assert told() == before


def test_the_clock_moves_no_date(role):
    before = of(role)
    cache.clear()
    with time_machine.travel(NOW + timedelta(days=12), tick=False):
        KeptStatistics.objects.all().delete()
        assert of(role) == before


def test_every_list_holds_as_many_postings_as_its_figure_says(role, reader):
    page = parse(reader.get("/roles/oracle/"))
    checked = 0
    for one in page.iter():
        if one.get("data-figure") is None:
            continue
        link = next(a.get("href") for a in one.iter("a"))
        if link.startswith("/jobs/"):
            asked = PostingFilter(QueryDict(link.partition("?")[2]))
            assert not asked.ignored
            assert len(asked.narrow()) == int(one.get("data-n")), link
        else:
            rows = reader.get(link).getvalue().decode().splitlines()
            assert len(rows) - 1 == int(one.get("data-n")), link
        checked += 1
    assert checked >= 40
