"""Places a location text names."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import gazetteer, location

COUNTRIES = {
    "Remote, US": "US",
    "San Francisco, CA": "US",
    "Toronto, CA": "CA",
    "Toronto, ON, Canada": "CA",
    "British Columbia, CA": "CA",
    "Ontario, CAN": "CA",
    "Munich, DE": "DE",
    "Dublin, CA": "US",
    "Dublin": "IE",
    "London, ON": "CA",
    "London, UK; Ontario, CAN; Remote-Friendly, United States; San Francisco, CA": "GB CA US",
    "USA VA Chantilly": "US",
    "DEU Wiesbaden - Army Airfield (X180)": "DE",
    "CH - Shanghai, China": "CN",
    "CH - Zurich, Switzerland": "CH",
    "CA - San Francisco; WA - Seattle": "US",
    "ES - Barcelona, Spain": "ES",
    "Boston (US)": "US",
    "Leuven (BE)": "BE",
    "Campinas - SP": "BR",
    "Melbourne VIC, Australia": "AU",
    "Atlanta, Georgia": "US",
    "Tbilisi, Georgia": "GE",
    "Georgia": "",
    "Cambridge": "",
    "Cambridge; London, UK": "GB",
    "Cambridge, MA": "US",
    "San Francisco, CA, New York, NY, Portland, OR, or Remote within Canada": "US CA",
    "Paris / Lyon / Remote": "FR",
    "New York • London • Remote": "US GB",
    "Germany | France | Netherlands": "DE FR NL",
    "München": "DE",
    "Muenchen": "DE",
    "Wien, Österreich": "AT",
    "Warszawa": "PL",
    "Genf": "CH",
    "Bangalore, India; Remote, Canada": "IN CA",
    "Remote - CA": "",
    "Remote, EU": "",
    "Europe": "",
    "Unspecified": "",
    "Multiple locations": "",
    "Remote": "",
    "Hybrid": "",
    "Work from home": "",
    "Full Time": "",
    "IT Department, Berlin": "DE",
    "Delaware, USA, Remote": "US",
    "REMOTE & Huntsville, AL.": "US",
    "Lebanon, NH": "US",
    "Peru, IN": "US",
    "Jordan, Montana, USA": "US",
    "Lebanon, New Hampshire": "US",
    "Germany, DE": "DE",
    "Canada, CA": "CA",
    "Germany, New York": "DE US",
    "Mexico, Brazil, CA": "MX BR",
    "Remote (EST)": "",
    "Tallinn, EST": "EE",
    "上海": "CN",
    "東京": "JP",
    "Киев": "UA",
    "دبي": "AE",
    "Île-de-France": "FR",
    "Surrey": "GB",
    "Bath, Somerset": "GB",
    "Co. Dublin": "IE",
    "Guangdong": "CN",
    "Orange County, CA": "US",
    "South East London": "GB",
    "Torino, TO": "IT",
    "Bologna (BO)": "IT",
    "Monterrey, NL": "MX",
    "KL, Malaysia": "MY",
    "EE. UU.": "US",
    "Asia": "",
    "USA VA Chantilly - 1 Some Dr (VAS102)": "US",
    "US-CA-San Francisco": "US",
    "IN, KA, Bengaluru": "IN",
    "10115 Berlin oder Homeoffice (Deutschland)": "DE",
    "Greater Munich Metropolitan Area": "DE",
    "Latin America (Mexico, Colombia, Argentina)": "MX CO AR",
    "3 locations": "",
    "Whitefield, Bangalore": "IN",
    "Victoria Island, Lagos": "NG",
    "Island": "IS",
    "Taguig City, NCR": "PH",
    "Skopje, London": "MK GB",
    "BLR": "IN",
    "LHR": "GB",
    "Milano, MI": "IT",
    "Milano (MI)": "IT",
    "México, D.F.": "MX",
    "Monterrey, N.L.": "MX",
    "Querétaro": "MX",
    "bundesweit": "DE",
    "Walldorf": "DE",
    "'s-Hertogenbosch": "NL",
    "Trójmiasto": "PL",
    "Sandton": "ZA",
    "Lahore, Punjab": "PK",
    "Lahore, Punjab, Pakistan": "PK",
    "東京都渋谷区": "JP",
    "渋谷区": "JP",
    "大阪府大阪市": "JP",
    "서울특별시 강남구": "KR",
    "DE / AT / CH": "DE AT CH",
    "Remote US (EST)": "US",
    "한국": "KR",
    "대한민국": "KR",
    "台灣": "TW",
    "香港": "HK",
    "الإمارات": "AE",
    "مصر": "EG",
    "ประเทศไทย": "TH",
    "Korea, Republic of": "KR",
    "Moldova, Republic of": "MD",
    "Kingston upon Thames": "GB",
    "Ulaanbaatar": "MN",
    "San Jose, San Jose, Costa Rica": "CR",
    "San José": "CR",
    "Kota Jakarta Pusat, DKI Jakarta, Indonesia": "ID",
    "上海市浦东新区": "CN",
    "杭州": "CN",
    "成都": "CN",
    "福岡": "JP",
    "名古屋": "JP",
    "Greater Cambridge Area": "GB",
    "Kochi": "IN",
    "PAN India": "IN",
    "Sialkot, Punjab, Pakistan": "PK",
    "Chittagong": "BD",
    "Aberdeen": "GB",
    "Dundee": "GB",
    "Gloucester": "GB",
    "Athlone": "IE",
    "Waterford": "IE",
    "Veldhoven": "NL",
    "Ottobrunn": "DE",
    "Unterföhring": "DE",
    "Heidelberg": "DE",
    "Brest": "FR",
    "Oeiras": "PT",
    "Patras": "GR",
    "Plzeň": "CZ",
    "Gomel": "BY",
    "Fornebu": "NO",
    "Lyngby": "DK",
    "New York (Hybrid) or Remote (US/CA)": "US CA",
    "KL / Penang, Malaysia": "MY",
    "Warsaw, Indiana": "US",
    "San Pedro Garza García, NL": "MX",
    "Tijuana, B.C.": "MX",
    "GB, DE, FR": "GB DE FR",
    "US, GB, CA": "US GB CA",
    "Airport": "",
    "London, Paris, California": "GB FR US",
    "US, CA": "US",
    "BRA": "BR",
    "CAN": "CA",
    "Verona, VA": "US",
    "Milan, MI": "US",
    "Germany, FR": "DE FR",
    "CA, NY": "US",
    "": "",
}


@pytest.mark.parametrize(("text", "codes"), COUNTRIES.items(), ids=list(COUNTRIES))
def test_countries_are_named_in_the_order_of_mention(text: str, codes: str) -> None:
    assert " ".join(location.extract(text).countries) == codes


PLACES = {
    "San Francisco, CA": ["San Francisco city US-CA"],
    "Delaware, USA, Remote": ["Delaware region US-DE"],
    "Delaware": ["Delaware region US-DE"],
    "New York": ["New York City city US-NY"],
    "Lebanon, NH": ["Lebanon city US-NH"],
    "Washington, DC": ["Washington city US-DC"],
    "New York, New York": ["New York City city US-NY"],
    "Sachsen, Germany": ["Sachsen region DE-SN"],
    "Remote, Singapore": ["Singapore country SG"],
    "Fort Nowhere, MD": ["Fort Nowhere city US-MD"],
    "USA VA Chantilly": ["Chantilly city US-VA"],
    "Frankfurt, Germany": ["Frankfurt am Main city DE-HE"],
    "Skopje, Zagreb, Split": ["Skopje city MK", "Zagreb city HR", "Split city HR"],
    "Remote - Alabama, or Pennsylvania": ["Alabama region US-AL", "Pennsylvania region US-PA"],
    "Remote CA, OR, WA": [
        "California region US-CA",
        "Oregon region US-OR",
        "Washington region US-WA",
    ],
    "Boston | ONSITE OR REMOTE": ["Boston city US-MA"],
}


@pytest.mark.parametrize(("text", "expected"), PLACES.items(), ids=list(PLACES))
def test_places_are_cities_regions_or_countries(text: str, expected: list[str]) -> None:
    read = [
        f"{p.name} {p.kind} {p.country}{'-' + p.region if p.region else ''}"
        for p in location.extract(text).places
    ]
    assert read == expected


def test_a_region_of_countries_is_an_area_and_no_country() -> None:
    found = location.extract("Americas, Europe, Israel")
    assert found.areas == ("AMERICAS", "EUROPE")
    assert found.countries == ("IL",)


def test_a_city_carries_its_coordinates() -> None:
    city = location.extract("Köln").places[0].as_dict()
    assert city["country"] == "DE"
    assert city["latitude"] == pytest.approx(50.9, abs=0.1)
    assert city["geonameid"]


NAMES = st.lists(
    st.sampled_from(
        ["Berlin", "CA", "US", "Paris", "TX", ",", ";", " ", "Remote", "Georgia", "(", ")", " - ",
         "New", "York", "District", "of", "München", "DE", "/", "San", "Jose", "EU", "or"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(st.text(max_size=120) | NAMES)
def test_any_text_gives_known_countries_and_a_quote(text: str) -> None:
    found = location.extract(text)
    assert found.evidence in text
    assert bool(found.evidence) == bool(found)
    assert len(set(found.countries)) == len(found.countries)
    assert all(gazetteer.country(code) for code in found.countries)
    assert {p.country for p in found.places} == set(found.countries)


@pytest.mark.parametrize("unit", ["Berlin, ", "CA ", "New York ", "a", ",", "St. ", "1", "ü", ";("])
def test_a_long_monotonous_text_is_read_within_a_second(unit: str) -> None:
    start = time.perf_counter()
    location.extract((unit * 50_000)[:50_000])
    assert time.perf_counter() - start < 20  # quadratic time would take minutes


def test_the_gazetteer_knows_names_codes_and_spellings() -> None:
    assert gazetteer.find_city("Koeln")[0].country == "DE"
    assert gazetteer.find_city("São Paulo") == gazetteer.find_city("sao paulo")
    assert gazetteer.find_city("St Louis", "US")[0].region == "MO"
    assert gazetteer.find_country("Deutschland") == gazetteer.country("DE")
    assert gazetteer.find_country("DEU") == gazetteer.country("DE")
    assert gazetteer.find_country("deu") is None
    assert {p.country for p in gazetteer.find_region("WA")} == {"US", "AU"}
    assert gazetteer.country_name("CZ") == "Czechia"
    assert gazetteer.country_name("??") == "??"
    assert "DE" in gazetteer.members("EMEA")
    assert "US" not in gazetteer.members("EU")
