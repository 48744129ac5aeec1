from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from pyroaring import BitMap

from guides.links import guide_links
from guides.models import Skill
from guides.slugs import resolve
from guides.stamps import GUIDES, stamps
from jobs.cards import Card, cards
from jobs.columns import current
from jobs.models import Company, Place, Posting
from jobs.scales import Seniority, code
from jobs.stamps import POSTINGS
from jobs.subjects import directory, figures, list_about, roles_of
from lib.filters import KnownCount, page_of
from lib.parameters import PageField, Parameters


@require_safe
def posting_list(request: HttpRequest) -> HttpResponse:
    results = list_about({}, request.GET, stamps())
    return render(request, "jobs/list.html", {"results": results})


@require_safe
def company(request: HttpRequest, slug: str) -> HttpResponse:
    """An employer and its open postings."""
    return _about(request, Company, slug, "company")


@require_safe
def skill(request: HttpRequest, slug: str) -> HttpResponse:
    """A skill, the roles whose profiles name it, and the open postings that ask for it."""
    return _about(request, Skill, slug, "skill")


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """A city, region or country and the open postings in it."""
    return _about(request, Place, slug, "place")


def _about(
    request: HttpRequest, model: type[Company] | type[Skill] | type[Place], slug: str, facet: str
) -> HttpResponse:
    found = resolve(model, slug)
    if found is None:
        raise Http404(f"There is no {facet} at this address.")
    subject: Any = found.object
    if found.moved:
        return redirect(f"jobs:{facet}", subject.slug, permanent=True)
    results = list_about({facet: {subject.slug: subject.pk}}, request.GET, stamps())
    context: dict[str, Any] = {"subject": subject, "results": results}
    context["heading"] = HEADINGS[facet].format(subject)
    if not results.filter.data:
        context |= {"figures": figures(results), "roles": roles_of(results)}
    return render(request, f"jobs/{facet}.html", context)


HEADINGS = {
    "company": "Open postings at {}",
    "skill": "Open postings that ask for {}",
    "place": "Open postings in {}",
}


@require_safe
def company_list(request: HttpRequest) -> HttpResponse:
    """Every employer with open postings."""
    return _directory(request, "company", "Companies")


@require_safe
def skill_list(request: HttpRequest) -> HttpResponse:
    """Every skill that open postings ask for."""
    return _directory(request, "skill", "Skills")


def _directory(request: HttpRequest, facet: str, title: str) -> HttpResponse:
    limit = settings.BOARD["SEARCH_CHARACTERS"]
    asked = Parameters(request.GET, q=forms.CharField(max_length=limit), page=PageField())
    entries = directory(facet, asked.values.get("q", ""), stamps())
    pages = KnownCount(entries, len(entries), settings.BOARD["DIRECTORY_SIZE"])
    page = page_of(asked, asked.values.get("page", 1), pages)
    context = {"title": title, "facet": facet, "asked": asked, "page": page}
    return render(request, "jobs/directory.html", context)


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
    context: dict[str, Any] = {
        "posting": found,
        "standing": standing,
        "similar": similar_to(found),
        "evidence": evidence_rows(found),
        "listings": list(found.listings.all()),
        "links": guide_links([found.role]),
    }
    return render(request, "jobs/posting.html", context)


def similar_to(posting: Posting, limit: int = 4) -> list[Card]:
    """Open postings of the same role, the same seniority first, newest first in each."""
    if posting.role_id is None:
        return []
    found = stamps()
    columns = current(found[POSTINGS])
    others = columns.public(timezone.now()) & columns.having("role", [posting.role_id])
    others = others - BitMap([posting.pk])
    level = columns.having("seniority", [code(Seniority, posting.seniority)])
    ids = columns.page(others & level, "newest", 0, limit)
    ids += columns.page(others - level, "newest", 0, limit - len(ids))
    return cards(columns.cards(ids), found[GUIDES], level=3)


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
