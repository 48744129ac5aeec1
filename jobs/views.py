from __future__ import annotations

from typing import Any

from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guides.links import guide_links
from guides.stamps import GUIDES, stamps
from jobs.cards import Card, cards
from jobs.conversion import rates_said
from jobs.filters import AGES, PostingFilter
from jobs.models import LivePosting, Posting
from jobs.results import Results
from jobs.salary import kept_rates
from jobs.scales import Seniority, code
from jobs.stamps import POSTINGS


@require_safe
def posting_list(request: HttpRequest) -> HttpResponse:
    now = stamps()
    results = Results(PostingFilter(request.GET, stamp=now[POSTINGS]), now[GUIDES])
    context = {
        "results": results,
        "filter": results.filter,
        "ages": AGES,
        "rates": rates_said(results.filter),
    }
    return render(request, "jobs/list.html", context)


@require_safe
def posting(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    found = (
        Posting.objects.addressable()
        .select_related("company", "role")
        .prefetch_related("places", "pay_ranges", "skills")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404("No posting was ever public under this number.")
    if slug != found.slug:
        return redirect(found, permanent=True)
    standing = found.standing()
    if standing == "withdrawn":
        return render(request, "jobs/withdrawn.html", {"posting": found}, status=410)
    now = stamps()
    context: dict[str, Any] = {
        "posting": found,
        "rates": kept_rates(now[POSTINGS]),
        "standing": standing,
        "similar": similar_to(found, now[GUIDES]),
        "evidence": evidence_rows(found),
        "listings": list(found.listings.all()),
        "links": guide_links([found.role]),
    }
    return render(request, "jobs/posting.html", context)


def similar_to(posting: Posting, stamp: str, limit: int = 4) -> list[Card]:
    """Open postings of the same role, the same seniority first, newest first in each."""
    if posting.role_id is None:
        return []
    level = code(Seniority, posting.seniority)
    rows = (
        LivePosting.objects.public(timezone.now())
        .filter(role=posting.role_id)
        .exclude(pk=posting.pk)
        .annotate(other=Case(When(seniority=level, then=Value(0)), default=Value(1)))
        .order_by("other", "-posted_at", "-posting_id")
    )
    return cards(rows.values_list("posting_id", "version")[:limit], stamp, level=3)


EVIDENCE_LABELS = {
    "pay": "Pay",
    "seniority": "Seniority",
    "workplace": "Workplace",
    "eligibility": "Who may apply",
    "places": "Places",
    "employment": "Employment",
    "role": "Role",
    "skills": "Skills",
}


def evidence_rows(posting: Posting) -> list[dict[str, str]]:
    """Label, quote and rule of each derived field, in the order of the page."""
    rows = []
    for name, label in EVIDENCE_LABELS.items():
        entry = posting.evidence.get(name)
        if entry and entry.get("evidence"):
            rows.append({"label": label, "quote": entry["evidence"], "rule": entry["rule"]})
    return rows
