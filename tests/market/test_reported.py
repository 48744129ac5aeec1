"""What the answers of a survey say together, held against a plain count of the same lines."""

from collections import defaultdict
from decimal import Decimal
from statistics import quantiles

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.models import Role
from guides.stamps import stamps
from market.models import Survey
from market.reported import Narrowing, Repeated, Row, coverage, grouped, reported
from tests.factories import RoleFactory
from tests.factories.market import line

ROWS = st.builds(
    Row,
    role=st.sampled_from([1, 2]),
    seniority=st.sampled_from(["mid", "senior"]),
    country=st.sampled_from(["DE", "US"]),
    year=st.sampled_from([2023, 2024]),
    cents=st.integers(1, 10**9),
    times=st.integers(1, 4),
)


def plain(amounts: list[Decimal]) -> list[Decimal]:
    """The same quartiles by the standard library."""
    return quantiles(amounts, n=4, method="inclusive")


@settings(max_examples=40, deadline=None)
@given(st.lists(ROWS, max_size=25), st.sampled_from([(), ("role",), ("seniority", "year")]))
def test_groups_count_and_divide_as_a_plain_list_does(rows, by):
    rows = sorted(rows, key=lambda row: row.cents)
    found = grouped(rows, by)
    members = defaultdict(list)
    for row in rows:
        members[tuple(getattr(row, name) for name in by)].append(row)
    assert len(found) == len(members)
    for (role, seniority, country, year), one in found.items():
        assert country == ""
        own = {"role": role, "seniority": seniority, "year": year}
        group = members[tuple(own[name] for name in by)]
        every = [Decimal(row.cents) / 100 for row in group for _ in range(row.times)]
        assert (one.n, one.distinct) == (len(every), len(group))
        if len(group) < 5:
            assert (one.pay, one.once) == (None, None)
        else:
            assert [one.pay.p25, one.pay.median, one.pay.p75] == pytest.approx(plain(every))
            once = [Decimal(row.cents) / 100 for row in group]
            assert one.once.median == pytest.approx(plain(once)[1])


def test_amounts_stand_as_often_as_they_were_given():
    rows = [Row(None, "", "", 2024, cents, times) for cents, times in ((100, 2), (250, 1))]
    amounts = Repeated(rows)
    assert list(amounts) == [1, 1, Decimal("2.5")]
    assert (len(amounts), amounts[-1], list(amounts[1:])) == (
        3,
        Decimal("2.5"),
        [1, Decimal("2.5")],
    )
    with pytest.raises(IndexError):
        amounts[3]


@pytest.fixture
def survey(db, import_lines) -> Survey:
    """Ten answers of engineers (four of them equal), two of dentists."""
    RoleFactory(name="Data Engineer", slug="data-engineer")
    lines = [line(usd=100_000)] * 4
    lines += [line(usd=60_000 + 10_000 * number) for number in range(4)]
    lines += [line(usd=200_000, residence="DE", year=2021), line(usd=1_000, level="EN")]
    import_lines([*lines, line("Dentist", 9_999), line("Dentist", 9_999)])
    return Survey.objects.get()


def test_equal_answers_count_each_time_and_once_beside_it(survey):
    role = Role.objects.get()
    found = reported(survey, ("role",), Narrowing(), stamps())
    assert list(found) == [(role.pk, "", "", None)]
    one = found[role.pk, "", "", None]
    assert (one.n, one.distinct) == (10, 7)
    assert one.pay.median == 95_000
    assert one.once.median == 80_000


def test_without_roles_every_answer_counts(survey):
    found = reported(survey, ("year",), Narrowing(), stamps())
    assert {key[3]: (one.n, one.distinct) for key, one in found.items()} == {
        2024: (11, 7),
        2021: (1, 1),
    }


def test_a_narrower_question_has_fewer_answers(survey):
    role = Role.objects.get()
    asked = Narrowing(role=role.pk, seniority="senior", country="US", year=2024)
    [one] = reported(survey, ("seniority",), asked, stamps()).values()
    assert (one.n, one.distinct) == (8, 5)


def test_coverage_says_what_repeats_and_what_names_no_role(survey):
    said = coverage(survey, stamps())
    assert (said.answers, said.distinct, said.repeated, said.without_role) == (12, 8, 4, 2)
    assert said.share_without_role == Decimal(2) / 12


def test_figures_follow_the_survey_and_the_roles(survey, import_lines):
    role = Role.objects.get()
    reported(survey, ("role",), Narrowing(), stamps())
    role.aliases = ["Dentist"]
    role.save()
    [one] = reported(survey, ("role",), Narrowing(), stamps()).values()
    assert one.n == 12
    import_lines([line(usd=5)])
    [one] = reported(survey, ("role",), Narrowing(), stamps()).values()
    assert (one.n, one.pay) == (1, None)
