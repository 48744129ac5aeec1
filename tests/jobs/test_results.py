"""Cards, pages, facets and ways out of one answer."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from extraction.common import fold
from jobs import index, results
from jobs.filters import PostingFilter
from jobs.results import Results
from tests.factories import (
    CompanyFactory,
    ListingFactory,
    PlaceFactory,
    PostingFactory,
    RoleFactory,
    SkillFactory,
    days_from_now,
)
from tests.page import hooks, parse, words


def answer(query: str = "") -> Results:
    return Results(PostingFilter(QueryDict(query)))


def counts(found: Results, name: str) -> dict[str, int]:
    return {v.value: v.count for facet in found.facets if facet.name == name for v in facet.values}


def test_a_page_holds_twenty_and_the_next_the_rest_newest_first(db):
    made = [PostingFactory(posted_at=days_from_now(-n / 10)).pk for n in range(1, 24)]
    assert [one.pk for one in answer().postings] == made[:20]
    assert [one.pk for one in answer("page=2").postings] == made[20:]


@pytest.mark.parametrize("number", ["2", "400"])
def test_a_page_behind_the_last_is_named_and_the_first_is_shown(db, number):
    posting = PostingFactory()
    found = answer(f"page={number}")
    assert (found.page.number, [one.pk for one in found.postings]) == (1, [posting.pk])
    assert [(one.name, one.value) for one in found.filter.ignored] == [("page", number)]


def test_no_more_pages_are_offered_than_can_be_asked_for(db, settings, reader):
    settings.BOARD = {**settings.BOARD, "PAGE_SIZE": 1, "PAGE_LIMIT": 3}
    for _ in range(5):
        PostingFactory()
    assert answer().page.paginator.num_pages == 3
    assert not answer("page=3").page.has_next()
    assert "with 2 more behind them" in reader.get("/jobs/?page=3").content.decode()
    assert "behind them" not in reader.get("/jobs/?page=2").content.decode()


def test_a_card_says_when_it_was_last_confirmed_if_that_is_another_day(db, reader):
    old, new = (PostingFactory(posted_at=days_from_now(-n)) for n in (90, 0))
    listing = ListingFactory(posting=old, last_confirmed=days_from_now(-20))
    ListingFactory(posting=new)
    text = words(parse(reader.get("/jobs/"))).casefold()
    assert "3 months ago · confirmed 20 days ago" in text
    assert text.count("confirmed") == 1
    listing.last_confirmed = days_from_now(0)
    listing.save()
    index.confirm([old.pk], days_from_now(60))
    assert "3 months ago · confirmed today" in words(parse(reader.get("/jobs/"))).casefold()


def test_pay_in_the_currency_asked_stands_right_behind_the_pay_as_stated(db, reader):
    PostingFactory(posted_at=days_from_now(0), pay=[{"currency": "USD"}])
    text = words(parse(reader.get("/jobs/?currency=EUR"))).replace("\xa0", " ")
    assert 0 < text.index("USD 80K") < text.index("about EUR") < text.index("today")


def test_scales_stand_in_their_order_and_unknown_last(db):
    for level in ("", "senior", "entry", "senior"):
        PostingFactory(seniority=level)
    assert counts(answer(), "seniority") == {"entry": 1, "senior": 2, "unknown": 1}
    assert list(counts(answer(), "seniority")) == ["entry", "senior", "unknown"]


def test_the_most_frequent_companies_stand_first_and_the_rest_is_numbered(db, monkeypatch):
    monkeypatch.setattr(results, "TOP", 2)
    for number, name in enumerate(["Rare", "Often", "More often"], start=1):
        for _ in range(number):
            PostingFactory(company=CompanyFactory(name=name))
    facet = next(facet for facet in answer().facets if facet.name == "company")
    assert [value.value for value in facet.values] == ["more-often", "often"]
    assert facet.more == 1


@pytest.mark.parametrize("name", ["role", "company", "skill", "place", "country", "eligible"])
def test_values_with_as_many_postings_stand_by_name(db, reader, name):
    for word, code in (("Zeta", "AE"), ("École", "US"), ("alpha", "GB"), ("Omega", "BR")):
        PostingFactory(
            role=RoleFactory(name=word),
            company=CompanyFactory(name=word),
            skills=[SkillFactory(name=word)],
            places=[PlaceFactory(country=code)],
        )
    [shown] = [facet.values for facet in answer().facets if facet.name == name]
    labels = [one.label for one in shown if one.value != "unknown"]
    assert labels == sorted(labels, key=fold)
    assert len(labels) == 4
    page = parse(reader.get(f"/jobs/values/{name}/"))
    assert hooks(page, "value") == [one.value for one in shown]


def test_a_chosen_value_is_shown_with_its_zero_and_however_rare(db, monkeypatch):
    monkeypatch.setattr(results, "TOP", 1)
    role, empty = RoleFactory(), RoleFactory()
    PostingFactory(role=role)
    assert counts(answer(f"role={empty.slug}"), "role") == {role.slug: 1, empty.slug: 0}


def test_the_count_of_a_chosen_facet_ignores_its_own_choice_and_heeds_the_others(db):
    PostingFactory(workplace="remote", seniority="senior")
    PostingFactory(workplace="onsite", seniority="senior")
    PostingFactory(workplace="onsite", seniority="entry")
    found = answer("workplace=remote&seniority=senior")
    assert counts(found, "workplace") == {"onsite": 1, "remote": 1}
    assert counts(found, "seniority") == {"senior": 1}


def test_a_posting_in_two_places_counts_once_in_their_country(db):
    cities = [PlaceFactory(city=True, name=name) for name in ("Berlin", "Bonn")]
    PostingFactory(places=cities)
    assert counts(answer(), "country") == {"DE": 1}
    assert counts(answer(), "place") == {"berlin-de": 1, "bonn-de": 1, "germany": 1}


def test_a_skill_counts_alone_or_added_to_those_that_must_all_be_there(db):
    python, spark, rust = (SkillFactory(slug=slug) for slug in ("python", "spark", "rust"))
    PostingFactory(skills=[python, spark])
    PostingFactory(skills=[python])
    PostingFactory(skills=[rust])
    any_of = answer("skill=python&skill=spark")
    assert (any_of.total, counts(any_of, "skill")) == (2, {"python": 2, "spark": 1, "rust": 1})
    all_of = answer("skill=python&skill=spark&skill_mode=all")
    assert (all_of.total, counts(all_of, "skill")) == (1, {"python": 1, "spark": 1})


def test_skills_that_no_posting_has_together_are_one_way_out(db):
    python, rust = SkillFactory(name="Python", slug="python"), SkillFactory(name="Rust", slug="r")
    PostingFactory(skills=[python]), PostingFactory(skills=[rust])
    ways = answer("skill=python&skill=r&skill_mode=all").ways_out()
    assert [(way.chosen.label, way.count) for way in ways] == [("Python and Rust", 2)]


def test_each_chip_leads_to_the_list_without_it(db):
    found = answer("workplace=remote&workplace=hybrid&q=data&page=1")
    addresses = {one.label: address for one, address in found.filter.chips()}
    assert addresses == {
        "“data”": "?workplace=remote&workplace=hybrid",
        "Remote": "?q=data&workplace=hybrid",
        "Hybrid": "?q=data&workplace=remote",
    }


@pytest.mark.parametrize("text", ['"data engineer"', "“data engineer” -lead", "„data engineer“"])
def test_the_chip_of_a_phrase_has_the_quotes_that_were_typed(db, text):
    assert [one.label for one in answer(urlencode({"q": text})).filter.chosen()] == [text]


def test_the_last_chip_leads_to_the_whole_list(db):
    assert answer("q=data").filter.chips()[0][1] == "?"


def test_an_empty_list_names_what_emptied_it_the_most_postings_first(db):
    for _ in range(2):
        PostingFactory(workplace="remote")
    PostingFactory(workplace="onsite", seniority="senior")
    ways = answer("workplace=remote&seniority=senior").ways_out()
    assert [(way.chosen.label, way.count, way.address) for way in ways] == [
        ("Senior-level / Expert", 2, "?workplace=remote"),
        ("Remote", 1, "?seniority=senior"),
    ]


def test_a_list_with_postings_or_without_filters_has_no_way_out(db):
    assert answer().ways_out() == []
    PostingFactory()
    assert answer("seniority=unknown").ways_out() == []


def test_relevance_is_offered_with_words_to_look_for_alone(db):
    assert [name for name, _, _ in answer().sorts] == ["newest", "salary"]
    assert [name for name, _, here in answer("q=x").sorts if here] == ["relevance"]


def test_statements_do_not_grow_with_postings_companies_or_places(db):
    def make(count):
        for _ in range(count):
            PostingFactory(role=RoleFactory(), places=[PlaceFactory(city=True)], pay=[{}],
                           skills=[SkillFactory()])  # fmt: skip

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer().filter.chips()
        return len(asked)

    make(2)
    few = cost()
    make(15)
    assert cost() <= few <= 6
