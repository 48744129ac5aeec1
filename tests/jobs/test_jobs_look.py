"""The tags of the list: lines of a card, addresses, suggestions, and the panel."""

from datetime import UTC, datetime, timedelta, timezone

import html5lib
import pytest
from django.http import QueryDict
from django.template import Context, Template

from extraction import gazetteer
from jobboard.templatetags.ui import address, is_number, suggested, ways_to_mend
from jobs.filters import PostingFilter
from jobs.models import Posting
from jobs.places import place_for
from jobs.templatetags.jobs_look import panel, unbroken
from tests import factories
from tests.page import hooks, parse, words


def asked(query: str) -> PostingFilter:
    return PostingFilter(QueryDict(query))


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_is_said_as_django_says_it_beside_the_instant(month):
    at = datetime(2026, month, 3, 23, 59, 5, 40_000, tzinfo=UTC)
    said = '<time datetime="{{ at|date:"c" }}">{{ at|date:"%s" }}</time>'
    for ours, form in (("{{ at|dated }}", "j F Y"), ('{{ at|dated:"short" }}', "j M Y")):
        for moment in (at, at.astimezone(timezone(timedelta(hours=9)))):
            texts = (Template(one).render(Context({"at": moment})) for one in (ours, said % form))
            assert len(set(texts)) == 1


def test_a_range_of_pay_stays_on_one_line_and_words_stay_words():
    said = unbroken("<Full> Time\xa0· USD\xa090\xa0-\xa0150\xa0/\xa0hour (a\xa0-\xa0b)")
    assert said == (
        '&lt;Full&gt; Time\xa0· <span class="unbroken">USD\xa090\xa0-\xa0150\xa0/\xa0hour</span> '
        '<span class="unbroken">(a\xa0-\xa0b)</span>'
    )


def test_the_third_line_says_what_is_stated_and_nothing_else():
    posting = Posting(
        employment=["full_time", "internship"], seniority="mid", pay_line="USD 100K - 130K"
    )
    assert (
        posting.facts.replace("\xa0", " ")
        == "Full Time, Internship · Mid-level / Intermediate · USD 100K - 130K"
    )
    assert Posting(seniority="mid").facts.replace("\xa0", " ") == "Mid-level / Intermediate"
    assert Posting().facts.replace("\xa0", " ") == ""


def test_an_address_keeps_the_list_and_never_is_empty(db):
    assert address(asked("seniority=mid&page=3"), page=4) == "?seniority=mid&page=4"
    assert address(asked("seniority=mid"), seniority=None) == "?"


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        pytest.param("senority=mid", "?seniority=mid", id="a name nearly right"),
        pytest.param("seniority=mdi", "?seniority=mid", id="a value nearly right"),
        pytest.param(
            "seniority=mid&seniority=senoir", "?seniority=mid&seniority=senior", id="more"
        ),
        pytest.param("country=us", "?country=US", id="a small letter"),
        pytest.param("sort=newes&workplace=hybrid", "?workplace=hybrid&sort=newest", id="single"),
        pytest.param("salary_min=1&salary_min=2", "", id="a second value changes nothing"),
        pytest.param("skill_mode=most&skill_mode=all", "", id="no way to a value that is wrong"),
        pytest.param("salary_min=lots", "", id="no suggestion"),
        pytest.param("zzzzzzzz=1", "", id="a name like no other"),
    ],
)
def test_a_suggestion_leads_to_the_same_list_with_it(db, query, leads_to):
    found = asked(query)
    assert suggested(found, found.ignored[0]) == leads_to


def test_a_suggestion_for_a_view_is_its_base_at_its_level(db):
    base = factories.RoleFactory(slug="machine-learning-engineer")
    factories.ViewFactory(base=base, slug="lead-machine-learning-engineer", seniority="senior")
    found = asked("role=lead-machine-learning-engineer")
    there = suggested(found, found.ignored[0])
    assert there == "?role=machine-learning-engineer&seniority=senior"
    assert not asked(there[1:]).ignored


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("country=us", [("United States", "?country=US")]),
        ("sort=newes", [("Newest first", "?sort=newest")]),
        ("salary_min=60.000", [("60,000", "?salary_min=60000")]),
        ("senority=mid", [("Seniority: Mid-level / Intermediate", "?seniority=mid")]),
        ("salary_min=-5", []),
        (
            "role=lead-ml-engineer",
            [
                (
                    "Machine Learning Engineer; Senior-level / Expert",
                    "?role=ml-engineer&seniority=senior",
                )
            ],
        ),
        (
            "place=Springfield",
            [
                ("Springfield, MO, US", "?place=springfield-us-mo"),
                ("Springfield, IL, US", "?place=springfield-us-il"),
            ],
        ),
    ],
)
def test_each_suggestion_has_words_and_leads_to_the_list_with_it(db, query, ways):
    base = factories.RoleFactory(slug="ml-engineer", name="Machine Learning Engineer")
    factories.ViewFactory(base=base, slug="lead-ml-engineer", seniority="senior")
    for state in ("IL", "MO"):
        place_for(gazetteer.find_city("Springfield", "US", state)[0])
    found = asked(query)
    assert ways_to_mend(found, found.ignored[0]) == ways
    for _, address_ in ways:
        assert not asked(address_[1:]).ignored


def test_a_parameter_is_named_as_typed_and_as_its_field_is_called(reader, db):
    text = words(parse(reader.get("/jobs/?salary_min=-5&colour=red&country=germany&page=9999")))
    assert "salary_min=-5 (Yearly pay from) is not a whole number" in text
    assert "colour=red is not a parameter" in text
    assert "country=germany (Country) is not a known value. Did you mean Germany?" in text
    assert "page=9999 (Page) is behind the last page" in text


def test_the_first_choice_of_a_select_is_its_default_and_says_nothing(db):
    controls = panel(asked("posted_within=5"))

    def options(name: str) -> list[tuple[str, str]]:
        found = html5lib.parse(controls[name], namespaceHTMLElements=False).iter("option")
        return [(one.get("value"), words(one)) for one in found]

    assert options("currency")[0] == ("", "USD")
    assert "USD" not in [value for value, _ in options("currency")[1:]]
    assert options("posted_within")[0] == ("", "Any time")
    assert ("5", "Past 5 days") in options("posted_within")


@pytest.mark.parametrize("typed", ["sql", "sql \"><b>'&", "sql \N{OBJECT REPLACEMENT CHARACTER}"])
def test_what_was_typed_stands_in_its_field_as_text(db, typed):
    query = QueryDict(mutable=True)
    query["q"] = typed
    field = panel(PostingFilter(query))["q"]
    [made] = html5lib.parse(field, namespaceHTMLElements=False).iter("input")
    assert made.get("value") == typed


def test_an_ellipsis_is_no_number():
    assert is_number(3)
    assert not is_number("…")


def test_what_is_chosen_can_be_sent_again_unchanged(reader, db):
    query = "seniority=mid&salary_min=50000&currency=EUR&with_salary=1&posted_within=7&sort=salary"
    form = next(
        one
        for one in parse(reader.get(f"/jobs/?{query}")).iter("form")
        if one.get("aria-label") == "Filter the postings"
    )
    sent = {}
    for one in form.iter("input"):
        if one.get("type") != "checkbox" or "checked" in one.attrib:
            sent[one.get("name")] = one.get("value") or ""
    for one in form.iter("select"):
        [value] = [o.get("value") for o in one.iter("option") if "selected" in o.attrib]
        sent[one.get("name")] = value
    assert {name: value for name, value in sent.items() if value} == QueryDict(query).dict()


def test_a_card_says_title_employer_place_and_terms_in_the_boards_notation(reader, db):
    posting = factories.PostingFactory(
        title="Data Engineer",
        company=factories.CompanyFactory(name="Acme"),
        workplace="remote",
        eligibility={"worldwide": False, "include": ["US"], "exclude": [], "timezones": []},
        employment=["full_time"],
        seniority="mid",
        pay=[{"minimum": 100_000, "maximum": 130_000}],
    )
    page = parse(reader.get("/jobs/"))
    [card] = [one for one in page.iter("li") if one.get("data-posting") == str(posting.pk)]
    said = [words(one) for one in card]
    assert said[:3] == [
        "Data Engineer",
        "@ Acme | Remote (anywhere in the U.S.)",
        "Full Time · Mid-level / Intermediate · USD 100K - 130K",
    ]
    assert said[3].startswith("3 days ago")


def test_the_list_carries_its_hooks(reader, db):
    factories.PostingFactory(seniority="mid")
    page = parse(reader.get("/jobs/?seniority=mid&seniority=senior&foo=1&salary_min=x"))
    assert hooks(page, "total") == ["1"]
    assert sorted(hooks(page, "ignored")) == ["foo", "salary_min"]
    values = [
        (one.get("data-value"), one.get("data-count"))
        for one in page.iter("input")
        if one.get("data-facet") == "seniority"
    ]
    assert values == [("mid", "1"), ("senior", "0")]


@pytest.mark.parametrize(
    ("traits", "says", "may_apply"),
    [
        ({}, "", True),
        ({"closed": True}, "This posting is closed", False),
        ({"expired": True}, "This posting has expired", False),
        ({"unconfirmed": True}, "Not confirmed lately", False),
    ],
    ids=["open", "closed", "expired", "unconfirmed"],
)
def test_a_posting_says_where_it_stands_and_offers_to_apply_only_when_open(
    reader, db, traits, says, may_apply
):
    posting = factories.PostingFactory(**traits)
    page = parse(reader.get(posting.get_absolute_url()))
    assert says in words(page)
    robots = [one for one in page.iter("meta") if one.get("name") == "robots"]
    assert bool(robots) is not may_apply
    apply = [one for one in page.iter("a") if one.get("href") == posting.apply_url]
    assert bool(apply) is may_apply
    assert all(one.get("rel") == "nofollow ugc noopener" for one in apply)


def test_every_component_stands_on_the_page_of_components(reader, db):
    page = parse(reader.get("/components/"))
    assert {"1", "3", "40"} <= set(hooks(page, "posting"))
    assert hooks(page, "facet") == ["seniority"] * 3
    wrong = [one for one in page.iter("input") if one.get("aria-invalid") == "true"]
    ids = {one.get("id") for one in page.iter()}
    assert wrong
    for one in wrong:
        assert set(one.get("aria-describedby", "").split()) <= ids
