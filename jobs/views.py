from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404
from django.urls import resolve as resolve_path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from guides.models import Skill
from guides.slugs import resolve
from guides.stamps import stamps
from jobs.models import Company, Place, Posting
from jobs.parts import whole
from jobs.showing import posting_page
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
        [role] = [one for one in results.facets if one.name == "role"]
        context["more_roles"] = len(role.values) + role.more - len(context["roles"])
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
    """One posting, open or not; five statements at most, even once guides have changed."""
    now = stamps()
    if (found := whole(pk)) is None:
        return redirect(addressed(pk), permanent=True)
    asked, parts = found
    if slug != asked.slug:
        return redirect(asked, permanent=True)
    if asked.standing() == "withdrawn":
        return withdrawn(request, asked)
    context = {"page": posting_page(asked, parts, now), "back": list_behind(request)}
    response = render(request, "jobs/posting.html", context)
    patch_vary_headers(response, ["Referer"])
    return response


LISTS = {f"jobs:{name}" for name in ("list", "company", "skill", "place", "kept")} | {"guides:role"}


def list_behind(request: HttpRequest) -> str:
    """The address of the list on this board that a reader came from; empty of any other page."""
    try:
        came = urlsplit(request.headers.get("Referer", ""))
        is_ours = (came.scheme, came.netloc) == (request.scheme, request.get_host())
        is_list = is_ours and resolve_path(came.path).view_name in LISTS
    except (ValueError, Resolver404):
        return ""
    return urlunsplit(("", "", came.path, came.query, "")) if is_list else ""


def addressed(pk: int) -> Posting:
    """The posting that has, or had, its page under this number, with company and role.

    One that was merged is answered by the posting that has its listings now.
    """
    rows = Posting.objects.addressable().select_related("company", "role")
    rows = rows.defer("description", "description_text")
    found = rows.filter(pk=pk).first() or rows.filter(merged__id__exact=pk).first()
    if found is None:
        raise Http404("No posting was ever public under this number.")
    return found


def withdrawn(request: HttpRequest, posting: Posting) -> HttpResponse:
    return render(request, "jobs/withdrawn.html", {"posting": posting}, status=410)
