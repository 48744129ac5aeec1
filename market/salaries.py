"""The page of the salaries: what postings state and what people reported, each for itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.stamps import kept, stamps
from jobs.columns import current
from jobs.conversion import site_currency
from jobs.places import country_names
from jobs.scales import country_of
from jobs.stamps import POSTINGS
from market.asking import SENIORITIES, Asked
from market.models import SurveyAnswer
from market.paytables import REPORTED, STATED, PayTable, Tables
from market.reported import coverage
from market.surveys import SURVEYS

# Without a role the roles are compared; one role is looked at from each side.
OVERVIEW = {"stated": ("role",), "survey": ("role", "year")}
OF_A_ROLE = {"stated": STATED, "survey": REPORTED}


@dataclass(frozen=True, slots=True)
class Control:
    """A select of the filter; its first option stands for all and has no value."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    now = stamps()
    asked = Asked(request.GET, now)
    tables = Tables(asked)
    facets = OF_A_ROLE if asked.role else OVERVIEW
    context: dict[str, Any] = {
        "asked": asked,
        "query": asked.address(),
        "controls": controls(asked),
        "stated": worth_showing(
            [tables.get(f"stated-by-{facet}") for facet in telling(facets["stated"], asked)]
        ),
        "files": STATED,
        "licence": settings.BOARD["DATA_LICENCE"],
        "licence_url": settings.BOARD["DATA_LICENCE_URL"],
        "survey": asked.survey,
    }
    if asked.survey:
        context |= {
            "reported": worth_showing(
                [tables.get(f"survey-by-{facet}") for facet in telling(facets["survey"], asked)]
            ),
            "coverage": coverage(asked.survey, now),
        }
    return render(request, "market/salaries.html", context)


def telling(facets: tuple[str, ...], asked: Asked) -> list[str]:
    """The facets that tables are by, without those of which the address names one value: the table
    by role has that row already."""
    fixed = {
        "seniority": asked.seniority,
        "country": asked.country,
        "year": asked.values.get("work_year"),
    }
    return [facet for facet in facets if not fixed.get(facet)]


def worth_showing(tables: Iterable[PayTable | None]) -> list[PayTable]:
    """Those that have rows; the first says it for all where none has."""
    known = [table for table in tables if table]
    return [table for table in known if table.rows] or known[:1]


def controls(asked: Asked) -> list[Control]:
    roles = [(slug, role.name) for slug, role in asked.roles.items()]
    currencies = [(code, code) for code in sorted(asked.rates) if code != site_currency()]
    found = [
        Control("role", "Role", [("", "All roles"), *roles], asked.data.get("role", "")),
        Control(
            "seniority",
            "Seniority",
            [("", "All levels"), *((value, str(label)) for value, label in SENIORITIES)],
            asked.seniority,
        ),
        Control("country", "Country", [("", "All countries"), *countries(asked)], asked.country),
        Control(
            "currency",
            "Shown in",
            [("", site_currency()), *currencies],
            asked.data.get("currency", ""),
        ),
    ]
    if len(asked.surveys) > 1:
        names = [(slug, survey.name) for slug, survey in asked.surveys.items()]
        found.append(
            Control("survey", "Survey", [("", "The newest"), *names], asked.data.get("survey", ""))
        )
    if asked.survey:
        years = [(str(year), str(year)) for year in years_of(asked)]
        found.append(
            Control(
                "work_year",
                "Year of the survey",
                [("", "All years"), *years],
                asked.data.get("work_year", ""),
            )
        )
    return found


def countries(asked: Asked) -> list[tuple[str, str]]:
    """Those that a posting or an answer of the survey is from, and the chosen one, by name."""

    def find() -> list[str]:
        stated = map(country_of, current(asked.stamps[POSTINGS]).facets.get("country", {}))
        answers = SurveyAnswer.objects.order_by().values_list("residence", flat=True).distinct()
        return sorted({*stated, *answers})

    parts = (asked.stamps[POSTINGS], asked.stamps[SURVEYS])
    found = {*kept("salary-countries", parts, find), asked.country} - {""}
    names = country_names()
    return sorted(((code, names.get(code, code)) for code in found), key=lambda pair: pair[1])


def years_of(asked: Asked) -> list[int]:
    survey = asked.survey
    assert survey is not None

    def find() -> list[int]:
        rows = SurveyAnswer.objects.filter(title__survey=survey)
        return sorted(set(rows.order_by().values_list("year", flat=True).distinct()), reverse=True)

    return kept("survey-years", (survey.pk, asked.stamps[SURVEYS]), find)
