"""Rows of a form as a table with its help in words: the stock one hides it behind icons."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class HelpedTable(admin.TabularInline):
    template = "admin/guides/table.html"
    help_texts: dict[str, str] = {}

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{"help_texts": self.help_texts, **kwargs})
