"""Kept statistics are never older than the data."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from guides.pages import RoleRef
from guides.stamps import stamps
from jobs.index import confirm
from jobs.models import ExchangeRate
from market import showing
from market.keeping import store
from market.measure import Reading
from market.models import KeptStatistics
from market.refreshing import refresh
from market.statistics import Scope, statistics
from tests.factories import (
    CompanyFactory,
    ListingFactory,
    PostingFactory,
    RoleFactory,
    days_from_now,
)


@pytest.fixture
def role(db):
    return RoleFactory()


def of(role):
    scope = Scope(RoleRef.of(role))
    return statistics([scope])[scope]


def kept():
    return set(KeptStatistics.objects.values_list("role", flat=True))


def test_a_page_measures_once_and_then_asks_one_statement(role, django_assert_num_queries):
    PostingFactory(role=role)
    of(role)
    now = stamps()
    with django_assert_num_queries(1):
        assert statistics([Scope(RoleRef.of(role))], now)


def test_writing_a_posting_drops_the_rows_of_both_its_roles_and_no_others(role):
    other, third = RoleFactory(), RoleFactory()
    posting = PostingFactory(role=role)
    for one in (role, other, third):
        of(one)
    with transaction.atomic():
        posting.role = other
        posting.save()
        assert kept() == {third.pk}
        transaction.set_rollback(True)
    assert kept() == {role.pk, other.pk, third.pk}


@pytest.mark.parametrize("act", ["start", "end"])
def test_a_row_is_valid_until_a_posting_starts_or_ends_by_the_clock(role, act):
    PostingFactory(role=role, starts_at=days_from_now(-1), expires_at=days_from_now(5))
    PostingFactory(role=role, starts_at=days_from_now(2))
    before = of(role).all.open.n
    with time_machine.travel(timezone.now() + timedelta(days=3 if act == "start" else 6)):
        assert (before, of(role).all.open.n) == (1, 2 if act == "start" else 1)


def test_a_confirmation_moves_the_date_of_the_data(role):
    posting = PostingFactory(role=role, stale_at=days_from_now(5))
    listing = ListingFactory(posting=posting, last_confirmed=days_from_now(-2))
    assert of(role).all.open.as_of == listing.last_confirmed
    listing.last_confirmed = timezone.now()
    with transaction.atomic():
        listing.save()
        confirm([posting.pk], days_from_now(30))
    assert of(role).all.open.as_of == listing.last_confirmed


def test_new_rates_are_what_pay_is_told_by(role):
    companies = [CompanyFactory(), CompanyFactory()]
    for number in range(5):
        PostingFactory(role=role, company=companies[number % 2], pay=[{"currency": "EUR"}])
    ExchangeRate.objects.create(currency="USD", date="2099-01-01", per_euro=Decimal(2))
    assert of(role).all.pay.median == 180_000
    ExchangeRate.objects.create(currency="USD", date="2099-01-02", per_euro=Decimal(3))
    assert of(role).all.pay.median == 270_000


def test_what_was_measured_while_a_writer_came_between_is_not_kept(role):
    PostingFactory(role=role)
    scope = Scope(RoleRef.of(role))
    reading = Reading([role.pk], stamps(), timezone.now())
    measured = reading.measure([scope])
    PostingFactory(role=role)
    assert not store(measured, reading)
    assert kept() == set()
    assert of(role).all.open.n == 2


def test_refreshing_twice_changes_nothing_and_finishes_what_a_killed_run_began(role, capsys):
    PostingFactory(role=role)
    RoleFactory()
    first = refresh()
    assert first.unchanged == first.overtaken == 0
    rows = list(KeptStatistics.objects.order_by("pk").values())
    KeptStatistics.objects.filter(role=role, seniority="mid").delete()
    call_command("refresh_statistics")
    assert f"measured=1 unchanged={first.measured - 1} overtaken=0" in capsys.readouterr().out
    again = list(KeptStatistics.objects.order_by("pk").values())
    assert len(again) == len(rows)


def test_what_pages_show_is_made_once_for_each_write_to_its_roles(role, monkeypatch):
    made = []
    make = showing._market
    monkeypatch.setattr(showing, "_market", lambda *args: made.append(1) or make(*args))

    def shown():
        before = len(made)
        html = showing.market([RoleRef.of(role)], stamps()).section
        return html, len(made) - before

    posting, other = PostingFactory(role=role), PostingFactory(role=RoleFactory())
    first, times = shown()
    assert times == 1
    for _ in range(2):
        other.save()
        assert shown() == (first, 0)
    posting.seniority = "senior"
    posting.save()
    html, times = shown()
    assert times == 1
    assert html != first
    assert shown() == (html, 0)
