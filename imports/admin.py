from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join

from imports.models import Run, Source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("slug", "system", "board", "company_name", "rule", "is_active")
    list_filter = ("system", "rule", "is_active")
    search_fields = ("slug", "board", "company_name")
    prepopulated_fields = {"slug": ("system", "board")}


@admin.register(Run)
class RunAdmin(admin.ModelAdmin):
    """What each run did; written by the imports alone."""

    list_display = ("source", "started_at", "outcome", "healthy", "counted")
    list_filter = ("outcome", "source__system", "healthy")
    list_select_related = ("source",)
    search_fields = ("source__slug",)
    date_hierarchy = "started_at"
    fields = ("source", "started_at", "finished_at", "outcome", "healthy", "counted", "left_out")
    readonly_fields = fields

    @admin.display(description="counts")
    def counted(self, obj: Run) -> str:
        return " ".join(f"{name}={count}" for name, count in sorted(obj.counts.items()) if count)

    @admin.display(description="left out, and why")
    def left_out(self, obj: Run) -> str:
        return format_html_join("", "<p><b>{}</b> {}: {}</p>", obj.reasons) or "Nothing."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
