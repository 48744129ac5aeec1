"""Roles from titles: rules, a vocabulary, no guessing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import role

KNOWN = role.Vocabulary(
    [
        ("data-engineer", ["Data Engineer", "ETL Developer", "Dateningenieur",
                           "Ingénieur de données", "Engenheiro de Dados"]),
        ("data-scientist", ["Data Scientist", "Cientista de Dados"]),
        ("data-analyst", ["Data Analyst", "Analista de datos"]),
        ("machine-learning-engineer", ["Machine Learning Engineer", "AI Engineer",
                                       "Lead Machine Learning Engineer"]),
        ("mlops-engineer", ["MLOps Engineer"]),
        ("software-engineer", ["Software Engineer", "Softwareentwickler", "Developer",
                               "Staff Engineer", "Desenvolvedor"]),
        ("backend-engineer", ["Backend Engineer", "Back-end Developer", "Desenvolvedor Back-end"]),
        ("frontend-engineer", ["Frontend Developer", "Front End Engineer"]),
    ]
)  # fmt: skip

TITLES = {
    "Data Engineer": "data-engineer",
    "Data Engineer, Machine Learning Platform": "data-engineer",
    "Senior Data Engineer (m/f/d)": "data-engineer",
    "REMOTE Senior ML Engineer": "machine-learning-engineer",
    "Lead Machine Learning Engineer - Remote": "machine-learning-engineer",
    "Azure/Databricks Data Engineer - Empower": "data-engineer",
    "Data Engineer with Python, 10+ years exp": "data-engineer",
    "Software Engineer, Machine Learning": "software-engineer",
    "2024 Summer Intern - Data Analyst (Remote)": "data-analyst",
    "Softwareentwickler:in (m/w/d)": "software-engineer",
    "Softwareentwicklerin": "software-engineer",
    "Ingénieur(e) Données H/F": "data-engineer",
    "Analista Desenvolvedor Back-end Sênior": "backend-engineer",
    "Desenvolvedor ( a )": "software-engineer",
    "Full-Stack/Backend Engineer": "backend-engineer",
    "Back End Developer": "backend-engineer",
    "Data Scientist / ML Engineer": "data-scientist",
    "Sr. Data Scientist II": "data-scientist",
    "Engineer, Data": "data-engineer",
    "Business Data Analyst Consultant": "data-analyst",
    "Berlin - Data Engineer": "data-engineer",
    "ML Ops Engineer": "mlops-engineer",
    "Developer": "software-engineer",
    "Staff Engineer": "software-engineer",
    "Softwareentwickler/in C# .NET": "software-engineer",
    "Ingénieur(se) de données Python F/H": "data-engineer",
    "VP, Data Scientist": "data-scientist",
    "Director-Data Engineer, Retail": "data-engineer",
    "Principal Associate, Data Scientist": "data-scientist",
    "Merchandising Analyst (Data Analyst)": "data-analyst",
    "Back-end - Developer": "backend-engineer",
    "Recruiter (Data Analyst)": "",
    "Business Analyst/Data Science": "",
    "Software Engineer in Test": "",
    "Train Driver": "",
    "Building Architect": "",
    "Real Estate Developer": "",
    "React Native Developer": "",
    "Salesforce Developer": "",
    "Sales Engineer": "",
    "Electrical Engineer": "",
    "Engineer": "",
    "Data Engineering Recruiter": "",
    "Data Engineer Recruiter": "",
    "Data Analyst Trainer": "",
    "Engineering Manager, Data Engineers": "",
    "Recruiter - Data Engineer": "",
    "Assistant to the Data Scientist": "",
    "Director of Data Science": "",
    "Data Entry Specialist": "",
    "Data Entry Analyst": "",
    "Front End Development Architect": "",
    "": "",
}


@pytest.mark.parametrize(("title", "slug"), TITLES.items(), ids=list(TITLES))
def test_the_head_of_a_title_names_the_role(title: str, slug: str) -> None:
    found = KNOWN.extract(title)
    assert found.role == slug
    assert found.evidence in title


def test_the_first_role_to_claim_a_name_keeps_it() -> None:
    known = role.Vocabulary([("a", ["Data Hero"]), ("b", ["Data Hero"])])
    assert known.extract("Data Hero").role == "a"


def test_an_empty_vocabulary_knows_nothing() -> None:
    assert role.Vocabulary([]).extract("Data Engineer").as_dict() == {
        "role": None, "evidence": None, "rule": None,
    }  # fmt: skip


@given(st.text(max_size=100) | st.lists(st.sampled_from(
    ["Data", "Engineer", " ", "/", "-", ",", "Senior", "(m/w/d)", "II", "Back", "End", "&", "ML"]
), max_size=20).map("".join))  # fmt: skip
def test_any_title_is_quoted_verbatim(title: str) -> None:
    found = KNOWN.extract(title)
    assert found.evidence in title
    assert bool(found) == bool(found.rule)
