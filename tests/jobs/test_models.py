"""Where a posting stands, by the instant, and what the database does not take."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.models import Company, Event, PayRange, Place, Posting
from tests.factories import (
    CompanyFactory,
    PayRangeFactory,
    PlaceFactory,
    PostingFactory,
    days_from_now,
)

# Trait, days from now, standing, status of its page. Factories start three days ago, are
# confirmed for 30 days; `future` starts in two days, `expired` and `unconfirmed` ended yesterday.
STANDINGS = [
    ({}, 0, "open", 200),
    ({}, -4, "hidden", 404),
    ({}, 31, "unconfirmed", 200),
    ({"pending": True}, 0, "hidden", 404),
    ({"rejected": True}, 0, "hidden", 404),
    ({"future": True}, 0, "hidden", 404),
    ({"future": True}, 3, "open", 200),
    ({"expired": True}, 0, "expired", 200),
    ({"expired": True}, -2, "open", 200),
    ({"unconfirmed": True}, 0, "unconfirmed", 200),
    ({"unconfirmed": True}, -2, "open", 200),
    ({"expired": True, "unconfirmed": True}, 0, "expired", 200),
    ({"closed": True}, 0, "closed", 200),
    ({"closed": True, "expired": True}, 0, "closed", 200),
    ({"withdrawn": True}, 0, "withdrawn", 410),
]
SAYS = {
    "closed": "This posting is closed",
    "expired": "This posting has expired",
    "unconfirmed": "Not confirmed lately",
}


@pytest.mark.parametrize(("traits", "days", "standing", "status"), STANDINGS)
def test_every_question_about_a_standing_has_one_answer(db, traits, days, standing, status):
    posting, at = PostingFactory(**traits), days_from_now(days)
    is_open = standing == "open"
    assert posting.standing(at) == standing
    assert posting.is_public(at) is is_open
    assert Posting.objects.public(at).filter(pk=posting.pk).exists() is is_open
    assert Posting.objects.addressable(at).filter(pk=posting.pk).exists() is (status != 404)


@pytest.mark.parametrize(("traits", "days", "standing", "status"), STANDINGS)
def test_the_page_says_how_a_posting_stands(reader, db, traits, days, standing, status):
    posting, at = PostingFactory(**traits), days_from_now(days)
    with time_machine.travel(at):
        response = reader.get(posting.get_absolute_url())
    text = response.content.decode()
    assert response.status_code == status
    assert (f'data-standing="{standing}"' in text) is (status == 200)
    assert ('name="robots" content="noindex"' in text) is (standing != "open")
    assert ("Apply at" in text) is (standing == "open")
    assert {key for key, words in SAYS.items() if words in text} == {standing} & set(SAYS)


def test_a_start_and_an_expiry_take_effect_to_the_instant(db):
    start, end = days_from_now(1), days_from_now(2)
    posting = PostingFactory(posted_at=start, starts_at=start, expires_at=end)
    second = timedelta(microseconds=1)
    public = [posting.is_public(at) for at in (start - second, start, end - second, end)]
    assert public == [False, True, True, False]
    for at, expected in zip((start - second, start, end - second, end), public, strict=True):
        assert Posting.objects.public(at).exists() is expected


def test_approval_makes_public_and_keeps_an_agreed_start(db):
    posting, later = PostingFactory(pending=True), PostingFactory(pending=True)
    later.starts_at = days_from_now(5)
    posting.approve()
    later.approve()
    assert (posting.is_public(), later.is_public()) == (True, False)
    assert later.is_public(days_from_now(6))


def test_rejection_hides_for_good(db):
    posting = PostingFactory()
    posting.reject()
    assert posting.standing() == "hidden"
    assert not Posting.objects.addressable().exists()


def test_closing_tells_when_and_why_and_reopening_forgets_it(db):
    posting, at = PostingFactory(), days_from_now(-1)
    posting.close("filled", at)
    assert (posting.standing(), posting.closed_at, posting.close_reason) == ("closed", at, "filled")
    posting.reopen()
    assert (posting.standing(), posting.closed_at, posting.close_reason) == ("open", None, "")
    assert [event.kind for event in posting.events.all()] == ["closed", "reopened"]


def test_reopening_drops_a_closing_date_that_has_passed_and_keeps_a_later_one(db):
    passed, later = PostingFactory(expired=True), PostingFactory(expires_at=days_from_now(9))
    for posting in (passed, later):
        posting.close("by hand")
        posting.reopen()
    assert passed.is_public()
    assert passed.expires_at is None
    assert later.expires_at


def test_reopening_confirms_for_the_full_time(db):
    posting = PostingFactory(unconfirmed=True)
    posting.reopen()
    assert posting.is_public(days_from_now(29))
    assert not posting.is_public(days_from_now(31))


@pytest.mark.parametrize("verb", ["close", "withdraw"])
def test_what_ended_before_it_began_never_gets_a_page(db, verb):
    posting = PostingFactory(future=True)
    getattr(posting, verb)("changed our mind")
    assert posting.standing(days_from_now(9)) == "hidden"
    assert not Posting.objects.addressable(days_from_now(9)).exists()


def test_what_waited_for_approval_is_withdrawn_without_a_page(db, reader):
    posting = PostingFactory(pending=True)
    posting.withdraw("spam")
    assert reader.get(posting.get_absolute_url()).status_code == 404


def test_the_event_of_an_end_names_its_reason(db):
    posting = PostingFactory()
    posting.withdraw("asked by the employer")
    event = Event.objects.get()
    assert (event.kind, event.detail) == ("withdrawn", {"reason": "asked by the employer"})


def test_a_new_posting_is_confirmed_for_the_full_time(db):
    posting = Posting(title="T", company=CompanyFactory(), description="d", apply_email="a@b.org")
    posting.save()
    assert timedelta(days=29) < posting.stale_at - timezone.now() <= timedelta(days=30)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Senior C++ Engineer (m/w/d)", "senior-c-engineer-mwd"),
        ("データエンジニア", "posting"),
        ("-–-", "posting"),
        ("x" * 200, "x" * 200),
    ],
)
def test_any_title_makes_an_address_that_leads_back(db, reader, title, slug):
    posting = PostingFactory(title=title)
    assert posting.slug == slug
    assert reader.get(posting.get_absolute_url()).status_code == 200


def test_markdown_and_html_of_a_stranger_are_rendered_on_save(db):
    plain = PostingFactory(description="**bold** <script>alert(1)</script>")
    html = PostingFactory(markup="html", description="<b>bold</b><script>alert(1)</script>")
    assert plain.description_html.strip().startswith("<p><strong>bold</strong> &lt;script&gt;")
    assert html.description_html == "<b>bold</b>"


@pytest.mark.parametrize(
    "fields",
    [
        {"apply_url": "", "apply_email": ""},
        {"expires_at": days_from_now(-9)},
        {"starts_at": None},
        {"state": "closed", "closed_at": None},
    ],
)
def test_the_database_refuses_a_posting_that_contradicts_itself(db, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        PostingFactory(**fields)
    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"minimum": None, "maximum": None},
        {"minimum": 90_000, "maximum": 80_000},
        {"minimum": 0},
        {"minimum": None, "maximum": 0},
        {"minimum": Decimal(-5)},
        {"currency": "usd"},
        {"currency": "$"},
    ],
)
def test_the_database_refuses_pay_that_nobody_states(db, fields):
    posting = PostingFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        PayRangeFactory(posting=posting, **fields)
    assert not PayRange.objects.exists()


def test_one_bound_of_pay_is_enough(db):
    posting = PostingFactory(pay=[{"minimum": None}, {"maximum": None}])
    assert posting.pay_ranges.count() == 2


def test_a_company_needs_a_name_of_its_own(db):
    CompanyFactory(name="Acme")
    for name in ("Acme", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Company.objects.create(name=name)


def test_companies_of_alike_names_get_addresses_of_their_own(db):
    names = ["Acme", "ACME", "Acme!", "株式会社", "有限会社", "x" * 200, "x" * 199]
    slugs = [CompanyFactory(name=name).slug for name in names]
    assert slugs[:5] == ["acme", "acme-2", "acme-3", "company", "company-2"]
    assert len(set(slugs)) == len(names)


@pytest.mark.parametrize("country", ["de", "D", "DEU", "", "D1"])
def test_a_place_lies_in_a_country_with_a_code(db, country):
    with pytest.raises(Exception, match=r"place_country_code|too long"), transaction.atomic():
        Place.objects.create(kind="country", name="Nowhere", country=country)


def test_cities_of_one_name_get_addresses_of_their_own(db):
    cities = [
        PlaceFactory(city=True, name="Springfield", country="US", region=region)
        for region in ("US-IL", "US-MO")
    ]
    cities.append(PlaceFactory(city=True, name="Frankfurt", country="DE"))
    assert [city.slug for city in cities] == [
        "springfield-us-il", "springfield-us-mo", "frankfurt-de",
    ]  # fmt: skip
