"""The European Central Bank's files: what is read, and what is refused with line and reason."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.ecb import Rate, RatesRefused, Refused, read

TODAY = date(2026, 11, 25)
DAY = date(2026, 10, 27)
HISTORY = "Date,USD,SEK,HRK,\n2026-10-27,1.1652,10.978,N/A,\n2022-12-30,1.0666,11.1218,7.5365,\n"
DAILY = "Date, USD, JPY, \n27 October 2026, 1.1652, 175.68, \n"
XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube>
%s
</Cube>
</gesmes:Envelope>"""
ONE_DAY = "<Cube time='2026-10-27'>\n<Cube currency='USD' rate='1.1652'/>\n</Cube>"


def found(text: str | bytes) -> list[Rate | Refused]:
    return list(read(text.encode() if isinstance(text, str) else text, TODAY))


def rates(text: str | bytes) -> list[tuple[str, date, str]]:
    return [(one.currency, one.date, str(one.per_euro)) for one in found(text)
            if isinstance(one, Rate)]  # fmt: skip


def refused(text: str | bytes) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in found(text) if isinstance(one, Refused)]


def packed(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return out.getvalue()


def test_the_history_as_csv():
    assert rates(HISTORY) == [
        ("USD", DAY, "1.1652"),
        ("SEK", DAY, "10.978"),
        ("USD", date(2022, 12, 30), "1.0666"),
        ("SEK", date(2022, 12, 30), "11.1218"),
        ("HRK", date(2022, 12, 30), "7.5365"),
    ]
    assert refused(HISTORY) == []


def test_one_day_as_csv_with_the_day_in_words():
    assert rates(DAILY) == [("USD", DAY, "1.1652"), ("JPY", DAY, "175.68")]


@pytest.mark.parametrize("text", [HISTORY, DAILY, XML % ONE_DAY], ids=["history", "daily", "xml"])
def test_a_zip_a_mark_and_other_ends_of_lines_change_nothing(text):
    name = "rates_xml" if text.startswith("<") else "rates_csv"
    assert rates(packed(**{name: text, "readme_txt": "x"})) == rates(text)
    assert rates(b"\xef\xbb\xbf" + text.encode()) == rates(text)
    assert rates(text.replace("\n", "\r\n")) == rates(text)


def test_days_as_xml():
    two = ONE_DAY + "<Cube time='2026-10-26'><Cube currency='USD' rate='1.16'/></Cube>"
    assert rates(XML % two) == [("USD", DAY, "1.1652"), ("USD", date(2026, 10, 26), "1.16")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-11-26,1.1,10", "2026-11-26 is in the future"),
        ("2026-02-30,1.1,10", "'2026-02-30' is no day of the calendar"),
        ("27.10.2026,1.1,10", "'27.10.2026' is no date"),
        ("27 Oktober 2026,1.1,10", "'27 Oktober 2026' is no date"),
        ("2026-10-27,1.1", "has 2 cells where the first line has 3"),
        ("2026-10-27,1.1,10,11", "has 4 cells where the first line has 3"),
        ("2026-10-27,0,10", "USD is zero"),
        ("2026-10-27,0.0000,10", "USD is zero"),
        ("2026-10-27,-1.1,10", "USD has a rate below zero (-1.1)"),
        ("2026-10-27,1e3,10", "USD has the rate '1e3', which is no such number"),
        ("2026-10-27,NaN,10", "USD has the rate 'NaN', which is no such number"),
        ("2026-10-27,١,10", "USD has the rate '١', which is no such number"),
        ("2026-10-27,1.123456789,10", "USD has the rate '1.123456789', which is no such number"),
        ("2026-10-27,,10", "USD has no rate; a rate that is not quoted is N/A"),
    ],
)
def test_a_bad_row_or_cell_is_named_and_the_rest_is_kept(row, reason):
    text = f"Date,USD,SEK\n2026-10-20,1.2,11\n{row}\n2026-10-19,1.3,12\n"
    assert refused(text) == [(3, reason)]
    assert {("USD", date(2026, 10, 20), "1.2"), ("USD", date(2026, 10, 19), "1.3")} <= set(
        rates(text)
    )


def test_a_day_that_stands_there_twice_is_refused():
    assert refused("Date,USD\n2026-10-27,1.1\n2026-10-27,1.2\n") == [
        (3, "2026-10-27 stands there a second time")
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("usd", "'usd' is no code of a currency (three capital letters)"),
        ("US", "'US' is no code of a currency (three capital letters)"),
        ("", "'' is no code of a currency (three capital letters)"),
        ("EUR", "EUR is what every rate is for, and has none itself"),
        ("SEK", "SEK is named a second time"),
    ],
)
def test_a_column_that_is_no_currency_is_named_once_and_left_out(name, reason):
    text = f"Date,SEK,{name},NOK\n2026-10-27,11,1,12\n2026-10-26,11,1,12\n"
    assert refused(text) == [(1, reason)]
    assert {currency for currency, _, _ in rates(text)} == {"SEK", "NOK"}


@pytest.mark.parametrize(
    ("cubes", "line", "reason"),
    [
        ("<Cube time='2027-01-01'><Cube currency='USD' rate='1'/></Cube>", 6,
         "2027-01-01 is in the future"),
        ("<Cube time='2026-10-26'>\n<Cube currency='USD' rate='-1'/></Cube>", 7,
         "USD has a rate below zero (-1)"),
        ("<Cube time='2026-10-26'>\n<Cube currency='USD'/></Cube>", 7,
         "USD has no rate; a rate that is not quoted is N/A"),
        ("<Cube time='2026-10-26'>\n\n<Cube rate='1'/></Cube>", 8,
         "'' is no code of a currency (three capital letters)"),
        ("<Cube currency='USD' rate='1'/>", 6, "stands in no day"),
    ],
)  # fmt: skip
def test_a_bad_cube_is_named_with_its_line_and_the_rest_is_kept(cubes, line, reason):
    text = XML % (cubes + "<Cube time='2026-10-20'><Cube currency='SEK' rate='11'/></Cube>")
    assert refused(text) == [(line, reason)]
    assert rates(text) == [("SEK", date(2026, 10, 20), "11")]


BOMB = '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><a>&y;</a>'


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"hello", b"Date\n", b"Day,USD\n2026-10-27,1\n", b"\x89PNG\r\n", b"\xff\xfe",
        b"PK\x03\x04 no zip", packed(), packed(a_csv=HISTORY, b_csv=HISTORY), b"<a/>", b"<a>",
        b"<Cube", BOMB.encode(), b'Date,USD\n"2026-10-27,1\n',
        b"<?xml version='1.0' encoding='no-such'?><Cube time='2026-10-27'/>",
        (XML % (ONE_DAY + "<Cube")).encode(),
    ],
)  # fmt: skip
def test_what_is_no_file_of_the_bank_is_refused_whole(data):
    with pytest.raises(RatesRefused):
        found(data)


@given(data=st.one_of(st.binary(max_size=80), st.text(max_size=80).map(str.encode),
                      st.text(max_size=60).map(lambda text: f"Date,USD,SEK\n{text}".encode()),
                      st.text(max_size=60).map(lambda text: (XML % text).encode())))  # fmt: skip
def test_nothing_in_a_file_breaks_the_reading(data):
    try:
        rows = found(data)
    except RatesRefused as error:
        rows = [Refused(0, str(error))]
    for one in rows:
        if isinstance(one, Refused):
            assert one.reason
        else:
            assert one.per_euro > 0
            assert one.date <= TODAY


def test_a_rate_keeps_every_digit():
    [one] = found("Date,TRL\n2004-12-31,1836200.12345678\n")
    assert one.per_euro == Decimal("1836200.12345678")
