"""The page of one posting: what it shows beside the posting's own fields."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.safestring import SafeString

from extraction.rulewords import in_words
from guides.links import RoleLink, link_of, role_guides
from guides.models import Skill
from guides.nearest import Comparison, nearest_comparisons
from guides.stamps import GUIDES, kept_here
from jobs.cards import Card
from jobs.models import Event, Listing, PayRange, Place, Posting
from jobs.salary import DatedRate, kept_rates
from jobs.similar import similar_to
from jobs.stamps import RATES
from jobs.structured import job_posting
from lib.text import data_script

# More changes than these stand on no page.
HISTORY = 12


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what happened to a posting in public."""

    at: datetime
    text: str


@dataclass(slots=True)
class PostingPage:
    """What the page of an addressable posting shows beside the posting's own fields.

    `last_confirmed` is None where nothing was recorded; `changes` come the newest first, and
    `earlier` of them are left out.
    """

    posting: Posting
    standing: str
    rates_stamp: str
    link: RoleLink | None
    comparison: Comparison | None
    last_confirmed: datetime | None
    places: list[Place] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)
    pay: list[PayRange] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    earlier: int = 0
    similar: list[Card] = field(default_factory=list)
    evidence: list[dict[str, str]] = field(default_factory=list)

    @property
    def headline(self) -> str:
        return f"{self.posting.title} @ {self.posting.company.name}"

    @property
    def summary(self) -> str:
        """Its card in one line, for those who see no page."""
        said = (self.headline, self.posting.place_line, self.posting.pay_line)
        return " | ".join(line for line in said if line)

    @property
    def confirmed_here(self) -> bool:
        """Whether the head of the page says of its one listing when it was last confirmed."""
        return self.standing == "open" and len(self.listings) == 1

    @property
    def rates(self) -> Mapping[str, DatedRate]:
        """The newest rate of each currency; one statement where they are not kept."""
        return kept_rates(self.rates_stamp)

    def structured(self) -> SafeString:
        """The posting for search engines, which are told of open ones alone."""
        if self.standing != "open":
            return SafeString()
        return data_script(job_posting(self.posting, self.places, self.pay), "application/ld+json")


def posting_page(
    posting: Posting, parts: Mapping[str, list[Any]], stamps: Mapping[str, str]
) -> PostingPage:
    """The page of a posting that `whole` gave with its parts; no statement.

    One if its similar postings' cards are not kept, one after a change of postings, and two after
    one of guides; and one for what its pay is in another currency, after a change of rates.
    """
    listings: list[Listing] = parts["listings"]
    events: list[Event] = parts["events"]
    skills: list[Skill] = parts["skills"]
    link, comparison = onwards(posting, stamps[GUIDES])
    changes = public_changes(posting, events)
    return PostingPage(
        posting=posting,
        standing=posting.standing(),
        rates_stamp=stamps[RATES],
        link=link,
        comparison=comparison,
        last_confirmed=max((one.last_confirmed for one in listings), default=None),
        places=parts["places"],
        skills=skills,
        pay=parts["pay"],
        listings=listings,
        changes=changes[:HISTORY],
        earlier=len(changes[HISTORY:]),
        similar=similar_to(posting, [skill.pk for skill in skills], stamps),
        evidence=evidence_rows(posting),
    )


def onwards(posting: Posting, stamp: str) -> tuple[RoleLink | None, Comparison | None]:
    """Where the role of a posting leads: its guide or page, and the comparison nearest to it."""
    if posting.role is None:
        return None, None
    guides = role_guides(stamp)
    near = kept_here("nearest", (stamp,), partial(nearest_comparisons, guides.pairs))
    return link_of(posting.role, guides.own), near.get(posting.role.pk)


# --- what happened to it -------------------------------------------------------------------------

FIELD_WORDS = {
    "title": "title",
    "company": "company",
    "description": "description",
    "apply_url": "how to apply",
    "apply_email": "how to apply",
    "expires_at": "closing date",
    "role": "role",
    "seniority": "seniority",
    "workplace": "workplace",
    "employment": "employment",
    "eligibility": "who may apply",
    "worldwide": "who may apply",
    "included": "who may apply",
    "excluded": "who may apply",
    "places": "places",
    "skills": "skills",
    "pay": "pay",
}


def public_changes(posting: Posting, events: Sequence[Event]) -> list[Change]:
    """What readers could see happen, the newest first; who did it is never told, and the closing
    that stands above the page not again."""
    found = []
    for event in events:
        if event.kind == Event.Kind.CLOSED and event.at == posting.closed_at:
            continue
        text = _words(posting, event)
        if text and posting.starts_at and event.at >= posting.starts_at:
            found.append(Change(event.at, text))
    return found[::-1]


def _words(posting: Posting, event: Event) -> str:
    if event.kind == Event.Kind.CHANGED:
        names = event.detail.get("fields") or []
        if "by" not in event.detail:
            # What a source says of a field that a person set stays with the source.
            names = [name for name in names if name not in posting.held]
        words = ", ".join(dict.fromkeys(FIELD_WORDS[name] for name in names if name in FIELD_WORDS))
        if not words:
            return ""
        return (
            f"Read again by newer rules: {words}"
            if event.detail.get("reread")
            else (f"Changed: {words}")
        )
    if event.kind == Event.Kind.CLOSED:
        reason = event.detail.get("reason")
        return f"Closed: {reason}" if reason else "Closed"
    if event.kind == Event.Kind.REPOSTED and "stated" in event.detail:
        return "The source gave it a new date; its text is the same"
    return {
        Event.Kind.REPOSTED.value: "Posted again",
        Event.Kind.REOPENED.value: "Opened again",
        Event.Kind.MERGED.value: "Joined with the same job seen elsewhere",
        Event.Kind.SPLIT.value: "Told apart from another job",
    }.get(event.kind, "")


# --- why it says so ------------------------------------------------------------------------------

EVIDENCE_LABELS = {
    "pay": "Pay",
    "seniority": "Seniority",
    "workplace": "Workplace",
    "eligibility": "Who may apply",
    "places": "Places",
    "employment": "Employment",
    "role": "Role",
    "skills": "Skills",
}


def evidence_rows(posting: Posting) -> list[dict[str, str]]:
    """Label, quote and rule in words of each derived field, in the order of the page."""
    rows = []
    for name, label in EVIDENCE_LABELS.items():
        entry = posting.evidence.get(name)
        if entry and entry.get("evidence"):
            quote = plain_words(entry["evidence"])
            rule = in_words(entry["rule"])
            rows.append({"label": label, "quote": quote, "rule": rule})
    return rows


def plain_words(quote: str) -> str:
    """A quote as a reader takes it in: of a piece of data its names and values, in its order but
    for a minimum and a maximum, which come first."""
    if not quote.startswith("{"):
        return quote
    try:
        data = json.loads(quote)
    except ValueError:
        return quote
    names = sorted(data, key=lambda name: ("min", "max", name[:3].lower()).index(name[:3].lower()))
    return ", ".join(f"{name}: {data[name]}" for name in names)
