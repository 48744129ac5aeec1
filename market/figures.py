"""Single figures by their key: what a page, an export or an editor's tag shows of `Statistics`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse

from jobs.salary import NO_BREAK
from market.statistics import Cell, Part, Quartiles, Sample, Statistics

# What "lately" means of the ledger.
LATELY_WEEKS = 4

OPEN = "Postings of the role that are open, each counted once however many sources show it."
PAY = (
    "Stated base pay a year; no estimates. Of a posting: the midpoint of its range, a single bound "
    "as it is, the mean over several ranges; by the hour × 2,080, day × 260, week × 52, "
    "month × 12. Other currencies at the newest rate of the European Central Bank. Quartiles by "
    "linear interpolation."
)
SHARE = "Of all open postings of the role, those that do not say among them."
EVENTS = (
    "From the board's ledger: when each posting was first seen here or came back, and when it "
    "closed. Withdrawn postings are left out."
)
DAYS = "Median days from first seen to closed, of the postings that closed in the weeks shown."


Maker = Callable[[Statistics], tuple[Decimal | None, Sample, str]]


class Unit(models.TextChoices):
    COUNT = "count", "postings"
    SHARE = "share", "share of the postings"
    PAY = "pay", "a year"
    DAYS = "days", "days"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and what it rests on: `n` postings (or events), listed at `url`.

    `value` is unrounded: a share of 1, pay a year in `currency`. It is None, and `text` empty,
    where the sample is too small for it; then only the count `n` may be told.
    """

    key: str
    label: str
    unit: str
    value: Decimal | None
    text: str
    n: int
    employers: int
    as_of: datetime | None
    url: str
    method: str
    currency: str = ""

    @property
    def basis(self) -> str:
        """What it was told from: "43 postings, 24 Nov 2026"; of a count the date alone."""
        date = f"{self.as_of.day} {self.as_of:%b %Y}" if self.as_of else ""
        if self.unit == Unit.COUNT:
            return date
        return f"{counted(self.n, 'posting')}, {date}" if date else counted(self.n, "posting")


def counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Definition:
    label: str
    unit: Unit
    method: str
    make: Maker


def figure(found: Statistics, key: str) -> Figure:
    """The figure with this key, one of FIGURES (else KeyError)."""
    said = FIGURES[key]
    value, sample, url = said.make(found)
    return build(found, key, said, value, sample, url)


def build(
    found: Statistics,
    key: str,
    said: Definition,
    value: Decimal | None,
    sample: Sample,
    url: str = "",
) -> Figure:
    """A figure of a sample; without `url` it leads to the list of exactly that sample."""
    currency = found.currency if said.unit == Unit.PAY else ""
    return Figure(
        key,
        said.label,
        said.unit.value,
        value,
        "" if value is None else value_text(value, said.unit, currency),
        sample.n,
        sample.employers,
        sample.as_of,
        url or found.url(sample.narrower),
        said.method,
        currency,
    )


def count_of(found: Statistics, facet: str, one: Part | Cell) -> Figure:
    """How many postings have one value of a facet (`skill`, `place`, `company`, …)."""
    pair = ((facet, one.value),)
    sample = one.open if isinstance(one, Cell) else Sample(one.n, 0, one.as_of, pair)
    said = Definition(one.label, Unit.COUNT, OPEN, _open)
    return build(found, facet, said, Decimal(sample.n), sample)


def share_of(found: Statistics, facet: str, label: str, n: int) -> Figure:
    """The share of a scope's postings that `n` of them are; its sample is all of them."""
    said = Definition(label, Unit.SHARE, SHARE, _open)
    every = found.all.open
    return build(found, f"{facet}-share", said, share(n, every), every)


def pay_of(found: Statistics, cell: Cell) -> list[Figure]:
    """Lower quartile, median and upper quartile of the stated pay of a cell."""
    return [
        build(found, key, FIGURES[key], quartile(cell, name), cell.paid)
        for key, name in (("p25-pay", "p25"), ("median-pay", "median"), ("p75-pay", "p75"))
    ]


def value_text(value: Decimal, unit: str, currency: str = "") -> str:
    """12,345 · 38% · USD 128,400 · 12.5 days."""
    if unit == Unit.SHARE:
        return f"{whole(value * 100)}%"
    if unit == Unit.PAY:
        return f"{currency}{NO_BREAK}{whole(value):,}"
    if unit == Unit.DAYS:
        days = value.quantize(Decimal("0.1"), ROUND_HALF_EVEN).normalize()
        return f"{days:f} day{'' if days == 1 else 's'}"
    return f"{value:,.0f}"


def whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_EVEN)


def share(part: int, sample: Sample) -> Decimal | None:
    """`part` of a sample; None where it is too small for a share."""
    return Decimal(part) / sample.n if sample.enough else None


def events_url(found: Statistics, **asked: str | int) -> str:
    """The CSV of the events of a scope's postings, narrowed: exactly the n of a ledger figure."""
    scope = found.scope
    pairs = [(name, text) for name in ("seniority", "workplace") if (text := getattr(scope, name))]
    query = urlencode([*pairs, *asked.items()])
    return reverse("market:events", args=[scope.role.slug]) + (f"?{query}" if query else "")


# --- the definitions ------------------------------------------------------------------------------


def _open(found: Statistics) -> tuple[Decimal | None, Sample, str]:
    return Decimal(found.all.open.n), found.all.open, found.url()


def _paid(found: Statistics) -> tuple[Decimal | None, Sample, str]:
    paid = found.all.paid
    return Decimal(paid.n), paid, found.url(paid.narrower)


def _stated(found: Statistics) -> tuple[Decimal | None, Sample, str]:
    return share(found.all.paid.n, found.all.open), found.all.open, found.url()


def _pay(name: str) -> Maker:
    def make(found: Statistics) -> tuple[Decimal | None, Sample, str]:
        return quartile(found.all, name), found.all.paid, found.url(found.all.paid.narrower)

    return make


def quartile(cell: Cell, name: str) -> Decimal | None:
    pay: Quartiles | None = cell.pay
    value: Decimal | None = getattr(pay, name) if pay else None
    return value


def _workplace(value: str) -> Maker:
    def make(found: Statistics) -> tuple[Decimal | None, Sample, str]:
        cell = found.cell("workplace", value)
        part = cell.open.n if cell else 0
        return share(part, found.all.open), found.all.open, found.url()

    return make


def _count(value: str) -> Maker:
    def make(found: Statistics) -> tuple[Decimal | None, Sample, str]:
        cell = found.cell("workplace", value)
        sample = cell.open if cell else Sample(0, 0, None, (("workplace", value),))
        return Decimal(sample.n), sample, found.url(sample.narrower)

    return make


def _lately(kind: str) -> Maker:
    def make(found: Statistics) -> tuple[Decimal | None, Sample, str]:
        url = events_url(found, kind=kind, weeks=LATELY_WEEKS)
        if found.ledger is None:
            return None, Sample(0, 0, None), url
        n = sum(getattr(week, kind) for week in found.ledger.weeks[-LATELY_WEEKS:])
        sample = Sample(n, 0, found.ledger.events.as_of)
        return Decimal(n), sample, url

    return make


def _days(found: Statistics) -> tuple[Decimal | None, Sample, str]:
    url = events_url(found, kind="closed")
    if found.ledger is None:
        return None, Sample(0, 0, None), url
    return found.ledger.days_open, found.ledger.closings, url


FIGURES: dict[str, Definition] = {
    "open": Definition("Open postings", Unit.COUNT, OPEN, _open),
    "with-pay": Definition("Postings with comparable pay", Unit.COUNT, PAY, _paid),
    "stated-pay": Definition("Share with stated pay", Unit.SHARE, SHARE, _stated),
    "p25-pay": Definition("Lower quartile of stated pay", Unit.PAY, PAY, _pay("p25")),
    "median-pay": Definition("Median stated pay", Unit.PAY, PAY, _pay("median")),
    "p75-pay": Definition("Upper quartile of stated pay", Unit.PAY, PAY, _pay("p75")),
    "remote-share": Definition("Remote", Unit.SHARE, SHARE, _workplace("remote")),
    "hybrid-share": Definition("Hybrid", Unit.SHARE, SHARE, _workplace("hybrid")),
    "onsite-share": Definition("On-site", Unit.SHARE, SHARE, _workplace("onsite")),
    "remote": Definition("Remote postings", Unit.COUNT, OPEN, _count("remote")),
    "hybrid": Definition("Hybrid postings", Unit.COUNT, OPEN, _count("hybrid")),
    "onsite": Definition("On-site postings", Unit.COUNT, OPEN, _count("onsite")),
    "new": Definition("New in four weeks", Unit.COUNT, EVENTS, _lately("new")),
    "closed": Definition("Closed in four weeks", Unit.COUNT, EVENTS, _lately("closed")),
    "days-open": Definition("Days open", Unit.DAYS, DAYS, _days),
}
