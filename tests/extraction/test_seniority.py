"""Seniority words in titles, and the words that only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import seniority

LEVELS = {
    "senior": """Senior Data Engineer|Sr. Data Scientist|Lead Machine Learning Engineer|Tech Lead
        Staff Software Engineer|Principal Scientist|Electrical Design Engineer III
        SWE III|Engineer L5
        Starszy programista|Développeur confirmé|Teamleiter Entwicklung
        Analista Desenvolvedor Sênior
        Sales Lead|Leitender Ingenieur|Engineer in Test III|Senior Member of Technical Staff
        Ervaren Java ontwikkelaar|Sviluppatore esperto|Ekspert ds. danych|Główny inżynier
        Gruppenleiter|Старший разработчик|Ведущий инженер|シニアエンジニア|リードエンジニア
        高级工程师|资深前端工程师|시니어 개발자|Technician III
        Mid/Senior Backend Engineer|Senior Account Executive|Sr Engineer, Yahoo News""",
    "executive": """Director of Engineering|VP Engineering|Vice President of Finance|Head of Data
        CTO|Bereichsleitung Vertrieb|Hoofd Financiën
        Chief Technology Officer|Chief Audit Executive (CAE)|Associate Director, Programming
        Leiter Softwareentwicklung|Leitung Controlling
        Chief Executive Officer|COO|CHRO|Co-Founder|Коммерческий директор по продажам
        Managing Director|Geschäftsführer|Senior Director Cancer Biology""",
    "mid": """Intermediate Developer|Software Engineer II|Mid-level Python Developer
        Desenvolvedor Pleno|Semi Senior Developer|Semi-Senior QA|Analyst, Payments II
        Regular Java Developer|Java Developer (Regular)
        Middle Python Developer|Medior Java Developer|Mid Software Engineer""",
    "entry": """Engineer Intern|Working Student Data|Praktikant Marketing|Trainee Consultant
        Graduate Engineer
        Software Engineer I|Jr. Developer|Junior Team Lead|Entry Level Analyst
        Werkstudent (m/w/d) IT
        Stage - Data Scientist|Becario de datos|Estagiário de TI|Młodszy analityk
        Software Engineer - New Grad
        Jeune diplômé - Ingénieur|Duales Studium Informatik|Stage Data Science|Traineeship IT
        Studentische Hilfskraft|Student Assistant (m/w/d)
        Младший аналитик|Стажер|ジュニアエンジニア|インターン|实习生|初级开发|주니어 개발자|인턴
        Intern, Office of the Director""",
    "": """Data Engineer|Lead Generation Specialist|Senior Living Advisor|Account Executive
        Sales Executive
        Administrative Assistant|Executive Assistant|Executive Assistant to the Director
        Sales Associate|Inbound Leads Specialist|Postdoctoral Fellow|Director's Assistant
        Seniors Care Worker|Member of Technical Staff
        Internal Auditor|International Sales Manager|Staff Accountant|Staff Nurse|Chief of Staff
        Art Director
        Data Entry Clerk|Middle East Sales Manager|Registered Nurse, 8 Hour Mid-Shift|C++ Developer
        Engineer 3 years experience|Training Manager|Site Reliability Engineer
        Jefe de Proyecto|Director of Photography|Graduate Program Manager|PA to Managing Director
        Post-Graduate Researcher|Associate (2 Positions)|Machine Learning Engineer 5
        Scientist 3, Data Science|Maintenance Technician II|Café Associate II
        Director's Chauffeur|EA to CEO|Graduate Teaching Assistant|インターネット広告営業""",
}
CASES = [
    (title.strip(), level)
    for level, listed in LEVELS.items()
    for line in listed.split("\n")
    for title in line.split("|")
]


@pytest.mark.parametrize(("title", "level"), CASES, ids=[c[0] for c in CASES])
def test_a_title_has_the_level_it_states(title: str, level: str) -> None:
    found = seniority.extract(title)
    assert found.level == level
    assert found.evidence in title


def test_the_text_counts_only_where_it_states_a_level() -> None:
    text = "You work with senior engineers.\nSeniority: Mid-level\nDirector approves."
    assert seniority.extract("Data Engineer", text).level == "mid"
    assert seniority.extract("Data Engineer", "You work with senior engineers.").level == ""
    assert seniority.extract("Lead Data Engineer", text).level == "senior"


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_quoted_verbatim(title: str, text: str) -> None:
    found = seniority.extract(title, text)
    assert found.level in {"", *seniority.LEVELS}
    assert found.evidence in title or found.evidence in text
    assert bool(found) == bool(found.rule)
