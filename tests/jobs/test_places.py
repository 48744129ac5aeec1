"""Rows for what the gazetteer finds, and the words of a card for where."""

import pytest
from django.http import QueryDict

from extraction import gazetteer
from guides.stamps import stamps
from jobs.filters import PostingFilter
from jobs.models import Place, Posting
from jobs.naming import naming
from jobs.places import (
    country_names,
    eligibility_line,
    place_for,
    place_line,
    region_words,
    who_may_apply,
)
from jobs.typedplaces import Reading
from tests.factories import PlaceFactory


def city(name: str, country: str, region: str = "") -> gazetteer.Place:
    return gazetteer.find_city(name, country, region)[0]


def test_a_city_stands_in_its_region_and_its_country(db):
    austin = place_for(city("Austin", "US", "TX"))
    assert (austin.kind, austin.country, austin.region) == ("city", "US", "US-TX")
    texas = austin.parent
    assert (texas.kind, texas.name, texas.region) == ("region", "Texas", "US-TX")
    assert (texas.parent.kind, texas.parent.country) == ("country", "US")


def test_the_same_place_is_made_once(db):
    first = place_for(city("Berlin", "DE"))
    assert place_for(city("Berlin", "DE")) == first
    assert Place.objects.filter(name="Berlin", kind="city").count() == 1


def test_every_country_of_the_gazetteer_has_a_name_and_can_be_filtered_by(db, reader):
    for code in ("US", "DE", "XK", "TW", "CI"):
        place_for(gazetteer.country(code))
        text = reader.get("/jobs/", {"country": code}).content.decode()
        assert "data-ignored" not in text, code
    assert Place.objects.get(country="DE").name == "Germany"


def test_a_city_is_written_with_its_state_where_people_write_it_so(db):
    words = [
        str(place_for(one))
        for one in (
            city("Austin", "US", "TX"),
            city("Toronto", "CA", "ON"),
            city("Berlin", "DE"),
            gazetteer.region("US", "TX"),
            gazetteer.country("DE"),
        )
    ]
    assert words == [
        *("Austin, TX, US", "Toronto, ON, CA", "Berlin, DE", "Texas, US (region)", "Germany")
    ]


def test_a_place_is_called_alike_in_the_panel_on_a_chip_and_before_it_has_a_row(db):
    for one in (
        city("Springfield", "US", "IL"),
        city("Springfield", "US", "MO"),
        city("Berlin", "DE"),
        gazetteer.region("DE", "BE"),
        gazetteer.region("US", "TX"),
        gazetteer.country("FR"),
    ):
        without_row = str(Reading(one))
        row = place_for(one)
        asked = PostingFilter(QueryDict(f"place={row.slug}"))
        named = naming.of({"place": [row.pk]}, stamps())["place", row.pk]
        assert [chip.label for chip in asked.chosen()] == [str(row)]
        assert (row.slug, str(row)) == named
        assert str(row) == without_row
    rows = Place.objects.all()
    assert len({str(row) for row in rows}) == len(rows)


def posting(workplace="", eligibility=None) -> Posting:
    return Posting(workplace=workplace, eligibility=eligibility)


def eligible(**changes) -> dict:
    return {"worldwide": False, "include": [], "exclude": [], "timezones": []} | changes


@pytest.mark.parametrize(
    ("workplace", "names", "line"),
    [
        ("", [], "Place and workplace not stated"),
        ("onsite", [], "On-site"),
        ("hybrid", [], "Hybrid"),
        ("remote", [], "Remote (country not stated)"),
        ("onsite", ["Berlin"], "Berlin, DE (on-site)"),
        ("", ["Berlin"], "Berlin, DE (workplace not stated)"),
        ("hybrid", ["Berlin"], "Berlin, DE (hybrid)"),
        ("remote", ["Berlin"], "Remote (anywhere in Germany) · Berlin, DE"),
        ("", ["A", "B", "C", "D", "E"], "A, DE / B, DE / C, DE / 2 more (workplace not stated)"),
    ],
)
def test_the_card_says_where(db, workplace, names, line):
    places = [PlaceFactory(city=True, name=name) for name in names]
    assert place_line(posting(workplace), places).replace("\xa0", " ") == line


def test_a_country_beside_its_own_city_adds_nothing(db):
    berlin, germany = PlaceFactory(city=True, name="Berlin"), PlaceFactory(country="DE")
    france = PlaceFactory(country="FR")
    line = place_line(posting("onsite"), [germany, berlin, france])
    assert line == "Berlin, DE / France (on-site)"


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (None, ""),
        (eligible(), ""),
        (eligible(worldwide=True), "anywhere"),
        (eligible(include=["US"]), "anywhere in the U.S."),
        (eligible(include=["DE", "FR", "EU"]), "anywhere in Germany, France or the European Union"),
        (
            eligible(include=["DE", "FR", "ES", "IT", "PL", "PT"]),
            "anywhere in Germany, France, Spain, Italy or 2 more",
        ),
        (eligible(worldwide=True, exclude=["US"]), "anywhere except the U.S."),
        (eligible(worldwide=True, timezones=["CET ± 2"]), "anywhere, CET ± 2"),
        (eligible(timezones=["CET ± 2"]), "CET ± 2"),
        (eligible(exclude=["US"]), "not in the U.S."),
    ],
)
def test_the_card_says_who_may_apply(said, line):
    assert eligibility_line(posting("remote", said)) == line


def test_every_region_has_words_that_a_text_can_name():
    for area in gazetteer.areas().values():
        assert region_words(area.code) == area.words != area.code
        assert gazetteer.find_area(gazetteer.key(area.words)) in (area.code, "")
        assert area.countries <= country_names().keys()


@pytest.mark.parametrize(
    ("workplace", "said", "names", "line"),
    [
        ("remote", eligible(worldwide=True), ["Berlin"], "Remote (anywhere)"),
        ("remote", eligible(include=["US"]), [], "Remote (anywhere in the U.S.)"),
        ("remote", eligible(include=["US-CA"]), [], "Remote (anywhere in California (US))"),
        ("remote", eligible(include=["EU"], exclude=["DE"]), [],
         "Remote (anywhere in the European Union except Germany)"),
        ("remote", None, ["Berlin"], "Remote (anywhere in Germany) · Berlin, DE"),
        ("remote", eligible(exclude=["US"]), [], "Remote (not in the U.S.)"),
        ("remote", eligible(exclude=["US"]), ["Berlin"],
         "Remote (anywhere in Germany except the U.S.) · Berlin, DE"),
        ("remote", None, [], "Remote (country not stated)"),
        ("remote", eligible(timezones=["CET ± 2"]), [], "Remote (CET ± 2)"),
        ("onsite", eligible(worldwide=True), ["Berlin"], "Berlin, DE (on-site)"),
        ("hybrid", None, ["Berlin"], "Berlin, DE (hybrid)"),
    ],
)  # fmt: skip
def test_the_card_says_who_may_apply_from_where(db, workplace, said, names, line):
    places = [PlaceFactory(city=True, name=name) for name in names]
    assert place_line(posting(workplace, said), places).replace("\xa0", " ") == line


def test_a_remote_posting_of_a_country_names_it_once(db):
    assert place_line(posting("remote"), [PlaceFactory(country="US")]) == (
        "Remote (anywhere in the U.S.)"
    )


@pytest.mark.parametrize(
    ("workplace", "said", "names", "line"),
    [
        ("remote", eligible(include=["DE"]), ["Lyon"], "anywhere in Germany"),
        ("remote", None, ["Lyon"], "anywhere in Germany, the country of the place it names"),
        ("remote", None, [], "not stated"),
        ("remote", eligible(exclude=["US"]), [], "not in the U.S."),
        ("onsite", None, ["Lyon"], "anyone who can work on-site in Lyon, DE"),
        ("hybrid", None, ["Lyon", "Kiel"],
         "anyone who can be partly on-site in Lyon, DE or Kiel, DE"),
        ("", None, ["Lyon"], "anyone who can work in Lyon, DE; workplace not stated"),
        ("onsite", None, [], "not stated"),
        ("", None, [], "not stated"),
    ],
)  # fmt: skip
def test_the_page_says_who_may_apply_whatever_the_workplace(db, workplace, said, names, line):
    places = [PlaceFactory(city=True, name=name) for name in names]
    assert who_may_apply(posting(workplace, said), places) == line


def test_a_workplace_that_is_stated_in_two_ways_is_said_to_be_so(db):
    two = Posting(evidence={"workplace": {
        "evidence": "onsite / Remote-friendly", "rule": "conflict: the system states one, …",
        "values": ["onsite", "remote"],
    }})  # fmt: skip
    lyon = PlaceFactory(city=True, name="Lyon")
    assert place_line(two, [lyon]) == "Lyon, DE (stated as On-site and as Remote)"
    assert place_line(two, []) == "Stated as On-site and as Remote"
    assert who_may_apply(two, [lyon]) == (
        "anyone who can work in Lyon, DE; stated as On-site and as Remote"
    )
    del two.evidence["workplace"]["values"]  # as it was kept once
    assert place_line(two, [lyon]) == "Lyon, DE (stated in two ways)"
    two.workplace = "hybrid"  # a person has decided
    assert place_line(two, [lyon]) == "Lyon, DE (hybrid)"


@pytest.mark.parametrize(
    ("kind", "name", "country", "full", "short"),
    [
        ("country", "Singapore", "SG", "Singapore", "Singapore"),
        ("city", "Singapore", "SG", "Singapore, SG (city)", "Singapore, SG"),
        ("city", "Singapore", "MY", "Singapore, MY", "Singapore, MY"),
        ("city", "Hong Kong", "HK", "Hong Kong, HK", "Hong Kong, HK"),
        ("region", "Berlin", "DE", "Berlin, DE (region)", "Berlin, DE"),
        ("city", "Berlin", "DE", "Berlin, DE", "Berlin, DE"),
    ],
)
def test_a_place_to_choose_is_told_from_those_of_its_name(kind, name, country, full, short):
    place = Place(kind=kind, name=name, country=country)
    assert (str(place), place.short_name) == (full, short)
