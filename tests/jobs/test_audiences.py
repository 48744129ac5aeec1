"""The rows of audiences, derived with the live rows."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from jobs.audiences import make_audiences
from jobs.eligibility import area_code, number
from jobs.filters import PostingFilter
from jobs.index import reindex
from jobs.models import Audience, AudienceArea, LivePosting
from tests.factories import PlaceFactory, PostingFactory


def open_to(**fields) -> dict:
    return {"worldwide": False, "include": [], "exclude": [], "timezones": []} | fields


def total(query: str) -> int:
    return PostingFilter(QueryDict(query)).qs.count()


def test_postings_of_one_set_share_an_audience(db):
    first = PostingFactory(workplace="remote", eligibility=open_to(include=["DACH"]))
    other = PostingFactory(workplace="remote", eligibility=open_to(include=["CH", "AT", "DE"]))
    onsite = PostingFactory(workplace="onsite", places=[PlaceFactory(country="DE")])
    assert first.live.audience == other.live.audience
    assert onsite.live.audience != first.live.audience
    assert first.live.audience.key == "AT CH DE"
    assert set(first.live.audience.areas.values_list("area", flat=True)) == {
        area_code(code) for code in ("AT", "CH", "DE")
    }


def test_a_change_of_places_moves_a_posting_in_the_same_call(db):
    posting = PostingFactory(workplace="onsite", places=[PlaceFactory(country="DE")])
    assert (total("eligible=DE"), total("eligible=FR")) == (1, 0)
    posting.places.set([PlaceFactory(country="FR")])
    reindex([posting.pk])
    assert (total("eligible=DE"), total("eligible=FR")) == (0, 1)


def test_making_an_audience_twice_makes_it_once(db):
    make_audiences(["DE FR"])
    rows = AudienceArea.objects.count()
    make_audiences(["DE FR", "DE FR"])
    assert Audience.objects.filter(key="DE FR").count() == 1
    assert AudienceArea.objects.count() == rows


def test_two_writers_that_do_not_see_each_other_make_one(db, monkeypatch):
    """The second looks before the first is there, and writes after it."""
    make_audiences(["DE FR"])
    rows = AudienceArea.objects.count()
    monkeypatch.setattr(Audience.objects, "filter", lambda **_: Audience.objects.none())
    make_audiences(["DE FR"])
    monkeypatch.undo()
    assert Audience.objects.filter(key="DE FR").count() == 1
    assert AudienceArea.objects.count() == rows


def test_statements_do_not_grow_with_sets(db):
    def cost(codes) -> int:
        with CaptureQueriesContext(connection) as asked:
            make_audiences(codes)
        return len(asked)

    assert cost(["AT BE CH", "AT BE", "BE CH", "AT CH"]) <= cost(["AT BE CH DE"])
    assert cost(["AT BE CH", "AT BE"]) == 1


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


def test_every_live_row_has_its_audience_after_the_migration_fills_it(db):
    from importlib import import_module

    from django.apps import apps

    posting = PostingFactory(workplace="remote", eligibility=open_to(include=["DE"]))
    make_audiences([""])
    LivePosting.objects.update(audience=number(""))
    import_module("jobs.migrations.0004_audience").fill(apps, None)
    assert LivePosting.objects.get(pk=posting.pk).audience.key == "DE"
