from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, models, transaction
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext

from extraction import gazetteer
from extraction.rulewords import in_words
from jobs.index import reindex
from jobs.listings_admin import ListingsAdmin
from jobs.models import (
    Company,
    Event,
    ExchangeRate,
    Listing,
    PayRange,
    Place,
    Posting,
    Report,
)
from jobs.places import eligibility_line, is_area
from jobs.scales import Employment
from lib.text import check_size, clean_html

# What an import writes; a field of these that a person changes is held from then on.
HOLDABLE = {
    "title": "title",
    "company": "company",
    "description": "description",
    "markup": "description",
    "apply_url": "apply_url",
    "expires_at": "expires_at",
    "role": "role",
    "seniority": "seniority",
    "workplace": "workplace",
    "employment": "employment",
    "worldwide": "eligibility",
    "included": "eligibility",
    "excluded": "eligibility",
    "places": "places",
    "skills": "skills",
}


class CodesField(forms.CharField):
    """Codes of countries, regions and states of the U.S., separated by commas."""

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        codes = [code.strip().upper() for code in text.split(",") if code.strip()]
        unknown = [code for code in codes if not is_area(code)]
        if unknown:
            raise forms.ValidationError(
                f"{', '.join(unknown)} is no country code (ISO 3166-1, such as DE), no U.S. state "
                f"(such as US-CA) and no region ({', '.join(sorted(gazetteer.areas()))})."
            )
        return list(dict.fromkeys(codes))


class PostingForm(forms.ModelForm):
    employment = forms.MultipleChoiceField(
        choices=Employment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Employment types",
    )
    worldwide = forms.BooleanField(required=False, label="Anywhere in the world")
    included = CodesField(
        required=False,
        label="Only in",
        help_text="Country codes or regions, separated by commas: DE, AT, EU. Empty with "
        "“anywhere” unticked means that the posting does not say.",
    )
    excluded = CodesField(required=False, label="But not in")

    class Meta:
        model = Posting
        fields = (
            "title", "company", "role", "seniority", "employment", "workplace", "places",
            "skills", "description", "markup", "apply_url", "apply_email", "state", "posted_at",
            "starts_at", "expires_at", "stale_at",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        eligible = self.instance.eligibility or {}
        self.initial["employment"] = self.instance.employment
        self.initial["worldwide"] = eligible.get("worldwide", False)
        self.initial["included"] = ", ".join(eligible.get("include", []))
        self.initial["excluded"] = ", ".join(eligible.get("exclude", []))
        if "state" in self.fields and self.instance.state != Posting.State.MERGED:
            # Merging is an act of its own, since listings and addresses go with it.
            state = self.fields["state"]
            assert isinstance(state, forms.TypedChoiceField)
            state.choices = [one for one in Posting.State.choices if one[0] != "merged"]
        if "stale_at" in self.fields:
            self.fields["stale_at"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == Posting.State.OPEN and not cleaned.get("starts_at"):
            cleaned["starts_at"] = timezone.now()
        if cleaned.get("worldwide") and cleaned.get("included"):
            self.add_error("included", "“Anywhere” and a list of countries exclude each other.")
        return cleaned

    def clean_description(self) -> str:
        text = str(self.cleaned_data["description"])
        try:
            if self.data.get("markup") == Posting.Markup.HTML:
                clean_html(text)
            else:
                check_size(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return text

    def _post_clean(self) -> None:
        cleaned = self.cleaned_data
        before = self.instance.eligibility or {}
        eligible = {
            "worldwide": cleaned.get("worldwide", False),
            "include": cleaned.get("included", []),
            "exclude": cleaned.get("excluded", []),
            "timezones": before.get("timezones", []),
        }
        self.instance.eligibility = eligible if any(eligible.values()) else None
        self.instance.barred &= cleaned.get("state") == Posting.State.WITHDRAWN
        if cleaned.get("state") == Posting.State.OPEN:
            self.instance.closed_at, self.instance.close_reason = None, ""
        elif cleaned.get("state") == Posting.State.CLOSED and not self.instance.closed_at:
            self.instance.closed_at = timezone.now()
        super()._post_clean()  # type: ignore[misc]


# One labelled field each: the stock admin splits an instant into two that share one label.
INSTANTS: dict[Any, dict[str, Any]] = {
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(
            attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"
        ),
    }
}


class PayRangeInline(admin.StackedInline):
    """Stacked, because a table's cells name their fields by the column alone."""

    model = PayRange
    extra = 0
    fields = (("minimum", "maximum", "currency"), ("period", "kind"), "text")


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ListingInline(ReadOnlyInline):
    model = Listing
    fields = ("source", "external_id", "url", "first_seen", "last_confirmed", "source_date",
              "renewals", "closed_at")  # fmt: skip


class EventInline(ReadOnlyInline):
    model = Event
    fields = ("at", "kind", "detail")


class StandingFilter(admin.SimpleListFilter):
    """What the public sees of a posting, which its state alone does not tell."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("public", "Public now"),
            ("future", "Public later"),
            ("expired", "Past its closing date"),
            ("unconfirmed", "Not confirmed lately"),
            ("conflict", "Source and text disagree"),
            ("renewed", "Date renewed, text unchanged"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Posting]) -> QuerySet[Posting]:
        now = timezone.now()
        is_open = Q(state=Posting.State.OPEN)
        asked: dict[str, Callable[[], QuerySet[Posting]]] = {
            "public": lambda: queryset.filter(live__starts_at__lte=now, live__ends_at__gt=now),
            "future": lambda: queryset.filter(is_open, starts_at__gt=now),
            "expired": lambda: queryset.filter(is_open, expires_at__lte=now),
            "unconfirmed": lambda: queryset.filter(is_open, stale_at__lte=now),
            "conflict": lambda: queryset.filter(evidence__workplace__rule__startswith="conflict"),
            "renewed": lambda: queryset.filter(listings__renewals__gt=0).distinct(),
        }
        act = asked.get(self.value() or "")
        return act() if act else queryset


@admin.register(Posting)
class PostingAdmin(ListingsAdmin):
    form = PostingForm
    list_display = ("title", "company", "role", "seniority", "pay_line", "place_line", "state",
                    "posted_at")  # fmt: skip
    list_filter = (
        StandingFilter,
        "state",
        "seniority",
        "workplace",
        ("role", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("company", "role")
    search_fields = ("title", "company__name")
    date_hierarchy = "posted_at"
    autocomplete_fields = ("company", "role", "places", "skills")
    inlines = (PayRangeInline, ListingInline, EventInline)
    formfield_overrides = INSTANTS
    actions = ("approve", "close", "merge", "withdraw", "bar", "reopen", "give_back")
    readonly_fields = ("held_fields", "why", "closed_at", "close_reason", "barred")
    save_on_top = True
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("title", "company", "role", ("seniority", "workplace"), "employment")}),
        ("Where", {"fields": ("places", "worldwide", "included", "excluded")}),
        ("Text", {"fields": ("description", "markup", "skills")}),
        ("How to apply", {"fields": ("apply_url", "apply_email")}),
        (
            "When",
            {
                "fields": (
                    "state", "posted_at", "starts_at", "expires_at", "stale_at",
                    "closed_at", "close_reason", "barred",
                )
            },
        ),
        ("What imports may not touch, and why fields say what they say",
         {"fields": ("held_fields", "why")}),
    )  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: Posting | None = None) -> Any:
        """Who may only look has no form, and so none of the fields that only the form has."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        where = ("Where", {"fields": ("places", "who_may_apply")})
        return [where if name == "Where" else (name, fields) for name, fields in self.fieldsets]

    @admin.display(description="who may apply")
    def who_may_apply(self, obj: Posting) -> str:
        return eligibility_line(obj) or "Not stated."

    def get_view_on_site_url(self, obj: Posting | None = None) -> str | None:
        """Only for what has a page; the button of any other would lead to nothing."""
        if obj is None or obj.standing() == "hidden":
            return None
        return super().get_view_on_site_url(obj)

    @admin.display(description="held fields")
    def held_fields(self, obj: Posting) -> str:
        return ", ".join(obj.held) or "None: the next import may change every field."

    @admin.display(description="evidence")
    def why(self, obj: Posting) -> str:
        rows = (
            (name, entry.get("evidence", ""), in_words(entry.get("rule", "")))
            for name, entry in obj.evidence.items()
        )
        return format_html_join("", "<p><b>{}</b>: “{}” ({})</p>", rows) or "Nothing was derived."

    def save_model(
        self, request: HttpRequest, obj: Posting, form: forms.ModelForm, change: bool
    ) -> None:
        """Stored here and indexed in `save_related`, when places, skills and pay are there too."""
        if change:
            touched = {HOLDABLE[name] for name in form.changed_data if name in HOLDABLE}
            obj.held = sorted({*obj.held, *touched})
        obj.store()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        posting = form.instance
        pay_changed = any(
            formset.model is PayRange and formset.has_changed() for formset in formsets
        )
        if change and pay_changed and "pay" not in posting.held:
            posting.held = sorted({*posting.held, "pay"})
            posting.store(update_fields=["held"])
        reindex([posting.pk])
        if not change:
            posting.events.create(kind=Event.Kind.FIRST_SEEN)
        elif "state" in form.changed_data:
            kinds = {
                Posting.State.CLOSED: Event.Kind.CLOSED,
                Posting.State.WITHDRAWN: Event.Kind.WITHDRAWN,
                Posting.State.OPEN: Event.Kind.REOPENED,
            }
            if kind := kinds.get(Posting.State(posting.state)):
                posting.events.create(kind=kind, detail={"by": request.user.get_username()})
        elif form.changed_data or pay_changed:
            fields = [*form.changed_data, *(["pay"] if pay_changed else [])]
            posting.events.create(
                kind=Event.Kind.CHANGED,
                detail={"fields": fields, "by": request.user.get_username()},
            )

    def _each(
        self, request: HttpRequest, rows: QuerySet[Posting], act: Callable[[Posting], None]
    ) -> None:
        for posting in rows:
            act(posting)
        count = len(rows)
        text = ngettext("%d posting changed.", "%d postings changed.", count) % count
        self.message_user(request, text, messages.SUCCESS)

    @admin.action(description="Approve: public from now on", permissions=["change"])
    def approve(self, request: HttpRequest, rows: QuerySet[Posting]) -> None:
        self._each(request, rows.filter(state=Posting.State.PENDING), Posting.approve)

    @admin.action(description="Close: keeps its page and says so", permissions=["change"])
    def close(self, request: HttpRequest, rows: QuerySet[Posting]) -> None:
        self._each(
            request, rows.filter(state=Posting.State.OPEN), lambda one: one.close("by the editors")
        )

    @admin.action(description="Withdraw: its page answers 410", permissions=["change"])
    def withdraw(self, request: HttpRequest, rows: QuerySet[Posting]) -> None:
        self._each(
            request,
            rows.exclude(state__in=(Posting.State.WITHDRAWN, Posting.State.MERGED)),
            lambda one: one.withdraw("by the editors"),
        )

    @admin.action(description="Reopen under the same address", permissions=["change"])
    def reopen(self, request: HttpRequest, rows: QuerySet[Posting]) -> None:
        ended = (Posting.State.CLOSED, Posting.State.WITHDRAWN)
        self._each(request, rows.filter(state__in=ended), Posting.reopen)

    @admin.action(description="Give held fields back to the imports", permissions=["change"])
    def give_back(self, request: HttpRequest, rows: QuerySet[Posting]) -> None:
        """The next import writes what the source says; `stated` is emptied so that it looks."""

        def release(posting: Posting) -> None:
            posting.listings.update(stated={})
            posting.held = []
            posting.save(update_fields=["held"])

        self._each(request, rows, release)


@admin.register(Company)
class CompanyAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "open_postings", "url")
    ordering = ("name",)  # the model's own is lost where rows are counted
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Company]:
        now = timezone.now()
        is_public = Q(postings__live__starts_at__lte=now, postings__live__ends_at__gt=now)
        return super().get_queryset(request).annotate(open_count=Count("postings", is_public))

    @admin.display(description="open postings", ordering="open_count")
    def open_postings(self, obj: Any) -> int:
        return obj.open_count


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "country", "region", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "country")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("name", "country")}


@admin.register(ExchangeRate)
class ExchangeRateAdmin(admin.ModelAdmin):
    list_display = ("currency", "per_euro", "date")
    list_filter = ("currency",)
    date_hierarchy = "date"

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ExchangeRate]) -> None:
        """One by one, so that the order by pay follows."""
        with transaction.atomic():
            for rate in queryset:
                rate.delete()


class ReportForm(forms.ModelForm):
    def clean_state(self) -> str:
        state = str(self.cleaned_data["state"])
        report = self.instance
        same = Report.objects.filter(
            posting=report.posting, kind=report.kind, fingerprint=report.fingerprint
        )
        if (
            state == Report.State.OPEN
            and same.filter(state=Report.State.OPEN).exclude(pk=report.pk).exists()
        ):
            raise forms.ValidationError("The same report of this posting is open already.")
        return state


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """What readers reported, the open ones first and of these the oldest."""

    form = ReportForm
    list_display = ("kind", "posting_link", "words", "state", "created_at", "handled_by")
    list_filter = ("state", "kind")
    list_select_related = ("posting__company", "handled_by")
    search_fields = ("text", "note", "posting__title", "posting__company__name")
    date_hierarchy = "created_at"
    actions = ("accept", "dismiss", "open_again")
    fields = ("posting_link", "page", "kind", "text", "email", "created_at", "state", "note",
              "handled_by", "handled_at")  # fmt: skip
    readonly_fields = (
        "posting_link", "page", "kind", "text", "email", "created_at", "handled_by", "handled_at",
    )  # fmt: skip

    def get_ordering(self, request: HttpRequest) -> Any:
        is_done = Case(When(state=Report.State.OPEN, then=Value(0)), default=Value(1))
        return [is_done, "created_at", "pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="posting")
    def posting_link(self, obj: Report) -> str:
        address = reverse("admin:jobs_posting_change", args=[obj.posting_id])
        return format_html('<a href="{}">{} @ {}</a>', address, obj.posting, obj.posting.company)

    @admin.display(description="in their words")
    def words(self, obj: Report) -> str:
        return truncatechars(obj.text, 160)

    @admin.display(description="its page")
    def page(self, obj: Report) -> str:
        if obj.posting.standing() == "hidden":
            return "It has none."
        address = obj.posting.get_absolute_url()
        return format_html('<a href="{0}">{0}</a>', address)

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        if "state" in form.changed_data:
            obj.handle(obj.state, request.user)
        else:
            obj.save(update_fields=["note"])

    def _handle(self, request: HttpRequest, rows: QuerySet[Report], state: str) -> None:
        done, twice = 0, 0
        for report in rows.exclude(state=state):
            try:
                with transaction.atomic():
                    report.handle(state, request.user)
                done += 1
            except IntegrityError:
                twice += 1
        text = ngettext("%d report changed.", "%d reports changed.", done) % done
        self.message_user(request, text, messages.SUCCESS)
        if twice:
            text = f"{twice} not opened: the same report of the posting is open already."
            self.message_user(request, text, messages.WARNING)

    @admin.action(description="Accept: it was right, and is dealt with", permissions=["change"])
    def accept(self, request: HttpRequest, rows: QuerySet[Report]) -> None:
        self._handle(request, rows, Report.State.ACCEPTED)

    @admin.action(description="Dismiss: there is nothing to mend", permissions=["change"])
    def dismiss(self, request: HttpRequest, rows: QuerySet[Report]) -> None:
        self._handle(request, rows, Report.State.DISMISSED)

    @admin.action(description="Open again", permissions=["change"])
    def open_again(self, request: HttpRequest, rows: QuerySet[Report]) -> None:
        self._handle(request, rows, Report.State.OPEN)
