"""A card: nothing of a stranger as markup, and ages as they are at the moment."""

from datetime import UTC, datetime, timedelta

import html5lib
import pytest
from django.utils import timezone

from guides.links import RoleLink
from jobs.cards import age, card_of
from tests import factories
from tests.page import words

HOSTILE = "<b>\"&'"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (59, "59 days ago"),
        (60, "2 months ago"),
        (719, "23 months ago"),
        (729, "1 year ago"),
        (730, "2 years ago"),
    ],
)
def test_an_age_is_said_at_a_glance(days, said):
    assert age(timezone.now() - timedelta(days=days)) == said


def test_an_age_is_that_of_the_day_shown_beside_it(time_machine):
    time_machine.move_to(datetime(2026, 11, 30, 0, 5, tzinfo=UTC))
    assert age(datetime(2026, 11, 29, 23, 55, tzinfo=UTC)) == "yesterday"


def test_all_that_strangers_name_stays_text(db):
    posting = factories.PostingFactory(
        title=HOSTILE, company=factories.CompanyFactory(name=HOSTILE)
    )
    posting.via = [{"name": HOSTILE, "url": 'https://example.org/"><b>'}]
    posting.role = factories.RoleFactory(name=HOSTILE)
    posting.place_line = posting.pay_line = HOSTILE
    own = {posting.role.pk: RoleLink("/guides/one/", HOSTILE, is_guide=True)}
    excerpt = [(HOSTILE, False), (HOSTILE, True)]
    made = card_of(posting, None, [], own).html(HOSTILE, excerpt)
    found = html5lib.parseFragment(made, namespaceHTMLElements=False)
    assert not list(found.iter("b"))
    assert words(found).count(HOSTILE) == 9
    assert [one.get("href") for one in found.iter("a")][2] == 'https://example.org/"><b>'


def test_a_confirmation_is_said_where_it_is_of_another_day(db):
    posting = factories.PostingFactory(posted_at=timezone.now() - timedelta(days=9))
    for days, said in ((0, ""), (5, "\N{NO-BREAK SPACE}· confirmed 4 days ago")):
        made = card_of(posting, posting.posted_at + timedelta(days=days), [], {}).html()
        assert f"9 days ago</time>{said}" in made
        assert ("confirmed" in made) is bool(said)
