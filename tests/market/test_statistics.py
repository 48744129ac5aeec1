"""What the open postings of a role say together."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from guides.pages import RoleRef
from jobs.filters import PostingFilter
from market.statistics import Scope, Statistics, dumps, loads, statistics
from tests.factories import CompanyFactory, PostingFactory, RoleFactory, ViewFactory
from tests.jobs import test_filter_meaning
from tests.page import charts, parse, words

random_board = test_filter_meaning.board


def of(role, **narrower) -> Statistics:
    scope = Scope.of(RoleRef.of(role), **narrower)
    return statistics([scope])[scope]


def test_counts_begin_at_nothing(db):
    found = of(RoleFactory())
    assert (found.all.open.n, found.all.open.as_of, found.all.pay) == (0, None, None)
    assert found.seniority == found.places == found.skills == []


def test_what_is_written_down_is_read_as_it_was(db):
    role = RoleFactory()
    for level in ("senior", "mid", ""):
        PostingFactory(role=role, seniority=level, pay=[{}])
    found = of(role)
    assert loads(dumps(found), found.scope, found.currency) == found


def test_a_view_is_its_base_at_its_seniority_and_says_so(db, reader):
    role = RoleFactory(name="Machine Learning Engineer")
    view = ViewFactory(base=role, seniority="senior")
    PostingFactory(role=role, seniority="senior")
    PostingFactory(role=role, seniority="mid")
    assert of(view).all.open.n == 1
    assert of(view) == of(role, seniority="senior")
    text = words(parse(reader.get(view.get_absolute_url())))
    assert "has the postings of Machine Learning Engineer at Senior-level / Expert" in text


def test_every_sample_is_exactly_the_list_that_it_leads_to(db, random_board):
    roles = {posting.role for posting in random_board if posting.role}
    asked = [
        Scope.of(RoleRef.of(role), **narrower)
        for role in roles
        for narrower in (
            {},
            {"seniority": "senior"},
            {"seniority": "unknown"},
            {"workplace": "remote"},
            {"country": "DE"},
            {"country": "FR", "workplace": "unknown"},
        )
    ]
    checked = 0
    for found in statistics(asked).values():
        cells = [found.all, *found.seniority, *found.workplace, *found.country]
        samples = [(one.n, one.narrower) for cell in cells for one in (cell.open, cell.paid)]
        for facet, parts in (
            ("place", found.places),
            ("company", found.employers),
            ("skill", found.skills),
        ):
            samples += [(part.n, ((facet, part.value),)) for part in parts]
        for n, narrower in samples:
            query = found.url(narrower).partition("?")[2]
            listed = PostingFilter(QueryDict(query))
            assert not listed.ignored
            assert len(listed.narrow()) == n, query
            checked += 1
    assert checked > 100


@pytest.mark.parametrize(
    ("count", "employers"), [(4, 2), (5, 1)], ids=["four postings", "one employer"]
)
def test_below_the_minimum_no_share_and_no_pay_is_told_anywhere(db, reader, count, employers):
    role = RoleFactory()
    companies = [CompanyFactory() for _ in range(employers)]
    for number in range(count):
        PostingFactory(
            role=role,
            company=companies[number % employers],
            workplace="remote",
            pay=[{"minimum": 90_000, "maximum": 110_000}],
        )
    found = of(role)
    assert found.all.pay is None
    assert found.spread == []
    page = parse(reader.get(role.get_absolute_url()))
    [section] = [one for one in page.iter("section") if one.get("class") == "market"]
    [digest] = [one for one in page.iter("section") if one.get("class") == "digest"]
    for text in (words(section), words(digest)):
        assert "USD 1" not in text
        assert "100,000" not in text
        assert f"{count}" in text
    told = {one.get("data-figure") for part in (section, digest) for one in part.iter()}
    assert not {name for name in told if name and (name.endswith("-share") or "pay" in name)}
    assert f"too few to tell: {count}" in words(digest)
    assert not [one for one in charts(section) if "pay" in one.get("aria-labelledby")]


def test_pay_is_the_midpoint_of_each_range_and_the_mean_over_them(db):
    role, companies = RoleFactory(), [CompanyFactory(), CompanyFactory()]
    stated = [
        [{"minimum": 90_000, "maximum": 110_000}],
        [{"minimum": None, "maximum": 110_000}],
        [{"minimum": 120_000, "maximum": None}],
        [{"minimum": 100_000, "maximum": 120_000}, {"minimum": 150_000, "maximum": 150_000}],
        [{"minimum": 140_000, "maximum": 140_000}, {"kind": "ote", "maximum": 900_000}],
    ]
    for number, pay in enumerate(stated):
        PostingFactory(role=role, company=companies[number % 2], pay=pay)
    pay = of(role).all.pay
    assert (pay.p25, pay.median, pay.p75) == (110_000, 120_000, 130_000)
    assert all(isinstance(one, Decimal) for one in (pay.p25, pay.median, pay.p75))
