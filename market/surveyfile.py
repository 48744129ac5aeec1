"""Salary surveys as CSV with the columns of ai-jobs.net, read strictly.

The first line names the columns, in any order; others than these are left aside. Every further
line is one answer. A line that is none is refused with its number and the reason; the rest is
read. An answer has no id, so answers that are equal in every column are one with a count.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from jobs.ecb import Refused
from jobs.places import country_names
from jobs.scales import Employment, Seniority

T = TypeVar("T")

# The whole survey of 2024 is 2 MB.
MOST_BYTES = 64 * 1024 * 1024
COLUMNS = (
    *("work_year", "experience_level", "employment_type", "job_title", "salary"),
    *("salary_currency", "salary_in_usd", "employee_residence", "remote_ratio"),
    *("company_location", "company_size"),
)
SENIORITY = {
    "EN": Seniority.ENTRY,
    "MI": Seniority.MID,
    "SE": Seniority.SENIOR,
    "EX": Seniority.EXECUTIVE,
}
EMPLOYMENT = {
    "FT": Employment.FULL_TIME,
    "PT": Employment.PART_TIME,
    "CT": Employment.CONTRACT,
    "FL": Employment.FREELANCE,
}
REMOTE = {"0": 0, "50": 50, "100": 100}
SIZES = {size: size for size in "SML"}
FIRST_YEAR = 2000
LONGEST_TITLE = 200
AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,2})?")
CURRENCY = re.compile(r"[A-Z]{3}")
CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\ud800-\udfff]")


class SurveyRefused(Exception):
    """The whole file is no such survey; the text says why."""


class Answer(NamedTuple):
    """One answer; pay is a year's, in hundredths of its currency and of the US dollar."""

    year: int
    seniority: str
    employment: str
    title: str
    salary_cents: int
    currency: str
    usd_cents: int
    residence: str
    remote: int
    company_country: str
    size: str


@dataclass(slots=True)
class Read:
    """`answers` counts each distinct answer; `lines` are all after the first that are not empty."""

    answers: Counter[Answer] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    lines: int = 0


def read(data: bytes, today: date) -> Read:
    """The answers of a file; `today` ends the years that can be known.

    Raises `SurveyRefused` for what has not these columns.
    """
    if len(data) > MOST_BYTES:
        raise SurveyRefused(f"It is larger than {MOST_BYTES:,} bytes.")
    # Line by line, so that a quotation mark that is never closed spoils no line but its own.
    lines = enumerate(data.split(b"\n"), start=1)
    places, width = columns(next(lines)[1])
    found = Read()
    countries = country_names()
    for number, raw in lines:
        if not raw.strip():
            continue
        found.lines += 1
        try:
            cells = cells_of(raw)
            if len(cells) != width:
                raise ValueError(f"has {len(cells)} cells where the first line has {width}")
            one = answer([cells[place] for place in places], today.year, countries)
        except ValueError as error:
            found.refused.append(Refused(number, str(error)))
        else:
            found.answers[one] += 1
    return found


def columns(raw: bytes) -> tuple[list[int], int]:
    """Where each of `COLUMNS` stands in the lines of a file, and how many cells they have."""
    try:
        names = cells_of(raw.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        raise SurveyRefused(f"Its first line {error}.") from error
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise SurveyRefused(f"Its first line names no column {', '.join(missing)}.")
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise SurveyRefused(f"Its first line names {', '.join(twice)} twice.")
    return [names.index(name) for name in COLUMNS], len(names)


def cells_of(raw: bytes) -> list[str]:
    """The cells of one line; ValueError says why it has none."""
    try:
        text = raw.decode().rstrip("\r")
    except UnicodeDecodeError as error:
        raise ValueError("is not in UTF-8") from error
    try:
        return [cell.strip() for cell in next(csv.reader([text], strict=True), [])]
    except csv.Error as error:
        raise ValueError(f"is no CSV ({error})") from error


def answer(cells: list[str], this_year: int, countries: Container[str]) -> Answer:
    """The answer in the order of `COLUMNS`; ValueError names the first cell that is wrong."""
    year, level, kind, title, salary, currency, usd, residence, remote, company, size = cells
    if not re.fullmatch("[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= this_year:
        raise ValueError(f"work_year {said(year)} is no year from {FIRST_YEAR} to {this_year}")
    if not title:
        raise ValueError("job_title is empty")
    if len(title) > LONGEST_TITLE:
        raise ValueError(f"job_title is longer than {LONGEST_TITLE} characters")
    if CONTROL.search(title):
        raise ValueError("job_title holds a control character")
    if not CURRENCY.fullmatch(currency):
        raise ValueError(f"salary_currency {said(currency)} is no code of three capital letters")
    for name, code in (("employee_residence", residence), ("company_location", company)):
        if code not in countries:
            raise ValueError(f"{name} {said(code)} is no country of ISO 3166")
    return Answer(
        int(year),
        one_of("experience_level", level, SENIORITY).value,
        one_of("employment_type", kind, EMPLOYMENT).value,
        title,
        hundredths("salary", salary),
        currency,
        hundredths("salary_in_usd", usd),
        residence,
        one_of("remote_ratio", remote, REMOTE),
        company,
        one_of("company_size", size, SIZES),
    )


def one_of(name: str, text: str, known: dict[str, T]) -> T:
    if text not in known:
        raise ValueError(f"{name} {said(text)} is none of {', '.join(known)}")
    return known[text]


def hundredths(name: str, text: str) -> int:
    if not AMOUNT.fullmatch(text):
        raise ValueError(f"{name} {said(text)} is no amount")
    amount = int(text) * 100 if text.isdigit() else int(Decimal(text) * 100)
    if not amount:
        raise ValueError(f"{name} is zero")
    return amount


def said(text: str) -> str:
    return repr(text[:30])
