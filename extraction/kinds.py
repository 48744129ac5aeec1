"""The kinds of `manage.py extract KIND`: one JSON object in, one out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from extraction import employment, language, location, role, salary, seniority, skills, workplace
from extraction.common import as_text


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The names that `role` and `skills` know; empty ones find nothing."""

    roles: role.Vocabulary = field(default_factory=lambda: role.Vocabulary([]))
    skills: skills.Vocabulary = field(default_factory=lambda: skills.Vocabulary([]))


Asked = Mapping[str, Any]
Answer = dict[str, object]


def _text(asked: Asked, name: str) -> str:
    return as_text(asked.get(name))


def _salary(asked: Asked, _: Vocabularies) -> Answer:
    return salary.extract(_text(asked, "text")).as_dict()


def _seniority(asked: Asked, _: Vocabularies) -> Answer:
    return seniority.extract(_text(asked, "title"), _text(asked, "text")).as_dict()


def _workplace(asked: Asked, _: Vocabularies) -> Answer:
    return workplace.extract(
        _text(asked, "title"), _text(asked, "location"), _text(asked, "text")
    ).as_dict()


def _employment(asked: Asked, _: Vocabularies) -> Answer:
    return employment.extract(_text(asked, "title"), _text(asked, "text")).as_dict()


def _language(asked: Asked, _: Vocabularies) -> Answer:
    return language.extract(_text(asked, "text")).as_dict()


def _location(asked: Asked, _: Vocabularies) -> Answer:
    return location.extract(_text(asked, "text")).as_dict()


def _role(asked: Asked, known: Vocabularies) -> Answer:
    return known.roles.extract(_text(asked, "title"), _text(asked, "text")).as_dict()


def _skills(asked: Asked, known: Vocabularies) -> Answer:
    return known.skills.extract(_text(asked, "text")).as_dict()


KINDS: dict[str, Callable[[Asked, Vocabularies], Answer]] = {
    "salary": _salary,
    "seniority": _seniority,
    "employment": _employment,
    "workplace": _workplace,
    "location": _location,
    "role": _role,
    "skills": _skills,
    "language": _language,
}
"""Fields that are missing or no text count as empty; nothing here raises for any text."""
