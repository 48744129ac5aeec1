"""Offers of a source become listings and postings, and leave by the rules of freshness."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import timezone

from extraction import gazetteer
from jobs import index, intake
from jobs.intake import Offer, close_missing, take
from jobs.models import Listing, Posting
from tests.factories import RoleFactory, SkillFactory, days_from_now
from tests.jobs.test_index import searched_rows

SOURCE = "greenhouse:acme"
NOW = timezone.now().replace(microsecond=0)
HOUR = timedelta(hours=1)


def offer(external_id: str = "1", **changes) -> Offer:
    fields = {
        "payload_hash": "hash",
        "url": "https://boards.greenhouse.io/acme/jobs/1",
        "title": "Data Engineer",
        "company": "Acme",
        "description": "<p>Work.</p>",
        "description_hash": "work",
        "apply_url": "https://boards.greenhouse.io/acme/jobs/1",
    }
    return Offer(external_id=external_id, **(fields | changes))


def taken(*offers: Offer, at=NOW, **options) -> dict[str, int]:
    return {name: n for name, n in take(SOURCE, offers, at=at, **options).items() if n}


def rows() -> list[tuple]:
    return list(
        Posting.objects.order_by("pk").values_list(
            "pk", "title", "company__name", "state", "posted_at", "description_html", "pay_line"
        )
    )


def pay(low: int, high: int) -> dict:
    return {"minimum": Decimal(low), "maximum": Decimal(high), "currency": "USD",
            "period": "year", "kind": "base", "text": ""}  # fmt: skip


def test_a_new_offer_is_a_posting_with_everything_it_states(db):
    role, skill = RoleFactory(), SkillFactory()
    berlin = gazetteer.find_city("Berlin", "DE")[0]
    counted = taken(offer(role=role, skills=(skill,), places=(berlin,), pay=(pay(1, 2),),
                          employment=("full_time",), workplace="hybrid"))  # fmt: skip
    posting = Posting.objects.public().get()
    assert counted == {"new": 1}
    assert (posting.role, posting.workplace, posting.employment) == (role, "hybrid", ["full_time"])
    assert (posting.place_line, posting.pay_line[:3]) == ("Berlin, DE (hybrid)", "USD")
    assert [event.kind for event in posting.events.all()] == ["first_seen"]


def test_the_same_offer_again_is_unchanged_and_confirmed(db):
    taken(offer())
    before = rows()
    assert taken(offer(), at=NOW + 5 * 24 * HOUR) == {"unchanged": 1}
    posting = Posting.objects.get()
    assert rows() == before
    assert posting.stale_at == NOW + timedelta(days=35)
    assert posting.events.count() == 1
    assert posting.listings.get().last_confirmed == NOW + 5 * 24 * HOUR


def test_an_unconfirmed_posting_comes_back_with_its_next_confirmation(db):
    taken(offer(), at=NOW - timedelta(days=40))
    assert not Posting.objects.public().exists()
    taken(offer())
    assert Posting.objects.public().exists()


def test_a_change_is_written_and_told(db):
    taken(offer(pay=(pay(1, 2),)))
    counted = taken(offer(title="Head of Data", payload_hash="other", pay=(pay(3, 4),)))
    posting = Posting.objects.get()
    assert counted == {"changed": 1}
    assert posting.title == "Head of Data"
    assert [one.maximum for one in posting.pay_ranges.all()] == [Decimal(4)]
    assert posting.events.last().detail == {"fields": ["title", "pay"], "reread": False}


def test_a_difference_of_our_reading_alone_counts_as_reread(db):
    taken(offer())
    assert taken(offer(seniority="senior")) == {"reread": 1}
    assert Posting.objects.get().seniority == "senior"
    assert taken(offer(seniority="senior")) == {"unchanged": 1}


def test_another_payload_that_states_the_same_is_unchanged(db):
    taken(offer(employment=("full_time", "contract"), pay=(pay(1, 2), pay(3, 4))))
    other = offer(
        payload_hash="x", employment=("contract", "full_time"), pay=(pay(3, 4), pay(1, 2))
    )
    assert taken(other) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("hold", "is_known", "is_public"),
    [
        ("public", False, True),
        ("hold", True, False),
        ("known", True, True),
        ("known", False, False),
    ],
)
def test_the_rule_of_the_source_decides_what_is_public(db, hold, is_known, is_public):
    role = RoleFactory() if is_known else None
    counted = taken(offer(role=role), hold=hold)
    assert Posting.objects.public().exists() is is_public
    assert counted == ({"new": 1} if is_public else {"new": 1, "held": 1})


def test_what_waits_for_approval_is_not_opened_by_the_next_import(db):
    taken(offer(), hold="hold")
    taken(offer(title="Other", payload_hash="x"), hold="public")
    assert Posting.objects.get().state == Posting.State.PENDING


def test_a_held_field_survives_while_the_others_follow(db):
    taken(offer())
    Posting.objects.update(title="Ours", held=["title"])
    taken(offer(title="Theirs", seniority="senior", payload_hash="x"))
    posting = Posting.objects.get()
    assert (posting.title, posting.seniority) == ("Ours", "senior")
    assert posting.listings.get().stated["title"] == "Theirs"


@pytest.mark.parametrize("name", ["places", "skills", "pay", "company", "description", "role"])
def test_every_field_can_be_held(db, name):
    berlin = gazetteer.find_city("Berlin", "DE")[0]
    changes = {
        "places": (berlin,), "skills": (SkillFactory(),), "pay": (pay(1, 2),), "company": "Other",
        "description": "<p>Other.</p>", "role": RoleFactory(),
    }  # fmt: skip
    taken(offer())
    Posting.objects.update(held=[name])
    before = rows()
    taken(offer(payload_hash="x", description_hash="y", **{name: changes[name]}))
    posting = Posting.objects.get()
    assert rows() == before
    assert not posting.places.exists()
    assert not posting.skills.exists()
    assert posting.role is None


def test_evidence_of_a_held_field_stays_with_it(db):
    taken(offer(evidence={"seniority": {"evidence": "Jr", "rule": "a"}}))
    Posting.objects.update(held=["seniority"])
    taken(offer(title="X", payload_hash="x", evidence={"role": {"evidence": "X", "rule": "b"}}))
    assert set(Posting.objects.get().evidence) == {"seniority", "role"}


@pytest.mark.parametrize("days", [-400, -1, 0, 3])
def test_posted_at_is_the_earlier_of_statement_and_first_sight_and_never_moves(db, days):
    stated = NOW + timedelta(days=days)
    taken(offer(posted_at=stated))
    assert Posting.objects.get().posted_at == min(stated, NOW)
    taken(offer(title="X", payload_hash="x", posted_at=NOW + timedelta(days=1)), at=NOW + HOUR)
    assert Posting.objects.get().posted_at == min(stated, NOW)


def test_a_run_killed_between_batches_and_run_again_gives_the_same_rows(db, monkeypatch):
    offers = [offer(str(number), title=f"Job {number}") for number in range(7)]
    monkeypatch.setattr(intake, "BATCH", 3)
    with monkeypatch.context() as killed:
        killed.setattr(intake, "_new_posting", dying(intake._new_posting, after=5))
        with pytest.raises(KeyboardInterrupt):
            taken(*offers)
    assert Posting.objects.count() == 3
    assert taken(*offers) == {"new": 4, "unchanged": 3}
    assert [row[1] for row in rows()] == [f"Job {number}" for number in range(7)]
    assert Listing.objects.count() == 7


def dying(act, after: int):
    calls = []

    def instead(*args):
        calls.append(args)
        if len(calls) > after:
            raise KeyboardInterrupt
        return act(*args)

    return instead


def test_a_run_beside_another_finds_what_the_other_made(db, monkeypatch):
    """The other run commits the same offer after this one has looked for it."""
    new, calls = intake._new_posting, []

    def late(*args):
        calls.append(args)
        if len(calls) == 1:
            raise IntegrityError("listing_once_a_source")
        return new(*args)

    monkeypatch.setattr(intake, "_new_posting", late)
    assert taken(offer()) == {"new": 1}


def test_a_mistake_that_stays_is_not_tried_for_ever(db, monkeypatch):
    def never(*args):
        raise IntegrityError

    monkeypatch.setattr(intake, "_new_posting", never)
    with pytest.raises(IntegrityError):
        taken(offer())


def test_a_closing_date_that_was_moved_before_the_first_sight_closes_it(db):
    taken(offer(posted_at=NOW, expires_at=NOW - HOUR))
    assert Posting.objects.get().standing(NOW + HOUR) == "expired"


# --- what is no longer there ----------------------------------------------------------------------


def board(count: int = 3) -> list[Offer]:
    offers = [offer(str(number), title=f"Job {number}") for number in range(count)]
    taken(*offers)
    return offers


def missed(*present: str, hours: float) -> dict[str, int]:
    found = close_missing(SOURCE, present, at=NOW + hours * HOUR)
    return {name: n for name, n in found.items() if n}


def test_two_fetches_twelve_hours_apart_close_and_one_does_not(db):
    board(2)
    assert missed("0", hours=1) == {}
    assert missed("0", hours=12.9) == {}
    assert missed("0", hours=13) == {"closed": 1}
    closed = Posting.objects.get(title="Job 1")
    assert (closed.standing(), closed.close_reason) == (
        "closed", "no longer on the employer's board",
    )  # fmt: skip
    assert Posting.objects.get(title="Job 0").state == "open"


def test_the_second_absence_starts_again_after_a_reappearance(db):
    offers = board(1)
    missed("x", hours=1)
    taken(*offers, at=NOW + 2 * HOUR)
    assert missed("x", hours=14) == {}
    assert missed("x", hours=27) == {"closed": 1}


def test_a_mass_closure_waits_for_a_person(db):
    board(22)
    missed("x", hours=1)
    assert missed("x", hours=14) == {"waiting": 22}
    assert Posting.objects.filter(state="open").count() == 22


@pytest.mark.parametrize(("gone", "outcome"), [(20, "closed"), (21, "waiting"), (22, "waiting")])
def test_twenty_may_go_at_once_from_a_small_board(db, gone, outcome):
    board(30)
    present = [str(number) for number in range(gone, 30)]
    missed(*present, hours=1)
    assert missed(*present, hours=14) == {outcome: gone}


def test_thirty_in_a_hundred_may_go_at_once_from_a_large_board(db, settings):
    settings.BOARD = {**settings.BOARD, "CLOSINGS_COUNT": 1}
    board(10)
    missed(*map(str, range(3, 10)), hours=1)
    assert missed(*map(str, range(3, 10)), hours=14) == {"closed": 3}


def test_other_sources_are_left_alone(db):
    taken(offer())
    take("lever:acme", [offer()], at=NOW)
    missed("x", hours=1)
    missed("x", hours=14)
    assert Posting.objects.filter(state="open").count() == 1


def test_a_posting_closes_with_its_last_listing(db):
    taken(offer())
    posting = Posting.objects.get()
    take("lever:acme", [offer("other")], at=NOW)
    Listing.objects.filter(source="lever:acme").update(posting=posting)
    missed("x", hours=1)
    assert missed("x", hours=14) == {}
    posting.refresh_from_db()
    assert posting.state == "open"


def test_a_closed_posting_that_reappears_opens_at_its_old_address(db):
    (one,) = board(1)
    missed("x", hours=1)
    missed("x", hours=14)
    address = Posting.objects.get().get_absolute_url()
    assert taken(one, at=NOW + 20 * HOUR) == {"unchanged": 1}
    posting = Posting.objects.public(NOW + 21 * HOUR).get()
    assert posting.get_absolute_url() == address
    assert [event.kind for event in posting.events.all()] == ["first_seen", "closed", "reopened"]


def test_a_reappearance_past_its_closing_date_is_not_public(db):
    one = offer(expires_at=NOW + HOUR)
    taken(one)
    missed("x", hours=2)
    missed("x", hours=15)
    taken(one, at=NOW + 20 * HOUR)
    assert not Posting.objects.public(NOW + 21 * HOUR).exists()


@pytest.mark.parametrize("verb", ["withdraw", "close"])
def test_what_a_person_ended_stays_so_while_its_source_still_shows_it(db, verb):
    (one,) = board(1)
    getattr(Posting.objects.get(), verb)("by the editors")
    ended = Posting.objects.get().state
    taken(one, at=NOW + HOUR)
    taken(replace(one, title="Other", payload_hash="x"), at=NOW + 2 * HOUR)
    assert Posting.objects.get().state == ended


def test_a_withdrawn_posting_stays_so_when_it_reappears(db):
    (one,) = board(1)
    Posting.objects.get().withdraw("spam")
    missed("x", hours=1)
    missed("x", hours=14)
    taken(one, at=NOW + 20 * HOUR)
    assert Posting.objects.get().state == "withdrawn"


def test_statements_of_an_import_of_known_offers_do_not_grow(db, django_assert_max_num_queries):
    offers = board(40)
    with django_assert_max_num_queries(12):
        taken(*offers)


def test_a_slow_transaction_is_followed_by_a_smaller_one_and_a_quick_one_by_a_larger():
    assert intake.fitting(intake.BATCH, 2 * intake.SECONDS) == intake.BATCH // 2
    assert intake.fitting(intake.FEWEST, 0) == intake.BATCH
    assert intake.fitting(intake.BATCH, 3600) == intake.FEWEST


def test_a_posting_seen_on_another_day_keeps_its_end_by_the_clock(db):
    taken(offer(expires_at=days_from_now(3)))
    taken(offer(expires_at=days_from_now(3)), at=NOW + HOUR)
    assert not Posting.objects.public(days_from_now(4)).exists()


def test_a_board_that_asks_for_it_is_linked_where_its_posting_is_shown(client, db):
    url = "https://remotive.com/remote-jobs/1"
    taken(offer(via="Remotive", url=url))
    posting = Posting.objects.get()
    assert posting.via == [{"name": "Remotive", "url": url}]
    link = f'<a href="{url}" rel="noopener">via Remotive</a>'
    for address in (posting.get_absolute_url(), "/jobs/"):
        assert link in client.get(address).content.decode()
    (item,) = client.get("/jobs/feed.json").json()["items"]
    assert item["_posting"]["via"] == posting.via
    assert f"via Remotive: {url}" in item["content_text"]


def test_no_board_is_linked_once_the_posting_has_left_it(db):
    taken(offer(via="Remotive", url="https://remotive.com/1"))
    posting = Posting.objects.get()
    posting.listings.update(closed_at=NOW)
    posting.save()
    posting.refresh_from_db()
    assert posting.via == []


def test_what_an_import_derives_is_what_deriving_again_gives(db):
    skills = tuple(SkillFactory(name=name) for name in ("Zig", "Ada", "C++"))
    places = gazetteer.find_city("Lyon", "FR")[:1] + gazetteer.find_city("Berlin", "DE")[:1]
    taken(offer(role=RoleFactory(), skills=skills, places=places, pay=(pay(3, 4), pay(1, 2))))
    before = searched_rows(), rows()
    index.reindex(Posting.objects.values_list("pk", flat=True))
    assert (searched_rows(), rows()) == before
