"""The scales of a posting, in the field's own words.

The empty text stands for what a posting does not say; it is shown and asked for as `unknown`.
"""

from django.db import models

from guides.models import Seniority

__all__ = [
    "UNKNOWN",
    "Employment",
    "PayKind",
    "Period",
    "Seniority",
    "Workplace",
    "code",
    "country_code",
    "country_of",
    "value",
]

UNKNOWN = "unknown"


class Workplace(models.TextChoices):
    ONSITE = "onsite", "On-site"
    HYBRID = "hybrid", "Hybrid"
    REMOTE = "remote", "Remote"


class Employment(models.TextChoices):
    FULL_TIME = "full_time", "Full Time"
    PART_TIME = "part_time", "Part Time"
    CONTRACT = "contract", "Contract"
    FREELANCE = "freelance", "Freelance"
    TEMPORARY = "temporary", "Temporary"
    INTERNSHIP = "internship", "Internship"
    VOLUNTEER = "volunteer", "Volunteer"


class Period(models.TextChoices):
    HOUR = "hour", "hour"
    DAY = "day", "day"
    WEEK = "week", "week"
    MONTH = "month", "month"
    YEAR = "year", "year"


class PayKind(models.TextChoices):
    BASE = "base", "base pay"
    OTE = "ote", "on-target earnings"
    BONUS = "bonus", "bonus"
    ESTIMATE = "estimate", "estimate"


def code(scale: type[models.TextChoices], value: str) -> int:
    """The small integer that live rows keep for `value`; 0 is unknown.

    Positions are stored: a new member goes to a scale's end.
    """
    return scale.values.index(value) + 1 if value else 0


def value(scale: type[models.TextChoices], number: int) -> str:
    """The other way: the value of a code, `unknown` for 0."""
    return scale.values[number - 1] if number else UNKNOWN


def country_code(alpha2: str) -> int:
    """ISO 3166-1 alpha-2 as a small integer, so that countries are terms like the rest."""
    return (ord(alpha2[0]) << 8) + ord(alpha2[1])


def country_of(number: int) -> str:
    return chr(number >> 8) + chr(number & 255)
