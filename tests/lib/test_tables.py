"""CSV that no spreadsheet runs."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from lib.tables import csv_text, inert


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_text_that_would_be_a_formula_is_not_one(text):
    assert inert(text) == f"'{text}"


def test_numbers_stay_numbers_and_nothing_is_empty():
    cells = (-3, Decimal("-1.5"), None, "a=b")
    assert [inert(one) for one in cells] == [-3, Decimal("-1.5"), "", "a=b"]


def test_what_is_written_is_read_back():
    text = csv_text(["a", "b"], [['x,\n"y"', date(2026, 3, 1)], [1, None]])
    assert list(csv.reader(StringIO(text))) == [["a", "b"], ['x,\n"y"', "2026-03-01"], ["1", ""]]
