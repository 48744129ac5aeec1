"""The parts of a guide, edited as rows of its form: roles, sections, sources and claims."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from guides import textform
from guides.admin.inlines import HelpedTable
from guides.editing import MarkdownWidget, markdown_fields
from guides.imagefiles import name_of
from guides.models import Claim, GuideImage, GuideRole, Section, Source
from guides.values import FORM
from lib.images import ImageRefused, rewrite


class RoleInline(HelpedTable):
    model = GuideRole
    autocomplete_fields = ["role"]
    fields = ["role", "order"]
    help_texts = {
        "role": "Whom the guide is about; its profile stands in the sections with an aspect.",
        "order": "The lower number stands on the left.",
    }
    extra = 1


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ["order", "heading", "aspect", "body"]
        field_classes = markdown_fields("body")
        widgets = {"body": MarkdownWidget}
        help_texts = {
            "order": "The lower number comes first.",
            "heading": "One line without Markdown; the table of contents shows it.",
            "body": "Markdown; headings inside a section start at ###. Mark a fact with its claim: "
            f"[^key]. Show a live figure of a role: {FORM}.",
        }

    def clean_heading(self) -> str:
        heading = textform.one_line(self.cleaned_data["heading"])
        if problem := textform.heading_problem(heading):
            raise ValidationError(f"{problem[:1].upper()}{problem[1:]}.")
        return heading


class SectionInline(admin.StackedInline):
    model = Section
    form = SectionForm
    extra = 0


class SourceInline(HelpedTable):
    model = Source
    fields = ["key", "title", "publisher", "url", "published", "accessed"]
    help_texts = {
        "title": "As the source calls itself.",
        "publisher": "Who stands behind it, as readers see it.",
        "url": "Where readers can check it: begins with https:// or http://.",
        "published": "The source's own date, if it has one.",
    }
    extra = 0
    show_change_link = False


class ClaimInline(HelpedTable):
    model = Claim
    fields = ["key", "text", "source", "review_on"]
    help_texts = {
        "source": "Where the statement is from. Save a new source first; then it can be chosen.",
    }
    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "source":
            match = request.resolver_match
            guide = match.kwargs.get("object_id") if match else None
            own = (
                Source.objects.filter(guide_id=int(str(guide)))
                if str(guide or "").isdigit()
                else None
            )
            kwargs["queryset"] = own if own is not None else Source.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ImageForm(forms.ModelForm):
    class Meta:
        model = GuideImage
        fields = ["key", "file", "alt"]
        widgets = {"alt": AdminTextareaWidget(attrs={"rows": 2})}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        try:
            picture = rewrite(file.read(settings.BOARD["IMAGE_BYTES"] + 1))
        except ImageRefused as refused:
            raise ValidationError(str(refused)) from refused
        self.instance.width, self.instance.height = picture.width, picture.height
        return ContentFile(picture.content, name_of(picture))


class ImageInline(HelpedTable):
    model = GuideImage
    form = ImageForm
    extra = 0
