"""imports.connectors.jsonld: schema.org JobPosting, as pages in the wild have it."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.connectors import jsonld
from imports.connectors.pages import Page
from imports.records import Pay, Record, Refused, Skipped

URL = "https://acme.example/jobs/7"


def posting(**changes: Any) -> dict[str, Any]:
    job = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "Data Engineer",
        "description": "&lt;p&gt;Build.&lt;/p&gt;",
        "identifier": {"@type": "PropertyValue", "name": "Acme", "value": 71},
        "url": URL,
        "hiringOrganization": {"@type": "Organization", "name": "Acme"},
        "datePosted": "2026-08-01",
        "validThrough": "2036-12-31",
        "employmentType": ["FULL_TIME", "INTERN"],
        "jobLocation": {
            "@type": "Place",
            "address": {
                "addressLocality": "Portland",
                "addressRegion": "OR",
                "addressCountry": {"@type": "Country", "name": ["USA", "USA"]},
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "USD",
            "value": {"minValue": 100000, "maxValue": "120000", "unitText": "YEAR"},
        },
    }
    return job | changes


def block(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


def read(text: str, board: str = "a file") -> list[Any]:
    return list(jsonld.read([jsonld.parse(text.encode())], board))


def one(**changes: Any) -> Any:
    (entry,) = read(json.dumps(posting(**changes)))
    return entry


def test_every_field_of_a_posting_is_read() -> None:
    said = '{"unitText": "YEAR", "minValue": 100000, "maxValue": "120000"}'
    assert one() == Record(
        external_id="71",
        title="Data Engineer",
        company="Acme",
        url=URL,
        apply_url=URL,
        html="<p>Build.</p>",
        locations=("Portland, OR, United States",),
        countries=("US",),
        employment=("full_time", "internship"),
        pay=(Pay(Decimal(100_000), Decimal(120_000), "USD", "year", "base", said),),
        posted_at=datetime(2026, 8, 1, tzinfo=UTC),
        expires_at=datetime(2037, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "value",
    [
        posting(),
        [posting()],
        {"@graph": [{"@type": "WebPage"}, posting()]},
        {"@type": "WebPage", "mainEntity": posting()},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": posting()}]},
        posting(**{"@type": ["JobPosting", "Thing"]}),
        posting(**{"@type": "http://schema.org/JobPosting"}),
    ],
)
def test_a_posting_is_found_wherever_it_stands(value: Any) -> None:
    for text in (json.dumps(value), f"<!doctype html><html>{block(value)}</html>"):
        (entry,) = read(text)
        assert entry.title == "Data Engineer"


def test_what_is_named_by_its_id_is_looked_up() -> None:
    graph = [{"@type": "Organization", "@id": "#us", "name": "Acme GmbH"},
             posting(hiringOrganization={"@id": "#us"})]  # fmt: skip
    (entry,) = read(json.dumps({"@graph": graph}))
    assert entry.company == "Acme GmbH"


GOOD = json.dumps(posting(), indent=1)


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace('",\n', '"\n', 2),
        GOOD.replace("\n}", ",\n}"),
        GOOD.replace("Build.", "Bu\nild.\t"),
        f"<!-- {GOOD} -->",
        f"//<![CDATA[\n{GOOD}\n//]]>",
        f"/*<![CDATA[*/ {GOOD} /*]]>*/",
        f"{GOOD};",
        GOOD.replace('"', "&quot;"),
    ],
)
def test_what_people_do_to_json_is_put_right(text: str) -> None:
    (entry,) = read(block(text))
    assert (entry.title, entry.company, entry.pay[0].currency) == ("Data Engineer", "Acme", "USD")


def test_a_block_that_cannot_be_read_costs_no_other() -> None:
    broken = '{"@type": "JobPosting", "title": '
    page = block("{'no': json}") + block(broken) + block(posting())
    record, refused = read(page)
    assert isinstance(record, Record)
    assert (refused.external_id, "cannot be read" in refused.reason) == ("block 2", True)


def test_a_script_in_a_comment_or_of_another_kind_is_none() -> None:
    for page in (f"<!-- {block(posting())} -->", block(posting()).replace("ld+json", "json")):
        with pytest.raises(ValueError, match="holds no schema"):
            jsonld.parse(page.encode())


def test_the_page_says_its_address_and_language() -> None:
    head = '<html lang="de-AT"><link rel="canonical" href="https://acme.example/a?b=1&amp;c=2">'
    bare = posting(url=None, identifier=None)
    (entry,) = read(head + block(bare))
    assert (entry.url, entry.language) == ("https://acme.example/a?b=1&c=2", "de-AT")
    (entry,) = read(block(bare), "acme.example/jobs/9")
    assert entry.url == "https://acme.example/jobs/9"
    assert entry.external_id == read(block(bare), "acme.example/jobs/9")[0].external_id


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": None}, "title is missing"),
        ({"hiringOrganization": None}, "hiringOrganization is missing"),
        ({"hiringOrganization": {"name": ""}}, "names no employer"),
        ({"url": None}, "no address"),
        ({"title": "x" * 501}, "longer than 500"),
    ],
)
def test_a_posting_of_nothing_nobody_or_nowhere_is_refused(changes: Any, said: str) -> None:
    entry = one(**changes)
    assert isinstance(entry, Refused)
    assert said in entry.reason


def test_the_employers_own_site_is_where_to_apply_at_last() -> None:
    by = {"name": "Acme", "url": "www.acme.example"}
    assert one(url=None, hiringOrganization=by).apply_url == "https://www.acme.example"
    assert one(hiringOrganization="Acme Ltd").company == "Acme Ltd"


def test_an_open_application_is_skipped() -> None:
    assert one(title="Open application") == Skipped("71", "open application")


@pytest.mark.parametrize(
    ("place", "read"),
    [
        ("Lyon, France", ("Lyon, France",)),
        ({"addressLocality": "Vällingby"}, ("Vällingby",)),
        ({"address": "Rue 1, Lyon"}, ("Rue 1, Lyon",)),
        ({"name": "Lyon", "address": {"addressCountry": "FR"}}, ("France",)),
        ({"address": {"addressLocality": "Berlin", "addressCountry": "DE"}}, ("Berlin, Germany",)),
        ([{"name": "Lyon"}, {"name": "Paris"}], ("Lyon", "Paris")),
        (
            [{"name": name, "address": {"addressLocality": "Bonn"}} for name in ("Ulm", "Köln")],
            ("Ulm", "Köln"),
        ),
        (7, ("7",)),
        ([None, [], {}], ()),
    ],
)
def test_a_place_is_read_in_every_shape(place: Any, read: tuple[str, ...]) -> None:
    assert one(jobLocation=place).locations == read


def test_remote_work_and_where_its_worker_may_live() -> None:
    entry = one(
        jobLocationType="TELECOMMUTE",
        applicantLocationRequirements=[
            {"@type": "Country", "name": "USA"},
            {"@type": "State", "address": {"addressRegion": "Ontario", "addressCountry": "CA"}},
            "Mexico",
        ],
    )
    assert entry.workplace == "remote"
    assert entry.eligible == ("USA", "Ontario, Canada", "Mexico")


@pytest.mark.parametrize(
    ("salary", "read"),
    [
        ("100000", [(100_000, 100_000, "EUR", "", "base")]),
        (45.5, [(Decimal("45.5"), Decimal("45.5"), "EUR", "", "base")]),
        ("$40 - $50 an hour", [(40, 50, "USD", "hour", "base")]),
        ("Competitive", []),
        ({"currency": "GBP", "value": 500, "unitText": "DAY"}, [(500, 500, "GBP", "day", "base")]),
        ({"currency": "GBP", "minValue": 5, "maxValue": 9}, [(5, 9, "GBP", "", "base")]),
        (
            {"currency": "GBP", "value": {"value": "30,000", "unitText": "ANNUAL"}},
            [(30_000, 30_000, "GBP", "year", "base")],
        ),
        (
            {"priceCurrency": "GBP", "value": {"minValue": 75, "maxValue": 95, "unitText": "YEAR"}},
            [(75_000, 95_000, "GBP", "year", "base")],
        ),
        ({"value": {"minValue": "a lot"}}, []),
        ([{"value": 20, "unitText": "HOUR"}, None, []], [(20, 20, "EUR", "hour", "base")]),
    ],
)
def test_pay_is_read_in_every_shape(salary: Any, read: list[Any]) -> None:
    found = one(baseSalary=salary, salaryCurrency="eur").pay
    assert [(p.minimum, p.maximum, p.currency, p.period, p.kind) for p in found] == read


def test_an_estimate_is_none_of_the_employers_pay() -> None:
    estimated = {
        "currency": "USD",
        "percentile10": 90000,
        "percentile90": 130000,
        "duration": "P1Y",
    }
    (found,) = one(baseSalary=None, estimatedSalary=estimated).pay
    assert (found.minimum, found.maximum, found.kind) == (90_000, 130_000, "estimate")
    assert found.period == "year"


def test_what_stands_in_fields_of_its_own_is_part_of_the_text() -> None:
    entry = one(
        description="<p>Build.</p>",
        responsibilities=["Plan", "Ship"],
        skills={"@type": "DefinedTerm", "name": "SQL"},
        qualifications="<p>Build.</p>",
    )
    assert entry.html == (
        "<p>Build.</p>\n<h3>Responsibilities</h3>\n<ul><li><p>Plan</p></li><li><p>Ship</p></li></ul>"
        "\n<h3>Skills</h3>\n<p>SQL</p>"
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "address", "value", "@id", "minValue", "url", "unitText"]),
            inner,
        )
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(posting())), JSON)
def test_a_field_of_any_kind_makes_nothing_fail(field: str, value: Any) -> None:
    values = [posting(**{field: value}), posting(identifier="other")]
    *_, last = jsonld.read([Page(values)], "acme.example/x")
    assert isinstance(last, Record)


@given(st.text("<>!-scriptlnkhtm\"'= /{}[],:JobPosting", max_size=80))
def test_any_page_is_read_or_refused(text: str) -> None:
    said = "."
    try:
        jsonld.parse(text.encode())
    except ValueError as error:
        said = str(error)
    assert said.endswith(".")
