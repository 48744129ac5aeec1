"""Merging, splitting and withdrawing for good, as moderators do them."""

import pytest

from jobs.intake import take
from jobs.models import Listing, Posting
from tests.factories import PostingFactory
from tests.jobs.test_duplicates import HERE, LYON, job
from tests.jobs.test_intake import NOW

LIST = "/admin/jobs/posting/"


def act(client, name, *postings, **more):
    sent = {"action": name, "_selected_action": [one.pk for one in postings], **more}
    return client.post(LIST, sent, follow=True)


def test_a_merge_is_confirmed_first_and_then_done(moderator, reader):
    one, two = PostingFactory(), PostingFactory()
    asked = act(moderator, "merge", one, two).content.decode()
    assert "They are of 2 companies." in asked
    assert reader.get(two.get_absolute_url()).status_code == 200
    act(moderator, "merge", one, two, confirmed="1")
    assert reader.get(two.get_absolute_url()).status_code == 301


def test_one_posting_alone_is_not_merged_and_it_says_why(moderator):
    page = act(moderator, "merge", PostingFactory(), confirmed="1").content.decode()
    assert "Choose two postings or more." in page


def test_withdrawing_for_good_is_shown_and_undone_by_reopening(moderator):
    posting = PostingFactory()
    act(moderator, "bar", posting)
    posting.refresh_from_db()
    assert (posting.state, posting.barred) == ("withdrawn", True)
    act(moderator, "reopen", posting)
    posting.refresh_from_db()
    assert (posting.state, posting.barred) == ("open", False)


def test_a_listing_is_split_off_on_the_page_of_listings(moderator):
    take(HERE, [job("1"), job("2", places=LYON)], at=NOW)
    posting = Posting.objects.get()
    address = f"{LIST}{posting.pk}/listings/"
    assert "Lyon" in moderator.get(address).content.decode()
    second = Listing.objects.get(external_id="2")
    page = moderator.post(address, {"listing": [second.pk]}, follow=True).content.decode()
    assert "Split off as a posting of its own" in page
    assert Posting.objects.public().count() == 2
    assert "Leave one listing" in moderator.post(
        address, {"listing": [posting.listings.get().pk]}, follow=True
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize("sent", [{"restore": "x"}, {"restore": "999"}, {"listing": ["y"]}, {}])
def test_a_split_of_nothing_is_refused_with_a_sentence(moderator, sent):
    page = moderator.post(f"{LIST}{PostingFactory().pk}/listings/", sent, follow=True)
    assert "errorlist" in page.content.decode() or "error" in page.content.decode()
    assert Posting.objects.count() == 1


@pytest.mark.parametrize("who", ["author", "editor"])
def test_writers_see_listings_and_split_nothing(request, who):
    client, posting = request.getfixturevalue(who), PostingFactory()
    address = f"{LIST}{posting.pk}/listings/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"restore": "1"}).status_code == 403
