"""What leaves the board as a table is read by every program and run by none."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.tables import csv_text, inert, json_text


def written(*rows: list) -> list[list[str]]:
    columns = [f"c{number}" for number in range(len(rows[0]))]
    return list(csv.reader(io.StringIO("".join(csv_text(columns, rows)), newline="")))[1:]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n", "  =1", "＝1", "\ttext", "\rtext"],
)
def test_a_cell_that_would_run_stands_behind_an_apostrophe(text):
    assert inert(text).startswith("'")
    assert written([text]) == [[inert(text)]]


def test_a_formula_behind_a_semicolon_is_held_too():
    assert inert("a; =1+1") == "a;' =1+1"


@pytest.mark.parametrize(
    "text", ["Data Engineer", "C++ / C#", "a - b", "1=1", "mail@home", "", "a; b"]
)
def test_other_text_stays_as_it_is(text):
    assert inert(text) == text


def test_numbers_days_and_nothing_are_written_plainly():
    row = [-5, Decimal("-1.50"), Decimal("1E+5"), None, date(2024, 8, 11), 'x,"y"\nz']
    assert written(row) == [["-5", "-1.50", "100000", "", "2024-08-11", 'x,"y"\nz']]


def test_json_says_the_same_with_its_head():
    rows = [["=1", Decimal("1.50"), Decimal("2.00"), datetime(2026, 1, 2, tzinfo=UTC), None]]
    text = "".join(json_text({"licence": "CC0", "day": date(2026, 1, 1)}, list("abcde"), rows))
    assert json.loads(text) == {
        "licence": "CC0",
        "day": "2026-01-01",
        "rows": [{"a": "=1", "b": 1.5, "c": 2, "d": "2026-01-02T00:00:00+00:00", "e": None}],
    }


def test_a_table_without_rows_is_still_one():
    assert "".join(csv_text(["a"], [])) == "a\r\n"
    assert json.loads("".join(json_text({}, ["a"], []))) == {"rows": []}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_no_text_begins_a_formula_and_none_is_lost(text):
    safe = inert(text)
    for part in re.split("[;\t\r\n]", safe):
        assert part.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert safe.replace("'", "") == text.replace("'", "")
