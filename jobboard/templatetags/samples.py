"""Literal samples for the page of components: nothing here is read from the database."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms, template
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils import timezone

from guides.links import RoleLink
from guides.models import Role
from guides.pages import GuideCard, Note, RoleColumn, Rows, Term
from jobs.cards import card_of
from jobs.filters import PostingFilter
from jobs.models import Company, Posting
from lib.filters import Chosen, Facet, FacetValue, Way

register = template.Library()


LINKS = {
    1: RoleLink("#card", "Becoming a data engineer", is_guide=True),
    2: RoleLink("#card", "Analytics Engineer: the role", is_guide=False),
}


class SampleForm(forms.Form):
    """A field of each kind that the forms of the board use."""

    title = forms.CharField(help_text="As the posting says it.")
    email = forms.EmailField(label="Mail address", required=False)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="Description")
    level = forms.ChoiceField(choices=[("", "Not stated"), ("mid", "Mid-level / Intermediate")])
    place = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("remote", "Remote"), ("onsite", "On-site")]
    )
    kinds = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("full_time", "Full Time"), ("internship", "Internship")],
        label="Employment types",
        help_text="One or more.",
    )
    agree = forms.BooleanField(label="The posting is open to everybody")

    def clean(self) -> None:
        raise forms.ValidationError("A sentence about the whole form, when parts contradict.")


def posting(pk: int, title: str, **fields: Any) -> Posting:
    one = Posting(
        pk=pk, title=title, slug="sample", company=Company(name="Harbour Lane Books"), **fields
    )
    one.posted_at = timezone.now() - timedelta(days=pk)
    return one


def postings() -> list[Posting]:
    return [
        posting(
            3,
            "Data Engineer",
            role=Role(pk=1, name="Data Engineer", slug="data-engineer"),
            place_line="Remote (anywhere in the U.S.)",
            employment=["full_time"],
            seniority="mid",
            pay_line="USD\N{NO-BREAK SPACE}100K\N{NO-BREAK SPACE}-\N{NO-BREAK SPACE}130K",
        ),
        posting(
            40,
            "Analytics Engineer",
            place_line="Berlin, DE (hybrid)",
            role=Role(pk=2, name="Analytics Engineer", slug="analytics-engineer"),
        ),
        posting(1, "Technical Writer", place_line="Place and workplace not stated"),
    ]


def guide_card() -> GuideCard:
    now = timezone.now()
    return GuideCard(
        pk=1,
        url="#guide-card",
        title="Data Engineer vs. Data Scientist",
        subtitle="Decide by the kind of mistake you would rather prevent.",
        summary="One makes sure that data arrives; the other answers questions with it.",
        author="The editors",
        minutes=6,
        published_at=now,
        revised_at=now,
    )


def rows() -> Rows:
    first, second = Role(name="Data Engineer", slug="a"), Role(name="Data Scientist", slug="b")
    shared = Term("SQL", 3, "core", shared=True)
    return Rows(
        "skills",
        "Required skills",
        [
            RoleColumn(first, [shared, Term("Data modelling", 2, "often", shared=False)]),
            RoleColumn(second, [shared, Term("Causal inference", 1, "helpful", shared=False)]),
        ],
    )


def note() -> Note:
    today = date(2026, 11, 23)
    return Note(
        number=1,
        ref="note",
        text_html="<p>The statement itself, in one sentence.</p>",
        title="The title of its source",
        publisher="Its publisher",
        url="https://example.org/",
        published=today,
        accessed=today,
        review_on=today,
    )


def pages_of(number: int) -> Page[int]:
    return Paginator(range(400), 20).page(number)


@register.simple_tag
def samples() -> SimpleNamespace:
    """Every sample by name; the forms are empty and wrong."""
    chosen = [Chosen("role", "data-engineer", "Data Engineer"), Chosen("q", "sql", "“sql”")]
    now = timezone.now()
    return SimpleNamespace(
        cards=[card_of(one, None, (), LINKS, level=3) for one in postings()],
        guide_card=guide_card(),
        rows=rows(),
        notes={"notes": [note()]},
        filter=PostingFilter(QueryDict()),
        wrong=PostingFilter(QueryDict("workplac=remote&salary_min=lots&seniority=junor")),
        chips=[(one, "#chips") for one in chosen],
        ways=[Way(chosen[0], 12, "#empty"), Way(chosen[1], 1, "#empty")],
        facet=Facet(
            "seniority",
            "Seniority",
            [
                FacetValue("mid", "Mid-level / Intermediate", 1204, chosen=True),
                FacetValue("senior", "Senior-level / Expert", 31, chosen=False),
                FacetValue("executive", "Executive-level / Director", 0, chosen=True),
            ],
            more=3,
        ),
        first_page=pages_of(1),
        middle_page=pages_of(9),
        form=SampleForm(auto_id="empty_%s"),
        wrong_form=SampleForm({"email": "no address"}, auto_id="wrong_%s"),
        closed=posting(20, "Closed", closed_at=now, close_reason="filled"),
        expired=posting(20, "Expired", expires_at=now),
        unconfirmed=posting(20, "Unconfirmed", stale_at=now),
    )
