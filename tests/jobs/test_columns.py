"""The snapshot in memory holds what the database holds, however it came to it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from guides.stamps import stamps
from jobs import columns as module
from jobs import stamps as postings_stamps
from jobs.columns import Columns, current
from jobs.filters import PostingFilter
from jobs.index import confirm, reindex
from jobs.liverows import Row
from jobs.models import LiveChange, LivePosting, Posting
from jobs.stamps import POSTINGS, changed
from tests.factories import (
    CompanyFactory,
    PlaceFactory,
    PostingFactory,
    RoleFactory,
    SkillFactory,
    days_from_now,
)


@pytest.fixture(autouse=True)
def no_snapshot(monkeypatch):
    monkeypatch.setattr(module, "_kept", None)


def said(columns: Columns) -> tuple:
    """All that a snapshot can answer, in plain values."""
    return (
        columns.rows,
        {
            facet: {value: set(ids) for value, ids in values.items()}
            for facet, values in columns.facets.items()
            if values
        },
        set(columns.with_pay),
        {currency: tops for currency, tops in columns.tops.items() if tops.ids},
        columns.orders,
    )


def counted(columns: Columns) -> dict[str, dict]:
    """The counts of every facet of the public postings, which a snapshot keeps."""
    ids = columns.public(timezone.now())
    names = {*PostingFilter.FACETS, "audience"} - {"eligible"}
    return {facet: dict(columns.count(facet, ids)) for facet in names}


def read_anew() -> Columns:
    return module._read("").columns


def test_the_first_snapshot_takes_two_statements_and_the_next_question_none(
    db, django_assert_num_queries
):
    for _ in range(3):
        PostingFactory()
    stamp = stamps()[POSTINGS]
    with django_assert_num_queries(2):  # the last change, the rows
        current(stamp)
    with django_assert_num_queries(0):
        assert len(current(stamp).rows) == 3


def test_a_change_is_read_with_one_statement_and_nothing_else(db, django_assert_num_queries):
    postings = [PostingFactory() for _ in range(5)]
    before = current()
    postings[0].title = "Another"
    postings[0].save()
    postings[1].close("filled")
    stamp = stamps()[POSTINGS]
    with django_assert_num_queries(1):
        after = current(stamp)
    assert set(before.rows) - set(after.rows) == {postings[1].pk}
    kept = {pk for pk in after.rows if after.rows[pk] is before.rows[pk]}
    assert kept == {posting.pk for posting in postings[2:]}


acts = st.lists(
    st.tuples(
        st.sampled_from(["new", "edit", "close", "reopen", "confirm", "delete", "many", "look"]),
        st.integers(0, 5),
    ),
    max_size=12,
)


@settings(max_examples=20)
@given(acts=acts)
def test_after_any_changes_it_is_what_is_read_anew(db, acts):
    with transaction.atomic():
        roles = [RoleFactory(), None]
        places = [PlaceFactory(city=True), PlaceFactory(city=True)]
        skills = [SkillFactory(), SkillFactory()]
        counted(current())
        for act, number in acts:
            postings = list(Posting.objects.order_by("pk"))
            one = postings[number % len(postings)] if postings else None
            if act == "new" or one is None:
                PostingFactory(
                    role=roles[number % 2],
                    places=places[: number % 3],
                    skills=skills[: number % 3],
                    seniority=["", "senior", "mid"][number % 3],
                    pay=[{"currency": ["EUR", "USD"][number % 2]}] if number % 3 else [],
                    posted_at=timezone.now() - timedelta(days=number),
                    **[{}, {"future": True}, {"expired": True}][number % 3],
                )
            elif act == "edit":
                one.role, one.workplace = roles[number % 2], "remote"
                one.save()
            elif act == "close":
                one.close("filled")
            elif act == "reopen":
                one.reopen()
            elif act == "confirm":
                confirm([one.pk], days_from_now(40 + number))
            elif act == "delete":
                one.delete()
            elif act == "many":
                reindex(Posting.objects.values_list("pk", flat=True))
            else:
                counted(current())
        found = current()
        assert said(found) == said(read_anew())
        assert counted(found) == counted(read_anew())
        for day in (-1, 0, 1, 35, 60):
            at = days_from_now(day)
            public = Posting.objects.public(at).values_list("pk", flat=True)
            assert set(found.public(at)) == set(public)
        transaction.set_rollback(True)


def test_the_counts_of_the_whole_list_outlive_a_change(db, monkeypatch):
    one, other = PostingFactory(), PostingFactory()
    counted(current())
    one.workplace = "remote"
    one.save()
    began = timezone.now()  # before the question reads the change
    found = current()
    monkeypatch.setattr(Columns, "_count", None)
    companies = {one.company_id: 1, other.company_id: 1}
    assert found.count("company", found.public(began)) == companies


def test_more_changes_than_a_few_are_put_in_order_as_well(db, monkeypatch):
    monkeypatch.setattr(module, "FEW", 10)
    company = CompanyFactory()
    PostingFactory(company=company)
    current()
    for number in range(13):
        PostingFactory(company=company, posted_at=days_from_now(-number / 10))
    assert said(current()) == said(read_anew())
    Posting.objects.exclude(pk=Posting.objects.first().pk).delete()
    assert said(current()) == said(read_anew())


def test_what_a_transaction_undid_is_not_kept(db):
    posting = PostingFactory()
    current()
    with transaction.atomic():
        posting.close("filled")
        assert posting.pk not in current().rows
        transaction.set_rollback(True)
    assert posting.pk in current().rows
    # Another change may take the number of the one that was undone.
    PostingFactory()
    assert said(current()) == said(read_anew())


def test_a_snapshot_does_not_change_under_who_holds_it(db):
    posting = PostingFactory()
    held = current()
    before = said(held)
    posting.delete()
    PostingFactory()
    assert said(current()) != before
    assert said(held) == before


@pytest.mark.parametrize("act", ["start", "end"])
def test_a_posting_starts_and_ends_by_the_clock_alone(db, act):
    posting = PostingFactory(starts_at=days_from_now(-2), expires_at=days_from_now(3))
    found, now = current(), timezone.now()
    instant = posting.starts_at if act == "start" else posting.expires_at
    tick = timedelta(microseconds=1)
    for at in (now, instant, instant - tick, instant + tick, now):
        assert (posting.pk in found.public(at)) == posting.is_public(at)


def test_who_has_slept_through_too_many_changes_reads_everything(db, monkeypatch):
    monkeypatch.setattr(postings_stamps, "KEPT_CHANGES", 5)
    PostingFactory()
    current()
    for _ in range(12):
        PostingFactory()
    assert LiveChange.objects.count() < 11
    assert said(current()) == said(read_anew())


def test_a_change_of_everything_reads_everything(db):
    posting = PostingFactory(pay=[{}])
    current()
    LivePosting.objects.update(pay_rank=7)
    changed()
    assert current().rows[posting.pk].pay_rank == 7


def test_what_is_made_of_all_public_postings_is_made_once_until_one_changes(db):
    posting = PostingFactory(seniority="mid")
    made = []

    def ask(columns, ids):
        return columns.once("number", ids, lambda: made.append(len(ids)) or len(ids))

    before = current()
    every = before.public(timezone.now())
    assert [ask(before, every), ask(before, every)] == [1, 1]
    assert [ask(before, BitMap()), ask(before, BitMap(every))] == [0, 1]
    PostingFactory()
    after = current()
    assert ask(after, after.public(timezone.now())) == 2
    posting.close("filled")
    assert ask(current(), current().public(timezone.now())) == 1
    assert made == [1, 0, 1, 2, 1]


ROWS = {
    pk: Row.of(*[days_from_now(-pk * 7 % 50)] * 3, 1, None, 0, 0, pk % 9 or None, 1, "{}")
    for pk in range(1, 101)
}


@given(
    st.sets(st.sampled_from(sorted(ROWS))),
    st.sampled_from(["newest", "salary"]),
    st.integers(0, 30),
    st.none() | st.integers(0, 30),
)
def test_a_page_is_a_piece_of_the_sorted_list_wherever_its_postings_stand(ids, order, start, size):
    every = sorted(ids, key=lambda pk: module.ORDERS[order](pk, ROWS[pk]), reverse=True)
    stop = None if size is None else start + size
    orders = {name: module.ordered(ROWS, name) for name in module.ORDERS}
    columns = Columns(ROWS, {}, BitMap(), {}, orders)
    assert columns.page(BitMap(ids), order, start, stop) == every[start:stop]
