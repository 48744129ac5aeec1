"""The same job in several places or from several sources is one posting, and stays as told."""

from datetime import timedelta
from decimal import Decimal

import pytest

from extraction import gazetteer
from jobs.closing import close_missing
from jobs.duplicates import NotPossible, keep_apart, merge, restore, split
from jobs.intake import take
from jobs.models import Listing, Pair, Posting, Report
from tests.factories import PlaceFactory, PostingFactory
from tests.jobs.test_intake import NOW, offer, pay
from tests.jobs.test_likeness import JOB, OTHER_TEXTS

HOUR = timedelta(hours=1)
HERE, THERE = "greenhouse:acme", "remotive:all"
BERLIN = gazetteer.find_city("Berlin", "DE")[:1]
LYON = gazetteer.find_city("Lyon", "FR")[:1]


def job(external_id="1", text=JOB, **changes):
    changes = {"places": BERLIN, "description_hash": str(hash(text)), **changes}
    return offer(external_id, description=f"<p>{text}</p>", **changes)


def taken(source, *offers, at=NOW, **options):
    return {name: n for name, n in take(source, offers, at=at, **options).items() if n}


def rows():
    """Each listing with its posting, and what the postings show."""
    listings = list(Listing.objects.order_by("pk").values_list("source", "external_id", "posting"))
    shown = Posting.objects.order_by("pk").values_list("pk", "state", "place_line", "pay_line")
    return listings, list(shown)


@pytest.fixture
def editor_user(moderator):
    return moderator.user


def test_the_same_job_in_two_places_is_one_posting_with_both(db):
    found = taken(HERE, job("1", pay=(pay(1, 2),)), job("2", places=LYON, pay=(pay(3, 4),)))
    posting = Posting.objects.public().get()
    assert found == {"new": 2, "merged": 1}
    assert posting.place_line == "Berlin, DE / Lyon, FR (workplace not stated)"
    assert {row.maximum for row in posting.pay_ranges.all()} == {Decimal(2), Decimal(4)}
    assert posting.listings.count() == 2


def test_the_same_job_from_another_source_joins_it_in_a_later_run(db):
    taken(HERE, job())
    first = Posting.objects.get()
    assert taken(THERE, job("x", company="ACME Inc."), at=NOW + HOUR) == {"new": 1, "merged": 1}
    assert Posting.objects.get() == first
    assert [event.kind for event in first.events.all()] == ["first_seen", "merged"]
    assert taken(THERE, job("x", company="ACME Inc."), at=NOW + 2 * HOUR) == {"unchanged": 1}


def test_another_job_under_the_same_title_is_another_posting(db):
    other = OTHER_TEXTS["another team with the same frame"]
    assert taken(HERE, job("1"), job("2", other, places=LYON)) == {"new": 2}
    assert not Pair.objects.exists()


def test_what_is_doubtful_waits_and_merges_nothing(db):
    assert taken(HERE, job("1"), job("2")) == {"new": 2}
    pair = Pair.objects.get()
    assert (pair.state, Posting.objects.public().count()) == ("open", 2)
    assert pair.reason


def test_what_waits_for_approval_is_not_seen_through_a_public_posting(db):
    taken(HERE, job())
    assert taken(THERE, job("x", places=LYON), hold="hold") == {"new": 1, "held": 1}
    assert Posting.objects.public().get().place_line == "Berlin, DE (workplace not stated)"
    assert Pair.objects.count() == 1


def test_a_merged_posting_closes_with_its_last_listing_and_shrinks_before(db):
    taken(HERE, job("1"), job("2", places=LYON))
    for hours in (1, 14):
        counts = close_missing(HERE, ["1"], at=NOW + hours * HOUR)
    posting = Posting.objects.public(NOW + 15 * HOUR).get()
    assert not counts["closed"]
    assert posting.place_line == "Berlin, DE (workplace not stated)"
    for hours in (15, 28):
        counts = close_missing(HERE, [], at=NOW + hours * HOUR)
    assert counts["closed"] == 1


def test_the_first_listing_speaks_and_the_others_add_their_places(db):
    taken(HERE, job("1"))
    taken(THERE, job("x", places=LYON))
    taken(THERE, job("x", places=LYON, title="Engineer of Data", payload_hash="y"), at=NOW + HOUR)
    assert Posting.objects.get().title == "Data Engineer"
    taken(HERE, job("1", title="Data Smith", payload_hash="z"), at=NOW + HOUR)
    posting = Posting.objects.get()
    assert (posting.title, posting.place_line) == (
        "Data Smith",
        "Berlin, DE / Lyon, FR (workplace not stated)",
    )


def test_a_job_listed_anew_opens_at_its_old_address(db):
    taken(HERE, job("1"))
    address = Posting.objects.get().get_absolute_url()
    for hours in (1, 14):
        close_missing(HERE, [], at=NOW + hours * HOUR)
    assert taken(HERE, job("2"), at=NOW + 20 * HOUR) == {"new": 1, "merged": 1}
    posting = Posting.objects.public(NOW + 21 * HOUR).get()
    assert posting.get_absolute_url() == address
    assert posting.posted_at == NOW
    assert [event.kind for event in posting.events.all()] == [
        "first_seen", "closed", "reopened", "reposted",
    ]  # fmt: skip


def test_a_repetition_beside_the_old_listing_joins_it_when_that_goes(db):
    taken(HERE, job("1"))
    address = Posting.objects.get().get_absolute_url()
    taken(HERE, job("1"), job("2"), at=NOW + HOUR)
    for hours in (2, 15):
        close_missing(HERE, ["2"], at=NOW + hours * HOUR)
    posting = Posting.objects.public(NOW + 16 * HOUR).get()
    assert posting.get_absolute_url() == address
    assert Posting.objects.filter(state="merged").count() == 1


def test_a_job_withdrawn_for_good_comes_back_under_no_number(db):
    taken(HERE, job("1"))
    Posting.objects.get().withdraw("spam", bar=True)
    assert taken(THERE, job("x", places=LYON)) == {"new": 1, "barred": 1}
    assert taken(HERE, job("1"), job("2"), at=NOW + HOUR) == {"unchanged": 1, "new": 1, "barred": 1}
    assert not Posting.objects.public().exists()
    assert Posting.objects.get().state == "withdrawn"


def test_a_job_withdrawn_once_may_come_back_under_another_number(db):
    taken(HERE, job("1"))
    Posting.objects.get().withdraw("by mistake")
    assert taken(HERE, job("2")) == {"new": 1}
    assert Posting.objects.public().count() == 1


# --- what a person decides ------------------------------------------------------------------------


def test_merging_leads_the_younger_address_to_the_older_and_keeps_what_both_say(
    db, reader, editor_user
):
    taken(HERE, job("1", pay=(pay(1, 2),)), job("2", pay=(pay(3, 4),)))
    older, younger = Posting.objects.order_by("pk")
    assert merge([younger, older], by=editor_user) == older
    moved = reader.get(younger.get_absolute_url())
    assert (moved.status_code, moved["Location"]) == (301, older.get_absolute_url())
    assert reader.get(older.get_absolute_url()).status_code == 200
    assert older.pay_ranges.count() == 2
    assert not Pair.objects.exists()
    before = rows()
    assert taken(HERE, *(job("1", pay=(pay(1, 2),)), job("2", pay=(pay(3, 4),))),
                 at=NOW + HOUR) == {"unchanged": 2}  # fmt: skip
    assert rows() == before


def test_a_split_gives_the_old_page_back_and_stays_at_the_next_import(db, reader, editor_user):
    taken(HERE, job("1"), job("2"))
    older, younger = Posting.objects.order_by("pk")
    merge([older, younger], by=editor_user)
    (found,) = split(older, [Listing.objects.get(external_id="2").pk], by=editor_user)
    assert found == younger
    assert reader.get(younger.get_absolute_url()).status_code == 200
    taken(HERE, job("1"), job("2"), job("3", places=LYON), at=NOW + HOUR)
    assert Listing.objects.get(external_id="2").posting == younger
    assert Pair.objects.get(older=older, younger=younger).state == "apart"


def test_a_listing_that_joined_by_itself_is_split_off_with_its_own_place(db, editor_user):
    taken(HERE, job("1"), job("2", places=LYON))
    posting = Posting.objects.get()
    (found,) = split(posting, [posting.listings.get(external_id="2").pk], by=editor_user)
    posting.refresh_from_db()
    found.refresh_from_db()
    assert (posting.place_line, found.place_line) == (
        "Berlin, DE (workplace not stated)",
        "Lyon, FR (workplace not stated)",
    )
    before = rows()[0]
    taken(HERE, job("1"), job("2", places=LYON), at=NOW + HOUR)
    assert rows()[0] == before
    assert Posting.objects.public().count() == 2


def test_a_posting_typed_by_hand_keeps_its_words_when_a_listing_joins_it(db, editor_user):
    typed = PostingFactory(title="Our words", places=[PlaceFactory(city=True, name="Kassel")])
    taken(HERE, job("1"))
    imported = Posting.objects.exclude(pk=typed.pk).get()
    merge([typed, imported], by=editor_user)
    taken(HERE, job("1", title="Theirs", payload_hash="x"), at=NOW + HOUR)
    typed.refresh_from_db()
    assert typed.title == "Our words"
    assert "Kassel" in typed.place_line
    assert "Berlin" in typed.place_line


def test_a_merge_of_postings_without_listings_can_be_undone(db, reader, editor_user):
    one, two = PostingFactory(), PostingFactory()
    merge([one, two], by=editor_user)
    two.refresh_from_db()
    restore(two, by=editor_user)
    assert reader.get(two.get_absolute_url()).status_code == 200


def test_merging_twice_leads_every_address_to_the_last(db, reader, editor_user):
    one, two, three = (PostingFactory() for _ in range(3))
    merge([two, three], by=editor_user)
    merge([one, two], by=editor_user)
    for gone in (two, three):
        assert reader.get(gone.get_absolute_url())["Location"] == one.get_absolute_url()


@pytest.mark.parametrize("trait", ["withdrawn", "rejected"])
def test_what_a_person_took_away_is_not_merged(db, editor_user, trait):
    with pytest.raises(NotPossible):
        merge([PostingFactory(), PostingFactory(**{trait: True})], by=editor_user)


def test_a_posting_that_was_public_keeps_its_address_before_an_older_one_that_was_not(
    db, editor_user
):
    held, shown = PostingFactory(pending=True), PostingFactory()
    assert merge([held, shown], by=editor_user) == shown


def test_open_reports_follow_the_merged_posting(db, editor_user):
    one, two = PostingFactory(), PostingFactory()
    for posting in (one, two, two):
        kind = "pay" if posting is one else "scam" if Report.objects.count() == 1 else "pay"
        Report.objects.create(posting=posting, kind=kind)
    merge([one, two], by=editor_user)
    assert set(one.reports.values_list("kind", flat=True)) == {"pay", "scam"}


def test_a_split_leaves_a_listing_and_takes_one(db, editor_user):
    taken(HERE, job("1"), job("2", places=LYON))
    posting = Posting.objects.get()
    every = [listing.pk for listing in posting.listings.all()]
    for chosen in ([], every, [every[0] + 999]):
        with pytest.raises(NotPossible):
            split(posting, chosen, by=editor_user)


def test_two_that_are_kept_apart_are_not_proposed_again(db, editor_user):
    taken(HERE, job("1"), job("2"))
    one, two = Posting.objects.order_by("pk")
    keep_apart([one, two], by=editor_user)
    changed = job("2", JOB + "\nOne more line.", payload_hash="x")
    taken(HERE, job("1"), changed, at=NOW + HOUR)
    assert Pair.objects.get().state == "apart"
