"""The events behind the ledger figures of a role, as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guides.models import Role
from guides.pages import RoleRef
from guides.slugs import resolve
from guides.stamps import stamps
from jobs.columns import current
from jobs.models import Posting
from jobs.salary import kept_rates
from jobs.scales import UNKNOWN, Seniority, Workplace
from jobs.stamps import POSTINGS, RATES
from lib.parameters import Parameters, ignored_as_data
from lib.tables import csv_response, json_response, name_ignored
from market.facts import facts_of
from market.figures import EVENTS
from market.ledger import WEEKS, Move, mondays_of, moves_of, spans_of
from market.statistics import Scope, statistics

HEADER = ("at", "event", "days_open", "posting", "title", "company", "address", "licence")
KINDS = ("new", "closed")
BATCH = 500


@require_safe
def events(request: HttpRequest, slug: str, form: str = "csv") -> HttpResponseBase:
    """What opened and closed in the weeks shown, a line each, the oldest first.

    `kind` new or closed, `weeks` the last so many of them, `seniority` and `workplace` as the
    statistics have them. A parameter that is none is left out and named: in X-Ignored, or in the
    JSON itself.
    """
    found = resolve(Role.objects.select_related("base"), slug)
    if found is None:
        raise Http404("There is no role at this address.")
    asked = Parameters(
        request.GET,
        kind=forms.ChoiceField(choices=[(kind, kind) for kind in KINDS]),
        weeks=forms.IntegerField(min_value=1, max_value=WEEKS),
        seniority=forms.ChoiceField(choices=[*Seniority.choices, (UNKNOWN, UNKNOWN)]),
        workplace=forms.ChoiceField(choices=[*Workplace.choices, (UNKNOWN, UNKNOWN)]),
    )
    chosen = asked.values
    scope = Scope.of(
        RoleRef.of(found.object),
        seniority=chosen.get("seniority", ""),
        workplace=chosen.get("workplace", ""),
    )
    moves = shown(scope, chosen.get("kind", ""), chosen.get("weeks") or WEEKS)
    if form == "json":
        return json_response(
            {
                "table": "events",
                "role": scope.role.slug,
                "n": len(moves),
                "as_of": max((move.at for move in moves), default=None),
                "method": EVENTS,
                "licence": settings.BOARD["DATA_LICENCE"],
                "filters": {name: asked.data[name] for name in asked.data},
                "ignored": ignored_as_data(asked.ignored),
            },
            HEADER,
            lines(moves, request),
        )
    reply = csv_response(f"{slug}-events.csv", HEADER, lines(moves, request))
    name_ignored(reply, (one.name for one in asked.ignored))
    return reply


def shown(scope: Scope, kind: str = "", weeks: int = WEEKS) -> list[Move]:
    """The moves that the ledger of a scope counts in its last `weeks`."""
    at, now = timezone.now(), stamps()
    newest = statistics([scope], now, at)[scope].all.open.as_of
    role, columns = scope.role.pk, current(now[POSTINGS])
    facts = facts_of([role], columns, kept_rates(now[RATES]), now[RATES])
    spans = spans_of(facts, at)[role].of(scope)
    mondays, _ = mondays_of(spans, newest)
    if not mondays:
        return []
    found = moves_of(spans, mondays[-weeks:][0])
    return [move for move in found if kind in ("", move.kind)]


def lines(moves: list[Move], request: HttpRequest) -> Iterator[tuple[Any, ...]]:
    licence = settings.BOARD["DATA_LICENCE"]
    wanted = sorted({move.posting for move in moves})
    rows: dict[int, tuple[str, str, str]] = {}
    for start in range(0, len(wanted), BATCH):
        found = Posting.objects.filter(pk__in=wanted[start : start + BATCH]).order_by()
        for pk, slug, title, company in found.values_list("pk", "slug", "title", "company__name"):
            rows[pk] = (slug, title, company)
    for move in moves:
        if move.posting not in rows:
            continue  # deleted since
        slug, title, company = rows[move.posting]
        address = request.build_absolute_uri(reverse("jobs:posting", args=[move.posting, slug]))
        days = None if move.days is None else round(move.days, 2)
        yield move.at, move.kind, days, move.posting, title, company, address, licence
