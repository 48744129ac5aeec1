"""The page of the salaries and its exports: two sources, each figure with what it rests on."""

import csv
import io
import json
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from guides.models import Role
from guides.pages import RoleRef
from guides.stamps import stamps
from market.models import Survey
from tests import factories
from tests.factories.market import line
from tests.page import SVG, charts, hooks, parse, text_of, words


@pytest.fixture
def board(db, import_lines):
    """Six seniors in Germany and the U.S. with pay, a junior with pay, and a survey of nine."""
    role = factories.RoleFactory(name="Data Engineer", slug="data-engineer")
    factories.RoleFactory(name="Idle", slug="idle")
    factories.ViewFactory(name="Lead Data Engineer", slug="lead-data-engineer", base=role)
    employers = [factories.CompanyFactory(), factories.CompanyFactory()]
    germany, states = (factories.PlaceFactory(country=code) for code in ("DE", "US"))
    for number in range(6):
        factories.PostingFactory(
            role=role,
            company=employers[number % 2],
            seniority="senior",
            places=[germany, states] if number < 5 else [states],
            pay=[{"minimum": 100_000 + 10_000 * number, "maximum": None, "currency": "USD"}],
        )
    factories.PostingFactory(role=role, seniority="entry", places=[germany], pay=[{}])
    factories.PostingFactory(role=role, seniority="entry")
    lines = [line(usd=50_000 + 10_000 * number) for number in range(7)] + [line(usd=90_000)]
    import_lines([*lines, line("=cmd|' /C calc'!A0", usd=7, level="EN")], "--as-of", "2024-08-11")
    return role


def read_csv(reply) -> list[dict[str, str]]:
    text = b"".join(reply.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_json(reply) -> dict:
    return json.loads(b"".join(reply.streaming_content))


def figures(page, table: str) -> list[tuple[str, str, str, str]]:
    """Key, n, day and text of each figure of a table."""
    [found] = [one for one in page.iter("div") if one.get("data-table") == table]
    return [
        (one.get("data-figure"), one.get("data-n"), one.get("data-as-of")[:10], words(one))
        for one in found.iter()
        if one.get("data-figure")
    ]


def test_both_sources_stand_apart_each_with_its_figures(board, reader):
    page = parse(reader.get("/salaries/"))
    assert hooks(page, "source") == ["stated", "survey"]
    assert [row[:2] + row[3:] for row in figures(page, "stated-by-role")] == [
        ("with-pay", "7", "7 postings: Data Engineer"),
        ("median-pay", "7", "120,000"),
        ("p25-pay", "7", "105,000"),
        ("p75-pay", "7", "135,000"),
    ]
    assert figures(page, "survey-by-role") == [
        ("answers", "8", "2024-08-11", "8 answers: Data Engineer"),
        ("median-pay", "8", "2024-08-11", "85,000"),
        ("p25-pay", "8", "2024-08-11", "67,500"),
        ("p75-pay", "8", "2024-08-11", "92,500"),
        ("median-once-pay", "7", "2024-08-11", "80,000"),
    ]


def test_every_figure_of_the_board_leads_to_exactly_its_postings(board, reader):
    for query in ("?role=data-engineer", "?role=data-engineer&country=US&seniority=senior"):
        page = parse(reader.get(f"/salaries/{query}"))
        [stated] = [one for one in page.iter("section") if one.get("data-source") == "stated"]
        shown = [one for one in stated.iter() if one.get("data-figure")]
        assert shown
        # The figures of a row share its address.
        for link, n in {(one.find(".//a").get("href"), one.get("data-n")) for one in shown}:
            [total] = hooks(parse(reader.get(link)), "total")
            assert total == n, link


def test_every_figure_of_the_survey_leads_to_exactly_its_answers(board, reader):
    for query in ("", "?role=data-engineer", "?country=US&seniority=senior&work_year=2024"):
        page = parse(reader.get(f"/salaries/{query}"))
        [survey] = [one for one in page.iter("section") if one.get("data-source") == "survey"]
        for one in survey.iter():
            if not one.get("data-figure"):
                continue
            [link] = [a.get("href") for a in one.iter("a")]
            assert not link.startswith("/jobs/")
            rows = read_csv(reader.get(link))
            once = one.get("data-figure") == "median-once-pay"
            counts = [1 if once else int(row["times"]) for row in rows]
            assert sum(counts) == int(one.get("data-n")), link


def test_below_the_sample_there_is_a_count_and_no_figure(board, reader):
    page = parse(reader.get("/salaries/?role=data-engineer"))
    told = figures(page, "stated-by-seniority")
    assert [row[:2] for row in told if row[0] != "with-pay"] == [
        ("median-pay", "6"), ("p25-pay", "6"), ("p75-pay", "6"),
    ]  # fmt: skip
    assert ("with-pay", "1") in [row[:2] for row in told]
    assert "Too few to say (5 postings of 2 employers are needed): Entry-level / Junior 1" in words(
        page
    )
    for form, read in (("csv", read_csv), ("json", lambda reply: read_json(reply)["rows"])):
        rows = read(reader.get(f"/salaries/stated-by-seniority.{form}?role=data-engineer"))
        [entry] = [row for row in rows if row["seniority"] == "entry"]
        assert entry["note"] == "too few: 5 postings of 2 employers are needed"
        assert not entry["median"]
        assert int(entry["n"]) == 1


def test_a_figure_comes_and_goes_with_a_posting(board, reader):
    def median() -> list[str]:
        told = figures(parse(reader.get("/salaries/?seniority=senior")), "stated-by-role")
        return [row[3] for row in told if row[0] == "median-pay"]

    before = median()
    extra = factories.PostingFactory(
        role=board, seniority="senior", pay=[{"minimum": 900_000, "maximum": None}]
    )
    assert median() != before
    extra.state = "withdrawn"
    extra.save()
    assert median() == before


@pytest.mark.parametrize("name", ["stated-by-role", "stated-by-country", "survey-by-seniority"])
def test_csv_and_json_hold_the_same_rows_with_what_they_rest_on(board, reader, name, settings):
    settings.BOARD = {**settings.BOARD, "DATA_LICENCE": "ODbL-1.0"}
    rows = read_csv(reader.get(f"/salaries/{name}.csv"))
    said = read_json(reader.get(f"/salaries/{name}.json"))
    assert rows
    for row, same in zip(rows, said["rows"], strict=True):
        assert {key: "" if value is None else str(value) for key, value in same.items()} == {
            key: str(float(text)).removesuffix(".0") if key in AMOUNTS and text else text
            for key, text in row.items()
        }
        assert row["licence"] == said["licence"] == "ODbL-1.0"
        assert row["method"] == said["method"]
        assert row["as_of"]
        assert row["link"].startswith(settings.SITE_URL)


AMOUNTS = ("p25", "median", "p75", "median_once")


def test_an_export_links_the_postings_of_each_row(board, reader, settings):
    for row in read_csv(reader.get("/salaries/stated-by-country.csv?role=data-engineer")):
        link = row["link"].removeprefix(settings.SITE_URL)
        assert hooks(parse(reader.get(link)), "total") == [row["n"]]


def test_the_answers_come_back_as_the_survey_has_them(board, reader):
    [odd] = [row for row in read_csv(reader.get("/salaries/survey-answers.csv")) if not row["role"]]
    assert odd["job_title"] == "'=cmd|' /C calc'!A0"
    assert (odd["experience_level"], odd["salary"], odd["times"]) == ("EN", "7", "1")
    assert (odd["as_of"], odd["licence"]) == ("2024-08-11", "CC0-1.0")
    said = read_json(reader.get("/salaries/survey-answers.json?role=data-engineer"))
    assert sum(row["times"] for row in said["rows"]) == 8
    assert said["survey"]["as_of"] == "2024-08-11"


def test_amounts_are_shown_in_another_currency_by_the_newest_rate(board, reader):
    plain = read_json(reader.get("/salaries/survey-by-role.json"))
    euros = read_json(reader.get("/salaries/survey-by-role.json?currency=EUR"))
    rate = Decimal(str(plain["rows"][0]["median"])) / Decimal(str(euros["rows"][0]["median"]))
    assert euros["currency"] == "EUR"
    assert f"Shown in EUR at EUR 1 = USD\N{NO-BREAK SPACE}{rate:.4f}"[:30] in euros["method"]
    page = words(parse(reader.get("/salaries/?currency=EUR")))
    assert "Median, EUR a year" in page


def test_what_an_address_asks_in_vain_is_named(board, reader):
    page = parse(
        reader.get(
            "/salaries/?colour=red&seniority=senor&country=Germany&currency=XXX&role=lead-data-engineer"
            "&work_year=abc&role=data-engineer&workplace=remote"
        )
    )
    assert set(hooks(page, "ignored")) == {
        "colour", "seniority", "country", "currency", "role", "work_year", "workplace",
    }  # fmt: skip
    mended = {link for link in (a.get("href") for a in page.iter("a")) if link.startswith("?")}
    assert "?country=DE" in mended
    assert "?role=data-engineer&seniority=senior" in mended
    reply = reader.get("/salaries/stated-by-role.csv?colour=red&%0d%0aX-Own:1=2")
    assert reply["X-Ignored"].split(", ")[-1] == "colour"
    said = read_json(reader.get("/salaries/stated-by-role.json?colour=red"))
    assert [one["name"] for one in said["ignored"]] == ["colour"]


def test_a_survey_can_be_chosen(board, reader, import_lines):
    import_lines([line(usd=1)] * 6, "--survey", "Newer", "--as-of", "2025-01-01")
    assert "Reported by people: Newer" in words(parse(reader.get("/salaries/")))
    page = parse(reader.get("/salaries/?survey=ai-jobs-net"))
    assert "Reported by people: ai-jobs.net" in words(page)
    assert figures(page, "survey-by-role")[0][1] == "8"
    links = [a.get("href") for a in page.iter("a") if "survey-answers.csv?" in a.get("href", "")]
    assert {parse_qs(urlsplit(link).query)["survey"][0] for link in links} == {"ai-jobs-net"}


def test_a_table_that_could_only_repeat_another_is_left_out(board, reader):
    asked = "role=data-engineer&seniority=senior&country=US&work_year=2024"
    shown = hooks(parse(reader.get(f"/salaries/?{asked}")), "table")
    assert shown == ["stated-by-role", "survey-by-role"]
    shown = hooks(parse(reader.get("/salaries/?role=data-engineer&country=US")), "table")
    assert "stated-by-seniority" in shown
    assert "stated-by-country" not in shown


def test_that_nothing_is_like_it_is_said_once(db, reader):
    role = factories.RoleFactory()
    page = words(parse(reader.get(f"/salaries/?role={role.slug}")))
    assert page.count("No open posting is like this.") == 1


def test_without_a_survey_the_page_says_so(db, reader):
    factories.RoleFactory()
    page = words(parse(reader.get("/salaries/")))
    assert "No survey has been imported yet." in page
    assert "No open posting is like this." in page
    assert reader.get("/salaries/survey-answers.csv").status_code == 404
    assert reader.get("/salaries/survey-by-role.json").status_code == 404


def test_other_names_are_no_tables(db, reader):
    for name in ("stated-by-year.csv", "x.csv", "stated-by-role.xml", "survey-by-.csv", "-.json"):
        assert reader.get(f"/salaries/{name}").status_code == 404


def test_statements_do_not_grow_with_the_board(board, reader):
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            reader.get("/salaries/?seniority=senior")
        return len(asked)

    first = statements()
    for number in range(3):
        role = factories.RoleFactory(name=f"Other {number}")
        factories.PostingFactory(role=role, seniority="senior", pay=[{}])
    assert statements() <= first
    assert Survey.objects.count() == 1


def survey_block(role, now=None) -> str:
    tag = "{% load survey_tags %}{% survey_pay role stamps %}"
    context = {"role": RoleRef.of(role), "stamps": now or stamps()}
    return text_of(Template(tag).render(Context(context)))


def test_a_role_is_told_with_what_people_reported(board, django_assert_num_queries):
    said = survey_block(board)
    assert "What people reported (ai-jobs.net, 11 August 2024)" in said
    assert "Senior-level / Expert 8 answers" in said
    assert "85,000" in said
    assert "85,000" in survey_block(Role.objects.get(slug="lead-data-engineer"))
    assert survey_block(Role.objects.get(slug="idle")).strip() == ""
    now = stamps()
    survey_block(board, now)
    with django_assert_num_queries(0):
        survey_block(board, now)


def test_the_page_of_a_role_has_both_each_for_itself(board, reader):
    page = parse(reader.get(board.get_absolute_url()))
    assert hooks(page, "source") == ["survey"]
    assert [row[3] for row in figures(page, "survey-by-seniority")][1] == "85,000"


def test_the_events_of_a_role_are_open_in_both_forms(board, reader):
    query = "?seniority=senior&kind=new&colour=red&%0d%0aX-Own:1=2"
    reply = reader.get(f"/roles/data-engineer/events.csv{query}")
    rows = read_csv(reply)
    assert "colour" in reply["X-Ignored"]
    said = read_json(reader.get(f"/roles/data-engineer/events.json{query}"))
    assert (said["n"], len(said["rows"]), len(rows)) == (6, 6, 6)
    assert [row["address"] for row in rows] == [row["address"] for row in said["rows"]]
    assert {row["licence"] for row in rows} == {said["licence"]} == {"CC-BY-4.0"}
    assert said["as_of"] == rows[-1]["at"]
    assert "colour" in [one["name"] for one in said["ignored"]]


def charted(page, table: str) -> list[str]:
    """The words of the chart of a table, none without a chart."""
    [found] = [one for one in page.iter("div") if one.get("data-table") == table]
    return [words(one) for svg in charts(found) for one in svg.iter(f"{SVG}text")]


def test_a_chart_lays_the_rows_with_quartiles_beside_each_other(board, reader):
    page = parse(reader.get("/salaries/?role=data-engineer"))
    told = [row[3] for row in figures(page, "stated-by-country") if row[0] == "median-pay"]
    drawn = charted(page, "stated-by-country")
    assert len(told) == 2
    assert {"Germany", "United States"} <= set(drawn)
    assert sum(f"median {amount[:3]}K" in drawn for amount in told) == 2
    assert charted(page, "stated-by-seniority") == []  # of one row
