"""Guides: the form, the list, and what becomes of a text that is saved or published."""

from datetime import datetime
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from guides import preview, textform
from guides.admin.actions import BulkAdmin
from guides.admin.comments import DiscussedAdmin
from guides.admin.parts import ClaimInline, ImageInline, RoleInline, SectionInline, SourceInline
from guides.admin.typed import rows_in_order, shown
from guides.editing import RevisionedAdmin, RevisionedForm, markdown_preview
from guides.models import Claim, Comment, Guide, GuideImage, GuideRole, Revision, Section, Source
from guides.revisions import PublishError, publish
from guides.textform import ClaimText, GuideText, ImageText, SectionText, SourceText

State = Guide.State


class GuideForm(RevisionedForm):
    publish_at = forms.SplitDateTimeField(
        required=False,
        widget=AdminSplitDateTime,
        label="Publish at",
        help_text="With “Save and publish”: from when readers see this text. Empty means now.",
    )

    class Meta:
        model = Guide
        fields = ["title", "slug", "subtitle", "summary", "topics", "author", "reviewer",
                  "reviewed_on", "review_due", "state"]  # fmt: skip
        help_texts = {
            "slug": "The end of its address: /guides/data-engineer-role-guide/.",
            "title": "The heading of its page, of lists and of search results.",
            "topics": "What it is about besides its roles; readers choose guides by it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "state" in self.fields:
            # Publishing takes more than a word: it has a button of its own.
            now = self.instance.state
            offered = {now, State.DRAFT, State.IN_REVIEW}
            if self.may_publish and self.instance.pk:
                offered.add(State.RETIRED)
            self.fields["state"].choices = [  # type: ignore[attr-defined]
                c for c in State.choices if c[0] in offered
            ]
            if not self.may_publish and now in (State.PUBLISHED, State.RETIRED):
                self.fields["state"].disabled = True

    may_publish = False

    def clean_publish_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data.get("publish_at")
        if at and at <= timezone.now():
            raise ValidationError("This is in the past. Leave it empty to publish now.")
        if at and "_publish" not in self.data:
            raise ValidationError("Press “Save and publish” to schedule the text, or empty this.")
        return at


class ReviewFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", "overdue"), ("none", "no date set")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Guide]) -> QuerySet[Guide]:
        if self.value() == "overdue":
            return queryset.filter(review_due__lte=timezone.now().date())
        if self.value() == "none":
            return queryset.filter(review_due__isnull=True)
        return queryset


@admin.register(Guide)
class GuideAdmin(BulkAdmin, DiscussedAdmin, RevisionedAdmin):
    form = GuideForm
    # The titles name the roles; a column for them pushed the last ones out of sight.
    list_display = ["title", "state", "readers_since", "scheduled", "review_due", "words",
                    "open_comments"]  # fmt: skip
    list_filter = ["state", ReviewFilter, "roles"]
    search_fields = ["title", "slug", "subtitle", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["topics"]
    inlines = [RoleInline, SectionInline, ImageInline, SourceInline, ClaimInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "subtitle", "summary", "topics"]}),
        ("Who and when", {"fields": ["author", "reviewer", ("reviewed_on", "review_due")]}),
        ("This change", {"fields": ["state", "reason", "publish_at", "began_from"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(markdown_preview)
        return [path("markdown/", view, name="guides_markdown"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Guide]:
        own = Revision.objects.filter(guide=OuterRef("pk"))
        now = timezone.now()
        effective = own.filter(effective_at__lte=now).order_by("-effective_at", "-pk")
        words = Section.objects.filter(guide=OuterRef("pk")).order_by().values("guide")
        unresolved = Comment.objects.filter(guide=OuterRef("pk"), resolved_at=None)
        comments = unresolved.order_by().values("guide")
        waiting = own.scheduled(now).order_by("effective_at", "pk")
        return (
            super()
            .get_queryset(request)
            .annotate(
                effective=Subquery(effective.values("effective_at")[:1]),
                waiting=Subquery(waiting.values("effective_at")[:1]),
                word_count=Coalesce(Subquery(words.annotate(n=Sum("words")).values("n")), 0),
                unresolved=Coalesce(Subquery(comments.annotate(n=Count("pk")).values("n")), 0),
            )
        )

    @admin.display(description="public text of", ordering="effective", empty_value="—")
    def readers_since(self, guide: Any) -> datetime | None:
        return guide.effective if guide.state == State.PUBLISHED else None

    @admin.display(description="scheduled", ordering="waiting", empty_value="—")
    def scheduled(self, guide: Any) -> datetime | None:
        return guide.waiting

    @admin.display(description="words", ordering="word_count")
    def words(self, guide: Any) -> int:
        return guide.word_count

    @admin.display(description="open comments", ordering="unresolved")
    def open_comments(self, guide: Any) -> int:
        return guide.unresolved

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"may_publish": self.has_publish_permission(request)})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_publish_permission(request):
            return self.fieldsets
        return [
            (title, {"fields": [name for name in options["fields"] if name != "publish_at"]})
            for title, options in self.fieldsets
        ]

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        public = obj is not None and Guide.objects.addressable().filter(pk=obj.pk).exists()
        return obj.get_absolute_url() if public else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        original = context.get("original")
        context["may_publish"] = self.has_publish_permission(request)
        context["draft_url"] = preview.address(original) if original else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def keep(self, request: HttpRequest, form: Any) -> None:
        if "_publish" not in request.POST or not self.has_publish_permission(request):
            super().keep(request, form)
            return
        at = form.cleaned_data.get("publish_at")
        try:
            publish(
                form.instance,
                at=at,
                user=request.user,
                reason=form.cleaned_data.get("reason", ""),
                check_links=True,
            )
        except PublishError as error:
            super().keep(request, form)
            for problem in error.problems:
                messages.error(request, f"Saved, but not published. {problem}", extra_tags="saved")
        else:
            when = f"from {date_format(at, 'j F Y H:i')} (UTC)" if at else "now"
            messages.success(request, f"Readers see this text {when}.")
            self.warn_of_links(request, form.instance)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        return self._back(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return self._back(request, obj) or super().response_change(request, obj)

    def _back(self, request: HttpRequest, obj: Guide) -> HttpResponse | None:
        if "_publish" in request.POST:
            return HttpResponseRedirect(reverse("admin:guides_guide_change", args=[obj.pk]))
        return None

    def typed_text(self, form: Any, formsets: list[Any]) -> str:
        data = form.cleaned_data
        rows = rows_in_order(formsets)
        texts: dict[str, Any] = {
            name: data.get(name) or ""
            for name in ("title", "slug", "subtitle", "summary", "author", "reviewer")
        }
        guide = GuideText(
            **texts,
            reviewed_on=data.get("reviewed_on"),
            review_due=data.get("review_due"),
            roles=tuple(row["role"].slug for row in rows.get(GuideRole, []) if row.get("role")),
            topics=tuple(topic.name for topic in data.get("topics") or ()),
            images=tuple(
                ImageText(
                    row.get("key") or "",
                    PurePath(row["file"].name).name if row.get("file") else "",
                    row.get("alt") or "",
                )
                for row in rows.get(GuideImage, [])
            ),
            sources=tuple(
                SourceText(
                    key=row.get("key") or "",
                    title=row.get("title") or "",
                    publisher=row.get("publisher") or "",
                    url=row.get("url") or "",
                    published=row.get("published"),
                    accessed=row["accessed"],
                )
                for row in rows.get(Source, [])
                if row.get("accessed")
            ),
            claims=tuple(
                ClaimText(
                    row.get("key") or "",
                    row.get("text") or "",
                    row["source"].key if row.get("source") else "",
                    row.get("review_on"),
                )
                for row in rows.get(Claim, [])
            ),
            sections=tuple(
                SectionText(
                    row.get("heading") or "", row.get("aspect") or "", row.get("body") or ""
                )
                for row in rows.get(Section, [])
            ),
        )
        return shown(lambda: textform.dump(guide), form)
