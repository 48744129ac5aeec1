"""The public pages of guides, roles and comparisons."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import require_safe

from guides import pages, preview
from guides.forms import ComparePick, GuideFilter, Ignored, first_values, ignored
from guides.models import Guide, Role
from guides.share import share_image
from guides.showing import (
    Elsewhere,
    Shown,
    article,
    compare_url,
    comparison_shown,
    guide_shown,
    pair_of,
)
from guides.slugs import M, resolve
from guides.stamps import GUIDES, stamps
from guides.textform import TextFormError

# How long others may keep a share image.
IMAGE_SECONDS = 24 * 3600


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The guides, the newest first, of all roles or of one."""
    form = GuideFilter(first_values(request.GET))
    form.is_valid()
    role: Role | None = form.cleaned_data.get("role")
    errors = {name: str(messages[0]) for name, messages in form.errors.items()}

    guides = Guide.objects.public().newest_first()
    if role:
        guides = guides.about(role)
    paginator = Paginator(guides, settings.BOARD["PAGE_SIZE"])
    number = form.cleaned_data.get("page") or 1
    if number > paginator.num_pages:
        errors["page"] = f"There is no page {number}; this is the first."
        number = 1
    page = paginator.page(number)
    context = {
        "guides": pages.cards_of(list(page.object_list)),
        "page": page,
        "total": paginator.count,
        "role": role,
        "roles": Role.objects.filter(pk__in=Guide.objects.public().roles()),
        "ignored": ignored(request.GET, frozenset(form.fields), errors),
    }
    return render(request, "guides/index.html", context)


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide as it is in effect now; retired ones say so and are not indexed."""
    now = stamps()
    return _page(request, guide_shown(slug, now[GUIDES]), now)


def _page(
    request: HttpRequest, shown: Shown | Elsewhere | None, now: dict[str, str]
) -> HttpResponse:
    if shown is None:
        raise Http404("There is no guide and no pair of known roles at this address.")
    if isinstance(shown, Elsewhere):
        return redirect(shown.url, permanent=shown.permanent)
    response = render(request, "guides/guide.html", {"shown": shown, "stamps": now})
    if not shown.indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def guide_image(request: HttpRequest, slug: str) -> HttpResponse:
    """The share image of a guide as it is in effect now."""
    stored: Any = _found(Guide.objects.addressable().with_rendered(), slug)
    return _image(stored.rendered["title"], stored.rendered["subtitle"])


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
    context = {"roles": Role.objects.select_related("base"), "pick": ComparePick()}
    return render(request, "guides/role_index.html", context)


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """One role: its profile, its guides, its postings, and whom to compare it with."""
    found = resolve(Role, slug)
    if found is None:
        raise Http404("There is no role at this address.")
    if found.moved:
        return redirect(found.object, permanent=True)
    [stored] = pages.roles_with_terms([found.object.pk])
    context = {
        "role": stored,
        "stamps": stamps(),
        "refs": [pages.RoleRef.of(stored)],
        "seniority": pages.seniority_label(stored),
        "profile": pages.profile([stored]),
        "guides": pages.guide_cards(Guide.objects.public().about(stored)),
        "steps": stored.steps.select_related("to"),
        "steps_here": stored.steps_here.select_related("role"),
        "roles": Role.objects.all(),
    }
    return render(request, "guides/role.html", context)


@require_safe
def role_image(request: HttpRequest, slug: str) -> HttpResponse:
    stored = _found(Role, slug)
    return _image(stored.name, stored.summary)


@require_safe
def compare_pick(request: HttpRequest) -> HttpResponse:
    """Choose two roles; with both chosen, go where they are compared."""
    form = ComparePick(first_values(request.GET))
    form.is_valid()
    first, second = form.cleaned_data.get("a"), form.cleaned_data.get("b")
    if first and second:
        return redirect(compare_url(first, second))
    errors = {name: str(messages[0]) for name, messages in form.errors.items()}
    left_out: list[Ignored] = ignored(request.GET, frozenset(form.fields), errors)
    context: dict[str, Any] = {
        "roles": Role.objects.all(),
        "a": first,
        "b": second,
        "ignored": left_out,
    }
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
