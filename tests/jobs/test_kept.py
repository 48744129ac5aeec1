"""The page of kept postings: its order, its words for what has ended, its bounds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.models import Posting
from tests.factories import PostingFactory, RoleFactory
from tests.page import hooks, links, parse, words

pytestmark = pytest.mark.django_db


def page_of(reader, *postings: Posting | int | str):
    numbers = [str(getattr(one, "pk", one)) for one in postings]
    response = reader.get("/jobs/kept/", {"posting": numbers})
    assert response.status_code == 200
    return parse(response)


def test_open_ones_come_first_each_kind_in_the_order_kept(reader):
    made = [PostingFactory() for _ in range(3)]
    closed = PostingFactory(closed=True)
    expired = PostingFactory(expired=True)
    page = page_of(reader, expired, made[1], closed, made[2], made[0])
    shown = [made[1], made[2], made[0], expired, closed]
    assert hooks(page, "posting") == [str(one.pk) for one in shown]
    assert hooks(page, "standing") == ["expired", "closed"]
    assert hooks(page, "kept") == ["shared"]


@pytest.mark.parametrize(
    ("traits", "said"),
    [
        ({"closed": True, "close_reason": "filled"}, "Closed on"),
        ({"expired": True}, "Expired on"),
        ({"unconfirmed": True}, "Not confirmed since"),
    ],
)
def test_what_is_not_open_says_how_it_stands_and_keeps_its_link(reader, traits, said):
    posting = PostingFactory(**traits)
    page = page_of(reader, posting)
    assert said in words(page)
    assert posting.get_absolute_url() in links(page)


def test_of_a_withdrawn_posting_only_that_is_told(reader):
    posting = PostingFactory(title="Secret", company__name="Acme", withdrawn=True)
    page = page_of(reader, posting)
    assert f"Posting {posting.pk} Withdrawn on" in words(page)
    assert "Secret" not in words(page)
    assert "Acme" not in words(page)
    assert posting.get_absolute_url() not in links(page)


def test_what_never_was_public_is_named_as_unknown(reader):
    hidden = [PostingFactory(pending=True), PostingFactory(future=True), 999_999]
    page = page_of(reader, *hidden)
    assert hooks(page, "ignored") == ["posting"] * 3
    assert hooks(page, "posting") == []
    assert hooks(page, "kept") == ["shared"]


def test_one_value_may_hold_several_numbers_and_each_counts_once(reader):
    a, b, c = (PostingFactory() for _ in range(3))
    page = page_of(reader, f"{b.pk}, {a.pk},{b.pk},", c, a)
    assert hooks(page, "posting") == [str(one.pk) for one in (b, a, c)]
    assert hooks(page, "ignored") == []


def test_no_more_than_the_limit_are_shown_and_the_rest_is_named(reader, settings):
    settings.BOARD = {**settings.BOARD, "KEPT_POSTINGS": 2}
    a, b, c, d = (PostingFactory() for _ in range(4))
    page = page_of(reader, a, b, c, d)
    assert hooks(page, "posting") == [str(a.pk), str(b.pk)]
    assert hooks(page, "ignored") == ["posting"]
    assert f"posting={c.pk},{d.pk}" in words(page)


def test_the_whole_limit_fits_into_an_address(reader):
    posting = PostingFactory()
    numbers = ",".join(str(10**9 + number) for number in range(199))
    response = reader.get(f"/jobs/kept/?posting={posting.pk},{numbers}")
    assert response.status_code == 200
    assert hooks(parse(response), "posting") == [str(posting.pk)]


def test_without_numbers_it_says_what_it_is(reader):
    for query in ("", "?posting=", "?posting=,%20,"):
        page = parse(reader.get(f"/jobs/kept/{query}"))
        assert "keeping needs scripts" in words(page)
        assert hooks(page, "kept") == ["own"]


@pytest.mark.parametrize(
    "text", ["0", "-1", "abc", "1e3", "٣", "9" * 18, "9" * 40, "1;2", "' OR 1=1 --", "0x1", "1.5"]
)
def test_what_is_no_number_of_a_posting_is_named(reader, text):
    PostingFactory()
    page = page_of(reader, text)
    assert hooks(page, "ignored") == ["posting"]
    assert hooks(page, "posting") == []


def test_it_is_not_indexed_and_sets_no_cookie(reader):
    response = reader.get("/jobs/kept/")
    assert 'name="robots" content="noindex"' in response.content.decode()
    assert not response.cookies


def test_more_postings_cost_no_more_statements(reader):
    role = RoleFactory()

    def cost(count: int) -> int:
        made = [PostingFactory(role=role) for _ in range(count)]
        made += [PostingFactory(role=role, closed=True) for _ in range(count)]
        with CaptureQueriesContext(connection) as asked:
            page_of(reader, *made)
        return len(asked)

    few = cost(2)
    assert cost(8) <= few
