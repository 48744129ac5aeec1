"""What the admin pages of guides and roles share: revisions, clashes, Markdown with preview."""

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from guides import textform, values
from guides.diff import side_by_side
from guides.linkcheck import dead_links
from guides.models import Guide, Revision, Role
from guides.revisions import (
    Clash,
    Images,
    check_began_from,
    images_of,
    newest,
    record,
    restore,
    with_images,
)
from guides.textform import TextFormError, body_problem
from lib import text

LINKS_NAMED = 10


class MarkdownWidget(AdminTextareaWidget):
    """A large box; with scripts, what the site would show of it stands below."""

    class Media:
        css = {"all": ["css/admin.css"]}
        js = ["js/markdown-preview.js"]

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {"rows": 12, **attrs, "data-markdown-preview": reverse("admin:guides_markdown")}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        try:
            words = text.count_words(value or "")
        except ValueError:  # too long, and the form says so
            words = 0
        return super().get_context(name, value, {**(attrs or {}), "data-words": words})


class MarkdownField(forms.CharField):
    """Markdown as a section of a guide may hold it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "widget": MarkdownWidget, "strip": False})

    def clean(self, value: Any) -> str:
        source = super().clean(value).replace("\r\n", "\n").replace("\r", "\n")
        if problem := body_problem(source):
            raise ValidationError(f"Line {problem.line}: {problem.reason}.")
        return source


class NamesField(forms.CharField):
    """A list of names, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        for name in ("encoder", "decoder", "max_length"):
            kwargs.pop(name, None)
        super().__init__(**{**kwargs, "widget": AdminTextareaWidget(attrs={"rows": 4})})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        names = [line.strip() for line in super().clean(value).splitlines()]
        return [name for name in names if name]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.clean(data)


class RevisionedForm(forms.ModelForm):
    """A form that knows which revision its editor began from, and refuses to undo another's."""

    reason = forms.CharField(
        max_length=200,
        required=False,
        label="Reason for this change",
        help_text="One line for the history. That of a published guide is read by everybody.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    began_from = forms.IntegerField(required=False, widget=forms.HiddenInput)

    clash: Clash | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "began_from" in self.fields:
            latest = newest(self.instance)
            self.fields["began_from"].initial = latest.pk if latest else None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            try:
                check_began_from(self.instance, self.cleaned_data.get("began_from"))
            except Clash as clash:
                self.clash = clash
                raise ValidationError(
                    "Somebody else has saved this text since you began, so yours was not saved. "
                    "Both are shown below, side by side, and the form holds what you typed. Take "
                    "over what you want to keep of theirs; saving again replaces their text."
                ) from clash
        return cleaned


class CompareForm(forms.Form):
    """Two revisions of one guide or role."""

    def __init__(self, owner: Guide | Role, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            self.fields[name] = forms.ModelChoiceField(
                owner.revisions.select_related("created_by"),
                error_messages={
                    "required": "Choose two texts to compare.",
                    "invalid_choice": "One of the texts to compare is not in this history.",
                },
            )


class RestoreForm(forms.Form):
    reason = forms.CharField(max_length=160, required=False, label="Why it is brought back")


class RevisionedAdmin(admin.ModelAdmin):
    """Saving records a revision; the history shows them, compares them and brings them back."""

    change_form_template = "admin/guides/change_form.html"
    form = RevisionedForm

    class Media:
        css = {"all": ["css/admin.css"]}
        js = ["js/reorder.js"]

    def typed_text(self, form: Any, formsets: list[Any]) -> str:
        """The text form of what a form that was not saved holds."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        info = self.opts.app_label, self.opts.model_name
        view = self.admin_site.admin_view
        own = [
            path(
                "<path:object_id>/history/compare/",
                view(require_safe(self.compare_view)),
                name="{}_{}_compare".format(*info),
            ),
            path(
                "<path:object_id>/history/<int:revision_id>/",
                view(self.revision_view),
                name="{}_{}_revision".format(*info),
            ),
        ]
        return own + super().get_urls()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.keep(request, form)

    def keep(self, request: HttpRequest, form: Any) -> None:
        """Record what was just saved."""
        try:
            record(form.instance, request.user, form.cleaned_data.get("reason", ""))
        except TextFormError as error:
            messages.error(
                request,
                f"Saved, but the history could not keep it: {error.reason}.",
                extra_tags="saved",
            )
        self.warn_of_links(request, form.instance)

    def warn_of_links(self, request: HttpRequest, owner: Guide | Role) -> None:
        """Name the links of the working copy that lead nowhere, and values that are none."""
        said = textform.read_guide(owner) if isinstance(owner, Guide) else textform.read_role(owner)
        for sentence in values.unknown_values(said)[:LINKS_NAMED]:
            messages.warning(request, sentence)
        dead = dead_links(said)
        for link in dead[:LINKS_NAMED]:
            messages.warning(request, str(link))
        if len(dead) > LINKS_NAMED:
            messages.warning(request, f"{len(dead) - LINKS_NAMED} more links lead nowhere.")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if clash := getattr(form, "clash", None):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["clash"] = clash
            context["clash_rows"] = side_by_side(
                clash.newest.text, self.typed_text(form, formsets), context=None
            )
            # They have now seen the other text: the next save is a decision.
            form.data = form.data.copy()
            form.data[form.add_prefix("began_from")] = str(clash.newest.pk)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        owner = self._owner(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {owner}",
            "opts": self.opts,
            "object": owner,
            "revisions": owner.revisions.select_related("created_by").defer("text", "rendered"),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/guides/history.html", context)

    def revision_view(self, request: HttpRequest, object_id: str, revision_id: int) -> HttpResponse:
        """A revision beside the one before; POST brings it back into the working copy."""
        owner = self._owner(request, object_id)
        revision = get_object_or_404(owner.revisions.select_related("created_by"), pk=revision_id)
        if request.method == "POST":
            if not self.has_change_permission(request, owner):
                raise PermissionDenied
            return self._restore(request, revision)
        before = owner.revisions.filter(pk__lt=revision.pk).order_by("-pk").first()
        context = {
            **self._compared(request, owner, before, revision),
            "title": f"{owner}, {revision.created_at:%Y-%m-%d %H:%M}",
            "revision": revision,
        }
        return TemplateResponse(request, "admin/guides/revision.html", context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The revisions `old` and `new` of the address side by side, the older one on the left."""
        owner = self._owner(request, object_id)
        form = CompareForm(owner, request.GET)
        if not form.is_valid():
            for problem in {str(p) for problems in form.errors.values() for p in problems}:
                messages.error(request, problem)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
            return HttpResponseRedirect(reverse(name, args=[owner.pk]))
        old, new = sorted((form.cleaned_data["old"], form.cleaned_data["new"]), key=lambda r: r.pk)
        context = {
            **self._compared(request, owner, old, new),
            "title": f"{owner}: two texts compared",
        }
        return TemplateResponse(request, "admin/guides/compare.html", context)

    def _compared(
        self, request: HttpRequest, owner: Guide | Role, old: Revision | None, new: Revision
    ) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": owner,
            "old": old,
            "new": new,
            "newest": newest(owner),
            "rows": side_by_side(old.text if old else "", new.text),
            "may_restore": self.has_change_permission(request, owner),
        }

    def _restore(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        form = RestoreForm(request.POST)
        if not form.is_valid():
            messages.error(request, f"Nothing was brought back: {form.errors['reason'][0]}")
            return HttpResponseRedirect(request.path)
        try:
            owner = restore(revision, request.user, form.cleaned_data["reason"])
        except TextFormError as error:
            messages.error(request, f"This revision cannot be brought back: {error.reason}.")
            return HttpResponseRedirect(request.path)
        self.log_change(request, owner, f"Restored the text of {revision.created_at:%Y-%m-%d}")
        messages.success(request, "The working copy is this revision again. Readers see no change.")
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[owner.pk]))

    def _owner(self, request: HttpRequest, object_id: str) -> Guide | Role:
        owner = self.get_object(request, object_id)
        if owner is None:
            raise Http404("It is not here any more.")
        if not self.has_view_or_change_permission(request, owner):
            raise PermissionDenied
        return owner


@require_POST
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The Markdown in the field `text` exactly as the site renders it, with the images of the
    field `guide` and the number of its words in X-Words; 400 with the reason."""
    source = request.POST.get("text", "")
    try:
        numbers = {key: number for number, key in enumerate(text.note_keys(source), start=1)}
        images = _images(request)
        rendered = text.render(
            source, notes=numbers, prefix="preview--", figures=images, values=values.known()
        )
    except ValueError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    parts = {"parts": with_images(rendered.parts, images)}
    html = render_to_string("guides/_preview.html", parts)
    return HttpResponse(html, headers={"X-Words": str(rendered.words)})


def _images(request: HttpRequest) -> Images:
    """The images of the field `guide`, for who may see guides."""
    number = request.POST.get("guide", "")
    may = any(request.user.has_perm(f"guides.{verb}_guide") for verb in ("view", "change"))
    if not may or not re.fullmatch("[0-9]{1,18}", number):
        return {}
    guide = Guide.objects.filter(pk=int(number)).first()
    return images_of(guide) if guide else {}


def markdown_fields(*names: str) -> dict[str, type[forms.Field]]:
    """For Meta.field_classes of a model form."""
    return dict.fromkeys(names, MarkdownField)
