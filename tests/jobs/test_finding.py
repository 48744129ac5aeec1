"""The search of places and the pages of a facet's values, as a reader gets them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from extraction import gazetteer
from jobs import facetvalues
from jobs.places import place_for
from tests.factories import (
    CompanyFactory,
    PlaceFactory,
    PostingFactory,
    RoleFactory,
    SkillFactory,
)
from tests.page import hooks, links, parse, words


def city(name: str, country: str = "", region: str = ""):
    return place_for(gazetteer.find_city(name, country, region)[0])


def total(reader, address: str) -> int:
    return int(re.search(r'data-total="(\d+)"', reader.get(address).content.decode())[1])


# --- places -----------------------------------------------------------------------------------


@pytest.fixture
def places(db) -> None:
    for name, count in (("Munich", 3), ("Berlin", 1), ("Bergen", 2), ("Heidelberg", 4)):
        for _ in range(count):
            PostingFactory(places=[city(name)])
    PostingFactory(places=[city("Madrid")], closed=True)


def found(reader, text: str) -> list[str]:
    return hooks(parse(reader.get("/places/", {"q": text})), "label")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("ber", ["Bergen, NO", "Berlin, DE", "Berlin, DE (region)"]),
        ("BERG", ["Bergen, NO"]),
        ("mün", ["Munich, DE"]),
        ("muen", ["Munich, DE"]),
        ("mun", ["Munich, DE"]),
        ("monaco di", ["Munich, DE"]),
        ("deutsch", ["Germany"]),
        ("madrid", []),
        ("%", []),
        ("zzz", []),
    ],
)
def test_places_are_found_by_the_beginning_of_any_of_their_names(places, reader, text, labels):
    assert found(reader, text) == labels


def test_a_place_whose_name_begins_so_stands_before_one_with_such_a_word(db, reader):
    for _ in range(3):
        PostingFactory(places=[city("New York City")])
    PostingFactory(places=[city("York", "GB")])
    labels = found(reader, "york")
    assert labels.index("York, GB") < labels.index("New York City, NY, US")


def test_a_city_stands_before_the_region_of_its_name(places, reader):
    page = parse(reader.get("/places/?q=berlin"))
    assert hooks(page, "place") == [city("Berlin").slug, city("Berlin").parent.slug]


# What lies in a place of its own name: the outer and the inner one, and the words of both.
SAME_NAMES = [
    ("Singapore", "singapore", "singapore-sg", "Singapore", "Singapore, SG (city)"),
    ("Luxembourg", "luxembourg", "luxembourg-lu", "Luxembourg", "Luxembourg, LU (city)"),
    ("Berlin", "berlin-de-be", "berlin-de-be-2", "Berlin, DE (region)", "Berlin, DE"),
]


@pytest.mark.parametrize(("name", "outer", "inner", "outer_words", "inner_words"), SAME_NAMES)
def test_a_place_and_the_one_of_its_name_that_holds_it_are_told_apart_wherever_they_are_shown(
    db, reader, name, outer, inner, outer_words, inner_words
):
    place = city(name)
    PostingFactory(title="In the inner one", places=[place])
    PostingFactory(title="Somewhere in the outer one", places=[place.parent])
    both = {outer: (outer_words, 2), inner: (inner_words, 1)}

    suggested = parse(reader.get("/places/", {"q": name}))
    shown = zip(hooks(suggested, "label"), map(int, hooks(suggested, "open")), strict=True)
    assert dict(zip(hooks(suggested, "place"), shown, strict=True)) == both
    notes = [one.text for one in suggested.iter("span") if one.get("class") == "value-list__note"]
    assert len({*notes, "", None}) == 4

    values = parse(reader.get("/jobs/values/place/", {"find": name}))
    named = [one.text for one in values.iter("span") if one.get("class") == "value-list__name"]
    assert dict(zip(hooks(values, "value"), named, strict=True)).items() >= {
        (slug, said) for slug, (said, _) in both.items()
    }
    for slug, (said, count) in both.items():
        page = parse(reader.get(f"/places/{slug}/"))
        assert [one.text for one in page.iter("h1")] == [said]
        assert page.find(".//title").text.startswith(f"Open postings in {said}")
        listed = parse(reader.get(f"/jobs/?place={slug}"))
        assert hooks(listed, "total") == [str(count)]
        [chip] = [one for one in listed.iter("a") if "chip" in one.get("class", "").split()]
        assert chip.text == said
        panel = {one.get("value"): words(label) for label in listed.iter("label")
                 for one in label.iter("input") if one.get("data-facet") == "place"}  # fmt: skip
        assert all(panel[key].startswith(f"{label} ") for key, (label, _) in both.items())


def test_who_types_the_name_of_a_city_state_gets_all_of_it(db, reader):
    place = city("Singapore")
    for where in (place, place.parent):
        PostingFactory(places=[where])
    assert total(reader, "/jobs/?place=Singapore") == 2
    assert total(reader, "/jobs/?place=Singapore, SG") == 1


def test_without_words_the_places_with_the_most_postings_stand_first(places, reader):
    page = parse(reader.get("/places/"))
    assert hooks(page, "place")[0] == "germany"
    assert hooks(page, "open") == sorted(hooks(page, "open"), reverse=True)
    assert "Madrid, ES" not in hooks(page, "label")


def test_each_place_leads_to_as_many_postings_as_it_says(places, reader):
    page = parse(reader.get("/places/"))
    for slug, count in zip(hooks(page, "place"), hooks(page, "open"), strict=True):
        assert f"/jobs/?place={slug}" in links(page)
        assert total(reader, f"/jobs/?place={slug}") == int(count)


def test_a_new_posting_is_counted_at_once(places, reader):
    PostingFactory(places=[city("Bergen")])
    assert hooks(parse(reader.get("/places/?q=bergen")), "open") == ["3"]


@pytest.mark.parametrize(
    ("text", "ways"),
    [("Potsdam", {"radius=100": 1, "place=germany": 8}), ("Madrid", {}), ("Hesse", {"germany": 8})],
)
def test_a_place_without_postings_leads_to_those_around(places, reader, text, ways):
    page = parse(reader.get("/places/", {"q": text}))
    found = [one for one in links(page) if one.startswith("/jobs/?")]
    assert len(found) == len(ways)
    for (piece, count), address in zip(ways.items(), found, strict=True):
        assert piece in address
        assert total(reader, address) == count
        assert f"{count} open posting" in words(page)


def test_a_misspelt_place_leads_to_the_nearest(places, reader):
    assert "/jobs/?place=heidelberg-de-bw" in links(parse(reader.get("/places/?q=Heidelbrg")))


def test_what_the_search_of_places_cannot_heed_is_named(places, reader):
    page = parse(reader.get(f"/places/?q=ber&q=mun&colour=red&page={'9' * 30}"))
    assert hooks(page, "ignored") == ["colour", "page", "q"]
    assert hooks(parse(reader.get("/places/", {"q": "x" * 101})), "ignored") == ["q"]


def test_a_search_of_places_is_not_indexed(places, reader):
    assert 'name="robots" content="noindex"' in reader.get("/places/?q=b").content.decode()
    assert "noindex" not in reader.get("/places/").content.decode()


# --- values of a facet ------------------------------------------------------------------------


@pytest.fixture
def many(db) -> None:
    """More companies, skills and places than the panel shows."""
    near = [city(name) for name in ("Berlin", "Potsdam", "Leipzig", "Hamburg")]
    role = RoleFactory(slug="cook", name="Cook", aliases=["Küchenchef"])
    for number in range(20):
        PostingFactory(
            company=CompanyFactory(name=f"Company {number:02}"),
            skills=[SkillFactory(slug=f"skill-{number:02}", aliases=[f"Fähigkeit {number}"])],
            places=[near[number % 4], PlaceFactory(city=True, name=f"Town {number}")],
            workplace="remote" if number % 2 else "onsite",
            role=role if number % 3 else None,
        )


QUERIES = ["", "workplace=remote", "company=company-01&company=company-02", "skill=skill-01",
           "place=Potsdam&radius=60", "place=germany&role=cook", "q=nothing-has-this"]  # fmt: skip


@pytest.mark.parametrize("facet", facetvalues.LONG_FACETS)
def test_each_count_is_the_total_of_the_list_with_that_value_alone(many, reader, facet):
    for query in QUERIES:
        page = parse(reader.get(f"/jobs/values/{facet}/?{query}"))
        rest = [pair for pair in query.split("&") if pair and not pair.startswith(f"{facet}=")]
        shown = list(zip(hooks(page, "value"), hooks(page, "count"), strict=True))
        for value, count in [*shown[:6], *shown[-2:]]:
            address = "/jobs/?" + "&".join([*rest, f"{facet}={value}"])
            assert total(reader, address) == int(count), (query, address)


def test_every_value_of_a_long_facet_is_on_its_page(many, reader):
    assert len(hooks(parse(reader.get("/jobs/?workplace=remote")), "facet")) < 60
    page = parse(reader.get("/jobs/values/company/?workplace=remote"))
    assert hooks(page, "value") == [f"company-{number:02}" for number in range(1, 20, 2)]


def test_each_value_leads_to_the_list_with_it_added_or_removed(many, reader):
    page = parse(reader.get("/jobs/values/company/?company=company-01&workplace=remote&find=0"))
    assert "/jobs/?workplace=remote" in links(page)
    assert "/jobs/?workplace=remote&company=company-01&company=company-03" in links(page)


@pytest.mark.parametrize(
    ("facet", "find", "values"),
    [
        ("company", "pany 1", [f"company-{number}" for number in range(10, 20)]),
        ("company", "COMPANY 07", ["company-07"]),
        ("skill", "fahigkeit 7", ["skill-07"]),
        ("skill", "zzz", []),
        ("role", "kuchen", ["cook"]),
        ("country", "deutsch", ["DE"]),
        ("place", "potsd", ["potsdam-de-bb"]),
        ("place", "Lipsk", ["leipzig-de-sn"]),
        ("company", "%", []),
        ("company", "_", []),
    ],
)
def test_values_are_found_by_a_piece_of_any_of_their_names(many, reader, facet, find, values):
    page = parse(reader.get(f"/jobs/values/{facet}/", {"find": find}))
    assert hooks(page, "value") == values
    assert hooks(page, "values") == [str(len(values))]


def test_a_long_list_of_values_has_pages_that_keep_what_was_asked(many, reader, monkeypatch):
    monkeypatch.setattr(facetvalues, "PAGE_SIZE", 6)
    seen, address = [], "?workplace=remote&find=company"
    while address:
        page = parse(reader.get(f"/jobs/values/company/{address}"))
        seen += hooks(page, "value")
        address = next((one.get("href") for one in page.iter("a") if one.get("rel") == "next"), "")
    assert seen == [f"company-{number:02}" for number in range(1, 20, 2)]


def test_places_of_one_name_are_told_apart(db, reader):
    for region in ("IL", "MO"):
        PostingFactory(places=[city("Springfield", "US", region)])
    text = words(parse(reader.get("/jobs/values/place/?find=springfield")))
    assert "Springfield, IL, US" in text
    assert "Springfield, MO, US" in text


def test_what_the_page_of_values_cannot_heed_is_named_and_the_rest_holds(many, reader):
    page = parse(
        reader.get("/jobs/values/company/?colour=red&workplace=remot&find=07&find=08&page=9")
    )
    assert hooks(page, "ignored") == ["colour", "workplace", "find", "page"]
    assert hooks(page, "value") == ["company-07"]


@pytest.mark.parametrize("facet", ["seniority", "sort", "q", "nothing", "find"])
def test_a_short_facet_has_no_such_page(db, reader, facet):
    assert reader.get(f"/jobs/values/{facet}/").status_code == 404


def test_pages_of_values_are_not_indexed(many, reader):
    assert 'content="noindex"' in reader.get("/jobs/values/company/").content.decode()


def test_the_panel_leads_to_all_values_under_the_same_filters(many, reader):
    page = parse(reader.get("/jobs/?workplace=remote&place=germany"))
    assert "/jobs/values/skill/?workplace=remote&place=germany" not in links(page)
    page = parse(reader.get("/jobs/?place=germany"))
    assert "/jobs/values/skill/?place=germany" in links(page)
    assert "Show all 20" in words(page)


def test_statements_of_a_page_of_values_do_not_grow_with_values(db, reader):
    def make(count: int) -> None:
        for _ in range(count):
            PostingFactory(skills=[SkillFactory(aliases=["x"])], places=[PlaceFactory(city=True)])

    def cost(address: str) -> int:
        reader.get(address)  # reads what has changed, and names
        with CaptureQueriesContext(connection) as asked:
            reader.get(address)
        return len(asked)

    addresses = ["/jobs/values/skill/?find=x", "/jobs/values/place/?find=c", "/places/?q=c"]
    make(2)
    few = [cost(address) for address in addresses]
    make(12)
    assert [cost(address) for address in addresses] == few
