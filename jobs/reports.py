"""Readers report a problem of a posting: the form, its limits, and the page that thanks.

The only pages of a posting that set a cookie, since a form that posts needs one.
"""

from __future__ import annotations

import ipaddress
import logging
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods, require_safe

from jobs.models import Posting, Report
from jobs.views import addressed, withdrawn

logger = logging.getLogger(__name__)

HOUR = 3600


class ReportForm(forms.ModelForm):
    """`website` is for machines alone: people neither see it nor reach it."""

    website = forms.CharField(
        required=False,
        label="Leave this empty",
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = Report
        fields = ("kind", "text", "email")
        labels = {"text": "In your words", "email": "Your mail address"}
        help_texts = {
            "text": "Needed for “Something else”; it helps with the others, too.",
            "email": "Only if we may ask you back. It is shown to nobody else.",
        }
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 5}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].error_messages["required"] = "Choose what is wrong."
        self.fields["kind"].choices = Report.Kind.choices  # type: ignore[attr-defined]
        limit = settings.BOARD["REPORT_CHARACTERS"]
        self.fields["text"] = forms.CharField(
            required=False,
            max_length=limit,
            widget=self.fields["text"].widget,
            label=self.fields["text"].label,
            help_text=f"{self.fields['text'].help_text} At most {limit:,} characters.",
        )
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            Field("kind"), Field("text"), Field("email"), Div("website", css_class="trap")
        )
        self.helper.add_input(Submit("send", "Send the report"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        no_words = "text" in cleaned and not cleaned["text"]
        if cleaned.get("kind") == Report.Kind.OTHER and no_words:
            self.add_error("text", "Say in a sentence what is wrong.")
        return cleaned

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    posting = addressed(pk)
    if answer := _elsewhere(request, posting, slug, "jobs:report"):
        return answer
    form = ReportForm(request.POST or None, instance=Report(posting=posting))
    status = 200
    if request.method == "POST":
        thanked = redirect("jobs:report_thanks", posting.pk, posting.slug)
        if form.is_valid() and form.is_trapped:
            return thanked
        if form.is_valid() and is_allowed(request):
            take(form)
            return thanked
        if form.is_valid():
            status = 429
            form.add_error(
                None, "Many reports have come from your network in this hour. Try again later."
            )
    context = {"posting": posting, "form": form}
    return render(request, "jobs/report.html", context, status=status)


@require_safe
def thanks(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    posting = addressed(pk)
    if answer := _elsewhere(request, posting, slug, "jobs:report_thanks"):
        return answer
    return render(request, "jobs/report_thanks.html", {"posting": posting})


def _elsewhere(request: HttpRequest, posting: Posting, slug: str, name: str) -> HttpResponse | None:
    """The right address, which a form follows with what was typed, or that it is withdrawn."""
    if slug != posting.slug:
        sent = request.method == "POST"
        return redirect(name, posting.pk, posting.slug, permanent=True, preserve_request=sent)
    return withdrawn(request, posting) if posting.standing() == "withdrawn" else None


def take(form: ReportForm) -> None:
    """Save the report of a valid form; while the same one is open, it counts once."""
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        logger.info("the same report again: posting %s", form.instance.posting_id)


def is_allowed(request: HttpRequest) -> bool:
    """Count one report of the sender; False past REPORTS_AN_HOUR. Without a cache always True."""
    key = "reports:" + salted_hmac("jobs.reports", network_of(request)).hexdigest()
    try:
        cache.add(key, 0, HOUR)
        return cache.incr(key) <= settings.BOARD["REPORTS_AN_HOUR"]
    except Exception as error:  # each cache has its own family of errors
        logger.warning("the cache does not answer: %s", error)
        return True


def network_of(request: HttpRequest) -> str:
    """The sender's address; of IPv6 the /64, which one subscriber has as a whole.

    In production it is the last one that our own front wrote into X-Forwarded-For.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if not settings.DEMO and (forwarded := request.headers.get("X-Forwarded-For")):
        text = forwarded.rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
