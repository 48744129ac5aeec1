from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from imports import storing
from imports.models import Answer, Run
from jobs.models import Event, Listing
from lib.filters import page_of
from lib.parameters import PageField, Parameters

TOUCHED_SHOWN = 50
REASONS_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Touched:
    """A posting of a run, and in words what the run did to it."""

    posting: Any
    url: str
    what: str


@admin.register(Run)
class RunAdmin(admin.ModelAdmin):
    """What each run did; written by the imports alone."""

    list_display = ("started", "source", "kind", "outcome", "healthy", "counted")
    list_filter = ("outcome", "kind", "source__system", "healthy")
    list_select_related = ("source",)
    search_fields = ("source__slug",)
    date_hierarchy = "started_at"
    ordering = ("-started_at", "-pk")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.answer)
        return [
            path("<int:pk>/answers/<int:place>/", view, name="imports_run_answer"),
            *super().get_urls(),
        ]

    @admin.display(description="run", ordering="started_at")
    def started(self, run: Run) -> str:
        return f"{run.started_at:%Y-%m-%d %H:%M}"

    @admin.display(description="counts")
    def counted(self, run: Run) -> str:
        return " ".join(f"{name}={run.counts[name]}" for name in names_of(run.counts)) or "none"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What the run is at or what it did, and every posting that it touched."""
        run = self.get_object(request, object_id)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if run is None:
            raise Http404("There is no such run.")
        asked = Parameters(request.GET, page=PageField())
        pages = Paginator(touched_by(run), TOUCHED_SHOWN)
        page = page_of(asked, asked.values.get("page") or 1, pages)
        answers = (run.answers_of or run).answers.select_related("payload")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Run of {run.source}",
            "opts": self.opts,
            "run": run,
            "counts": [(name, run.counts.get(name, 0)) for name in names_of(run.counts, all_=True)],
            "progress": progress_of(run),
            "asked": asked,
            "page": page,
            "touched": in_words(run, page),
            "reasons": run.reasons[:REASONS_SHOWN],
            "more_reasons": max(0, len(run.reasons) - REASONS_SHOWN),
            "answers": answers.defer("payload__packed").order_by("place")[:200],
            "lasts": (run.finished_at or timezone.now()) - run.started_at,
        }
        return TemplateResponse(request, "admin/imports/run.html", context)

    def answer(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        """One stored answer as it came, as a file: nothing of it is shown as a page of ours."""
        answer = Answer.objects.filter(run=pk, place=place).select_related("payload", "run").first()
        if not self.has_view_permission(request, answer and answer.run):
            raise PermissionDenied
        if answer is None:
            raise Http404("This answer is not stored any more.")
        name = f"run-{pk}-answer-{place + 1}.txt"
        return HttpResponse(
            storing.body_of(answer),
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def names_of(counts: dict[str, int], *, all_: bool = False) -> list[str]:
    """The names of counts in their order: those that are always told, and those that there are."""
    always = Run.COUNTED if all_ else tuple(name for name in Run.COUNTED if counts.get(name))
    return [*always, *(name for name in Run.RARE if counts.get(name))]


def progress_of(run: Run) -> dict[str, Any]:
    """What a run is at: words, and how much of how much is done."""
    return dict(run.progress) or {"words": "just begun"}


def touched_by(run: Run) -> Any:
    """The listings of a run: those it did something to, and those it found unchanged, as long as
    no later run has confirmed them."""
    events = run.events().select_related(None).order_by()
    did = Exists(events.filter(posting=OuterRef("posting")))
    own = Listing.objects.filter(source=run.source.key).annotate(did=did)
    seen = own.filter(Q(did=True) | Q(last_confirmed=run.started_at))
    return seen.select_related("posting__company").order_by("-did", "posting_id", "pk")


def in_words(run: Run, page: Any) -> list[Touched]:
    listings = list(page)
    events: dict[int, list[Event]] = defaultdict(list)
    for event in run.events().filter(posting__in=[one.posting_id for one in listings]):
        events[event.posting_id].append(event)
    return [
        Touched(
            listing.posting,
            listing.url,
            ", ".join(words_of(event) for event in events[listing.posting_id]) or "unchanged",
        )
        for listing in listings
    ]


def words_of(event: Event) -> str:
    if event.kind == Event.Kind.FIRST_SEEN:
        return "new"
    fields = event.detail.get("fields")
    reason = event.detail.get("reason")
    said = str(event.get_kind_display())
    if event.detail.get("reread"):
        said = "read anew"
    if fields:
        return f"{said}: {', '.join(str(field).replace('_', ' ') for field in fields)}"
    return f"{said}: {reason}" if reason else said
