"""The one filter, held against its plain meaning in Python."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from math import atan2, cos, radians, sin, sqrt
from random import Random
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.models import Role, Seniority, Skill
from jobs.filters import PostingFilter
from jobs.models import Posting
from jobs.places import country_names
from jobs.results import Results
from jobs.salary import newest_rates, yearly_cents
from jobs.scales import Employment, Workplace
from lib.fulltext import tokens
from tests.factories import CompanyFactory, PlaceFactory, PostingFactory

WORDS = ["data", "engineer", "spark", "c++", "münchen", "platform", "front-end", "frontend"]


@pytest.fixture(scope="module")
def board(django_db_setup, django_db_blocker):
    """Sixty postings over every scale, standing and kind of pay; made once for the module."""
    with django_db_blocker.unblock():
        random = Random(7)
        roles = [
            Role.objects.create(name=f"Role {name}", slug=f"filter-role-{name}") for name in "ab"
        ]
        companies = [CompanyFactory(name=f"Filter Company {name}") for name in "abc"]
        skills = [
            Skill.objects.create(name=f"Filter Skill {n}", slug=f"filter-skill-{n}", kind="tool")
            for n in (1, 2, 3)
        ]
        germany, france = PlaceFactory(country="DE"), PlaceFactory(country="FR")
        brandenburg = PlaceFactory(
            kind="region", name="Brandenburg", country="DE", region="DE-BB", parent=germany
        )
        places = [
            PlaceFactory(city=True, name="Berlin", country="DE", latitude=52.5, longitude=13.4),
            PlaceFactory(city=True, name="Lyon", country="FR", latitude=45.7, longitude=4.8),
            PlaceFactory(city=True, name="Potsdam", country="DE", region="DE-BB",
                         parent=brandenburg, latitude=52.4, longitude=13.06),
            PlaceFactory(city=True, name="Leipzig", country="DE", latitude=51.3, longitude=12.4),
            PlaceFactory(city=True, name="Nowhere Known", country="DE"),
            brandenburg,
            PlaceFactory(city=True, name="Austin", country="US", region="US-TX"),
            germany,
            france,
        ]  # fmt: skip
        standings = [{}] * 8 + [
            {"pending": True}, {"future": True}, {"expired": True}, {"unconfirmed": True},
            {"closed": True}, {"withdrawn": True},
        ]  # fmt: skip
        made = [
            PostingFactory(
                title=" ".join(random.sample(WORDS, 2)),
                description=" ".join(random.sample(WORDS, 3)),
                company=random.choice(companies),
                role=random.choice([*roles, None]),
                seniority=random.choice([*Seniority.values, ""]),
                workplace=random.choice([*Workplace.values, "remote", "remote", ""]),
                eligibility=random_eligibility(random),
                employment=random.sample(Employment.values, random.randrange(3)),
                places=random.sample(places, random.randrange(3)),
                skills=random.sample(skills, random.randrange(4)),
                pay=random_pay(random),
                posted_at=timezone.now() - timedelta(days=random.randrange(40), minutes=5),
                **random.choice(standings),
            )
            for _ in range(60)
        ]
        yield list(
            Posting.objects.filter(pk__in=[posting.pk for posting in made])
            .select_related("company", "role")
            .prefetch_related("places__parent__parent", "pay_ranges", "skills")
        )
        Posting.objects.filter(pk__in=[posting.pk for posting in made]).delete()
        usa = next(place.parent for place in places if place.name == "Austin")
        for row in [*companies, *roles, *skills, *places, usa]:
            row.delete()


def random_eligibility(random: Random) -> dict[str, Any] | None:
    codes = ["DE", "FR", "US", "US-CA", "US-TX", "EU", "NORTH_AMERICA", "DACH"]
    if random.random() < 0.2:
        return None
    worldwide = random.random() < 0.2
    return {
        "worldwide": worldwide,
        "include": [] if worldwide else random.sample(codes, random.randrange(3)),
        "exclude": random.sample(codes, random.choice([0, 0, 1])),
        "timezones": random.choice([[], ["CET ± 2"]]),
    }


def random_pay(random: Random) -> list[dict[str, Any]]:
    def one() -> dict[str, Any]:
        low = Decimal(random.randrange(20, 150) * 1_000)
        period = random.choice(["year", "year", "month", "hour", ""])
        low = {"month": low / 12, "hour": low / 2080}.get(period, low).quantize(Decimal("0.01"))
        return {
            "minimum": random.choice([low, None]),
            "maximum": low * 2,
            "currency": random.choice(["USD", "EUR", "SEK", "XPF", ""]),
            "period": period,
            "kind": random.choice(["base", "base", "ote"]),
        }

    return [one() for _ in range(random.randrange(3))]


several = {
    "role": ["filter-role-a", "filter-role-b"],
    "seniority": [*Seniority.values, "unknown"],
    "employment": [*Employment.values, "unknown"],
    "workplace": [*Workplace.values, "unknown"],
    "country": ["DE", "FR", "IS"],
    "place": [
        *("berlin-de", "potsdam-de-bb", "leipzig-de", "lyon-fr", "nowhere-known-de"),
        *("brandenburg-de-bb", "germany"),
    ],
    "eligible": ["DE", "FR", "US", "US-CA", "US-TX", "CA", "AT", "JP", "unknown"],
    "company": ["filter-company-a", "filter-company-b"],
    "skill": ["filter-skill-1", "filter-skill-2", "filter-skill-3"],
}
single = {
    "q": [
        *WORDS,
        "data engineer",
        '"data engineer"',
        "eng*",
        "spark -data",
        "munchen",
        "muenchen",
        "data -frontend",
        "spark -front-end",
    ],
    "salary_min": ["30000", "80000", "150000"],
    "currency": ["EUR", "SEK", "USD"],
    "with_salary": ["1"],
    "posted_within": ["1", "10", "30"],
    "sort": ["newest", "relevance", "salary"],
    "skill_mode": ["all"],
    "radius": ["1", "30", "150", "500"],
}
POINTS = {
    "berlin-de": (52.5, 13.4),
    "lyon-fr": (45.7, 4.8),
    "potsdam-de-bb": (52.4, 13.06),
    "leipzig-de": (51.3, 12.4),
}


def heeded(parameters: dict[str, list[str]]) -> dict[str, list[str]]:
    """The parameters without a radius that is around nothing."""
    if "radius" in parameters and not set(parameters.get("place", ())) & set(POINTS):
        return {name: values for name, values in parameters.items() if name != "radius"}
    return parameters


asked = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
            for name, values in several.items()
        },
        **{
            name: st.sampled_from(values).map(lambda value: [value])
            for name, values in single.items()
        },
    },
).map(heeded)


def query(parameters: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in parameters.items():
        data.setlist(name, values)
    return data


@cache
def rates() -> dict[str, Decimal]:
    return newest_rates()


def plain_meaning(postings: list[Posting], parameters: dict[str, list[str]], at: Any) -> set[int]:
    """What the parameters mean, said once more without a database."""
    currency = parameters.get("currency", ["USD"])[0]

    def keeps(posting: Posting) -> bool:
        if not posting.is_public(at):
            return False

        def one_of(name: str, values: list[str]) -> bool:
            return name not in parameters or bool(set(parameters[name]) & set(values))

        skills = {skill.slug for skill in posting.skills.all()}
        chosen = set(parameters.get("skill", ()))
        if chosen and not (chosen <= skills if "skill_mode" in parameters else chosen & skills):
            return False
        named = {
            place.slug: place
            for found in posting.places.all()
            for place in (found, found.parent, found.parent and found.parent.parent)
            if place
        }
        comparable = [
            (Decimal(cents) / 100, pay.currency)
            for pay in posting.pay_ranges.all()
            if (cents := yearly_cents(pay)) is not None and pay.currency in rates()
        ]
        if "salary_min" in parameters and comparable:
            floor = Decimal(parameters["salary_min"][0])
            if not any(
                top >= (floor if name == currency else floor * rates()[name] / rates()[currency])
                for top, name in comparable
            ):
                return False
        days = int(parameters.get("posted_within", ["99999"])[0])
        return (
            one_of("role", [posting.role.slug] if posting.role else [])
            and one_of("seniority", [posting.seniority or "unknown"])
            and one_of("workplace", [posting.workplace or "unknown"])
            and one_of("employment", posting.employment or ["unknown"])
            and one_of("country", [place.country for place in posting.places.all()])
            and one_of("eligible", may_live_in(posting))
            and one_of("place", around(named, parameters))
            and one_of("company", [posting.company.slug])
            and ("with_salary" not in parameters or bool(comparable))
            and posting.posted_at >= at - timedelta(days=days)
            and says(posting, parameters.get("q", [""])[0])
        )

    return {posting.pk for posting in postings if keeps(posting)}


def around(named: dict[str, Any], parameters: dict[str, list[str]]) -> list[str]:
    """The chosen places that these are, are in, or are near."""
    found = list(named)
    for centre in set(parameters.get("place", ())) & set(POINTS):
        km = float(parameters.get("radius", ["0"])[0])
        if any(slug in POINTS and apart(POINTS[slug], POINTS[centre]) <= km for slug in named):
            found.append(centre)
    return found


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres, by the angle between two vectors."""

    def vector(lat: float, lon: float) -> tuple[float, float, float]:
        lat, lon = radians(lat), radians(lon)
        return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)

    (a, b, c), (d, e, f) = vector(*one), vector(*other)
    cross = sqrt((b * f - c * e) ** 2 + (c * d - a * f) ** 2 + (a * e - b * d) ** 2)
    return 6371.0088 * atan2(cross, a * d + b * e + c * f)


# The regions above, written once more.
EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
MEANT = {
    "EU": set(EU.split()),
    "NORTH_AMERICA": {"US", "CA", "MX", "US-CA", "US-TX"},
    "DACH": {"DE", "AT", "CH"},
    "US": {"US", "US-CA", "US-TX"},
    "US-CA": {"US", "US-CA"},
    "US-TX": {"US", "US-TX"},
}


def may_live_in(posting: Posting) -> list[str]:
    """Every country and the two states asked above; the U.S. stay while some state is left."""
    places = list(posting.places.all())
    said = posting.eligibility or {}
    worldwide, include = said.get("worldwide"), said.get("include", [])
    exclude = said.get("exclude", [])
    if posting.workplace != "remote":
        found = {place.country for place in places} | {
            place.region for place in places if place.region
        }
        if "US" in found and "US-TX" not in found:
            found.add("US-CA")
    else:
        if not worldwide and not include:
            include = [place.country for place in places]
        is_whole = worldwide or {"US", "NORTH_AMERICA"} & set(include)
        found = {*country_names(), "US-CA", "US-TX"} if worldwide else set()
        for code in include:
            found |= MEANT.get(code, {code})
        for code in exclude:
            found -= {code} if code in ("US-CA", "US-TX") else MEANT.get(code, {code})
        if not is_whole and not found & {"US-CA", "US-TX"}:
            found.discard("US")
    return sorted(found) or ["unknown"]


def says(posting: Posting, text: str) -> bool:
    """The words of `text` in title or description, as the samples above use them."""
    text = text.replace("front-end", "frontend").replace("muenchen", "munchen")
    parts = [
        tokens(part.replace("front-end", "frontend"))
        for part in (posting.title, posting.description)
    ]
    words = {word for part in parts for word in part}
    if text.startswith('"'):
        first, second = tokens(text)
        return any((first, second) in pairwise(part) for part in parts)
    for term in text.split():
        if term.endswith("*"):
            found = any(word.startswith(term[:-1]) for word in words)
        else:
            found = set(tokens(term)) <= words
        if found == term.startswith("-"):
            return False
    return True


relaxed = settings(max_examples=60)


@relaxed
@given(parameters=asked)
def test_any_filter_gives_exactly_the_postings_that_it_means(db, board, parameters):
    found = PostingFilter(query(parameters))
    assert found.ignored == []
    assert Counter(found.ordered()) == Counter(plain_meaning(board, parameters, found.at))


@relaxed
@given(parameters=asked)
def test_each_facet_count_is_the_total_behind_it(db, board, parameters):
    results = Results(PostingFilter(query(parameters)))
    assert results.total == len(plain_meaning(board, parameters, results.filter.at))
    for facet in results.facets:
        for value in facet.values:
            added = facet.name == "skill" and "skill_mode" in parameters
            before = parameters.get(facet.name, []) if added else []
            behind = {**parameters, facet.name: [*before, value.value]}
            assert value.count == len(plain_meaning(board, behind, results.filter.at))
            assert value.count or value.chosen, "a zero is shown only when chosen"


@relaxed
@given(parameters=asked)
def test_the_count_beside_the_pay_switch_is_what_it_drops(db, board, parameters):
    open_list = {name: values for name, values in parameters.items() if name != "with_salary"}
    switched = {**open_list, "with_salary": ["1"]}
    results = Results(PostingFilter(query(parameters)))
    at = results.filter.at
    dropped = plain_meaning(board, open_list, at) - plain_meaning(board, switched, at)
    assert results.without_pay == len(dropped)


@relaxed
@given(parameters=asked)
def test_an_empty_list_names_the_filters_that_emptied_it(db, board, parameters):
    results = Results(PostingFilter(query(parameters)))
    named = {way.chosen.name: way.count for way in results.ways_out()}
    if results.total:
        assert named == {}
        return
    for name in parameters:
        rest = {key: values for key, values in parameters.items() if key != name}
        if name not in ("sort", "currency", "skill_mode", "radius"):
            count = len(plain_meaning(board, rest, results.filter.at))
            assert named.get(name, 0) == count


hostile_text = st.text(max_size=60).filter(lambda text: "\0" not in text)
hostile = st.dictionaries(
    st.one_of(st.sampled_from([*several, *single, "page", "cursor", "foo"]), hostile_text),
    st.lists(
        st.one_of(
            hostile_text,
            st.sampled_from(["-1", "0", "9" * 40, "1e9", "٣", "'; --", '"', "*", "-", "a OR b",
                             "NEAR(a b)", "title:x", "%", "\\", "{}", "[]", "null", "NaN"]),
        ),
        max_size=4,
    ),
    max_size=5,
)  # fmt: skip


@relaxed
@given(parameters=hostile)
def test_nothing_a_stranger_sends_breaks_the_list(db, board, parameters):
    results = Results(PostingFilter(query(parameters)))
    assert results.total >= 0
    named = {one.name for one in results.filter.ignored}
    assert {name[:60] for name in parameters if name not in results.filter.filters} <= named
