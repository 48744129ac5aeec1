"""What a source would bring, before it is one: three of its postings, field by field."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from extraction.rulewords import in_words
from imports.fetching import Board, read_board
from imports.models import Source
from imports.reading import Vocabulary, read
from imports.records import Record
from imports.run import Report, company_of, records_of
from jobs.intake import Offer
from jobs.models import PayRange
from jobs.places import country_name, eligibility_words
from jobs.salary import notation
from jobs.scales import Employment, Seniority, Workplace
from lib.visits import Visitor


@dataclass(frozen=True, slots=True)
class Field:
    """What was understood of one field; `quote` and `rule` say from what."""

    name: str
    value: str
    quote: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    title: str
    company: str
    url: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Preview:
    """A board as it would come in. `more`: it has further pages, so `postings` is at least."""

    postings: int
    more: bool
    company: str
    samples: list[Sample]
    left: list[tuple[str, str, str]]


def preview(source: Source, asked: Visitor) -> Preview:
    """Read the beginning of a board; `ImportRefused` or `FetchRefused` with a sentence."""
    limits = settings.BOARD
    deadline = time.monotonic() + limits["PREVIEW_SECONDS"]

    def enough(board: Board) -> bool:
        return len(board.given) >= limits["PREVIEW_QUESTIONS"] or (
            bool(board.given) and time.monotonic() > deadline
        )

    board = read_board(source, asked, enough=enough)
    report = Report()
    records = records_of(source, board.payloads, report)
    # Those first whose text is there: of some systems it comes in the details, one by one.
    chosen = sorted(records, key=lambda record: not record.html)[: limits["PREVIEW_POSTINGS"]]
    vocabulary = Vocabulary.of_board()
    samples = [sample(record, source, vocabulary) for record in chosen]
    return Preview(
        postings=len(records),
        more=board.more,
        company=samples[0].company if samples else "",
        samples=samples,
        left=[(type(one).__name__, one.external_id, one.reason) for one in report.left],
    )


def sample(record: Record, source: Source, vocabulary: Vocabulary) -> Sample:
    offer = read(record, company_of(source, record), vocabulary, at=timezone.now())
    return Sample(offer.title, offer.company, offer.url, list(fields(offer, record)))


def fields(offer: Offer, record: Record) -> Iterable[Field]:
    """Every derived field with its evidence, those that the posting does not say too."""
    said: dict[str, str] = {
        "role": offer.role.name if offer.role else "",
        "seniority": str(Seniority(offer.seniority).label) if offer.seniority else "",
        "workplace": str(Workplace(offer.workplace).label) if offer.workplace else "",
        "eligibility": eligibility_words(offer.eligibility) if offer.eligibility else "",
        "places": "; ".join(place_name(place) for place in offer.places),
        "pay": notation([PayRange(**row) for row in offer.pay]) if offer.pay else "",
        "skills": ", ".join(skill.name for skill in offer.skills),
    }
    for name, value in said.items():
        found: dict[str, Any] = offer.evidence.get(name) or {}
        yield Field(
            name, value, quoted(found.get("evidence")), in_words(str(found.get("rule", "")))
        )
    kinds = ", ".join(str(Employment(kind).label) for kind in offer.employment)
    yield Field("employment", kinds)
    posted = date_format(offer.posted_at, "j F Y") if offer.posted_at else ""
    yield Field("posted", posted)
    closing = date_format(offer.expires_at, "j F Y H:i") if offer.expires_at else ""
    yield Field("closing date", closing)


def quoted(evidence: Any) -> str:
    return " ".join(str(evidence or "").split())


def place_name(place: Any) -> str:
    """A place of the gazetteer in words."""
    country = country_name(place.country)
    return place.name if place.kind == "country" else f"{place.name}, {country}"
