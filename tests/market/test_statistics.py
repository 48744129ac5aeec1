"""What the open postings of a role say together."""

from decimal import Decimal

from guides.pages import RoleRef
from market.statistics import Scope, Statistics, dumps, loads, statistics
from tests.factories import CompanyFactory, PostingFactory, RoleFactory, ViewFactory


def of(role, **narrower) -> Statistics:
    scope = Scope.of(RoleRef.of(role), **narrower)
    return statistics([scope])[scope]


def test_counts_begin_at_nothing(db):
    found = of(RoleFactory())
    assert (found.all.open.n, found.all.open.as_of, found.all.pay) == (0, None, None)
    assert found.seniority == found.places == found.skills == []


def test_quartiles_of_five_midpoints_lie_on_them(db):
    role, companies = RoleFactory(), [CompanyFactory(), CompanyFactory()]
    for number in range(5):
        PostingFactory(
            role=role,
            company=companies[number % 2],
            pay=[{"minimum": 90_000 + 10_000 * number, "maximum": 110_000 + 10_000 * number}],
        )
    pay = of(role).all.pay
    assert (pay.p25, pay.median, pay.p75) == (110_000, 120_000, 130_000)
    assert all(isinstance(one, Decimal) for one in (pay.p25, pay.median, pay.p75))


def test_what_is_written_down_is_read_as_it_was(db):
    role = RoleFactory()
    for level in ("senior", "mid", ""):
        PostingFactory(role=role, seniority=level, pay=[{}])
    found = of(role)
    assert loads(dumps(found), found.scope, found.currency) == found


def test_a_view_is_its_base_at_its_seniority(db):
    role = RoleFactory()
    view = ViewFactory(base=role, seniority="senior")
    PostingFactory(role=role, seniority="senior")
    PostingFactory(role=role, seniority="mid")
    assert of(view).all.open.n == 1
    assert of(view) == of(role, seniority="senior")
