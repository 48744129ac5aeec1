"""Roles with their profile terms and career steps."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from guides import textform
from guides.admin.inlines import HelpedTable
from guides.admin.typed import rows_in_order, shown, typed_rows
from guides.editing import (
    MarkdownWidget,
    NamesField,
    RevisionedAdmin,
    RevisionedForm,
    markdown_fields,
)
from guides.models import PROSE, CareerStep, Role, RoleTerm
from guides.textform import RoleText


class TermFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        seen = set()
        for data in typed_rows(self):
            skill, name = data.get("skill"), data.get("name") or ""
            key = data.get("aspect"), skill.pk if skill else name.casefold()
            if key in seen:
                raise ValidationError(f"“{skill or name}” is twice in one part of the profile.")
            seen.add(key)


class TermInline(HelpedTable):
    model = RoleTerm
    formset = TermFormSet
    autocomplete_fields = ["skill"]
    fields = ["aspect", "skill", "name", "weight", "order"]
    help_texts = {
        "aspect": "Which part of the profile it belongs to.",
        "weight": "How often postings ask for it; the heavier ones stand first.",
    }
    extra = 1


class StepInline(HelpedTable):
    model = CareerStep
    fk_name = "role"
    autocomplete_fields = ["to"]
    fields = ["to", "text", "order"]
    help_texts = {
        "to": "Where people in this role go next.",
        "order": "The lower number comes first.",
    }
    extra = 0
    verbose_name = "career step from here"
    verbose_name_plural = "career steps from here"


class RoleForm(RevisionedForm):
    class Meta:
        model = Role
        fields = ["name", "slug", "aliases", "summary", "base", "seniority", *PROSE]
        field_classes = {"aliases": NamesField, **markdown_fields(*PROSE)}
        widgets = dict.fromkeys(PROSE, MarkdownWidget)
        help_texts = {
            "name": "As readers see it, in the singular: Data Engineer.",
            "slug": "The end of its address: /roles/data-engineer/. It must not contain “-vs-”.",
        }


@admin.register(Role)
class RoleAdmin(RevisionedAdmin):
    form = RoleForm
    list_display = ["name", "base", "seniority", "terms"]
    list_filter = [("base", admin.EmptyFieldListFilter)]
    list_select_related = ["base"]
    search_fields = ["name", "slug", "aliases"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["base"]
    inlines = [TermInline, StepInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "aliases", "summary"]}),
        ("Profile", {"fields": [*PROSE]}),
        ("A view of another role", {"fields": ["base", "seniority"]}),
        ("This change", {"fields": ["reason", "began_from"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        return super().get_queryset(request).annotate(term_count=Count("terms"))

    @admin.display(description="terms", ordering="term_count")
    def terms(self, role: Any) -> int:
        return role.term_count

    def typed_text(self, form: Any, formsets: list[Any]) -> str:
        data = form.cleaned_data
        terms: dict[str, list[tuple[str, int]]] = {}
        rows = rows_in_order(formsets)
        for row in rows.get(RoleTerm, []):
            name = row["skill"].slug if row.get("skill") else row.get("name", "")
            terms.setdefault(row.get("aspect", ""), []).append((name, row.get("weight") or 2))
        prose: dict[str, Any] = {
            name.value: data.get(name) or form[name].value() or "" for name in PROSE
        }
        profile: dict[str, Any] = {
            aspect: tuple(items) for aspect, items in terms.items() if aspect
        }
        role = RoleText(
            name=data.get("name", ""),
            slug=data.get("slug", ""),
            aliases=tuple(data.get("aliases") or ()),
            summary=data.get("summary", ""),
            base=data["base"].slug if data.get("base") else "",
            seniority=data.get("seniority", ""),
            steps=tuple(
                (row["to"].slug, row.get("text") or "")
                for row in rows.get(CareerStep, [])
                if row.get("to")
            ),
            **prose,
            **profile,
        )
        return shown(lambda: textform.dump_role(role), form)
