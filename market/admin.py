from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from market.models import Survey, SurveyTitle


@admin.register(Survey)
class SurveyAdmin(admin.ModelAdmin):
    """Surveys as `import_salaries` wrote them; what is said of their origin is edited here."""

    list_display = ("name", "as_of", "answers", "without_role", "imported_at")
    fields = (
        "name", "slug", "publisher", "url", "licence", "as_of", "day_known", "answers",
        "without_role", "imported_at", "refused_lines",
    )  # fmt: skip
    readonly_fields = ("slug", "answers", "without_role", "imported_at", "refused_lines")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Survey]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                all_answers=Sum("titles__answers"),
                roleless=Sum("titles__answers", filter=Q(titles__role=None), default=0),
            )
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="answers", ordering="all_answers")
    def answers(self, obj: Any) -> str:
        return f"{obj.all_answers or 0:,}"

    @admin.display(description="whose title names no role", ordering="roleless")
    def without_role(self, obj: Any) -> str:
        share = obj.roleless / obj.all_answers if obj.all_answers else 0
        address = reverse("admin:market_surveytitle_changelist")
        return format_html(
            '<a href="{}?role__isempty=1&amp;survey__id__exact={}">{} ({})</a>',
            address, obj.pk, f"{obj.roleless:,}", f"{share:.1%}",
        )  # fmt: skip

    @admin.display(description="lines that were refused")
    def refused_lines(self, obj: Survey) -> str:
        said = [(one["line"], one["reason"]) for one in obj.refused]
        return format_html_join("\n", "<div>Line {} {}</div>", said) if said else "None."


@admin.register(SurveyTitle)
class SurveyTitleAdmin(admin.ModelAdmin):
    """The titles of surveys, the most frequent first, and the role that each names.

    Nothing is changed here: a title that is written among a role's other titles is that role's
    from then on.
    """

    list_display = ("text", "answers", "role", "rule", "survey")
    list_filter = (("role", admin.EmptyFieldListFilter), "survey", "role")
    list_select_related = ("role", "survey")
    search_fields = ("text",)
    ordering = ("-answers", "text")
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
