from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guides.stamps import GUIDES, stamps
from jobs.filters import AGES, PostingFilter
from jobs.models import Posting
from jobs.results import Results
from jobs.showing import posting_page


@require_safe
def posting_list(request: HttpRequest) -> HttpResponse:
    results = Results(PostingFilter(request.GET), stamps()[GUIDES])
    context = {"results": results, "filter": results.filter, "ages": AGES}
    return render(request, "jobs/list.html", context)


@require_safe
def posting(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One posting, open or not; five statements at most once guides are kept."""
    now = stamps()
    found = addressed(pk)
    if slug != found.slug:
        return redirect(found, permanent=True)
    if found.standing() == "withdrawn":
        return withdrawn(request, found)
    return render(request, "jobs/posting.html", {"page": posting_page(found, now)})


def addressed(pk: int) -> Posting:
    """The posting that has, or had, its page under this number, with company and role."""
    rows = Posting.objects.addressable().select_related("company", "role")
    found = rows.defer("description").filter(pk=pk).first()
    if found is None:
        raise Http404("No posting was ever public under this number.")
    return found


def withdrawn(request: HttpRequest, posting: Posting) -> HttpResponse:
    return render(request, "jobs/withdrawn.html", {"posting": posting}, status=410)
