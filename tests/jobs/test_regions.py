"""The page of the vocabulary: every region with exactly its countries."""

from extraction import gazetteer
from jobs.places import country_name
from tests.factories import PostingFactory
from tests.page import parse, words


def test_each_region_stands_with_exactly_the_countries_that_the_filter_takes_it_for(reader, db):
    page = parse(reader.get("/jobs/regions/"))
    rows = {one.get("id"): one for one in page.iter("div") if one.get("id")}
    for area in gazetteer.areas().values():
        [said] = rows[area.code].iter("dd")
        assert set(words(said).split(" · ")) == set(map(country_name, area.countries))


def test_each_state_leads_to_what_can_be_taken_from_there(reader, db):
    page = parse(reader.get("/jobs/regions/"))
    addresses = {one.get("href") for one in page.iter("a")}
    for code in gazetteer.states():
        assert f"/jobs/?eligible={code}" in addresses
    assert "data-ignored" not in reader.get("/jobs/?eligible=US-CA").content.decode()


def test_a_posting_open_to_a_region_leads_to_its_countries(reader, db):
    said = {"worldwide": False, "include": ["EMEA"], "exclude": ["DE"], "timezones": []}
    posting = PostingFactory(workplace="remote", eligibility=said)
    page = parse(reader.get(posting.get_absolute_url()))
    assert "/jobs/regions/#EMEA" in {one.get("href") for one in page.iter("a")}
    assert "Anywhere in Europe, the Middle East and Africa except Germany" in words(page)


def test_the_facet_leads_to_the_regions(reader, db):
    PostingFactory(workplace="remote")
    page = parse(reader.get("/jobs/"))
    assert "/jobs/regions/" in {one.get("href") for one in page.iter("a")}
