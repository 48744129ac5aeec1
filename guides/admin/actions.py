"""What an editor does to several guides at once: those that can follow do, the rest say why."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from guides.models import Guide
from guides.revisions import PublishError, publish, ready

State = Guide.State


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=200,
        required=False,
        label="Reason",
        help_text="One line for the history of each; of a publishing, everybody reads it.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class BulkAdmin(admin.ModelAdmin):
    """Send to review, publish, retire, back to draft."""

    actions = ["send_to_review", "publish_now", "retire", "back_to_draft"]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm("guides.publish_guide")

    @admin.action(description="Send to review", permissions=["change"])
    def send_to_review(self, request: HttpRequest, chosen: QuerySet[Guide]) -> None:
        self._each(request, chosen, _send_to_review, "in review now")

    @admin.action(description="Back to draft", permissions=["change"])
    def back_to_draft(self, request: HttpRequest, chosen: QuerySet[Guide]) -> None:
        may_publish = self.has_publish_permission(request)
        self._each(request, chosen, lambda g, _: _back_to_draft(g, may_publish), "drafts again")

    @admin.action(description="Publish now", permissions=["publish"])
    def publish_now(self, request: HttpRequest, chosen: QuerySet[Guide]) -> HttpResponse | None:
        """Readers see what is stored of each guide; asks first."""
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            return self._ask(
                request, chosen, form, action="publish_now", verb="Publish", check=_check_ready,
                says="Readers will see the stored text of these guides at once:",
            )  # fmt: skip
        reason = form.cleaned_data["reason"]

        def act(guide: Guide, request: HttpRequest) -> None:
            publish(guide, user=request.user, reason=reason, check_links=True)

        self._each(request, chosen, act, "what readers see now")
        return None

    @admin.action(description="Retire", permissions=["publish"])
    def retire(self, request: HttpRequest, chosen: QuerySet[Guide]) -> HttpResponse | None:
        """The guides leave all lists, their pages say that they are retired; asks first."""
        if "confirmed" not in request.POST:
            return self._ask(
                request, chosen, None, action="retire", verb="Retire", check=_check_public,
                says="These guides will leave every list; their pages stay and say so:",
            )  # fmt: skip
        self._each(request, chosen, _retire, "retired now")
        return None

    def _each(
        self,
        request: HttpRequest,
        chosen: QuerySet[Guide],
        act: Callable[[Guide, HttpRequest], None],
        outcome: str,
    ) -> None:
        done = []
        for pk in list(chosen.values_list("pk", flat=True)):
            with transaction.atomic():
                guide = Guide.objects.select_for_update().filter(pk=pk).first()
                if guide is None:
                    continue
                try:
                    act(guide, request)
                except (PublishError, ValidationError) as problem:
                    messages.error(request, f"“{guide}” stays as it is. {_sentences(problem)}")
                else:
                    self.log_change(request, guide, f"{outcome.capitalize()}.")
                    done.append(f"“{guide}”")
        if done:
            is_or_are = "is" if len(done) == 1 else "are"
            outcome = outcome if len(done) > 1 else outcome.replace("drafts", "a draft")
            messages.success(request, f"{', '.join(done)} {is_or_are} {outcome}.")

    def _ask(
        self,
        request: HttpRequest,
        chosen: QuerySet[Guide],
        form: forms.Form | None,
        *,
        action: str,
        verb: str,
        check: Callable[[Guide], Any],
        says: str,
    ) -> HttpResponse:
        able, unable = [], []
        for guide in chosen:
            try:
                check(guide)
            except (PublishError, ValidationError) as problem:
                unable.append((guide, _sentences(problem)))
            else:
                able.append(guide)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{verb} guides",
            "opts": self.opts,
            "able": able,
            "unable": unable,
            "says": says,
            "verb": verb,
            "action": action,
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/guides/confirm.html", context)


def _send_to_review(guide: Guide, request: HttpRequest) -> None:
    if guide.state != State.DRAFT:
        raise ValidationError(f"Only a draft is sent to review; this one is {_state(guide)}.")
    _set(guide, State.IN_REVIEW)


def _back_to_draft(guide: Guide, may_publish: bool) -> None:
    if guide.state == State.DRAFT:
        raise ValidationError("It is a draft already.")
    if guide.state == State.PUBLISHED:
        raise ValidationError("It is published, and as a draft its page would be gone: retire it.")
    if guide.state == State.RETIRED and not may_publish:
        raise ValidationError("It is retired, and only who may publish can take its page away.")
    _set(guide, State.DRAFT)


def _retire(guide: Guide, request: HttpRequest) -> None:
    _check_public(guide)
    _set(guide, State.RETIRED)


def _check_ready(guide: Guide) -> None:
    ready(guide, check_links=True)


def _check_public(guide: Guide) -> None:
    if guide.state != State.PUBLISHED:
        raise ValidationError(f"Only a published guide is retired; this one is {_state(guide)}.")


def _set(guide: Guide, state: str) -> None:
    guide.state = state
    guide.save(update_fields=["state"])


def _state(guide: Guide) -> str:
    return "a draft" if guide.state == State.DRAFT else State(guide.state).label


def _sentences(problem: PublishError | ValidationError) -> str:
    return str(problem) if isinstance(problem, PublishError) else " ".join(problem.messages)
