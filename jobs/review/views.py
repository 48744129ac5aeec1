"""The review queue in the admin: what waits for a person, by kind, with its answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from guides.models import Role
from jobs.review import titles
from jobs.review.kinds import KINDS, TITLES_SAY, answer, counts
from lib.filters import page_of
from lib.parameters import PageField, Parameters


def urls(site: admin.AdminSite) -> list[Any]:
    return [
        path("review/", site.admin_view(overview), name="review"),
        path("review/titles/", site.admin_view(title_list), name="review_titles"),
        path("review/titles/alias/", site.admin_view(alias), name="review_alias"),
        path("review/<slug:kind>/", site.admin_view(queue), name="review_kind"),
    ]


def may_see(request: HttpRequest) -> bool:
    return request.user.has_perm("jobs.change_posting")


def may_name_roles(request: HttpRequest) -> bool:
    return request.user.has_perm("guides.change_role")


def _check(request: HttpRequest) -> None:
    if not (may_see(request) or may_name_roles(request)):
        raise PermissionDenied


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, template, context)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Each kind with the number of what waits."""
    _check(request)
    return _page(request, "admin/review/index.html", "Review", kinds=counts())


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind, with a box at each row and a button for each answer."""
    if not may_see(request):
        raise PermissionDenied
    if kind not in KINDS:
        raise Http404("No kind of question has this name.")
    one = KINDS[kind]
    if request.method == "POST":
        _act(request, one)
        return redirect(request.get_full_path())
    asked = Parameters(request.GET, page=PageField(), all=forms.BooleanField())
    pages = Paginator(one.rows(), settings.BOARD["REVIEW_PAGE_SIZE"])
    page = page_of(asked, asked.values.get("page") or 1, pages)
    return _page(
        request,
        "admin/review/kind.html",
        one.label,
        kind=one,
        asked=asked,
        page=page,
        rows=[one.row(each) for each in page],
        ticked=bool(asked.values.get("all")),
    )


def _act(request: HttpRequest, kind: Any) -> None:
    verb = request.POST.get("verb", "")
    ids = [int(text) for text in request.POST.getlist("row") if text.isdecimal()][:1000]
    if verb not in dict(kind.verbs):
        messages.error(request, "Choose one of the answers.")
        return
    if not ids:
        messages.warning(request, "Tick one row or more first.")
        return
    done, wrong = answer(kind, ids, verb, request.user)
    text = ngettext("%d answered.", "%d answered.", done) % done
    messages.success(request, f"{dict(kind.verbs)[verb]}: {text}")
    for problem in wrong[:10]:
        messages.error(request, problem)


# --- titles ---------------------------------------------------------------------------------------


@require_safe
def title_list(request: HttpRequest) -> HttpResponse:
    _check(request)
    asked = Parameters(request.GET, page=PageField())
    pages = Paginator(titles.unmatched(), settings.BOARD["REVIEW_PAGE_SIZE"])
    page = page_of(asked, asked.values.get("page") or 1, pages)
    return _page(
        request,
        "admin/review/titles.html",
        "Titles without a role",
        says=TITLES_SAY,
        asked=asked,
        page=page,
        may_change=may_name_roles(request),
    )


class AliasForm(forms.Form):
    alias = forms.CharField(
        max_length=200,
        label="Title",
        help_text="As short as it still means the role: without level, team, place or gender mark.",
    )
    role = forms.ModelChoiceField(
        Role.objects.none(), label="Also means the role", empty_label="Choose a role"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Role.objects.bases().order_by("name")

    def clean_alias(self) -> str:
        alias = " ".join(str(self.cleaned_data["alias"]).split())
        if len(titles.plain_title(alias)) < 2:
            raise forms.ValidationError("A title needs two letters or more.")
        return alias


@require_http_methods(["GET", "HEAD", "POST"])
def alias(request: HttpRequest) -> HttpResponse:
    """What a title would move as an alias of a role; POST does it."""
    if not may_name_roles(request):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    is_asked = "role" in sent
    form = AliasForm(sent if is_asked else None, initial={"alias": sent.get("alias", "")[:200]})
    found = None
    if is_asked and form.is_valid():
        found = titles.preview(form.cleaned_data["role"], form.cleaned_data["alias"])
        if request.method == "POST" and not found.taken:
            moved = titles.give_alias(found, request.user)
            text = ngettext("%d posting moved.", "%d postings moved.", moved) % moved
            messages.success(request, f"“{found.alias}” means {found.role} from now on. {text}")
            return redirect("admin:review_titles")
    return _page(
        request, "admin/review/alias.html", "An alias of a role", form=form, found=found,
        most=settings.BOARD["REVIEW_PAGE_SIZE"],
    )  # fmt: skip
