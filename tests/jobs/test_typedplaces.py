"""What a typed place means, and how the list answers it."""

from random import Random

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from extraction import gazetteer
from jobs.filters import PostingFilter
from jobs.models import Place
from jobs.places import place_for
from jobs.results import Results
from jobs.typedplaces import Reading, plausible, readings, value_for
from tests.factories import PlaceFactory, PostingFactory
from tests.page import parse, words


def asked(**parameters: str | list[str]) -> PostingFilter:
    data = QueryDict(mutable=True)
    for name, values in parameters.items():
        data.setlist(name, values if isinstance(values, list) else [values])
    return PostingFilter(data)


def row(name: str, country: str = "", region: str = "") -> Place:
    """The row of the largest city of that name, else of the region or country."""
    found = gazetteer.find_city(name, country, region) or gazetteer.find_region(name, country)
    return place_for(found[0] if found else gazetteer.find_country(name))


@pytest.fixture
def board(db) -> dict[str, Place]:
    names = ["Berlin", "Munich", "New York City", "San Francisco", "Paris", "Singapore"]
    return {name: row(name) for name in names}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Berlin", "city", "Berlin"),
        ("berlin, de", "city", "Berlin"),
        ("BERLIN DE", "city", "Berlin"),
        ("berlin germany", "city", "Berlin"),
        ("München", "city", "Munich"),
        ("Muenchen", "city", "Munich"),
        ("Munich, Germany", "city", "Munich"),
        ("Munich, Bavaria, Germany", "city", "Munich"),
        ("NYC", "city", "New York City"),
        ("new york", "city", "New York City"),
        ("New York, NY", "city", "New York City"),
        ("California", "region", "California"),
        ("california, usa", "region", "California"),
        ("Deutschland", "country", "Germany"),
        ("DE", "country", "Germany"),
        ("de", "country", "Germany"),
        ("USA", "country", "United States"),
        ("Singapore", "country", "Singapore"),
        ("Singapore, SG", "city", "Singapore"),
        ("singapore singapore", "city", "Singapore"),
        ("Germany, DE", "country", "Germany"),
        ("Paris", "city", "Paris"),
        ("  Paris,  France ", "city", "Paris"),
        ("Bayern", "region", "Bayern"),
    ],
)
def test_what_is_typed_is_answered_by_the_address_of_the_place(board, text, kind, name):
    place = Place.objects.get(kind=kind, name=name)
    found = asked(place=text)
    assert (found.ignored, found.data.getlist("place")) == ([], [place.slug])
    assert found.address() == f"?place={place.slug}"
    assert [one.value for one in found.chosen()] == [place.slug]
    assert found.values["place"] == [place.pk]


def test_the_same_place_typed_twice_is_asked_once(board):
    found = asked(place=["Paris", "paris-fr-idf", "Munich", "paris, france"])
    assert found.data.getlist("place") == ["paris-fr-idf", "munich-de-by"]


def suggestions(text: str) -> tuple[str, ...]:
    found = asked(place=text)
    assert "place" not in found.data
    assert [(one.name, one.value) for one in found.ignored] == [("place", text.strip())]
    return found.ignored[0].suggestions


def test_a_name_of_several_places_is_named_with_them_the_largest_first(db):
    for region in ("IL", "MO"):
        row("Springfield", "US", region)
    assert suggestions("Springfield") == ("springfield-us-mo", "springfield-us-il")


def test_a_country_and_a_state_of_one_name_are_both_suggested(db):
    row("Georgia", "US"), place_for(gazetteer.country("GE"))
    assert set(suggestions("Georgia")) == {"georgia", "georgia-us-ga"}


def test_the_only_one_of_them_on_the_board_is_meant(db):
    row("Springfield", "US", "IL")
    assert asked(place="springfield").data["place"] == "springfield-us-il"


def test_a_small_place_is_not_meant_by_the_name_of_one_far_larger(db):
    row("Paris", "US")
    found = asked(place="Paris")
    assert found.data["place"] == "paris-fr-idf"
    assert asked(place="Paris, Texas").data["place"] == "paris-us-tx"


def test_every_suggestion_is_heeded_when_it_is_followed(db):
    for text in ("Springfield", "Georgia", "Portland, US", "Cambridge", "Santiago"):
        for one in asked(place=text).ignored:
            assert one.suggestions, text
            for suggestion in one.suggestions:
                assert asked(place=suggestion).ignored == [], (text, suggestion)


def test_a_misspelt_place_is_named_with_the_nearest(board):
    assert suggestions("Muniich") == ("munich-de-by",)
    assert suggestions("San Fransisco, CA") == ("san-francisco-us-ca",)
    assert suggestions("qqqqxxxx") == ()
    assert suggestions("x" * 199) == ()


def test_an_empty_place_leads_to_what_people_who_live_there_may_apply_for(board, reader):
    PostingFactory(workplace="remote", eligibility={"include": ["EEA"]})
    results = Results(asked(place="Reykjavík", radius="50"))
    assert results.worked_from() == [("Iceland", 1, "?eligible=IS")]
    text = words(parse(reader.get("/jobs/?place=Reykjavík")))
    assert "1 open posting for people who live in Iceland" in text
    assert Results(asked(place="Reykjavík", workplace="onsite")).worked_from() == []
    assert Results(asked(place="Reykjavík", eligible="IS")).worked_from() == []
    assert Results(asked()).worked_from() == []


def test_a_place_without_a_posting_is_known_and_its_list_empty(board):
    PostingFactory(places=[board["Berlin"]])
    results = Results(asked(place="Reykjavík"))
    assert (results.total, results.filter.ignored) == (0, [])
    assert [one.label for one in results.filter.chosen()] == ["Reykjavík, IS"]
    address = results.filter.address()
    assert address.startswith("?place=reykjavik")
    assert asked(place=results.filter.data["place"]).data == results.filter.data
    assert [way.count for way in results.ways_out()] == [1]
    shown = next(facet for facet in results.facets if facet.name == "place")
    assert ("Reykjavík, IS", 0, True) in [
        (one.label, one.count, one.chosen) for one in shown.values
    ]


def test_its_address_is_that_of_the_row_once_there_is_a_posting(db):
    before = asked(place="Reykjavík").data["place"]
    made = PostingFactory(places=[row("Reykjavík")])
    found = asked(place=before)
    assert found.ordered() == [made.pk]


def test_a_place_that_the_gazetteer_does_not_know_is_found_by_its_name(db):
    PlaceFactory(city=True, name="Unknown Town", country="US", region="US-TX")
    for text in ("unknown town", "Unknown Town, TX", "Unknown Town, US"):
        assert asked(place=text).data["place"] == "unknown-town-us-tx", text
    assert asked(place="Unknown Town, CA").ignored


def test_a_country_holds_its_regions_and_a_region_its_cities(db):
    munich, bavaria, germany = row("Munich"), row("Bayern"), place_for(gazetteer.country("DE"))
    made = [PostingFactory(places=[place]).pk for place in (germany, bavaria, munich)]
    PostingFactory(places=[row("Paris")])
    for count, text in enumerate(("Munich", "Bavaria", "Germany"), start=1):
        found = asked(place=text).ordered()
        assert set(found) == set(made[-count:]), text


@given(text=st.text(max_size=120).filter(lambda text: "\0" not in text))
def test_no_typed_text_breaks_the_list(db, text):
    assert asked(place=text).qs.count() == 0


def test_the_address_of_a_place_without_a_row_leads_back_to_it():
    tables, cities = gazetteer._tables(), gazetteer._cities()
    indexes = Random(5).sample(range(len(cities)), 400)
    others = [*tables.countries.values(), *tables.regions.values()]
    for place in [*map(gazetteer._city, indexes), *others]:
        typed = f"{place.name}, {place.region or place.country}, {place.country}"
        chosen = plausible([Reading(one) for one in readings(gazetteer.key(typed))])
        if len(chosen) == 1:
            value = value_for(chosen[0], typed)
            back = plausible([Reading(one) for one in readings(gazetteer.key(value))])
            assert [one.place for one in back] == [chosen[0].place], value


# --- the radius -------------------------------------------------------------------------------


def chips(found: PostingFilter) -> list[tuple[str, str]]:
    return [(one.label, address) for one, address in found.chips()]


def test_a_radius_takes_the_cities_around(db):
    berlin, potsdam, hamburg = row("Berlin"), row("Potsdam"), row("Hamburg")
    made = {place.name: PostingFactory(places=[place]).pk for place in (berlin, potsdam, hamburg)}

    def found(radius: str) -> set[int]:
        return set(asked(place="Berlin", radius=radius).ordered())

    assert found("1") == {made["Berlin"]}
    assert found("50") == {made["Berlin"], made["Potsdam"]}
    assert found("300") == set(made.values())


def test_a_city_without_a_posting_has_its_neighbours_within_the_radius(db):
    made = PostingFactory(places=[row("Berlin")])
    results = Results(asked(place="Potsdam", radius="50"))
    assert [card.pk for card in results.postings] == [made.pk]
    facet = next(facet for facet in results.facets if facet.name == "place")
    assert {one.value: one.count for one in facet.values}["potsdam-de-bb"] == 1


def test_the_chip_says_the_radius_and_takes_it_away_with_its_last_city(db):
    row("Leipzig"), row("Munich")
    assert chips(asked(place=["Leipzig", "Munich", "germany"], radius="50")) == [
        ("Leipzig, DE + 50 km", "?place=munich-de-by&place=germany&radius=50"),
        ("Munich, DE + 50 km", "?place=leipzig-de-sn&place=germany&radius=50"),
        ("Germany", "?place=leipzig-de-sn&place=munich-de-by&radius=50"),
    ]
    assert chips(asked(place=["Leipzig", "germany"], radius="50")) == [
        ("Leipzig, DE + 50 km", "?place=germany"),
        ("Germany", "?place=leipzig-de-sn&radius=50"),
    ]


@pytest.mark.parametrize("place", [[], ["germany"], ["bayern-de-by"], ["nowhere-at-all-xx"]])
def test_a_radius_around_no_city_is_named(db, place):
    row("Munich")
    found = asked(place=place, radius="50")
    assert ("radius", "50") in [(one.name, one.value) for one in found.ignored]
    assert "radius" not in found.data


@pytest.mark.parametrize("km", ["0", "501", "-5", "ten", "1e2", "9" * 30])
def test_an_impossible_radius_is_named_and_the_place_holds(db, km):
    row("Leipzig")
    found = asked(place="Leipzig", radius=km)
    assert [(one.name, one.value) for one in found.ignored] == [("radius", km)]
    assert found.data.dict() == {"place": "leipzig-de-sn"}


def test_a_radius_may_be_any_whole_number(db):
    row("Leipzig")
    for km in ("1", "37", "500", "50.0", "٣"):
        assert asked(place="Leipzig", radius=km).ignored == []
