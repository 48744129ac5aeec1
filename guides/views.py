"""The public pages of guides, roles and comparisons."""

from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import require_safe

from guides import changes, pages, preview
from guides.feeds import ENTRIES, atom_response, guide_feed
from guides.filters import GuideFilter
from guides.forms import RoleChoice
from guides.models import Guide, Role
from guides.results import Results
from guides.share import share_image
from guides.showing import (
    Elsewhere,
    Shown,
    article,
    compare_url,
    comparison_shown,
    guide_shown,
    pair_of,
    role_shown,
)
from guides.slugs import M, resolve
from guides.stamps import GUIDES, stamps
from guides.textform import TextFormError
from lib.filters import KnownCount, page_of
from lib.parameters import PageField, Parameters

# How long others may keep a share image.
IMAGE_SECONDS = 24 * 3600


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The guides by words, roles and topics, the newest first."""
    results = Results(GuideFilter(request.GET))
    asked = results.filter
    chosen = asked.chosen()
    alone = len(chosen) == 1 and chosen[0].name in asked.FACETS
    context = {"results": results, "filter": asked, "about": chosen[0].label if alone else ""}
    return render(request, "guides/index.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The same list as Atom, the newest guides of it."""
    asked = GuideFilter(request.GET)
    cards = pages.guide_cards(asked.newest(), limit=ENTRIES)
    return atom_response(guide_feed(asked, cards, request.path), cards)


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide as it is in effect now; retired ones say so and are not indexed."""
    now = stamps()
    return _page(request, guide_shown(slug, now[GUIDES]), now)


def _page(
    request: HttpRequest,
    shown: Shown | Elsewhere | None,
    now: dict[str, str],
    *,
    lists_postings: bool = False,
) -> HttpResponse:
    if shown is None:
        raise Http404("There is no guide and no role at this address.")
    if isinstance(shown, Elsewhere):
        return redirect(shown.url, permanent=shown.permanent)
    context = {"shown": shown, "stamps": now, "narrows": lists_postings and bool(request.GET)}
    response = render(request, "guides/guide.html", context)
    if not shown.indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def guide_image(request: HttpRequest, slug: str) -> HttpResponse:
    """The share image of a guide as it is in effect now."""
    stored: Any = _found(Guide.objects.addressable().with_rendered(), slug)
    return _image(stored.rendered["title"], stored.rendered["subtitle"])


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The published texts of a guide, each compared with the one before it, the newest first."""
    found = resolve(Guide.objects.addressable().with_rendered(), slug)
    if found is None:
        raise Http404("There is no guide at this address.")
    if found.moved:
        return redirect("guides:history", found.object.slug, permanent=True)
    stored: Any = found.object
    asked = Parameters(request.GET, page=PageField())
    revisions = stored.revisions.seen()
    shown = KnownCount(revisions, revisions.count(), changes.A_PAGE)
    page = page_of(asked, asked.values.get("page") or 1, shown)
    first, last = page.start_index() - 1, page.end_index()
    context = {
        "guide": stored,
        "title": stored.rendered["title"],
        "changes": changes.changes(list(revisions[first : last + 1]), shown=last - first),
        "page": page,
        "total": page.paginator.count,
        "retired": stored.state == Guide.State.RETIRED,
        "asked": asked,
    }
    response = render(request, "guides/history.html", context)
    if context["retired"]:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def guide_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The working copy of a guide, for whoever holds a signed link that has not expired."""
    try:
        key = preview.read(token)
    except signing.SignatureExpired:
        raise Http404("This preview link has expired; ask for a new one.") from None
    except signing.BadSignature:
        raise Http404("This is not a preview link of this board.") from None
    stored = get_object_or_404(Guide, pk=key)
    try:
        shown = article(pages.guide_page(preview.rendered(stored)), guide=stored, preview=True)
    except TextFormError as error:
        raise Http404(f"The draft cannot be shown yet: {error.reason}.") from None
    response = render(request, "guides/guide.html", {"shown": shown, "preview": True})
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response


@require_safe
def role_index(request: HttpRequest) -> HttpResponse:
    context = {"roles": Role.objects.select_related("base")}
    return render(request, "guides/role_index.html", context)


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """One role: its profile, its guides, its postings, and whom to compare it with."""
    now = stamps()
    return _page(request, role_shown(slug, now[GUIDES]), now, lists_postings=True)


@require_safe
def role_image(request: HttpRequest, slug: str) -> HttpResponse:
    stored = _found(Role, slug)
    return _image(stored.name, stored.summary)


@require_safe
def compare_pick(request: HttpRequest) -> HttpResponse:
    """Choose two roles; with both chosen, go where they are compared."""
    asked = Parameters(request.GET, a=RoleChoice("First role"), b=RoleChoice("Second role"))
    first, second = asked.values.get("a"), asked.values.get("b")
    if first and second:
        return redirect(compare_url(first, second))
    context = {"roles": Role.objects.all(), "a": first, "b": second, "asked": asked}
    return render(request, "guides/compare_pick.html", context)


@require_safe
def compare(request: HttpRequest, pair: str) -> HttpResponse:
    """Any two roles side by side; a published guide of exactly these two goes first."""
    a, _, b = pair.partition("-vs-")
    now = stamps()
    return _page(request, comparison_shown(a, b, now[GUIDES]), now)


@require_safe
def compare_image(request: HttpRequest, pair: str) -> HttpResponse:
    a, _, b = pair.partition("-vs-")
    found = pair_of(a, b)
    if found is None:
        raise Http404("There is no page of which this could be the picture.")
    first, second = found
    return _image(f"{first.name} vs. {second.name}", "What both ask for, and what only one does.")


def _found(source: type[M] | QuerySet[M], slug: str) -> M:
    """What is at a slug or was; an image at an old address is the image of today's page."""
    found = resolve(source, slug)
    if found is None:
        raise Http404("There is no page of which this could be the picture.")
    return found.object


def _image(title: str, subtitle: str) -> HttpResponse:
    response = HttpResponse(share_image(title, subtitle), content_type="image/png")
    patch_cache_control(response, public=True, max_age=IMAGE_SECONDS)
    return response
