"""The tables of the salaries as files, and the answers behind the figures of a survey.

A file takes the parameters of the page and has its rows. Each row carries what it rests on: n, the
day of the data, the method, the address of its postings or answers, and the licence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from guides.stamps import stamps
from lib.parameters import ignored_as_data
from lib.tables import csv_response, json_response, name_ignored
from market.asking import Asked
from market.models import Survey
from market.paytables import PayTable, Tables
from market.reported import Narrowing, answers_of
from market.surveyfile import COLUMNS, EMPLOYMENT, SENIORITY

SECONDS = 60
CENT = Decimal("0.01")
Column = tuple[str, Callable[[Any], Any]]


@require_safe
def table(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """One table of the page as CSV or JSON."""
    asked = Asked(request.GET, stamps())
    found = Tables(asked).get(name)
    if found is None:
        raise Http404("There is no table of this name.")
    head = {
        "table": found.name,
        "source": "survey" if found.survey else "stated pay of open postings of this board",
        "currency": found.currency,
        "method": found.method,
        "too_few": found.too_few,
        "licence": found.licence,
        **({"survey": about(found.survey)} if found.survey else {}),
    }
    said = pay_columns(found)
    lines = ([value(row) for _, value in said] for row in found.rows)
    return answer(name, form, head, [column for column, _ in said], lines, asked)


@require_safe
def answers(request: HttpRequest, form: str) -> HttpResponseBase:
    """The answers of a survey that a figure rests on, in the columns of the survey itself.

    Equal ones are one row with `times`, whose sum is the n of the figure.
    """
    asked = Asked(request.GET, stamps())
    survey = asked.survey
    if survey is None:
        raise Http404("No survey has been imported yet.")
    head = {"table": "survey-answers", "source": "survey", "survey": about(survey)}
    lines = answer_lines(survey, asked.narrowing)
    return answer("survey-answers", form, head, ANSWER_COLUMNS, lines, asked)


def about(survey: Survey) -> dict[str, Any]:
    return {
        "name": survey.name,
        "publisher": survey.publisher,
        "url": survey.url,
        "as_of": survey.as_of,
        "day_known": survey.day_known,
        "licence": survey.licence,
    }


def pay_columns(table: PayTable) -> Sequence[Column]:
    """What a table of the page says, and on what each row rests."""
    survey, note = table.survey, f"too few: {table.too_few}"
    said: list[Column] = [("survey", lambda row: survey.slug)] if survey else []
    said += [
        ("role", lambda row: row.role.slug if row.role else None),
        ("role_name", lambda row: row.role.name if row.role else None),
        ("seniority", lambda row: row.seniority or None),
        ("country", lambda row: row.country or None),
        *([("work_year", lambda row: row.year)] if survey else []),
        ("n", lambda row: row.n),
        ("distinct" if survey else "employers", lambda row: row.of),
        ("as_of", lambda row: row.as_of),
        ("currency", lambda row: table.currency),
        ("p25", lambda row: row.pay and cents(row.pay.p25)),
        ("median", lambda row: row.pay and cents(row.pay.median)),
        ("p75", lambda row: row.pay and cents(row.pay.p75)),
        *([("median_once", lambda row: row.once and cents(row.once.median))] if survey else []),
        ("note", lambda row: None if row.pay else note),
        ("link", lambda row: settings.SITE_URL + row.url),
        ("method", lambda row: table.method),
        ("licence", lambda row: table.licence),
    ]
    return said


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT)


ANSWER_COLUMNS = (*COLUMNS, "times", "role", "survey", "as_of", "licence")


def answer_lines(survey: Survey, narrowing: Narrowing) -> Iterator[list[Any]]:
    """The survey's own columns, the count, the role that the title names, and the origin."""
    level = {value.value: code for code, value in SENIORITY.items()}
    kind = {value.value: code for code, value in EMPLOYMENT.items()}
    origin = (survey.slug, survey.as_of, survey.licence)
    rows = (
        answers_of(survey, narrowing)
        .order_by("pk")
        .values_list(
            *("year", "seniority", "employment", "title__text", "salary_cents", "currency"),
            *("usd_cents", "residence", "remote", "company_country", "size", "times"),
            "title__role__slug",
        )
    )
    for row in rows.iterator(2_000):
        year, seniority, employment, title, salary, currency, usd, *rest = row
        yield [
            year, level[seniority], kind[employment], title, amount(salary), currency,
            amount(usd), *rest, *origin,
        ]  # fmt: skip


def amount(hundredths: int) -> int | Decimal:
    """As the survey writes it: without decimals where it has none."""
    whole, rest = divmod(hundredths, 100)
    return Decimal(hundredths) / 100 if rest else whole


def answer(
    name: str,
    form: str,
    head: Mapping[str, Any],
    names: Sequence[str],
    lines: Iterable[Sequence[Any]],
    asked: Asked,
) -> HttpResponseBase:
    """The lines in one of the two forms; what the address asked in vain is named in either."""
    if form == "csv":
        response = csv_response(f"{name}.csv", names, lines)
        name_ignored(response, (one.name for one in asked.ignored))
    else:
        filters = {name: asked.data[name] for name in asked.data}
        ignored = ignored_as_data(asked.ignored)
        response = json_response({**head, "filters": filters, "ignored": ignored}, names, lines)
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response
