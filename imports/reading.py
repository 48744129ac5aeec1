"""From a connector's record to an offer: every field read, with its evidence.

A field that the system states is taken as stated; what it does not state is read from the text.
Where a stated field and the place or title contradict each other, neither is believed: the field
stays unknown and the evidence names both.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst

from extraction import (
    eligibility,
    employment,
    gazetteer,
    location,
    salary,
    seniority,
    signs,
    workplace,
)
from extraction.kinds import Vocabularies
from guides.models import Role, Skill
from imports.connectors.markup import visible
from imports.records import Pay, Record
from jobs.intake import Disagreement, Offer
from jobs.vocabulary import vocabularies
from lib.text import HTML_CHARACTERS, clean_html, plain

TITLE_LENGTH = COMPANY_LENGTH = 200
STATED = "stated by the system"


@dataclass(frozen=True)
class Vocabulary:
    """The board's own roles and skills, read once for a run."""

    known: Vocabularies
    roles: dict[str, Role]
    skills: dict[str, Skill]

    @classmethod
    def of_board(cls) -> Vocabulary:
        return cls(
            vocabularies(),
            {role.slug: role for role in Role.objects.bases()},
            {skill.slug: skill for skill in Skill.objects.all()},
        )


def read(
    record: Record, company: str, vocabulary: Vocabulary, *, at: datetime | None = None
) -> Offer:
    """The offer of one record; `company` is used where the payload names none.

    `at` is when the payload was fetched: "posted 8 days ago" counts from there.
    """
    # Cut twice: Lever's text is joined from parts, and cleaning makes links longer.
    description = clean_html(visible(record.html[:HTML_CHARACTERS]))[:HTML_CHARACTERS]
    text = plain(description)
    evidence: dict[str, Any] = {}
    against: list[Disagreement] = []
    title = " ".join(record.title.split())

    found_role = vocabulary.known.roles.extract(title, text)
    note(evidence, "role", found_role)
    level = read_seniority(record, title, text, evidence, against)
    found_skills = vocabulary.known.skills.extract(f"{title}\n{text}")
    note(evidence, "skills", found_skills)
    where, places = read_places(record)
    note(evidence, "places", where)
    place_of_work, eligible = read_workplace(record, title, text, places, evidence, against)
    return Offer(
        external_id=record.external_id,
        payload_hash=record_hash(record),
        url=record.url,
        title=title[:TITLE_LENGTH],
        company=" ".join((record.company or company).split())[:COMPANY_LENGTH].strip(),
        description=description,
        description_hash=digest(" ".join(text.split())),
        apply_url=record.apply_url or record.url,
        posted_at=read_posted(record, at),
        expires_at=record.expires_at,
        role=vocabulary.roles.get(found_role.role),
        seniority=level,
        workplace=place_of_work,
        employment=read_employment(record, title, text, evidence),
        eligibility=eligible,
        places=places,
        skills=tuple(vocabulary.skills[slug] for slug in found_skills.skills),
        pay=read_pay(record, title, text, places, place_of_work, evidence),
        evidence=evidence,
        requisition=record.requisition,
        disagreements=tuple(against),
        via=record.via,
    )


def note(evidence: dict[str, Any], name: str, answer: Any) -> None:
    """Keep an answer's quote and rule, if it has one."""
    if answer and answer.evidence:
        evidence[name] = {"evidence": answer.evidence, "rule": answer.rule}


def note_conflict(evidence: dict[str, Any], said: Disagreement, rule: str) -> None:
    evidence[said.field] = {
        "evidence": f"{said.stated} / {said.quote}",
        "rule": f"conflict: {rule}",
        "values": [said.stated, said.read],
    }


def read_posted(record: Record, at: datetime | None) -> datetime | None:
    """The stated instant; else the UTC day that lies so many days before the fetch."""
    if record.posted_at or record.days_old is None or at is None:
        return record.posted_at
    day = at.astimezone(UTC) - timedelta(days=record.days_old)
    return min(at, day.replace(hour=0, minute=0, second=0, microsecond=0))


def read_seniority(
    record: Record,
    title: str,
    text: str,
    evidence: dict[str, Any],
    against: list[Disagreement],
) -> str:
    """The level of the title, else the stated one; none where the two contradict each other."""
    answer = seniority.extract(title, text)
    note(evidence, "seniority", answer)
    if not record.seniority or answer.level == record.seniority:
        return answer.level
    if answer.level:
        said = Disagreement("seniority", record.seniority, answer.level, answer.evidence)
        note_conflict(evidence, said, "the system states one level, the title or text another")
        against.append(said)
        return ""
    evidence["seniority"] = {"evidence": record.seniority, "rule": STATED}
    return record.seniority


def read_places(record: Record) -> tuple[Any, tuple[gazetteer.Place, ...]]:
    """The first answer that found something, and the places that all locations name.

    A country beside one of its own cities adds nothing and is left out; a country that the
    system states and no location names is a place of its own.
    """
    answers = [location.extract(text, record.countries) for text in record.locations]
    found = {
        (place.kind, place.name, place.country, place.region): place
        for answer in answers
        for place in answer.places
    }
    within = {place.country for place in found.values() if place.kind != "country"}
    countries = {code for answer in answers for code in answer.countries}
    countries |= set(record.countries)
    kept = [place for place in found.values() if place.kind != "country"]
    for code in sorted(countries - within):
        country = gazetteer.country(code)
        if country is not None:
            kept.append(country)
    return next((answer for answer in answers if answer), None), tuple(kept)


def read_employment(
    record: Record, title: str, text: str, evidence: dict[str, Any]
) -> tuple[str, ...]:
    """The stated types, else those that title and text name."""
    if record.employment:
        return tuple(sorted(set(record.employment)))
    answer = employment.extract(title, text)
    note(evidence, "employment", answer)
    return tuple(sorted(answer.types))


def read_workplace(
    record: Record,
    title: str,
    text: str,
    places: tuple[gazetteer.Place, ...],
    evidence: dict[str, Any],
    against: list[Disagreement],
) -> tuple[str, dict[str, Any] | None]:
    """Workplace and eligibility; the stated one against what place and title say."""
    named = "\n".join(record.locations)
    short = workplace.extract(title, named, "")
    # A bare "Remote" leaves it to the text to say who may apply.
    is_enough = short.eligible if short.workplace == "remote" else short.workplace
    answer = short if is_enough else workplace.extract(title, named, text)
    value = answer.workplace
    note(evidence, "workplace", answer)
    if record.workplace:
        stated = {"evidence": record.workplace, "rule": STATED}
        if value and value != record.workplace:
            where = "the place or title" if short.workplace else "the text"
            said = Disagreement("workplace", record.workplace, value, answer.evidence)
            note_conflict(evidence, said, f"the system states one, {where} another")
            against.append(said)
            value = ""
        else:
            evidence["workplace"], value = stated, record.workplace
    if value != "remote":
        return value, None
    if living := stated_eligibility(record):
        evidence["eligibility"] = {
            "evidence": " · ".join([*record.eligible, *record.timezones]),
            "rule": STATED,
        }
        return value, living
    if answer.eligible:
        quote = answer.eligible.evidence or answer.evidence
        evidence["eligibility"] = {"evidence": quote, "rule": answer.rule}
        return value, answer.eligible.as_dict()
    codes = sorted({place.country for place in places})
    told = eligibility.in_text(text)
    if told and told.covers(codes):
        evidence["eligibility"] = {"evidence": told.evidence, "rule": "eligibility.text"}
        return value, told.as_dict()
    if not codes:
        return value, None
    evidence["eligibility"] = {
        "evidence": " / ".join(record.locations),
        "rule": "the places named beside remote",
    }
    return value, {"worldwide": False, "include": codes, "exclude": [], "timezones": []}


def stated_eligibility(record: Record) -> dict[str, Any] | None:
    """What the payload's wordings of where one may live come to; worldwide yields to a place.

    None where they name no place that is known.
    """
    answers = [workplace.extract("", f"Remote ({text})").eligible for text in record.eligible]
    found = [answer for answer in answers if answer]
    include = list(dict.fromkeys(code for answer in found for code in answer.include))
    exclude = list(dict.fromkeys(code for answer in found for code in answer.exclude))
    zones = [*record.timezones, *(zone for answer in found for zone in answer.timezones)]
    said = {
        "worldwide": not include and any(answer.worldwide for answer in found),
        "include": include,
        "exclude": exclude,
        "timezones": list(dict.fromkeys(zones)),
    }
    return said if any(said.values()) else None


def read_pay(
    record: Record,
    title: str,
    text: str,
    places: tuple[gazetteer.Place, ...],
    place_of_work: str,
    evidence: dict[str, Any],
) -> tuple[dict[str, Any], ...]:
    """Stated ranges, else what text or title say; nothing where the payload says to show none."""
    if record.pay_hidden:
        return ()
    if record.pay:
        stated = with_kinds(record.pay, text)
        rows = [pay_row(pay) for pay in stated]
        evidence["pay"] = {
            "evidence": " · ".join(dict.fromkeys(pay.text for pay in stated if pay.text)),
            "rule": "; ".join(dict.fromkeys([STATED, *(p.rule for p in stated if p.rule)])),
        }
    else:
        answer = salary.extract(text) or salary.extract(title)
        countries = {place.country for place in places}
        if len(countries) == 1:
            remote = "remote" in (place_of_work, record.workplace)
            answer = signs.in_country(answer, countries.pop(), text, remote=remote)
        note(evidence, "pay", answer)
        rows = [pay_row(found) for found in answer.ranges]
    distinct = {tuple(row.values()): row for row in rows if has_amount(row)}
    return tuple(distinct.values())


def with_kinds(stated: tuple[Pay, ...], text: str) -> list[Pay]:
    """The stated ranges; one that the text calls on-target earnings is that, where its own
    wording does not call it base pay."""
    kinds = {(told.minimum, told.maximum): told.kind for told in salary.extract(text).ranges}
    return [
        replace(pay, kind="ote", rule=pay.rule or "the text calls it on-target earnings")
        if pay.kind == "base"
        and kinds.get((pay.minimum, pay.maximum)) == "ote"
        and "base" not in pay.text.lower()
        else pay
        for pay in stated
    ]


def pay_row(pay: Pay | Any) -> dict[str, Any]:
    """The fields of a PayRange; of a connector's Pay or of a range that the text states.

    Readers see words only: numbers that stand in fields of their own are quoted in the evidence.
    """
    said = getattr(pay, "text", "") or getattr(pay, "evidence", "") or ""
    return {
        "minimum": amount(pay.minimum),
        "maximum": amount(pay.maximum),
        "currency": pay.currency or "",
        "period": pay.period or "",
        "kind": pay.kind or "base",
        "text": "" if said.startswith("{") else said[:500],
    }


def amount(value: Decimal | None) -> Decimal | None:
    """Two places, as the database keeps it; nothing for what is not above zero."""
    if value is None or not 0 < value < Decimal(10) ** 12:
        return None
    return value.quantize(Decimal("0.01")) or None


def has_amount(row: dict[str, Any]) -> bool:
    return row["minimum"] is not None or row["maximum"] is not None


def record_hash(record: Record) -> str:
    """SHA-256 of what the source says, but for its timestamps, order and white space."""
    pay = sorted(str(one) for one in record.pay)
    parts = [
        " ".join(record.title.split()),
        record.company.strip(),
        record.url,
        record.apply_url,
        " ".join(plain(record.html).split()),
        sorted(record.locations),
        sorted(record.countries),
        record.workplace,
        sorted(record.employment),
        pay,
        record.pay_hidden,
        record.expires_at.isoformat() if record.expires_at else "",
        record.seniority,
        sorted(record.eligible),
        sorted(record.timezones),
        record.via,
    ]
    return digest(json.dumps(parts, ensure_ascii=False))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def company_from_account(account: str) -> str:
    """A name from the account in a posting's address: `acme-robotics` is Acme Robotics."""
    return " ".join(capfirst(word) for word in account.replace("_", "-").split("-") if word)
