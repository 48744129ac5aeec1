"""The editors' queue: what `guides`, `jobs` and `market` say has aged, on one page."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guides.stale import Stale
from guides.stale import stale as stale_in_guides
from jobs.stale import stale as stale_in_jobs
from lib.filters import page_of
from lib.parameters import PageField, Parameters
from market.stale import stale as stale_in_market


class Kind(models.TextChoices):
    CLAIM = "claim", "Claim to be checked again"
    SOURCE = "source", "Source that is gone"
    REVIEW = "review", "Guide to be reviewed"
    UNPUBLISHED = "unpublished", "Mended, not published yet"
    OPENINGS = "openings", "Role without open postings"
    FIGURE = "figure", "Quoted figure that has moved"


class Order(models.TextChoices):
    OLDEST = "oldest", "Oldest first"
    NEWEST = "newest", "Newest first"


def fields(items: list[Stale]) -> dict[str, forms.Field]:
    """What the address of the queue can ask; the guides to choose are those that `items` name."""
    titles = {str(item.guide.pk): item.guide.title for item in items}
    guides = sorted(titles.items(), key=lambda pair: pair[1].casefold())
    return {
        "kind": forms.ChoiceField(choices=[("", "Everything"), *Kind.choices]),
        "guide": forms.ChoiceField(choices=[("", "Every guide"), *guides]),
        "order": forms.ChoiceField(choices=Order.choices),
        "page": PageField(widget=forms.HiddenInput),
    }


class QueueForm(forms.Form):
    """The controls of the queue over the parameters that were heeded."""

    def __init__(self, asked: Parameters) -> None:
        super().__init__(asked.data.dict())
        self.fields.update(asked.fields)
        for field in self.fields.values():
            field.required = False


def may_see(request: HttpRequest) -> bool:
    return request.user.has_perm("guides.change_guide")


def everything() -> list[Stale]:
    at = timezone.now()
    return [*stale_in_guides(at), *stale_in_jobs(at), *stale_in_market(at)]


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What has aged, with its reason, since when, and where it is mended."""
    if not may_see(request):
        raise PermissionDenied
    items = everything()
    asked = Parameters(request.GET, **fields(items))
    chosen = asked.values
    shown = [
        item
        for item in items
        if chosen.get("kind", item.kind) == item.kind
        and chosen.get("guide", str(item.guide.pk)) == str(item.guide.pk)
    ]
    shown.sort(key=lambda item: (item.guide.title.casefold(), item.kind, item.what))
    shown.sort(key=lambda item: item.since, reverse=chosen.get("order") == Order.NEWEST)
    pages = Paginator(shown, settings.BOARD["STALE_PAGE_SIZE"])
    page = page_of(asked, chosen.get("page") or 1, pages)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Stale queue",
        "form": QueueForm(asked),
        "asked": asked,
        "page": page,
        "rows": [(item, Kind(item.kind).label) for item in page],
        "total": len(items),
    }
    return TemplateResponse(request, "admin/stale.html", context)
