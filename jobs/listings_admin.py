"""What the admin of postings does with listings: merge, split, and withdraw for good."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jobs.duplicates import NotPossible, merge, restore, split
from jobs.models import Posting
from jobs.uniting import listings_of


class ListingsAdmin(admin.ModelAdmin):
    """Merging is confirmed on a page that names who keeps the address; splitting has its own."""

    change_form_template = "admin/jobs/posting/change_form.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        own = path(
            "<int:pk>/listings/",
            view(require_http_methods(["GET", "HEAD", "POST"])(self.listings_view)),
            name="jobs_posting_listings",
        )
        return [own, *super().get_urls()]

    @admin.action(description="Merge: one job, one address", permissions=["change"])
    def merge(self, request: HttpRequest, rows: QuerySet[Posting]) -> HttpResponse | None:
        postings = list(rows.select_related("company").order_by("pk"))
        if "confirmed" in request.POST:
            try:
                kept = merge(postings, by=request.user)
            except NotPossible as error:
                messages.error(request, str(error))
                return None
            text = f"One posting now: {kept}. The other addresses lead to it."
            messages.success(request, text)
            return redirect("admin:jobs_posting_change", kept.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Merge postings",
            "opts": self.model._meta,
            "postings": postings,
            "companies": len({posting.company_id for posting in postings}),
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/jobs/posting/merge.html", context)

    @admin.action(description="Withdraw, and never import it again", permissions=["change"])
    def bar(self, request: HttpRequest, rows: QuerySet[Posting]) -> None:
        wanted = list(rows.exclude(state=Posting.State.MERGED))
        for posting in wanted:
            posting.withdraw("by the editors", bar=True)
        count = len(wanted)
        text = ngettext("%d posting is", "%d postings are", count) % count
        messages.success(request, f"{text} withdrawn for good.")

    def listings_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The listings of a posting and what was merged into it; POST splits."""
        posting = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, posting):
            raise PermissionDenied
        may_change = self.has_change_permission(request, posting)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            return self._split(request, posting)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Listings of {posting}",
            "opts": self.model._meta,
            "posting": posting,
            "listings": listings_of([posting.pk]).get(posting.pk, []),
            "merged": posting.merged.select_related("company").order_by("pk"),
            "may_change": may_change,
        }
        return TemplateResponse(request, "admin/jobs/posting/listings.html", context)

    def _split(self, request: HttpRequest, posting: Posting) -> HttpResponse:
        here = reverse("admin:jobs_posting_listings", args=[posting.pk])
        try:
            if merged := request.POST.get("restore", ""):
                one = posting.merged.filter(pk=int(merged) if merged.isdecimal() else 0).first()
                if one is None:
                    raise NotPossible("It is not merged into this posting.")
                restore(one, by=request.user)
                found = [one]
            else:
                ids = [int(text) for text in request.POST.getlist("listing") if text.isdecimal()]
                found = split(posting, ids, by=request.user)
        except NotPossible as error:
            messages.error(request, str(error))
            return redirect(here)
        for one in found:
            messages.success(request, f"Split off as a posting of its own: {one} ({one.pk}).")
        return redirect(here)
