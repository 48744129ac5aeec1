"""Who may apply, as live rows keep it and the filter asks it."""

import json

import pytest
from django.http import QueryDict

from jobs.eligibility import area_code, area_codes
from jobs.filters import PostingFilter
from jobs.index import reindex
from jobs.models import LivePosting, Posting
from tests.factories import PlaceFactory, PostingFactory


def open_to(**fields) -> dict:
    return {"worldwide": False, "include": [], "exclude": [], "timezones": []} | fields


def total(query: str) -> int:
    return len(PostingFilter(QueryDict(query)).narrow())


def audience(posting: Posting) -> str:
    found = json.loads(LivePosting.objects.get(pk=posting.pk).terms)["audience"]
    assert isinstance(found, str)
    return found


def test_postings_of_one_set_share_an_audience(db):
    first = PostingFactory(workplace="remote", eligibility=open_to(include=["DACH"]))
    other = PostingFactory(workplace="remote", eligibility=open_to(include=["CH", "AT", "DE"]))
    onsite = PostingFactory(workplace="onsite", places=[PlaceFactory(country="DE")])
    assert audience(first) == audience(other) == "AT CH DE"
    assert audience(onsite) == "DE"
    assert area_codes("AT CH DE") == {area_code(code) for code in ("AT", "CH", "DE")}


def test_a_change_of_places_moves_a_posting_in_the_same_call(db):
    posting = PostingFactory(workplace="onsite", places=[PlaceFactory(country="DE")])
    assert (total("eligible=DE"), total("eligible=FR")) == (1, 0)
    posting.places.set([PlaceFactory(country="FR")])
    reindex([posting.pk])
    assert (total("eligible=DE"), total("eligible=FR")) == (0, 1)


@pytest.mark.parametrize(
    ("query", "reason", "suggestion"),
    [
        ("EU", "is a region (the European Union); name a country of it", ""),
        ("emea", "is a region (Europe, the Middle East and Africa); name a country of it", ""),
        ("North America", "is a region (North America); name a country of it", ""),
        ("dach", "is a region (Germany, Austria and Switzerland); name a country of it", ""),
        ("Germany", "is not a known value", "DE"),
        ("germany", "is not a known value", "DE"),
        ("de", "is not a known value", "DE"),
        ("Deutschland", "is not a known value", "DE"),
        ("Germny", "is not a known value", "DE"),
        ("USA", "is not a known value", "US"),
        ("california", "is not a known value", "US-CA"),
        ("us-ca", "is not a known value", "US-CA"),
        ("US_CA", "is not a known value", "US-CA"),
        ("Unknown", "is not a known value", "unknown"),
        ("US-ZZ", "is not a known value", ""),
        ("??", "is not a known value", ""),
    ],
)
def test_what_is_no_country_is_named_with_the_way_to_one(db, query, reason, suggestion):
    data = QueryDict(mutable=True)
    data["eligible"] = query
    [one] = PostingFilter(data).ignored
    assert (one.name, one.value, one.reason, one.suggestion) == (
        "eligible", query, reason, suggestion,
    )  # fmt: skip


def test_chips_tell_where_one_lives_from_where_the_work_is(db):
    found = PostingFilter(QueryDict("eligible=DE&eligible=US-CA&eligible=unknown&country=DE"))
    PlaceFactory(country="DE")
    assert {chip.label for chip, _ in found.chips()} == {
        "Can work from Germany",
        "Can work from California (US)",
        "Where from: not stated",
        "Germany",
    }
