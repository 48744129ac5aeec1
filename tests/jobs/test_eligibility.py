"""Where can I work from: the truth table, and what the database keeps of a set."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import gazetteer
from jobs.eligibility import (
    UNKNOWN_AREA,
    area_code,
    area_of,
    areas,
    expand,
    key,
    of_key,
)
from jobs.places import country_names

STATES = sorted(gazetteer.states())
BERLIN, GERMANY, LYON = ("DE", "DE-BE"), ("DE", ""), ("FR", "FR-ARA")
AUSTIN, TEXAS, USA, TORONTO = ("US", "US-TX"), ("US", "US-TX"), ("US", ""), ("CA", "CA-ON")


def said(*include: str, worldwide: bool = False, exclude=(), timezones=()) -> dict:
    return {
        "worldwide": worldwide,
        "include": list(include),
        "exclude": list(exclude),
        "timezones": list(timezones),
    }


WORLD = said(worldwide=True)

# workplace, eligibility, places: then who may take it, who may not, whether it is unknown.
TRUTH = [
    # Remote, as stated.
    ("remote", WORLD, [], "DE US US-CA JP XK", "", False),
    ("remote", said("DE"), [], "DE", "AT US US-CA", False),
    ("remote", said("DE", "AT"), [], "DE AT", "CH", False),
    ("remote", said("DE", "AT"), [LYON], "DE AT", "FR", False),
    ("remote", WORLD, [BERLIN], "DE FR US", "", False),
    ("remote", said("DE", worldwide=True), [], "DE JP", "", False),
    ("remote", said("XX"), [], "", "DE XX", True),
    ("remote", said("XX"), [BERLIN], "", "DE", True),
    # Regions.
    ("remote", said("EU"), [], "DE FR IE MT", "GB CH NO US", False),
    ("remote", said("EEA"), [], "DE NO IS LI", "GB CH", False),
    ("remote", said("EUROPE"), [], "DE GB CH UA", "US TR", False),
    ("remote", said("EMEA"), [], "DE AE NG ZA", "US IN", False),
    ("remote", said("DACH"), [], "DE AT CH", "LI FR", False),
    ("remote", said("LATAM"), [], "BR MX AR", "US ES", False),
    ("remote", said("APAC"), [], "IN JP AU", "US DE", False),
    ("remote", said("NORTH_AMERICA"), [], "US CA MX US-CA US-TX", "BR", False),
    ("remote", said("AMERICAS"), [], "US US-NY BR CA", "DE", False),
    ("remote", said("UK_IE"), [], "GB IE", "FR", False),
    ("remote", said("DACH", "US-CA"), [], "DE US US-CA", "US-TX FR", False),
    ("remote", said("EU", "GB"), [], "DE GB", "NO", False),
    # States of the U.S.
    ("remote", said("US"), [], "US US-CA US-TX US-DC", "CA", False),
    ("remote", said("US-CA"), [], "US US-CA", "US-TX CA", False),
    ("remote", said("US-CA", "US-NY"), [], "US US-CA US-NY", "US-TX", False),
    ("remote", said("US", "US-CA"), [], "US US-CA US-TX", "", False),
    ("remote", said("CA"), [], "CA", "US US-CA", False),
    # Exclusions.
    ("remote", said(worldwide=True, exclude=["US"]), [], "DE JP", "US US-CA", False),
    ("remote", said(worldwide=True, exclude=["EU"]), [], "GB US US-CA", "DE FR", False),
    ("remote", said(worldwide=True, exclude=["EU", "US"]), [], "GB JP", "DE US-NY", False),
    ("remote", said(worldwide=True, exclude=["US-CA"]), [], "DE US US-NY", "US-CA", False),
    ("remote", said("EU", exclude=["DE"]), [], "FR", "DE", False),
    ("remote", said("EU", exclude=["DACH"]), [], "FR", "DE AT CH", False),
    ("remote", said("US", exclude=["US-CA", "US-NY"]), [], "US US-TX", "US-CA US-NY", False),
    ("remote", said("US", exclude=["US"]), [], "", "US US-CA", True),
    ("remote", said("US-CA", exclude=["US-CA"]), [], "", "US US-CA", True),
    ("remote", said("US-CA", exclude=["US-NY"]), [], "US US-CA", "US-NY", False),
    ("remote", said("US", exclude=STATES), [], "", "US US-CA", True),
    ("remote", said("NORTH_AMERICA", exclude=["US"]), [], "CA MX", "US US-CA", False),
    ("remote", said("DE", exclude=["XX"]), [], "DE", "XX", False),
    ("remote", said("DE", exclude=["EU"]), [BERLIN], "", "DE", True),
    # Remote without a stated audience.
    ("remote", None, [], "", "DE US US-CA", True),
    ("remote", {}, [], "", "DE", True),
    ("remote", said(), [], "", "DE", True),
    ("remote", said(exclude=["US"]), [], "", "DE US", True),
    ("remote", said(timezones=["CET ± 2"]), [], "", "DE", True),
    ("remote", said("DE", timezones=["CET ± 2"]), [], "DE", "FR", False),
    ("remote", said(timezones=["CET ± 2"]), [BERLIN], "DE", "FR", False),
    ("remote", None, [BERLIN], "DE", "FR", False),
    ("remote", None, [GERMANY, LYON], "DE FR", "US", False),
    ("remote", None, [AUSTIN], "US US-TX US-CA", "CA", False),
    ("remote", said(exclude=["DE"]), [BERLIN, LYON], "FR", "DE", False),
    ("remote", said(exclude=["DE"]), [BERLIN], "", "DE", True),
    ("remote", said(exclude=["US-CA"]), [USA], "US US-TX", "US-CA", False),
    # On-site, hybrid, unknown: by the places.
    ("onsite", None, [BERLIN], "DE", "FR US", False),
    ("onsite", None, [GERMANY], "DE", "FR", False),
    ("onsite", None, [BERLIN, LYON], "DE FR", "US", False),
    ("onsite", None, [], "", "DE", True),
    ("onsite", WORLD, [BERLIN], "DE", "FR", False),
    ("onsite", WORLD, [], "", "DE", True),
    ("onsite", said(exclude=["DE"]), [BERLIN], "DE", "FR", False),
    ("onsite", None, [AUSTIN], "US US-TX", "US-CA", False),
    ("onsite", None, [TEXAS, TORONTO], "US US-TX CA", "US-CA", False),
    ("onsite", None, [AUSTIN, USA], "US US-TX", "US-CA", False),
    ("onsite", None, [USA], "US US-TX US-CA", "CA", False),
    ("onsite", None, [USA, BERLIN], "DE US US-NY", "FR", False),
    ("hybrid", None, [BERLIN], "DE", "FR", False),
    ("hybrid", None, [AUSTIN], "US US-TX", "US-NY", False),
    ("hybrid", None, [], "", "DE", True),
    ("hybrid", said("US"), [BERLIN], "DE", "US", False),
    ("", None, [BERLIN], "DE", "FR", False),
    ("", None, [AUSTIN], "US US-TX", "US-CA", False),
    ("", said("FR"), [BERLIN], "DE", "FR", False),
    ("", None, [], "", "DE US", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("workplace", "eligibility", "places", "open_to", "closed_to", "unknown"), TRUTH
)
def test_who_may_take_it(workplace, eligibility, places, open_to, closed_to, unknown):
    found = areas(workplace, eligibility, places)
    assert found >= set(open_to.split())
    assert not found & set(closed_to.split())
    assert (not found) == unknown


codes = st.sampled_from(
    ["DE", "FR", "US", "CA", "EU", "NORTH_AMERICA", "DACH", "US-CA", "US-TX", "XX"]
)
places = st.lists(st.sampled_from([BERLIN, GERMANY, AUSTIN, USA, TORONTO]), max_size=3)
sets = st.builds(
    lambda workplace, include, worldwide, exclude, named: areas(
        workplace, said(*include, worldwide=worldwide, exclude=exclude), named
    ),
    st.sampled_from(["remote", "onsite", "hybrid", ""]),
    st.lists(codes, max_size=3),
    st.booleans(),
    st.lists(codes, max_size=3),
    places,
)


@given(found=sets)
def test_the_united_states_are_in_a_set_exactly_with_a_part_of_them(found):
    assert ("US" in found) == bool(found & set(STATES))


@given(found=sets)
def test_a_key_tells_its_set_and_nothing_else(found):
    assert of_key(key(found)) == found
    shuffled = sorted(found)
    Random(1).shuffle(shuffled)
    assert key(shuffled) == key(found)


@given(found=sets, other=sets)
def test_different_sets_are_different_audiences(found, other):
    assert (key(found) == key(other)) == (found == other)


def test_every_area_has_a_small_code_of_its_own():
    every = [*country_names(), *STATES]
    stored = [area_code(code) for code in every]
    assert len(set(stored)) == len(every)
    assert [area_of(code) for code in stored] == every
    assert UNKNOWN_AREA not in stored
    assert max(stored) < 2**15


def test_every_country_of_a_region_is_one_that_can_be_asked_for():
    for area in gazetteer.areas().values():
        assert area.countries
        assert area.countries <= country_names().keys(), area.code


@given(counted=st.lists(st.tuples(sets, st.integers(1, 9)), max_size=6), state=st.booleans())
def test_counts_of_sets_add_up_to_counts_of_areas(counted, state):
    counts: dict[str, int] = {}
    for found, count in counted:
        counts[key(found)] = counts.get(key(found), 0) + count
    chosen = {area_code("US-CA")} if state else set()
    total = expand(counts, chosen)
    for code in ("DE", "US", "US-CA", "US-TX"):
        plain = sum(count for found, count in counted if code in found)
        shown = code not in STATES or (state and code == "US-CA")
        assert total.get(area_code(code), 0) == (plain if shown else 0)
    assert total.get(UNKNOWN_AREA, 0) == sum(count for found, count in counted if not found)
