"""Numbers that guides quote beside a live figure and that have moved away from it."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from guides.models import Guide, Section
from guides.stale import Stale
from guides.stamps import stamps
from guides.values import Asked
from lib.text import values_of
from market.figures import Figure, Unit
from market.quoted import figures_of

QUOTED = re.compile(r"([A-Z]{3}|[$€£])?(\d[\d,.\u00a0\u202f]*)([%kKmM])?")
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP"}
TIMES = {"K": 1_000, "M": 1_000_000}


def stale(at: datetime | None = None) -> list[Stale]:
    """Each number in the working copy of a public guide whose figure has drifted from it.

    A number is a quotation if it stands right before a `{{figure …}}`. Five statements at most
    where statistics are kept.
    """
    at = at or timezone.now()
    public: Any = Guide.objects.public(at)
    rows = Section.objects.filter(guide__in=public.values("pk"), body__contains="{{figure")
    quoted: list[tuple[Section, Asked, str]] = []
    for section in rows.select_related("guide").order_by("guide", "order", "pk"):
        for value in values_of(section.body):
            if 2 <= len(value.words) <= 3:
                quoted.append((section, Asked(*value.words), value.said))
    if not quoted:
        return []
    figures = figures_of([asked for _, asked, _ in quoted], stamps(at))
    found = []
    for section, asked, said in quoted:
        figure = figures.get(asked)
        if reason := drift(said, figure):
            since = figure.as_of if figure and figure.as_of else at
            what = f"{section.heading}: {said or asked.key}"
            found.append(
                Stale("figure", section.guide, what, reason, since.date(), "sections-group")
            )
    return found


def drift(said: str, figure: Figure | None) -> str:
    """Why a quotation is not true any more, empty if it is (or quotes something else)."""
    if figure is None:
        return "The figure beside it names a figure or a role that is no more."
    if not said:
        return ""
    amount = amount_of(said, figure)
    if amount is None:
        return ""
    if figure.value is None:
        return f"{figure.label}: {figure.n} left, too few to tell it."
    share = Decimal(str(settings.BOARD["FIGURE_DRIFT"]))
    if abs(amount - figure.value) <= share * abs(figure.value):
        return ""
    return f"{figure.label} is {figure.text} now ({figure.basis})."


def amount_of(said: str, figure: Figure) -> Decimal | None:
    """The quoted number in the unit of the figure; None where it is of another one."""
    match = QUOTED.fullmatch(said)
    if match is None:
        return None
    currency, digits, ending = match[1] or "", match[2], (match[3] or "").upper()
    digits = re.sub(r"[,\u00a0\u202f]", "", digits)
    if digits.count(".") > 1:
        return None
    number = Decimal(digits) * TIMES.get(ending, 1)
    if figure.unit == Unit.SHARE:
        return number / 100 if ending == "%" else None
    if ending == "%":
        return None
    if figure.unit == Unit.PAY:
        # The 3 of "3 roles" is no pay.
        is_pay = number >= 1_000 and SYMBOLS.get(currency, currency) in ("", figure.currency)
        return number if is_pay else None
    return None if currency else number
