"""The list and a posting as a reader gets them: hooks, links, edges, cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.models import Posting
from tests.factories import (
    CompanyFactory,
    ListingFactory,
    PlaceFactory,
    PostingFactory,
    PublishedGuideFactory,
    RoleFactory,
    SkillFactory,
    ViewFactory,
)
from tests.page import hooks, links, parse, words


@pytest.fixture
def board(db) -> list[Posting]:
    """A dozen postings over every facet."""
    role, place = RoleFactory(slug="cook"), PlaceFactory(city=True, name="Berlin")
    return [
        PostingFactory(
            title=f"Cook {number}",
            role=role if number % 2 else None,
            seniority=["senior", "entry", ""][number % 3],
            workplace=["remote", "hybrid", "onsite", ""][number % 4],
            employment=[["full_time"], ["part_time", "contract"], []][number % 3],
            places=[place] if number % 3 else [PlaceFactory(country="FR")],
            company=CompanyFactory(name=f"Company {number % 2}"),
            pay=[{"maximum": 90_000 + number}] if number % 2 else [],
        )
        for number in range(12)
    ]


def total(reader, address: str) -> int:
    return int(re.search(r'data-total="(\d+)"', reader.get(address).content.decode())[1])


QUERIES = [
    "", "workplace=remote", "workplace=remote&workplace=hybrid&seniority=senior", "role=cook",
    "country=DE", "place=berlin-de&employment=full_time", "q=cook", "salary_min=90000",
    "salary_min=90005&with_salary=1", "seniority=unknown&company=company-1", "workplace=hybrid&"
    "seniority=executive",
]  # fmt: skip


def test_each_count_on_the_page_is_the_total_behind_it(board, reader):
    for query in QUERIES:
        page = parse(reader.get(f"/jobs/?{query}"))
        for value in [one for one in page.iter() if one.get("data-facet")]:
            name = value.get("data-facet")
            rest = [pair for pair in query.split("&") if pair and not pair.startswith(f"{name}=")]
            address = "/jobs/?" + "&".join([*rest, f"{name}={value.get('data-value')}"])
            assert total(reader, address) == int(value.get("data-count")), (query, address)


def test_total_and_cards_of_the_page_agree(board, reader):
    for query in QUERIES:
        page = parse(reader.get(f"/jobs/?{query}"))
        cards = hooks(page, "posting")
        assert hooks(page, "total") == [str(len(set(cards)))], query
        assert hooks(page, "facet"), query


def chips(page) -> list[str]:
    return [one.get("href") for one in page.iter("a") if "chip" in one.get("class", "").split()]


def test_each_chip_leads_to_the_list_without_its_value(board, reader):
    query = {"workplace": ["remote", "hybrid"], "seniority": "senior", "salary_min": "90000"}
    found = chips(parse(reader.get("/jobs/", query)))
    assert len(found) == 4
    for address in found:
        assert len(chips(parse(reader.get(f"/jobs/{address}")))) == 3


def test_an_empty_list_leads_out_and_each_way_holds_what_it_promises(board, reader):
    page = parse(reader.get("/jobs/?workplace=hybrid&seniority=executive"))
    assert hooks(page, "total") == ["0"]
    assert "without Executive-level / Director" in words(page)
    ways = [href for href in links(page) if href == "?workplace=hybrid"]
    assert ways
    assert total(reader, f"/jobs/{ways[0]}") == 3


def test_an_empty_list_says_each_way_out_once(board, reader):
    page = parse(reader.get("/jobs/?q=zebra"))
    text = words(page)
    assert "No posting meets this filter 12 open postings without “zebra”" in text
    assert "All open postings" not in text
    assert "without it" not in text
    text = words(parse(reader.get("/companies/company-1/?q=zebra")))
    assert "6 open postings without “zebra” All open postings" in text


def test_what_no_filter_alone_emptied_leads_to_the_whole_list(board, reader):
    text = words(parse(reader.get("/jobs/?q=zebra&seniority=executive")))
    assert "No posting meets these filters No single filter is to blame" in text


def test_unknown_and_impossible_parameters_are_named_and_the_rest_holds(board, reader):
    page = parse(reader.get("/jobs/?senority=senior&role=cok&salary_min=lots&workplace=remote"))
    assert hooks(page, "ignored") == ["senority", "role", "salary_min"]
    assert hooks(page, "total") == ["3"]
    assert "?seniority=senior&workplace=remote" in links(page)
    assert "?role=cook&workplace=remote" in links(page)


def test_a_correct_address_names_nothing(board, reader):
    assert hooks(parse(reader.get("/jobs/?q=cook&sort=salary&currency=EUR")), "ignored") == []


def test_a_page_that_is_not_there_is_named_and_the_first_is_shown(board, reader):
    for number in ("2", "400", "401", "0", "-1", "9999999999", "1.5", "٢", "9" * 2_000):
        response = reader.get("/jobs/", {"page": number})
        page = parse(response)
        assert response.status_code == 200
        assert hooks(page, "ignored") == ["page"], number
        assert len(hooks(page, "posting")) == 12


@pytest.mark.parametrize("number", ["1", "", " 1 "])
def test_the_first_page_may_be_named(db, reader, number):
    assert hooks(parse(reader.get("/jobs/", {"page": number})), "ignored") == []


def test_the_pages_of_a_list_hold_every_posting_once(db, reader):
    made = {str(PostingFactory(workplace="remote").pk) for _ in range(45)}
    seen, address = [], "?workplace=remote"
    while address:
        page = parse(reader.get(f"/jobs/{address}"))
        seen += hooks(page, "posting")
        address = next((a.get("href") for a in page.iter("a") if a.get("rel") == "next"), "")
    assert len(seen) == 45
    assert set(seen) == made


def test_the_words_of_a_stranger_are_shown_as_words(db, reader):
    nasty = '"><script>alert(1)</script>&amp;{{ 7 }}'
    posting = PostingFactory(
        title=nasty, company__name=nasty, description=nasty, close_reason=nasty, closed=True,
    )  # fmt: skip
    opened = PostingFactory(title=nasty, company=posting.company, description=nasty)
    pages = [posting.get_absolute_url(), opened.get_absolute_url()]
    for address in ("/jobs/", f"/jobs/?q={nasty}&{nasty}={nasty}", *pages):
        page = parse(reader.get(address))
        for one in page.iter("script"):
            assert one.get("src") or one.get("type") == "application/ld+json"
        assert "<script>alert(1)</script>" in words(page)


def test_a_wrong_slug_leads_to_the_right_one_for_good(db, reader):
    posting = PostingFactory(title="Data Cook")
    response = reader.get(f"/jobs/{posting.pk}-other/")
    assert (response.status_code, response["Location"]) == (301, f"/jobs/{posting.pk}-data-cook/")


@pytest.mark.parametrize("path", ["0-x", "999999-x", "99999999999999999999999-x", "-1-x", "1"])
def test_a_number_that_no_posting_has_is_404(db, reader, path):
    assert reader.get(f"/jobs/{path}/").status_code == 404


def test_a_posting_links_the_guide_of_its_role_else_the_role(db, reader):
    role, other = RoleFactory(), RoleFactory()
    guide = PublishedGuideFactory(about=[role])
    PublishedGuideFactory(about=[role, other])
    for one, address in ((role, guide.get_absolute_url()), (other, other.get_absolute_url())):
        posting = PostingFactory(role=one)
        for page in (posting.get_absolute_url(), "/jobs/"):
            assert address in links(parse(reader.get(page)))


def test_role_guide_and_view_list_the_open_postings_of_the_role(db, reader):
    role = RoleFactory()
    view = ViewFactory(base=role, seniority="senior")
    guide = PublishedGuideFactory(about=[role])
    entry = PostingFactory(role=role, seniority="entry")
    senior = PostingFactory(role=role, seniority="senior")
    for traits in ({"closed": True}, {"pending": True}, {"expired": True}, {"future": True}):
        PostingFactory(role=role, **traits)
    both = {str(entry.pk), str(senior.pk)}
    for page, shown in ((role, both), (guide, both), (view, {str(senior.pk)})):
        assert set(hooks(parse(reader.get(page.get_absolute_url())), "posting")) == shown


def test_a_role_page_links_the_list_that_holds_exactly_its_postings(db, reader):
    view = ViewFactory(seniority="senior")
    for level in ("senior", "senior", "entry"):
        PostingFactory(role=view.base, seniority=level)
    page = parse(reader.get(view.get_absolute_url()))
    address = next(href for href in links(page) if href.startswith("/jobs/?"))
    assert address == f"/jobs/?role={view.base.slug}&seniority=senior"
    assert total(reader, address) == 2


def test_a_closed_posting_offers_similar_open_ones_of_its_role(db, reader):
    role = RoleFactory()
    closed = PostingFactory(role=role, seniority="senior", closed=True)
    near = PostingFactory(role=role, seniority="senior")
    far = PostingFactory(role=role, seniority="entry")
    PostingFactory()
    PostingFactory(role=role, pending=True)
    page = parse(reader.get(closed.get_absolute_url()))
    assert hooks(page, "posting") == [str(near.pk), str(far.pk)]


def test_a_posting_without_a_role_offers_none(db, reader):
    PostingFactory()
    assert hooks(parse(reader.get(PostingFactory().get_absolute_url())), "posting") == []


def test_a_piece_of_data_is_quoted_as_names_and_values(db, reader):
    quotes = {
        '{"max": "75000", "min": "60", "period": "year"}': "“min: 60, max: 75000, period: year”",
        "{Lead} engineer": "“{Lead} engineer”",
        '["USD"]': '“["USD"]”',
    }
    for quote, told in quotes.items():
        posting = PostingFactory(evidence={"pay": {"evidence": quote, "rule": "stated"}})
        page = parse(reader.get(posting.get_absolute_url()))
        [said] = page.iter("q")
        assert f"“{said.text}”" == told


def test_a_posting_shows_pay_evidence_skills_and_where_it_was_seen(db, reader):
    posting = PostingFactory(
        pay=[{"text": "80 to 100 thousand dollars"}],
        skills=[SkillFactory(name="Basting")],
        evidence={"seniority": {"evidence": "Senior", "rule": "seniority.senior"}},
    )
    ListingFactory(posting=posting, source="lever:acme", url="https://jobs.lever.co/acme/1")
    page = parse(reader.get(posting.get_absolute_url()))
    text = words(page).replace("\xa0", " ")
    for piece in ("USD 80K - 100K", "80 to 100 thousand dollars", "Basting", "A word of the title"):
        assert piece in text
    assert "https://jobs.lever.co/acme/1" in links(page)


@pytest.mark.parametrize("kind", ["list", "posting", "role", "guide"])
def test_no_page_costs_more_for_more_postings(db, reader, kind):
    role = RoleFactory()
    guide = PublishedGuideFactory(about=[role])

    def make(count):
        for _ in range(count):
            PostingFactory(
                role=role, company=CompanyFactory(), places=[PlaceFactory(city=True)], pay=[{}],
                skills=[SkillFactory()], seniority="senior",
            )  # fmt: skip

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            reader.get(address)
        return len(asked)

    make(2)
    address = {
        "list": "/jobs/?q=posting&seniority=senior",
        "posting": Posting.objects.first().get_absolute_url(),
        "role": role.get_absolute_url(),
        "guide": guide.get_absolute_url(),
    }[kind]
    few = cost(address)
    make(12)
    assert cost(address) <= few


def test_the_list_marks_what_was_looked_for_and_says_how_to_ask(db, reader):
    skill = SkillFactory(name="Kubernetes", aliases=["k8s"])
    PostingFactory(description="We run Kubernetes.", skills=[skill])
    html = reader.get("/jobs/?q=k8s").content.decode()
    assert '<p class="excerpt">We run <mark>Kubernetes</mark>.</p>' in html
    assert 'aria-describedby="id_q_helptext"' in html
    assert "<mark>" not in reader.get("/jobs/").content.decode()
