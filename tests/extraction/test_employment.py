"""Types of employment in titles, labels and statements, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import employment

TITLES = {
    "Contract Java Developer": "contract",
    "Data Engineer - 6 month contract": "contract",
    "Programista B2B": "contract",
    "Full Time Internship": "full_time internship",
    "Softwareentwickler (Vollzeit/Teilzeit)": "full_time part_time",
    "Werkstudent (m/w/d)": "part_time",
    "Développeur CDD 6 mois": "temporary",
    "Interim CFO": "temporary",
    "Stage - Data Scientist": "internship",
    "Becario Marketing": "internship",
    "Estágio em TI": "internship",
    "Tirocinio marketing": "internship",
    "Stagiair marketing": "internship",
    "Staż - Data Science": "internship",
    "Freelance ontwikkelaar (ZZP)": "freelance",
    "Volunteer Teacher": "volunteer",
    "Data Engineer (12-month FTC)": "temporary",
    "Seasonal Sales Associate": "temporary",
    "Temporary Works Designer": "",
    "FTC Compliance Counsel": "",
    "Contract Manager": "",
    "Smart Contract Engineer": "",
    "General Contractor Liaison": "",
    "Internal Auditor": "",
    "Internship Program Manager": "",
    "Stage Manager": "",
    "Développeur CDI": "",
    "Engineer (no contractors)": "",
}


@pytest.mark.parametrize(("title", "types"), TITLES.items(), ids=list(TITLES))
def test_a_title_has_the_types_it_names(title: str, types: str) -> None:
    found = employment.extract(title)
    assert " ".join(found.types) == types
    assert found.evidence in title


TEXTS = {
    "This is a full-time, permanent role.": "full_time",
    "Job Type: Full-time, Contract": "full_time contract",
    "Acme | Berlin | FULL-TIME or INTERN | REMOTE": "full_time internship",
    "Die Stelle ist in Voll- oder Teilzeit zu besetzen.": "full_time part_time",
    "Befristete Anstellung": "temporary",
    "Type de contrat : CDI, temps plein": "full_time",
    "Tipo de jornada: Jornada completa": "full_time",
    "Regime: Tempo integral": "full_time",
    "Contratto a tempo determinato": "temporary",
    "Dienstverband: Fulltime": "full_time",
    "Wymiar etatu: pełny etat": "full_time",
    "Benefits for full-time employees include health.": "",
    "You will review contracts with our contractors.": "",
    "5+ years of full-time experience": "",
    "This is not a contract position.": "",
    "Join us. Full-time, hybrid.": "full_time",
    "Heltid, tillsvidare.": "full_time",
    "Full-time employees, we thank you.": "",
    "The internship may lead to a full-time role.": "",
    "You would be interested in a full-time position afterwards.": "",
    "We are interested in you. This is a full-time position.": "full_time",
}


@pytest.mark.parametrize(("text", "types"), TEXTS.items(), ids=list(TEXTS))
def test_the_text_counts_where_it_states_a_type(text: str, types: str) -> None:
    found = employment.extract("Data Engineer", text)
    assert " ".join(found.types) == types
    assert found.evidence in text


def test_the_title_is_asked_first() -> None:
    assert employment.extract("Intern", "This is a full-time role.").types == ("internship",)


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_text_is_quoted_verbatim(title: str, text: str) -> None:
    found = employment.extract(title, text)
    assert found.evidence in title or found.evidence in text
    assert bool(found) == bool(found.rule) == bool(found.evidence)
    assert set(found.types) <= set(employment.TYPES)
