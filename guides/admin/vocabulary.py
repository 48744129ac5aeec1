"""Skills and topics: the words that roles and guides choose from."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from guides.editing import NamesField
from guides.models import Skill, Topic


class SkillForm(forms.ModelForm):
    class Meta:
        model = Skill
        fields = ["name", "slug", "kind", "aliases"]
        field_classes = {"aliases": NamesField}
        help_texts = {
            "slug": "The end of its address: /skills/postgresql/.",
            "kind": "Groups the skills in lists and filters.",
        }


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin):
    form = SkillForm
    list_display = ["name", "kind", "other_names", "roles"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "aliases"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        return (
            super().get_queryset(request).annotate(role_count=Count("terms__role", distinct=True))
        )

    @admin.display(description="other names")
    def other_names(self, skill: Skill) -> str:
        return ", ".join(skill.aliases)

    @admin.display(description="roles", ordering="role_count")
    def roles(self, skill: Any) -> int:
        return skill.role_count


class TopicForm(forms.ModelForm):
    class Meta:
        model = Topic
        fields = ["name", "slug"]
        help_texts = {
            "name": "As readers see it: Data engineering.",
            "slug": "The topic in addresses.",
        }


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    form = TopicForm
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
