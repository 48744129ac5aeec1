"""The editors' queue: what `guides` and `jobs` say has aged, laid together on one page."""

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

from guides.forms import first_values, ignored
from guides.stale import Stale
from guides.stale import stale as stale_in_guides
from jobs.stale import stale as stale_in_jobs


class Kind(models.TextChoices):
    CLAIM = "claim", "Claim to be checked again"
    SOURCE = "source", "Source that is gone"
    REVIEW = "review", "Guide to be reviewed"
    UNPUBLISHED = "unpublished", "Mended, not published yet"
    OPENINGS = "openings", "Role without open postings"


class Order(models.TextChoices):
    OLDEST = "oldest", "Oldest first"
    NEWEST = "newest", "Newest first"


class QueueFilter(forms.Form):
    kind = forms.ChoiceField(required=False, choices=[("", "Everything"), *Kind.choices])
    guide = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": "Nothing of this guide is in the queue."},
    )
    order = forms.ChoiceField(required=False, choices=Order.choices)
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=settings.BOARD["PAGE_LIMIT"],
        widget=forms.HiddenInput,
    )

    def __init__(self, data: dict[str, str], items: list[Stale]) -> None:
        super().__init__(data)
        titles = {str(item.guide.pk): item.guide.title for item in items}
        self.fields["guide"].choices = [  # type: ignore[attr-defined]
            ("", "Every guide"),
            *sorted(titles.items(), key=lambda pair: pair[1].casefold()),
        ]


def may_see(request: HttpRequest) -> bool:
    return request.user.has_perm("guides.change_guide")


def everything() -> list[Stale]:
    at = timezone.now()
    return [*stale_in_guides(at), *stale_in_jobs(at)]


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What has aged, with its reason, since when, and where it is mended."""
    if not may_see(request):
        raise PermissionDenied
    items = everything()
    form = QueueFilter(first_values(request.GET), items)
    form.is_valid()
    asked = form.cleaned_data
    shown = [
        item
        for item in items
        if asked.get("kind") in ("", None, item.kind)
        and asked.get("guide") in ("", None, str(item.guide.pk))
    ]
    shown.sort(key=lambda item: (item.guide.title.casefold(), item.kind, item.what))
    shown.sort(key=lambda item: item.since, reverse=asked.get("order") == Order.NEWEST)
    page = Paginator(shown, settings.BOARD["STALE_PAGE_SIZE"]).get_page(asked.get("page") or 1)
    errors = {name: str(messages[0]) for name, messages in form.errors.items()}
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Stale queue",
        "form": form,
        "page": page,
        "rows": [(item, Kind(item.kind).label) for item in page],
        "total": len(items),
        "ignored": ignored(request.GET, frozenset(form.fields), errors),
    }
    return TemplateResponse(request, "admin/stale.html", context)
