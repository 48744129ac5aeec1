"""What the answers of a survey say together; never in one figure with what postings state.

A quartile needs LEAST_ANSWERS answers that differ from each other: equal ones may be one person
or one advertised range twice, and a survey has no employers to count. It rests on all answers,
repeated ones each time; beside it stands the one over each different answer once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple, overload

from django.db.models import Count, Q, QuerySet, Sum

from guides.stamps import kept
from market.models import Survey, SurveyAnswer
from market.pay import quartiles
from market.statistics import Quartiles
from market.surveys import SURVEYS

LEAST_ANSWERS = 5
# Surveys put every answer in this currency themselves.
CURRENCY = "USD"
METHOD = (
    "Yearly pay as people reported it, by the role that the title names in the board's "
    "vocabulary; every kind of employment. Compared is the amount in US dollars that the survey "
    "itself states for each answer (other currencies at the mean rate of their year, by the "
    "survey). The country is the one that people live in. Equal answers count each time; beside "
    "them stands the median of each different answer once. Quartiles by linear interpolation."
)

Group = tuple[int | None, str, str, int | None]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which answers are meant: at most one role, seniority, country and year each, or any."""

    role: int | None = None
    seniority: str = ""
    country: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """Answers with the same values in what they are told apart by.

    `n` counts all, `distinct` those that differ. `pay` and `once` (each different answer once) are
    unrounded and in `CURRENCY`; None where the answers are too few.
    """

    n: int
    distinct: int
    pay: Quartiles | None
    once: Quartiles | None


class Row(NamedTuple):
    role: int | None
    seniority: str
    country: str
    year: int
    cents: int
    times: int


class Repeated(Sequence[Decimal]):
    """The amounts of answers, in order, each as often as it was given."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._amounts = [row.cents for row in rows]
        self._ends = list(accumulate(row.times for row in rows))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, place: int) -> Decimal: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Decimal]: ...
    def __getitem__(self, place: int | slice) -> Decimal | Sequence[Decimal]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return Decimal(self._amounts[bisect_right(self._ends, place % len(self))]) / 100


def reported(
    survey: Survey, by: Sequence[str], narrowing: Narrowing, stamps: Mapping[str, str]
) -> dict[Group, Reported]:
    """The answers told apart by some of `role`, `seniority`, `country` and `year`.

    Keys have None and "" for what they are not told apart by. By role there are only answers whose
    title names one. Kept for as long as the survey stands; else one statement.
    """
    parts = (survey.pk, tuple(by), narrowing, stamps[SURVEYS])
    return kept("reported", parts, lambda: grouped(rows_of(survey, by, narrowing), by))


def answers_of(survey: Survey, narrowing: Narrowing) -> QuerySet[SurveyAnswer]:
    """The answers behind a figure; the sum of their `times` is its n."""
    asked = {
        "title__role": narrowing.role,
        "seniority": narrowing.seniority,
        "residence": narrowing.country,
        "year": narrowing.year,
    }
    rows = SurveyAnswer.objects.filter(title__survey=survey)
    return rows.filter(**{name: value for name, value in asked.items() if value})


def rows_of(survey: Survey, by: Sequence[str], narrowing: Narrowing) -> list[Row]:
    """The answers in the order of their pay."""
    rows = answers_of(survey, narrowing)
    if "role" in by:
        rows = rows.filter(title__role__isnull=False)
    columns = ("title__role_id", "seniority", "residence", "year", "usd_cents", "times")
    return [Row(*row) for row in rows.order_by("usd_cents").values_list(*columns)]


def grouped(rows: Iterable[Row], by: Sequence[str]) -> dict[Group, Reported]:
    groups: dict[Group, list[Row]] = defaultdict(list)
    role, seniority, country, year = (
        name in by for name in ("role", "seniority", "country", "year")
    )
    for row in rows:
        key = (
            row.role if role else None,
            row.seniority if seniority else "",
            row.country if country else "",
            row.year if year else None,
        )
        groups[key].append(row)
    return {key: _reported(members) for key, members in groups.items()}


def _reported(rows: Sequence[Row]) -> Reported:
    every, once = Repeated(rows), Repeated([row._replace(times=1) for row in rows])
    if len(once) < LEAST_ANSWERS:
        return Reported(len(every), len(once), None, None)
    return Reported(len(every), len(once), quartiles(every), quartiles(once))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many answers a survey has, how many of them differ, and how many name no role."""

    answers: int = 0
    distinct: int = 0
    without_role: int = 0

    @property
    def repeated(self) -> int:
        return self.answers - self.distinct

    @property
    def share_without_role(self) -> Decimal:
        return Decimal(self.without_role) / self.answers if self.answers else Decimal(0)


def coverage(survey: Survey, stamps: Mapping[str, str]) -> Coverage:
    """Kept for as long as the survey stands; else one statement."""

    def count() -> Coverage:
        times = Sum("times", default=0)
        roleless = Sum("times", filter=Q(title__role=None), default=0)
        found = SurveyAnswer.objects.filter(title__survey=survey).aggregate(
            answers=times, distinct=Count("pk"), without_role=roleless
        )
        return Coverage(**found)

    return kept("coverage", (survey.pk, stamps[SURVEYS]), count)
