"""A survey's CSV: what is read, and what is refused with line and reason."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.surveyfile import Answer, SurveyRefused, read
from tests.factories.market import COLUMNS, line, survey_text

TODAY = date(2026, 11, 25)


def found(*lines: str, first: str = COLUMNS):
    return read(survey_text(lines, first).encode(), TODAY)


def refused(*lines: str) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in found(*lines).refused]


def test_an_answer_in_the_words_of_the_board():
    one = line("Data Analyst", 1_250.5, year=2021, level="EN", kind="FL", salary=1_100,
               currency="EUR", residence="DE", remote=50, company="AT", size="S")  # fmt: skip
    assert dict(found(one).answers) == {
        Answer(2021, "entry", "freelance", "Data Analyst", 110_000, "EUR", 125_050, "DE", 50,
               "AT", "S"): 1,
    }  # fmt: skip


def test_equal_answers_are_one_with_a_count():
    answers = found(line(), line(usd=90_000), line(), line()).answers
    assert {one.usd_cents: times for one, times in answers.items()} == {
        10_000_000: 3,
        9_000_000: 1,
    }


def test_columns_may_stand_in_any_order_beside_others():
    names, cells = COLUMNS.split(","), line().split(",")
    first = ",".join(["id", *reversed(names)])
    read_so = found(",".join(["7", *reversed(cells)]), first=first)
    assert read_so.answers == found(line()).answers
    assert read_so.refused == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"year": 2027}, "work_year '2027' is no year from 2000 to 2026"),
        ({"year": "٢٠٢٤"}, "work_year '٢٠٢٤' is no year from 2000 to 2026"),
        ({"level": "XX"}, "experience_level 'XX' is none of EN, MI, SE, EX"),
        ({"kind": ""}, "employment_type '' is none of FT, PT, CT, FL"),
        ({"title": ""}, "job_title is empty"),
        ({"title": "x" * 201}, "job_title is longer than 200 characters"),
        ({"title": "a\x00b"}, "job_title holds a control character"),
        ({"salary": "-5"}, "salary '-5' is no amount"),
        ({"salary": "1e5"}, "salary '1e5' is no amount"),
        ({"usd": "0"}, "salary is zero"),
        ({"currency": "usd"}, "salary_currency 'usd' is no code of three capital letters"),
        ({"residence": "ZZ"}, "employee_residence 'ZZ' is no country of ISO 3166"),
        ({"company": "USA"}, "company_location 'USA' is no country of ISO 3166"),
        ({"remote": "30"}, "remote_ratio '30' is none of 0, 50, 100"),
        ({"size": "XL"}, "company_size 'XL' is none of S, M, L"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(wrong, reason):
    assert refused(line(), line(**wrong), line()) == [(3, reason)]


def test_a_line_of_another_width_is_refused():
    assert refused(line(), "2024,SE", line()) == [
        (3, "has 2 cells where the first line has 11")
    ]  # fmt: skip


def test_a_quotation_mark_that_is_not_closed_spoils_no_line_but_its_own():
    several = found(line(), line('"Data Engineer'), line(), line('"Engineer, Data"'))
    assert [one.line for one in several.refused] == [3]
    assert sum(several.answers.values()) == 3
    assert several.lines == 4


def test_bytes_that_are_no_text_spoil_no_line_but_their_own():
    data = survey_text([line(), line("Café"), line()]).encode("latin-1")
    several = read(data, TODAY)
    assert [(one.line, one.reason) for one in several.refused] == [(3, "is not in UTF-8")]
    assert sum(several.answers.values()) == 2


def test_line_ends_and_marks_of_other_systems_are_read():
    data = b"\xef\xbb\xbf" + survey_text([line(), line()]).replace("\n", "\r\n").encode()
    assert read(data, TODAY).answers == found(line(), line()).answers


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        ("work_year,salary", "names no column experience_level, employment_type"),
        (COLUMNS + ",salary", "names salary twice"),
        ("", "names no column work_year"),
    ],
)
def test_a_file_without_these_columns_is_refused_whole(first, reason):
    with pytest.raises(SurveyRefused, match=reason):
        found(line(), first=first)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=60), st.just(line().encode())), max_size=8))
def test_each_line_is_an_answer_or_refused(lines):
    data = b"\n".join([COLUMNS.encode(), *lines])
    several = read(data, TODAY)
    assert several.lines == sum(several.answers.values()) + len(several.refused)
    numbers = [one.line for one in several.refused]
    assert numbers == sorted(set(numbers))
