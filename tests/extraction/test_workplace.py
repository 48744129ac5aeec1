"""Workplace and where a remote worker may live."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import workplace

WHERE = {
    ("", "Remote", ""): "remote",
    ("", "Berlin (Hybrid)", ""): "hybrid",
    ("Hybrid Data Engineer", "", ""): "hybrid",
    ("Hybrid Cloud Engineer", "Berlin", ""): "",
    ("Engineer, Hybrid Multi-Cloud (Remote)", "", ""): "remote",
    ("Hybrid Mobile Developer", "Berlin (hybrid)", ""): "hybrid",
    ("", "Onsite Columbia,MD", ""): "onsite",
    ("", "In-Office", ""): "onsite",
    ("", "Hybrid remote in Austin, TX", ""): "hybrid",
    ("", "London; Remote", ""): "remote",
    ("", "ONSITE or REMOTE", ""): "remote",
    ("", "Distributed; Hybrid", ""): "hybrid",
    ("Senior PHP Developer – 100% Remote", "", ""): "remote",
    ("Remote Sensing Scientist", "Denver, CO", ""): "",
    ("Distributed Systems Engineer", "Paris", ""): "",
    ("Remote Desktop Support", "Leeds", ""): "",
    ("", "Paris", "You manage remote teams. #LI-Hybrid"): "hybrid",
    ("", "Paris", "You manage remote teams and remote sensing."): "",
    ("", "Berlin", "We offer a hybrid work model."): "hybrid",
    ("", "Berlin", "This is a fully remote position."): "remote",
    ("", "Berlin", "Remote work is not possible."): "onsite",
    ("", "Berlin", "Workplace: on-site"): "onsite",
    ("", "", "This role is fully remote. This role is on-site."): "",
    ("", "Worldwide", ""): "remote",
    ("", "Global", ""): "",
    ("", "Télétravail, France", ""): "remote",
    ("", "Paris (télétravail partiel)", ""): "hybrid",
    ("", "Berlin", "You are 5 days a week in the office."): "onsite",
    ("", "Berlin", "This role is not remote."): "onsite",
    ("", "Berlin", "This role is not fully remote."): "",
    ("", "Berlin", "We are not a fully remote company."): "",
    ("", "Berlin", "You can work from home two days a week."): "hybrid",
    ("", "Berlin", "Bis zu 3 Tage Homeoffice sind möglich."): "hybrid",
    ("", "Paris", "2 jours de télétravail par semaine"): "hybrid",
    ("", "Berlin", "Remote-first culture but this role is on-site in Berlin."): "onsite",
    ("", "Berlin", "This is not a remote role."): "onsite",
    ("", "Berlin", "This position is not eligible for remote work."): "onsite",
    ("", "Berlin", "Unfortunately we cannot offer remote work."): "onsite",
    ("", "Berlin", "Experience with remote work is a plus."): "",
    ("", "London", "You will be in our London office 3 days per week."): "hybrid",
    ("", "Berlin", "#LI-Hybrid #LI-Remote"): "",
    ("Remote Customer Support Agent", "Manila", ""): "remote",
    ("", "Berlin", "Kein Homeoffice möglich."): "onsite",
    ("", "Berlin", "Homeoffice ist nach Absprache möglich."): "",
    ("", "Paris", "Poste en présentiel."): "onsite",
    ("", "Paris", "Télétravail complet possible."): "remote",
    ("", "Madrid", "Trabajo presencial en nuestras oficinas."): "onsite",
    ("", "Madrid", "Modalidad híbrida: 2 días en oficina."): "hybrid",
    ("", "São Paulo", "Vaga 100% home office"): "remote",
    ("", "São Paulo", "Modelo híbrido"): "hybrid",
    ("", "Amsterdam", "Je werkt 2 dagen thuis."): "hybrid",
    ("", "Amsterdam", "Volledig remote"): "remote",
    ("", "Milano", "Smart working 3 giorni a settimana"): "hybrid",
    ("", "Milano", "Lavoro in sede."): "onsite",
    ("", "Warszawa", "Praca zdalna 100%"): "remote",
    ("", "Warszawa", "Praca hybrydowa (2 dni w biurze)"): "hybrid",
    ("", "Warszawa", "Praca stacjonarna."): "onsite",
    ("", "Berlin", "We are a remote-first company."): "",
    (
        "",
        "Berlin",
        "Remote-first. You come into our Berlin office 2 days a week.",
    ): "hybrid",
    ("", "Berlin", "Be in the Berlin office at least three days per week."): "hybrid",
    ("", "Berlin", "3 days on-site, 2 days remote."): "hybrid",
    ("", "Berlin", "Du bist zwei bis drei Tage pro Woche im Büro."): "hybrid",
    (
        "",
        "Austin",
        "Location-based policy: remote or office. This is a hybrid role.",
    ): "hybrid",
    ("", "Austin", "Location-independent pay. Our remote policy says nothing."): "",
    ("", "Austin", "Telecommuting options: Onsite"): "onsite",
    ("", "Austin", "This role is fully on site."): "onsite",
    ("", "Austin", "All duties will be performed on site."): "onsite",
    ("", "Pune", "Work from office, 5 days a week."): "onsite",
    ("", "Pune", "Work from home or from our office, as you like."): "",
    ("", "Oslo", "Perks: work from anywhere for up to 4 weeks a year."): "",
    ("", "Oslo", "Work from anywhere (30 days per year)"): "",
    ("", "Oslo", "You can work from anywhere."): "remote",
    ("", "Oslo", "Full-time. Hybrid."): "hybrid",
    ("", "Oslo", "This is a remote-hybrid role."): "hybrid",
    ("", "Oslo", "You can work remotely up to two days a week."): "hybrid",
    ("", "Oslo", "Two remote days per week."): "hybrid",
    ("", "Oslo", "Minimum 3 days/week in office."): "hybrid",
    ("", "Oslo", "We work out of the Oslo office 4 days a week."): "hybrid",
    ("", "Oslo", "Free lunch in the office 3 days a week."): "",
    ("", "Oslo", "Lunch is served in our office five days a week."): "",
    ("", "Oslo", "We build the leading platform for hybrid work."): "",
    ("", "Oslo", "You have worked in a fully remote company."): "",
    ("", "Oslo", "Fully remote teams are our customers."): "",
    ("", "Oslo", "We are a globally distributed, fully remote company."): "remote",
    ("", "Oslo", "No hybrid or remote work."): "onsite",
    ("", "Oslo", "Remote candidates will not be considered."): "onsite",
    ("", "Milano", "Modalità di lavoro: ibrida"): "hybrid",
    ("", "Warszawa", "Tryb pracy: hybrydowy"): "hybrid",
    ("", "Stockholm", "Hybridarbete, 2 dagar hemma"): "hybrid",
    ("", "Paris", "Télétravail possible 2j/semaine"): "hybrid",
    ("", "Oslo", "Onsite 3 days a week."): "hybrid",
    ("", "Oslo", "On-site, five days a week."): "onsite",
    ("", "Oslo", "You are in our new office five days."): "onsite",
    ("", "Oslo", "Hybrid: two days from home."): "hybrid",
    ("", "Oslo", "Day 1 onsite, then hybrid (3 days onsite)."): "hybrid",
    ("", "Oslo", "Hybrid cars. Hybrid, electric or gas."): "",
    ("", "Oslo", "Steps:\nPhone screen\nOnsite\nOffer"): "",
    ("", "Oslo", "Where:\nRemote\nHybrid"): "",
    ("", "Oslo", "Telework eligible: yes. Remote job: No."): "",
    ("", "Paris", "Télétravail : 2 à 3 jours par semaine."): "hybrid",
    ("", "Berlin", "Homeoffice bis zu 2 Tage die Woche."): "hybrid",
}


@pytest.mark.parametrize(("fields", "expected"), WHERE.items(), ids=[" | ".join(k) for k in WHERE])
def test_the_workplace_is_what_the_fields_state(
    fields: tuple[str, str, str], expected: str
) -> None:
    assert workplace.extract(*fields).workplace == expected


def eligible(*fields: str) -> str:
    found = workplace.extract(*fields).eligible
    if found is None:
        return "unknown"
    said = ["world"] if found.worldwide else []
    said += found.include
    said += [f"-{code}" for code in found.exclude]
    said += [f"@{zone}" for zone in found.timezones]
    return " ".join(said)


ELIGIBLE = {
    ("", "", "About us\nLocation: Remote (Europe)"): "EUROPE",
    ("", "Remote", ""): "unknown",
    ("", "Remote - US", ""): "US",
    ("", "Remote - California", ""): "US",
    ("", "Remote, EU", ""): "EU",
    ("", "REMOTE (Europe)", ""): "EUROPE",
    ("", "Remote, North America", ""): "NORTH_AMERICA",
    ("", "Remote (anywhere in the world)", ""): "world",
    ("", "Remote (anywhere in the U.S.)", ""): "US",
    ("", "Remote - Worldwide except Russia and Iran", ""): "world -RU -IR",
    ("", "Remote (Europe, excluding UK)", ""): "EUROPE -GB",
    ("", "Remote (EMEA, CET ±2)", ""): "EMEA @CET ±2",
    ("", "Remote (UTC-5 to UTC+1)", ""): "@UTC-5 to UTC+1",
    ("", "Remote, Bangalore", ""): "IN",
    ("", "London; Remote", ""): "unknown",
    ("", "London; Remote, Canada", ""): "CA",
    ("", "Germany | Remote", ""): "DE",
    ("", "San Francisco or Remote (US only)", ""): "US",
    ("", "Berlin or Remote (EU)", ""): "EU",
    ("", "Remote or Berlin", ""): "unknown",
    ("", "Remote (United States | Canada)", ""): "US CA",
    ("", "Anywhere in the US", ""): "US",
    ("Data Analyst (Remote - US Only)", "Anywhere", ""): "US",
    ("Data Analyst (Remote)", "Anywhere", ""): "world",
    ("Data Analyst, remote worldwide", "Remote, Germany", ""): "DE",
    ("", "Remote-first, EU timezones", ""): "@EU timezones",
    ("", "USA - Remote (excluding California)", ""): "US",
    ("", "Remote, except for NY", ""): "unknown",
    ("", "Remote", "Our 40 people in Germany work in teams across Europe."): "unknown",
    ("Data Engineer (Remote)", "Germany", ""): "DE",
    ("", "Remote", "We hire in Germany, Austria and Switzerland."): "DE AT CH",
    ("", "Remote", "Candidates must be based in the United States or Canada."): "US CA",
    ("", "Remote", "Fully remote, anywhere in the world."): "world",
    ("", "Berlin (Hybrid)", "You must be based in Germany."): "unknown",
    ("", "Remote (Toronto preferred)", ""): "unknown",
    ("", "Remote", "We cannot hire in California."): "unknown",
    ("", "Remote", "Wohnsitz in Deutschland erforderlich."): "DE",
    ("", "Remoto", "Remoto desde España o Portugal."): "ES PT",
    ("", "US / Canada - Remote", ""): "US CA",
    ("", "Remote, Germany / Austria / Switzerland", ""): "DE AT CH",
    ("", "Remote (US) / London", ""): "US",
    ("", "Remote - US / On-site Spain", ""): "US",
    ("", "", "Work from anywhere in the world."): "world",
    ("", "Remote", "Work from anywhere in the world for 4 weeks a year."): "unknown",
    ("", "Remote", "We are open to anyone in Spain."): "ES",
    ("", "Remote", "We have 5,000 employees and offices worldwide."): "unknown",
    ("", "Remote", "Customers pay us from anywhere in the world."): "unknown",
    ("", "Remote", "Applications from anywhere in the world are welcome."): "world",
    ("", "Remote", "Open to candidates worldwide."): "world",
    ("", "Remote", "We cannot hire worldwide."): "unknown",
    ("", "Remote", "You can live anywhere in the world."): "world",
    ("", "Remote", "We have open offices worldwide. Our tools work worldwide."): "unknown",
    ("", "Remote", "We help you work from anywhere in the world."): "unknown",
    ("", "Remote", "We help firms hire talent worldwide."): "unknown",
    ("", "Remote", "US-based candidates only."): "US",
    ("", "Remote", "You will work with people located in India."): "unknown",
    ("", "Remote", "For candidates in Colorado, the range is $100k-$120k."): "unknown",
    ("", "Remote", "Applicants located in the EU: see our GDPR notice."): "unknown",
    ("", "Remote", "Applicants must be located in the EU, whatever its law."): "EU",
    ("", "Remote", "We are not currently able to hire in Russia or Iran."): "unknown",
    ("", "Remote", "We are unable to accept applicants residing in Spain."): "unknown",
    ("", "Remote", "No matter what. We hire in Spain."): "ES",
    ("", "Remote", "You can be based within the EMEA region (excluding France)."): "EMEA -FR",
    ("", "Remote", "You can work in our teams across Europe."): "unknown",
    ("Cook (Remote)", "London", "Applicants residing in California: see our notice."): "GB",
    ("Cook (Remote)", "London", "Applicants must be based in the UK or Ireland."): "GB IE",
    ("Cook (Remote)", "Europe", "Applicants must be based in Spain or Israel."): "ES IL",
    ("Cook (Remote)", "Europe", "Applicants residing in California: see our notice."): "EUROPE",
}


@pytest.mark.parametrize(
    ("fields", "expected"), ELIGIBLE.items(), ids=[" | ".join(k) for k in ELIGIBLE]
)
def test_eligibility_is_only_what_is_said(fields: tuple[str, str, str], expected: str) -> None:
    assert eligible(*fields) == expected


@pytest.mark.parametrize(
    ("fields", "quote"),
    [
        (("", "London; Remote, Canada", ""), "Remote, Canada"),
        (("", "Remote", "Hello. We hire in Germany, Austria and Spain."), "hire in Germany"),
        (("Engineer (Remote)", "Austria", ""), "Austria"),
    ],
)
def test_eligibility_has_a_quote_of_its_own(fields: tuple[str, str, str], quote: str) -> None:
    found = workplace.extract(*fields).eligible
    assert found is not None
    assert quote in found.evidence
    assert any(found.evidence in field for field in fields)


def test_json_has_null_where_nothing_is_said() -> None:
    assert workplace.extract("", "Paris").as_dict() == {
        "workplace": None, "eligible": None, "evidence": None, "rule": None,
    }  # fmt: skip


PIECES = st.lists(
    st.sampled_from(
        ["remote", "Remote", " ", "hybrid", "on-site", ",", ";", "US", "Europe", "(", ")", "or",
         "anywhere", "in", "UTC", "+", "2", "must be based in", "except", "Germany", "."]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(*[st.text(max_size=60) | PIECES] * 3)
def test_any_text_is_quoted_verbatim(title: str, location: str, text: str) -> None:
    found = workplace.extract(title, location, text)
    assert any(found.evidence in field for field in (title, location, text))
    assert bool(found) == bool(found.rule)
    assert found.eligible is None or found.workplace == "remote"
    if found.eligible:
        assert any(found.eligible.evidence in field for field in (title, location, text))
