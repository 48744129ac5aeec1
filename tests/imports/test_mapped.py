"""imports.connectors.mapped: tables and JSON of any make, by a mapping."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.connectors import get
from imports.connectors.adzuna import MAPPING as ADZUNA
from imports.connectors.mapped import MappingRefused, check
from imports.records import Pay, Record, Refused, Skipped

FIELDS = {"id": "Ref", "title": "Position", "url": "Link", "company": "Employer"}


def table(text: str, **mapping: Any) -> list[Any]:
    connector = get("csv", {"fields": FIELDS} | mapping)
    return list(connector.read([connector.parse(text.encode())]))


def of_json(payload: Any, **mapping: Any) -> list[Any]:
    connector = get("json", {"fields": FIELDS} | mapping)
    return list(connector.read([connector.parse(json.dumps(payload).encode())]))


def row(**more: Any) -> dict[str, Any]:
    plain = {"Ref": 7, "Position": "Cook", "Link": "https://acme.example/7", "Employer": "Acme"}
    return plain | more


def test_a_table_is_read_by_the_names_of_its_columns() -> None:
    said = (
        "\ufeffRef;Position;Link;Employer;Town;Land;From;To;Per;Open until;Text\r\n"
        '1;"Cook; Pastry";https://acme.example/1;Acme;Lyon;France;1.500;2,500;month;2036-12-31;'
        '"<p>Bake.\r\n</p>"\r\n'
    )
    fields = FIELDS | {
        "location": ["Town", "Land"],
        "country": "Land",
        "pay_min": "From",
        "pay_max": "To",
        "pay_period": "Per",
        "expires": "Open until",
        "description": "Text",
    }
    (entry,) = table(said.replace("1.500", "1500"), fields=fields, values={"pay_currency": "EUR"})
    numbers = '{"pay_min": "1500", "pay_max": "2,500"}'
    assert entry == Record(
        external_id="1",
        title="Cook; Pastry",
        company="Acme",
        url="https://acme.example/1",
        apply_url="https://acme.example/1",
        html="<p>Bake.\r\n</p>",
        locations=("Lyon, France",),
        countries=("FR",),
        pay=(Pay(Decimal(1500), Decimal(2500), "EUR", "month", "base", numbers),),
        expires_at=datetime(2037, 1, 1, tzinfo=UTC),
    )


def test_a_row_beyond_its_header_is_refused_alone() -> None:
    good = "2,Cook,https://acme.example/2,Acme"
    bad, fine, short = table(f"Ref,Position,Link,Employer\n1,a,b,c,d\n{good}\n3,Baker\n")
    assert isinstance(bad, Refused)
    assert "more cells" in bad.reason
    assert isinstance(fine, Record)
    assert isinstance(short, Refused)


def test_a_row_that_breaks_costs_no_other() -> None:
    rows = ['1,"The "best" cook",https://acme.example/1,Acme', "2,Cook,https://acme.example/2,Acme"]
    bad, fine = table("\n".join(["Ref,Position,Link,Employer", *rows, ""]))
    assert isinstance(bad, Refused)
    assert "breaks at line 2" in bad.reason
    assert fine.external_id == "2"


def test_what_a_spreadsheet_leaves_behind_is_no_posting() -> None:
    text = (
        "sep=;\r\nRef;Position;Link;Employer;;\r\n2;Cook;https://acme.example/2;Acme;;\r\n;;;;;\r\n"
    )
    (entry,) = table(text)
    assert (entry.external_id, entry.title) == ("2", "Cook")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "empty"),
        (b"a,a\n1,2\n", "same name"),
        (b"a,b\n\xe9,2\n", "not UTF-8 after line"),
        (b'a,b\n1,"2', "breaks at line 2"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "breaks at line"),
        (b'a,b\n1,"2"3\n', "breaks at line 2"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(text: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        get("csv").parse(text)


def test_json_is_read_by_paths_into_it() -> None:
    payload = {
        "data": {"jobs": [row(Place={"city": "Lyon"}, Tags=[{"n": "Full time"}, {"n": "x"}])]}
    }
    fields = FIELDS | {"location": ["Place.city", "Place.none"], "employment": "Tags.0.n"}
    (entry,) = of_json(payload, jobs="data.jobs", fields=fields)
    assert (entry.locations, entry.employment) == (("Lyon",), ("full_time",))


def test_several_values_are_several_places() -> None:
    (entry,) = of_json([row(Where=["Lyon", "Paris"])], fields=FIELDS | {"location": "Where"})
    assert entry.locations == ("Lyon", "Paris")


@pytest.mark.parametrize(
    ("field", "value", "name", "read"),
    [
        ("remote", True, "workplace", "remote"),
        ("remote", "no", "workplace", ""),
        ("workplace", "On-site", "workplace", "onsite"),
        ("seniority", "Junior", "seniority", "entry"),
        ("remote", "1.0", "workplace", "remote"),
        ("remote", "Hybrid", "workplace", "hybrid"),
        ("remote", "n/a", "workplace", ""),
        ("pay_min", "n/a", "pay", ()),
        ("posted", "11.08.2026", "posted_at", datetime(2026, 8, 11, tzinfo=UTC)),
        ("posted", 1_786_424_671, "posted_at", datetime(2026, 8, 11, 5, 4, 31, tzinfo=UTC)),
        ("posted", "1786424671000", "posted_at", datetime(2026, 8, 11, 5, 4, 31, tzinfo=UTC)),
        ("posted", "Tue, 11 Aug 2026 07:30:41 +0000", "posted_at",
         datetime(2026, 8, 11, 7, 30, 41, tzinfo=UTC)),
        ("eligible", "EU", "eligible", ("EU",)),
        ("language", "pt_BR", "language", "pt-BR"),
    ],
)  # fmt: skip
def test_a_field_is_read_as_what_it_is(field: str, value: Any, name: str, read: Any) -> None:
    (entry,) = of_json([row(x=value)], fields=FIELDS | {field: "x"})
    assert getattr(entry, name) == read


def test_pay_may_be_a_text_and_its_currency_that_of_a_country() -> None:
    fields = FIELDS | {"pay": "x", "pay_country": "Land"}
    (entry,) = of_json([row(x="£28 - £36k a year", Land="GB")], fields=fields)
    found = entry.pay[0]
    assert (found.minimum, found.maximum) == (Decimal(28_000), Decimal(36_000))
    assert (found.currency, found.period) == ("GBP", "year")
    fields = FIELDS | {"pay_min": "x", "pay_country": "Land"}
    (entry,) = of_json([row(x=50_000, Land="Polska")], fields=fields)
    assert (entry.pay[0].currency, entry.pay[0].maximum) == ("PLN", None)


def test_an_amount_may_say_its_currency() -> None:
    fields = FIELDS | {"pay_min": "a", "pay_max": "b"}
    (entry,) = of_json([row(a="€50k", b="€60.000")], fields=fields)
    found = entry.pay[0]
    assert (found.minimum, found.maximum, found.currency) == (50_000, 60_000, "EUR")


def test_what_is_not_listed_is_skipped_and_what_is_neither_is_refused() -> None:
    fields = FIELDS | {"listed": "Public"}
    assert of_json([row(Public="no")], fields=fields) == [Skipped("7", "not listed")]
    assert isinstance(of_json([row(Public=None)], fields=fields)[0], Record)
    (entry,) = of_json([row(Public="perhaps")], fields=fields)
    assert "yes or no" in entry.reason


def test_a_total_tells_whether_the_list_is_whole() -> None:
    connector = get("json", {"fields": FIELDS, "jobs": "r", "total": "n"})
    assert connector.is_whole([{"r": [row()], "n": 1}])
    assert not connector.is_whole([{"r": [row()], "n": 2}])
    assert get("csv", {"fields": FIELDS}).is_whole([[row()]])


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ([], "no object"),
        ({"fields": FIELDS, "feilds": {}}, "'feilds' is none of"),
        ({"fields": {"id": "a"}}, "'title' is missing"),
        ({"fields": {"id": "a", "title": "b"}}, "“url” is missing"),
        ({"fields": {"id": "a", "title": "b", "url": "c"}}, "“company” is missing"),
        ({"fields": FIELDS | {"salary": "x"}}, "'salary' is no field of ours"),
        ({"fields": FIELDS | {"location": []}}, "'location' must name"),
        ({"fields": FIELDS | {"location": {"a": 1}}}, "'location' must name"),
        ({"fields": FIELDS, "values": []}, "must be an object"),
        ({"fields": FIELDS, "total": 7}, "'total' must be a text"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(mapping: Any, said: str) -> None:
    with pytest.raises(MappingRefused, match=said):
        check(mapping)
    if isinstance(mapping, dict):
        (entry,) = get("json", mapping).read([[row()]])
        assert "mapping cannot be used" in entry.reason


def test_the_mapping_that_ships_can_be_used() -> None:
    check(ADZUNA)


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(st.lists(st.lists(CELL, max_size=6), max_size=4))
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    connector = get("csv", {"fields": {name: name for name in ("id", "title", "url", "company")}})
    text = "\n".join(["id,title,url,company", *(",".join(cells) for cells in rows)])
    try:
        payload = connector.parse(text.encode())
    except ValueError as error:
        payload = []
        assert str(error).endswith(".")  # noqa: PT017
    for entry in connector.read([payload]):
        assert isinstance(entry, Record | Skipped | Refused)
