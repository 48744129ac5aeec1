"""An open posting as schema.org's JobPosting: what it states and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings

from extraction import gazetteer
from jobs.models import PayRange, Place, Posting
from jobs.places import country_name
from jobs.scales import Employment, PayKind, Workplace

EMPLOYMENT = {
    Employment.FULL_TIME: "FULL_TIME",
    Employment.PART_TIME: "PART_TIME",
    Employment.CONTRACT: "CONTRACTOR",
    Employment.FREELANCE: "CONTRACTOR",
    Employment.TEMPORARY: "TEMPORARY",
    Employment.INTERNSHIP: "INTERN",
    Employment.VOLUNTEER: "VOLUNTEER",
}


def job_posting(
    posting: Posting, places: Iterable[Place], pay: Iterable[PayRange]
) -> dict[str, Any]:
    """JSON for search engines; a field that the posting does not state is not there."""
    company = {"@type": "Organization", "name": posting.company.name}
    if posting.company.url:
        company["sameAs"] = posting.company.url
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "url": settings.SITE_URL + posting.get_absolute_url(),
        "title": posting.title,
        "description": posting.description_html,
        "datePosted": posting.posted_at.date().isoformat(),
        "hiringOrganization": company,
    }
    if posting.expires_at:
        said["validThrough"] = posting.expires_at.isoformat()
    if posting.employment:
        kinds = (EMPLOYMENT[Employment(name)] for name in posting.employment)
        said["employmentType"] = list(dict.fromkeys(kinds))
    if posting.workplace == Workplace.REMOTE:
        said["jobLocationType"] = "TELECOMMUTE"
        if areas := _areas(posting.eligibility or {}):
            said["applicantLocationRequirements"] = areas
    elif locations := [_location(place) for place in places]:
        said["jobLocation"] = locations
    if salaries := _salaries(pay):
        said["baseSalary"] = salaries if len(salaries) > 1 else salaries[0]
    return said


def _areas(eligible: dict[str, Any]) -> list[dict[str, str]]:
    """The countries and regions that are named; with exceptions, which schema.org has no word
    for, none rather than too many."""
    if eligible.get("exclude") or eligible.get("worldwide"):
        return []
    return [_area(code) for code in eligible.get("include") or []]


def _area(code: str) -> dict[str, str]:
    if code in gazetteer.areas():
        name = gazetteer.areas()[code].words.removeprefix("the ")
        return {"@type": "AdministrativeArea", "name": name}
    country, _, part = code.partition("-")
    if part:
        return {"@type": "State", "name": code}
    return {"@type": "Country", "name": country_name(country)}


def _location(place: Place) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressCountry": place.country}
    if place.region:
        address["addressRegion"] = place.region.partition("-")[2]
    if place.kind == Place.Kind.CITY:
        address["addressLocality"] = place.name
    return {"@type": "Place", "address": address}


def _salaries(pay: Iterable[PayRange]) -> Sequence[dict[str, Any]]:
    """Base pay whose currency and period are stated; taken as yearly is not stated."""
    found = []
    for one in pay:
        if one.kind != PayKind.BASE or not one.currency or not one.period:
            continue
        value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": one.period.upper()}
        if one.minimum is not None:
            value["minValue"] = _number(one.minimum)
        if one.maximum is not None:
            value["maxValue"] = _number(one.maximum)
        found.append({"@type": "MonetaryAmount", "currency": one.currency, "value": value})
    return found


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
