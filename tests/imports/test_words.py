"""imports.connectors.words: what employers' free fields say."""

import pytest

from extraction import employment
from imports.connectors import words


@pytest.mark.parametrize(
    "title",
    [
        "Open Application",
        "General Application - Engineering",
        "Engineering – General Application",
        "Spontaneous application (m/f/d)",
        "Initiativbewerbung (m/w/d)",
        "Initiativbewerbung als Data Engineer",
        "Candidature spontanée",
        "Candidature spontanée - Data",
        "Candidatura espontánea",
        "Open sollicitatie",
        "Talent Pool",
        "Join our Talent Community",
        "Data Engineer (Talent Pool)",
        "Don't see your role?",
        "Don’t see what you're looking for? Apply here!",
        "Speculative Application for Engineers",
        "Future Opportunities",
        "Engineering Talent Community",
        "Not seeing your role?",
        "Offene Bewerbung",
        "Expression of Interest: Data",
    ],
)
def test_open_applications_are_known(title: str) -> None:
    assert words.is_open_application(title)


@pytest.mark.parametrize(
    "title",
    [
        "Talent Community Manager",
        "Talent Pool Specialist",
        "Head of Talent Community",
        "Application Engineer",
        "Open Source Engineer",
        "General Counsel",
        "Application Security Engineer, General",
        "Talent Acquisition Partner",
        "Data Engineer, Applications",
        "Open Banking Applications Developer",
        "Manager, Talent Network Operations",
        "Future Interfaces Engineer",
        "",
    ],
)
def test_jobs_with_such_words_are_jobs(title: str) -> None:
    assert not words.is_open_application(title)


@pytest.mark.parametrize(
    ("wording", "values"),
    [
        ("Full-time", ("full_time",)),
        ("FULL_TIME", ("full_time",)),
        ("Regular Full Time (Salary)", ("full_time",)),
        ("Full Time Internship", ("full_time", "internship")),
        ("Full-time or part-time", ("full_time", "part_time")),
        ("Contractor", ("contract",)),
        ("Fixed-term contract", ("temporary",)),
        ("Permanent contract", ()),
        ("Permanent", ()),
        ("Regular", ()),
        ("Vollzeit, unbefristet", ("full_time",)),
        ("Temps partiel / CDD", ("part_time", "temporary")),
        ("International", ()),
        ("Contract Manager", ()),
        ("Contract to hire", ("contract",)),
        ("Employment contract", ()),
        ("working_student", ("part_time",)),
        ("Employee: Full Time", ("full_time",)),
        ("Full-time, Fixed term", ("full_time", "temporary")),
        ("Not part-time", ()),
        ("", ()),
    ],
)
def test_employment_is_read_when_every_word_is_known(wording: str, values: tuple[str, ...]) -> None:
    assert employment.stated(wording) == values


@pytest.mark.parametrize(
    ("wording", "unit"),
    [
        ("day", "day"),
        ("WEEK", "week"),
        ("annum", "year"),
        ("hourly", "hour"),
        ("A salary for 5 days a week", ""),
        ("Monthly or yearly", ""),
    ],
)
def test_a_period_is_its_unit_alone_or_a_wording_of_pay(wording: str, unit: str) -> None:
    assert words.period([wording]) == unit


def test_two_workplaces_are_none() -> None:
    assert words.workplace("Remote", "Hybrid") == ""
    assert words.workplace("Fully Remote", "remote") == "remote"
    assert words.workplace("Remotely interesting") == ""
