from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from work.models import Errand


@admin.register(Errand)
class ErrandAdmin(admin.ModelAdmin):
    """What the workers have done and have before them; written by them alone."""

    list_display = ("__str__", "state", "due_at", "attempts", "started_at", "finished_at")
    list_filter = ("state", "path")
    fields = (
        "path", "arguments", "every", "state", "due_at", "attempts", "worker", "enqueued_at",
        "started_at", "finished_at", "problem",
    )  # fmt: skip
    readonly_fields = fields
    actions = ("try_again",)

    @admin.action(description="Try again what was given up", permissions=["view"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Errand]) -> None:
        again = chosen.filter(state=Errand.State.FAILED).update(
            state=Errand.State.READY, due_at=timezone.now(), attempts=0, finished_at=None
        )
        messages.success(request, f"{again} waiting again.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
