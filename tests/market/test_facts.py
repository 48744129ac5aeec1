"""What a process keeps of live postings is what it would read anew."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.utils import timezone

from guides.stamps import stamps
from jobs.columns import current
from jobs.index import confirm
from jobs.models import ExchangeRate, PayRange
from jobs.salary import kept_rates
from jobs.stamps import POSTINGS, RATES
from market import facts
from tests.factories import ListingFactory, PostingFactory, RoleFactory, days_from_now


def told(roles):
    now = stamps()
    found = facts.facts_of(
        [role.pk for role in roles], current(now[POSTINGS]), kept_rates(now[RATES]), now[RATES]
    )
    return {
        role: [list(column) for column in one.columns if column is not one.rows]
        for role, one in found.items()
    }


def told_anew(roles, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(facts, "_known", {})
        return told(roles)


def write(roles, open_ones, random):
    """One of the things that happen to postings."""
    act = random.choice(["come", "come", "come", "confirm", "pay", "close", "move", "withdraw"])
    if act == "come" or not open_ones:
        role = random.choice(roles)
        posting = PostingFactory(role=role, pay=[{}] * random.randrange(3))
        if random.random() < 0.7:
            ListingFactory(posting=posting, last_confirmed=days_from_now(-random.randrange(9)))
            posting.save()
        open_ones.append(posting)
        return
    posting = random.choice(open_ones)
    if act == "confirm":
        posting.listings.update(last_confirmed=timezone.now())
        confirm([posting.pk], days_from_now(random.randrange(20, 40)))
    elif act == "pay":
        PayRange.objects.create(posting=posting, minimum=random.randrange(9, 99) * 1_000,
                                currency="USD", period="year")  # fmt: skip
        posting.save()
    elif act == "move":
        posting.role = random.choice([*roles, None])
        posting.save()
    else:
        open_ones.remove(posting)
        posting.refresh_from_db()
        posting.close("filled") if act == "close" else posting.withdraw("never meant")


@pytest.mark.parametrize("few", [0, 500], ids=["read by role", "read by posting"])
def test_whatever_is_written_the_facts_are_those_read_anew(db, monkeypatch, few):
    monkeypatch.setattr(facts, "FEW", few)
    roles, open_ones, random = [RoleFactory(), RoleFactory()], [], Random(few)
    for _ in range(60):
        write(roles, open_ones, random)
        assert told(roles) == told_anew(roles, monkeypatch)
    assert open_ones


def test_new_rates_make_other_facts(db, monkeypatch):
    role = RoleFactory()
    PostingFactory(role=role, pay=[{"currency": "EUR"}])
    before = told([role])
    ExchangeRate.objects.create(currency="USD", date="2099-01-01", per_euro=Decimal(3))
    assert before != told([role]) == told_anew([role], monkeypatch)


def test_what_is_known_is_not_asked_again(db, django_assert_num_queries):
    role = RoleFactory()
    for _ in range(3):
        posting = PostingFactory(role=role, pay=[{}])
    told([role])
    now = stamps()
    columns, rates = current(now[POSTINGS]), kept_rates(now[RATES])
    with django_assert_num_queries(0):
        facts.facts_of([role.pk], columns, rates, now[RATES])
    confirm([posting.pk], days_from_now(50) + timedelta(1))
    now = stamps()
    columns = current(now[POSTINGS])
    with django_assert_num_queries(2) as asked:
        facts.facts_of([role.pk], columns, rates, now[RATES])
    assert all(f"({posting.pk})" in one["sql"] for one in asked.captured_queries)
