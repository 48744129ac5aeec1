"""Postings that somebody keeps: their numbers stand in the address, since no account holds them.

A browser keeps the numbers (static/js/kept.js) and asks for this page with them; the address can
be shared and works without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.stamps import GUIDES, stamps
from jobs.cards import cards
from jobs.models import Posting
from lib.parameters import BadValue, Choices, ManyField, Parameters

NUMBER = re.compile("[1-9][0-9]{0,17}")


class Numbers(Choices):
    """Postings that have or had a page, by their numbers; `rows` are those that were asked."""

    rows: dict[int, Any]

    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        asked = [int(text) for text in texts if NUMBER.fullmatch(text)]
        rows = Posting.objects.addressable().select_related("company")
        rows = rows.defer(
            "description", "description_html", "description_text", "evidence", "eligibility"
        )
        rows = rows.annotate(version=F("live__version"))
        self.rows = rows.in_bulk(asked) if asked else {}
        if missing := [key for key in asked if key not in self.rows]:
            moved = rows.filter(merged__in=missing).annotate(number=F("merged"))
            self.rows |= {row.number: row for row in moved}
        return {str(key): (key, str(row)) for key, row in self.rows.items()}


class NumbersField(ManyField):
    """Numbers of postings, one a value or several with commas; KEPT_POSTINGS at most."""

    def sort_out(self, texts: Sequence[str]) -> tuple[list[str], list[tuple[str, BadValue]]]:
        parts = [part.strip() for text in texts for part in text.split(",")]
        distinct = list(dict.fromkeys(part for part in parts if part))
        limit = settings.BOARD["KEPT_POSTINGS"]
        good, bad = super().sort_out(distinct[:limit])
        named = [
            (text, BadValue("is no number of a posting that was ever public here"))
            for text, _ in bad
        ]
        if rest := distinct[limit:]:
            named.append((",".join(rest), BadValue(f"is beyond the {limit} that a page shows")))
        return good, named


@require_safe
def kept_postings(request: HttpRequest) -> HttpResponse:
    """The postings that the address names, in its order: open ones, then those that ended."""
    numbers = Numbers()
    asked = Parameters(request.GET, posting=NumbersField(values=numbers))
    rows = [numbers.rows[key] for key in asked.values.get("posting", [])]
    standings = {row.pk: row.standing() for row in rows}
    live = [(row.pk, row.version) for row in rows if standings[row.pk] == "open"]
    context = {
        "asked": asked,
        "any": bool(rows or asked.ignored),
        "cards": cards(live, stamps()[GUIDES], level=3) if live else [],
        "ended": [(row, standings[row.pk]) for row in rows if standings[row.pk] != "open"],
    }
    return render(request, "jobs/kept.html", context)
