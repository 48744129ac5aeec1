"""Pages about an employer, a skill, a place or a role: the list with that value set."""

import json
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict

from guides.stamps import stamps
from jobs.models import Company
from jobs.subjects import directory, figures, list_about, roles_of
from jobs.templatetags import jobs_tags
from tests import factories
from tests.factories import days_from_now
from tests.page import hooks, parse, words


@pytest.fixture
def board(db):
    """One posting of each kind, at two employers."""
    role = factories.RoleFactory(name="Data Engineer", slug="data-engineer")
    factories.ViewFactory(base=role, slug="lead-data-engineer", seniority="senior")
    acme = factories.CompanyFactory(name="Acme")
    city = factories.PlaceFactory(city=True, name="Berlin", country="DE")
    skill = factories.SkillFactory(name="Spark", slug="spark")
    both = {"role": role, "company": acme, "places": [city], "skills": [skill]}
    factories.PostingFactory(seniority="senior", workplace="remote", pay=[{}], **both)
    factories.PostingFactory(seniority="mid", workplace="hybrid", **both)
    factories.PostingFactory(company=factories.CompanyFactory(name="Other"), seniority="mid")
    factories.PostingFactory(company=acme, closed=True)
    return role


SUBJECTS = [
    ("/companies/acme/", "company", "company=acme"),
    ("/skills/spark/", "skill", "skill=spark"),
    ("/places/berlin-de/", "place", "place=berlin-de"),
    ("/places/germany/", "place", "place=germany"),
    ("/roles/data-engineer/", "role", "role=data-engineer"),
    ("/roles/lead-data-engineer/", "role", "role=data-engineer&seniority=senior"),
]
ASKED = ["seniority=senior", "workplace=hybrid&sort=salary", "q=nothing-like-it", "with_salary=1"]


def shown(page) -> dict[tuple[str, str], str]:
    return {
        (one.get("data-facet"), one.get("data-value")): one.get("data-count")
        for one in page.iter("input")
        if one.get("data-facet")
    }


@pytest.mark.parametrize(("address", "own", "same"), SUBJECTS)
@pytest.mark.parametrize("asked", ASKED)
def test_the_same_parameters_give_the_same_list_as_beside_its_own(
    reader, board, address, own, same, asked
):
    here, there = (
        parse(reader.get(f"{address}?{asked}")),
        parse(reader.get(f"/jobs/?{same}&{asked}")),
    )
    assert hooks(here, "total") == hooks(there, "total")
    assert hooks(here, "posting") == hooks(there, "posting")
    named = parse_qs(same)
    counts = {key: count for key, count in shown(there).items() if key[0] not in named}
    assert shown(here) == counts


@pytest.mark.parametrize(("address", "own", "same"), SUBJECTS)
def test_its_own_parameter_is_named_and_left_out(reader, board, address, own, same):
    page = parse(reader.get(f"{address}?{own}=other&nonsense=1"))
    assert sorted(hooks(page, "ignored")) == sorted([own, "nonsense"])
    assert hooks(page, "total") == hooks(parse(reader.get(f"{address}?sort=newest")), "total")


@pytest.mark.parametrize(("address", "own", "same"), SUBJECTS[:4])
def test_each_link_of_the_list_stays_on_the_page(reader, board, address, own, same):
    page = parse(reader.get(f"{address}?seniority=senior"))
    chips = [one for one in page.iter("a") if one.get("class") == "chip chip--removable"]
    assert [chip.get("href") for chip in chips] == ["?"]
    [form] = [one for one in page.iter("form") if one.get("aria-label") == "Filter the postings"]
    assert form.get("action") == address


def test_each_figure_leads_to_exactly_its_postings(reader, board):
    results = list_about(
        {"company": {"acme": Company.objects.get(slug="acme").pk}}, QueryDict(), stamps()
    )
    found = {one.name: (one.count, one.url) for one in figures(results)}
    assert {name: count for name, (count, _) in found.items()} == {
        "posted this week": 2,
        "with comparable pay": 1,
        "remote": 1,
    }
    for count, url in found.values():
        assert hooks(parse(reader.get(f"/companies/acme/{url}")), "total") == [str(count)]


def test_its_roles_stand_with_their_guides_the_most_postings_first(db):
    often, rare = factories.RoleFactory(), factories.RoleFactory()
    guide = factories.PublishedGuideFactory(about=[often])
    for role in (rare, often, often, None):
        factories.PostingFactory(role=role)
    found = roles_of(list_about({}, QueryDict(), stamps()))
    assert [(one.name, one.count) for one in found] == [(often.name, 2), (rare.name, 1)]
    assert found[0].guide.url == guide.get_absolute_url()
    assert found[1].guide is None


@pytest.mark.parametrize("kind", ["company", "skill", "place"])
def test_an_old_address_leads_to_the_new_one_and_an_unknown_is_404(reader, board, kind):
    row = {
        "company": factories.CompanyFactory,
        "skill": factories.SkillFactory,
        "place": factories.PlaceFactory,
    }[kind](name="Before", slug="before")
    row.slug = "after"
    row.save()
    folder = {"company": "companies", "skill": "skills", "place": "places"}[kind]
    moved = reader.get(f"/{folder}/before/")
    assert (moved.status_code, moved["Location"]) == (301, f"/{folder}/after/")
    assert reader.get(f"/{folder}/after/").status_code == 200
    assert reader.get(f"/{folder}/never/").status_code == 404


def test_a_directory_holds_those_with_open_postings_and_finds_them_without_accents(reader, db):
    zoe, acme, gone = (factories.CompanyFactory(name=name) for name in ("Zoë & Co", "Acme", "Gone"))
    for company in (zoe, zoe, acme):
        factories.PostingFactory(company=company)
    factories.PostingFactory(company=gone, closed=True)
    assert [(one.name, one.count) for one in directory("company", "", stamps())] == [
        ("Zoë & Co", 2),
        ("Acme", 1),
    ]
    page = parse(reader.get("/companies/?q=ZOE&colour=red"))
    assert "Zoë & Co" in words(page)
    assert "Acme" not in words(page)
    assert hooks(page, "ignored") == ["colour"]


def test_a_renamed_company_is_listed_by_its_new_name_at_once(reader, db):
    company = factories.CompanyFactory(name="Before")
    factories.PostingFactory(company=company)
    assert "Before" in words(parse(reader.get("/companies/")))
    company.name = "Afterwards"
    company.save()
    assert "Afterwards" in words(parse(reader.get("/companies/")))
    assert "Afterwards" in words(parse(reader.get("/jobs/")))


def test_a_directory_has_pages(reader, db, settings):
    settings.BOARD = {**settings.BOARD, "DIRECTORY_SIZE": 2}
    for _ in range(5):
        factories.PostingFactory(skills=[factories.SkillFactory()])
    assert hooks(parse(reader.get("/skills/?page=3")), "total") == ["5"]
    assert hooks(parse(reader.get("/skills/?page=4")), "ignored") == ["page"]


@pytest.mark.parametrize("address", ["/companies/acme/", "/skills/spark/", "/places/germany/"])
def test_a_page_costs_the_same_however_many_postings_it_lists(
    reader, board, address, django_assert_max_num_queries
):
    acme = Company.objects.get(name="Acme")
    for _ in range(10):
        factories.PostingFactory(
            company=acme,
            role=factories.RoleFactory(),
            places=[factories.PlaceFactory(city=True)],
            posted_at=days_from_now(-1),
        )
    reader.get("/jobs/")
    with django_assert_max_num_queries(7):
        reader.get(address)


def test_a_role_page_without_parameters_shows_the_newest_and_the_way_to_all(reader, board):
    page = parse(reader.get("/roles/data-engineer/"))
    assert hooks(page, "total") == []
    assert len(hooks(page, "posting")) == 2


def test_the_list_of_a_role_is_made_once_for_head_and_text(reader, board, monkeypatch):
    made = []
    monkeypatch.setattr(
        jobs_tags, "list_about", lambda *asked: made.append(asked) or list_about(*asked)
    )
    reader.get("/roles/data-engineer/?workplace=remote")
    reader.get("/roles/data-engineer/?workplace=onsite")
    assert [asked["workplace"] for _, asked, _ in made] == ["remote", "onsite"]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/jobs/", "1 open posting"),
        ("/companies/acme/", "Open postings at Acme"),
        ("/skills/spark/", "Open postings that ask for Spark"),
        ("/places/germany/", "Open postings in Germany"),
        ("/roles/data-engineer/", "Data Engineer, open postings"),
    ],
)
def test_the_title_and_the_description_say_what_was_asked(reader, board, address, title):
    asked = "?workplace=hybrid&workplace=onsite&seniority=mid"
    page = parse(reader.get(f"{address}{asked}"))
    feed = json.loads(reader.get(f"/jobs/feed.json{asked}").content)
    said = ": Mid-level / Intermediate; Hybrid or On-site"
    assert feed["title"] == f"Rolebook, open postings{said}"
    assert words(page.find(".//title")) == f"{title}{said} · Rolebook"
    [about] = [one.get("content") for one in page.iter("meta") if one.get("name") == "description"]
    assert f"{said}." in about
