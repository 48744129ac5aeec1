"""Design rule 3, said once more in Decimal, against the filter over a grid of pay."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.http import QueryDict

from jobs.filters import HIGHEST_FLOOR, PostingFilter
from jobs.index import reindex
from jobs.models import ExchangeRate, PayRange, Posting
from jobs.results import Results
from tests.factories import CompanyFactory, PostingFactory

PERIODS = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}
TAKEN_AS_YEARLY = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD")


class Stated(NamedTuple):
    minimum: Decimal | None
    maximum: Decimal | None
    currency: str
    period: str
    kind: str


def yearly(stated: Stated) -> Decimal | None:
    """The top of a range a year, or None where rule 3 compares nothing."""
    if stated.kind != "base" or not stated.currency:
        return None
    top = stated.minimum if stated.maximum is None else stated.maximum
    assert top is not None
    if stated.period:
        return top * PERIODS[stated.period]
    return top if stated.currency in TAKEN_AS_YEARLY and top >= 10_000 else None


def rates() -> dict[str, Decimal]:
    """Each currency by its newest row, read row by row."""
    found = {"EUR": Decimal(1)}
    for row in sorted(ExchangeRate.objects.all(), key=lambda row: row.date):
        found[row.currency] = row.per_euro
    return found


def is_reached(stated: Stated, floor: int, currency: str, known: dict[str, Decimal]) -> bool | None:
    """Whether the floor is met; None where the range is not comparable."""
    top = yearly(stated)
    if top is None or stated.currency not in known:
        return None
    if stated.currency == currency:
        return top >= floor
    # Multiplied out, so that nothing is divided and nothing rounded.
    return top * known[currency] >= floor * known[stated.currency]


SHAPES = {
    "minimum": lambda top: (top, None),
    "maximum": lambda top: (None, top),
    "both": lambda top: ((top / 2).quantize(Decimal("0.01")), top),
}


@pytest.fixture(scope="module")
def grid(django_db_setup, django_db_blocker):
    """A posting for every currency, period and shape of a range, and one for every kind."""
    with django_db_blocker.unblock():
        names = sorted(rates())
        stated = []
        for index, (currency, period, shape) in enumerate(
            product([*names, "XPF", ""], [*PERIODS, ""], SHAPES)
        ):
            a_year = Decimal(60_000 + 977 * (index % 83)) * rates().get(currency, Decimal(100))
            top = (a_year / PERIODS.get(period, 1)).quantize(Decimal("0.01"))
            if not period and index % 4 == 0:
                top = Decimal(["9999.99", "10000", "10000.01"][index // 4 % 3])
            stated.append(Stated(*SHAPES[shape](top), currency, period, "base"))
        for kind, currency in product(("ote", "bonus", "estimate"), ("USD", "EUR", "SEK")):
            stated.append(Stated(Decimal(50_000), Decimal(90_000), currency, "year", kind))
        company = CompanyFactory(name="Oracle")
        several = [stated[5], stated[100], stated[-1]]
        ranges = [*([one] for one in stated), several, []]
        built = [PostingFactory.build(company=company) for _ in ranges]
        for posting in built:
            posting.slug = "posting"
        made = Posting.objects.bulk_create(built)
        PayRange.objects.bulk_create(
            PayRange(posting=posting, **one._asdict())
            for posting, own in zip(made, ranges, strict=True)
            for one in own
        )
        reindex(posting.pk for posting in made)
        yield {posting.pk: own for posting, own in zip(made, ranges, strict=True)}
        Posting.objects.filter(company=company).delete()
        company.delete()


def answer(**asked: Any) -> PostingFilter:
    data = QueryDict(mutable=True)
    for name, value in {"company": "oracle", **asked}.items():
        data[name] = str(value)
    return PostingFilter(data)


def floors_around(stated: Stated, currency: str, known: dict[str, Decimal]) -> set[int]:
    """Whole floors just below, at (where it is whole), and just above a range's top."""
    top = yearly(stated)
    if top is None or stated.currency not in known:
        return set()
    exact = top * known[currency] / known[stated.currency]
    low, high = (int(exact.to_integral_value(way)) for way in (ROUND_FLOOR, ROUND_CEILING))
    return {floor for floor in (low - 1, low, high, high + 1) if 1 <= floor <= HIGHEST_FLOOR}


def wanted(grid, floor: int, currency: str, known: dict[str, Decimal], switched: bool) -> set[int]:
    kept = set()
    for posting, ranges in grid.items():
        held = [is_reached(one, floor, currency, known) for one in ranges]
        comparable = [one for one in held if one is not None]
        if any(comparable) or (not comparable and not switched):
            kept.add(posting)
    return kept


def test_every_currency_period_and_shape_meets_a_floor_exactly(db, grid):
    """All of them at floors below, at and above the tops, as written and in other currencies."""
    known = rates()
    names = sorted(known)
    # Every fifth of them, which meets every period and shape, and each currency with some.
    every = [one for ranges in grid.values() for one in ranges][::5]
    asked = set()
    for index, one in enumerate(every):
        for currency in {one.currency, names[index % len(names)]} & known.keys():
            asked |= {(currency, floor) for floor in floors_around(one, currency, known)}
    assert {currency for currency, _ in asked} == known.keys()
    assert len(asked) > 500
    for currency, floor in sorted(asked):
        found = answer(salary_min=floor, currency=currency)
        assert found.ignored == []
        ids = list(found.narrow())
        assert len(ids) == len(set(ids))
        assert set(ids) == wanted(grid, floor, currency, known, False), (currency, floor)


@pytest.mark.parametrize("currency", ["USD", "EUR", "SEK", "JPY", "RUB"])
@pytest.mark.parametrize("floor", [1, 50_000, 1_000_000])
def test_the_switch_drops_exactly_what_is_not_comparable_and_counts_it(db, grid, currency, floor):
    known = rates()
    asked = {"salary_min": floor, "currency": currency}
    kept = wanted(grid, floor, currency, known, False)
    compared = wanted(grid, floor, currency, known, True)
    loose, strict = (Results(answer(**asked, **more)) for more in ({}, {"with_salary": 1}))
    assert (loose.total, strict.total) == (len(kept), len(compared))
    assert loose.without_pay == strict.without_pay == len(kept - compared)
    assert set(answer(**asked, with_salary=1).narrow()) == compared


@pytest.mark.parametrize("currency", ["XPF", "usd", "EURO", "XXX"])
def test_a_currency_without_a_rate_is_named_and_the_floor_is_in_the_boards_own(db, grid, currency):
    found = answer(salary_min=70_000, currency=currency)
    assert [one.name for one in found.ignored] == ["currency"]
    assert set(found.narrow()) == wanted(grid, 70_000, "USD", rates(), False)


def test_rates_however_far_apart_break_no_list(db):
    """The widest that the table holds: a floor beyond every pay is met by none."""
    for currency, rate in (("AAA", "0.00000001"), ("ZZZ", "9999999999")):
        ExchangeRate.objects.create(currency=currency, date="2026-10-30", per_euro=Decimal(rate))
    PostingFactory(pay=[{"maximum": Decimal("999999999999"), "currency": "AAA", "period": "hour"}])
    rich = PostingFactory(
        pay=[{"minimum": Decimal("999999999999"), "maximum": None, "currency": "ZZZ"}]
    )
    for currency in ("AAA", "ZZZ", "EUR"):
        for floor in (1, HIGHEST_FLOOR):
            data = QueryDict(f"salary_min={floor}&currency={currency}&sort=salary")
            found = PostingFilter(data)
            assert found.ignored == []
            assert set(found.ordered()) <= set(Posting.objects.values_list("pk", flat=True))
    assert not PostingFilter(QueryDict(f"salary_min={HIGHEST_FLOOR}&currency=ZZZ")).qs.filter(
        pk=rich.pk
    )
