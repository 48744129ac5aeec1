from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from imports import storing
from imports.admin.forms import AddressForm, NewSourceForm
from imports.models import Run, Source
from imports.systems import name_of
from jobs.models import Listing, Posting

if TYPE_CHECKING:
    from imports.recognising import Recognised

# What fetches and reads boards is imported where it is used: most workers never need it.
RUNS_SHOWN = 10


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("slug", "system", "open_postings", "last_run", "every_hours", "next_at",
                    "is_active")  # fmt: skip
    list_filter = ("system", "rule", "is_active")
    search_fields = ("slug", "board", "company_name", "address")
    fields = ("slug", "system", "board", "company_name", "mapping", "address", "rule",
              "every_hours", "is_active", "next_at")  # fmt: skip
    readonly_fields = ("next_at",)
    actions = ("run_now",)
    change_form_template = "admin/imports/source/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path(f"<int:pk>/{kind}/", wrap(view), name=f"imports_source_{kind}")
            for kind, view in (("run", self.start_fetch), ("replay", self.start_replay))
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        listed = Listing.objects.filter(source=OuterRef("listed_as"), closed_at=None)
        are_open = listed.filter(posting__state=Posting.State.OPEN).order_by().values("source")
        latest = Run.objects.filter(source=OuterRef("pk")).order_by("-started_at", "-pk")
        return (
            super()
            .get_queryset(request)
            .annotate(
                last_outcome=Subquery(latest.values("outcome")[:1]),
                last_pk=Subquery(latest.values("pk")[:1]),
                listed_as=Concat("system", Value(":"), "board"),
                open_count=Coalesce(Subquery(are_open.annotate(n=Count("pk")).values("n")), 0),
            )
        )

    @admin.display(description="last run", ordering="last_pk")
    def last_run(self, source: Any) -> str:
        if not source.last_pk:
            return "none yet"
        address = reverse("admin:imports_run_change", args=[source.last_pk])
        return format_html('<a href="{}">{}</a>', address, Run.Outcome(source.last_outcome).label)

    @admin.display(description="open postings", ordering="open_count")
    def open_postings(self, source: Any) -> int:
        return source.open_count

    # --- adding: an address, a look, and then a source ------------------------------------------

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if "by-hand" in request.GET:
            return super().add_view(request, form_url, extra_context)
        from imports.asking import hasty_visitor
        from imports.previewing import preview
        from imports.recognising import recognise
        from imports.run import ImportRefused
        from lib.addresses import FetchRefused

        if not self.has_add_permission(request):
            raise PermissionDenied
        if "system" in request.POST:
            return self._save_new(request)
        form = AddressForm(request.POST or None)
        if not request.POST or not form.is_valid():
            return self._adding(request, form=form)
        try:
            asked = hasty_visitor()
            found = recognise(form.cleaned_data["address"], asked)
            if known := Source.objects.filter(system=found.system, board=found.board).first():
                return self._adding(request, form=form, found=found, known=known)
            source = Source(system=found.system, board=found.board)
            seen = preview(source, asked)
        except (ImportRefused, FetchRefused) as error:
            return self._adding(request, form=form, problem=str(error))
        new = NewSourceForm(
            initial={
                "system": found.system,
                "board": found.board,
                "address": found.address,
                "every_hours": 6,
            }
        )
        return self._adding(request, form=form, found=found, seen=seen, new=new)

    def _save_new(self, request: HttpRequest) -> HttpResponse:
        from imports.runs import ask_for

        new = NewSourceForm(request.POST)
        if not new.is_valid():
            return self._adding(request, form=AddressForm(), new=new)
        source = new.save()
        self.log_addition(request, source, [{"added": {}}])
        run, _ = ask_for(source, Run.Kind.HAND, request.user)
        messages.success(request, f"“{source}” is saved, and its first run is under way.")
        return HttpResponseRedirect(reverse("admin:imports_run_change", args=[run.pk]))

    def _adding(self, request: HttpRequest, **context: Any) -> HttpResponse:
        found: Recognised | None = context.get("found")
        shown = {
            **self.admin_site.each_context(request),
            "title": "Add source",
            "opts": self.opts,
            "system": name_of(found.system) if found else "",
            "others": [(name_of(system), board) for system, board in found.others] if found else [],
            **context,
        }
        return TemplateResponse(request, "admin/imports/add_source.html", shown)

    # --- running --------------------------------------------------------------------------------

    def start_fetch(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._start(request, pk, Run.Kind.HAND)

    def start_replay(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._start(request, pk, Run.Kind.REPLAY)

    def _start(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        from imports.runs import ask_for

        source = get_object_or_404(Source, pk=pk)
        if not self.has_change_permission(request, source):
            raise PermissionDenied

        def act(request: HttpRequest) -> HttpResponse:
            run, is_new = ask_for(source, kind, request.user)
            if not is_new:
                messages.info(request, "A run of this source is under way already: this one.")
            return HttpResponseRedirect(reverse("admin:imports_run_change", args=[run.pk]))

        return require_POST(act)(request)

    @admin.action(description="Run now", permissions=["change"])
    def run_now(self, request: HttpRequest, chosen: QuerySet[Source]) -> None:
        from imports.runs import ask_for

        started = [ask_for(source, Run.Kind.HAND, request.user)[1] for source in chosen]
        new, going = sum(started), len(started) - sum(started)
        said = f"{new} run{'' if new == 1 else 's'} asked for"
        messages.success(request, f"{said}; {going} under way already." if going else f"{said}.")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        source = self.get_object(request, object_id)
        runs = Run.objects.filter(source=source).order_by("-started_at", "-pk")
        own = {
            "runs": runs.select_related("asked_by")[:RUNS_SHOWN],
            "may_replay": source is not None and storing.newest(source) is not None,
            "may_run": self.has_change_permission(request, source),
        }
        return super().change_view(request, object_id, form_url, {**own, **(extra_context or {})})
