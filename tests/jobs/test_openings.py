"""What is open for a role, wherever a role is shown."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides.pages import RoleRef
from guides.stamps import stamps
from jobs.openings import Openings, list_url
from jobs.openings import openings as openings_at
from tests.factories import PostingFactory, RoleFactory, ViewFactory

pytestmark = pytest.mark.django_db


def openings(roles, **asked) -> list[Openings]:
    return openings_at([RoleRef.of(role) for role in roles], stamps(), **asked)


def test_the_number_is_the_total_of_the_list_it_leads_to(reader):
    base, other = RoleFactory(), RoleFactory()
    view = ViewFactory(base=base, seniority="senior")
    whole = ViewFactory(base=base, seniority="")
    for seniority in ("senior", "senior", "entry", ""):
        PostingFactory(role=base, seniority=seniority)
    PostingFactory(role=base, expires_at=timezone.now() - timedelta(hours=1))
    found = openings([base, view, whole, other])
    assert [one.total for one in found] == [4, 2, 4, 0]
    for one in found:
        html = reader.get(one.url).content.decode()
        assert f'data-total="{one.total}"' in html
        assert "data-ignored" not in html


def test_the_newest_stand_first_and_no_more_than_asked_for():
    role = RoleFactory()
    now = timezone.now()
    made = [PostingFactory(role=role, posted_at=now - timedelta(days=n)) for n in (3, 1, 2)]
    [found] = openings([role], limit=2)
    assert [card.pk for card in found.postings] == [made[1].pk, made[2].pk]
    assert found.total == 3


def test_a_skill_narrows_the_list():
    assert list_url(RoleRef.of(RoleFactory(slug="r")), "sql") == "/jobs/?role=r&skill=sql"


def test_statements_do_not_grow_with_roles_or_postings():
    def statements(roles):
        with CaptureQueriesContext(connection) as queries:
            openings(roles)
        return len(queries)

    roles = [RoleFactory() for _ in range(10)]
    PostingFactory(role=roles[0])
    few = statements(roles[:1])
    assert statements(roles[:1]) == 1  # the stamps; the rest is kept
    for role in roles:
        PostingFactory.create_batch(2, role=role)
    assert statements(roles) <= few
    assert openings([]) == []


def test_a_role_page_shows_its_postings_and_leads_to_the_rest(reader):
    role = RoleFactory(slug="r")
    PostingFactory.create_batch(6, role=role)
    html = reader.get("/roles/r/").content.decode()
    assert len(re.findall("data-posting=", html)) == 5
    assert "All 6 open postings" in html
