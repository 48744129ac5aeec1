from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from guides.models import Role
from jobs.filters import PostingFilter
from jobs.models import Posting
from jobs.results import Results
from lib.text import plain
from tests.bench.corpus import live_of, write
from tests.factories import RoleFactory, SkillFactory
from tests.factories.demo import ROLES, SKILLS

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def content(db):
    """The roles and skills that the corpus names, without the prose about them."""
    for slug, _, _, _ in ROLES:
        if slug:
            RoleFactory(slug=slug)
    for slug in sorted({slug for slugs in SKILLS.values() for slug in slugs}):
        SkillFactory(slug=slug)


def summary() -> list[tuple[object, ...]]:
    """Everything that is asked of a posting, without its id."""
    return [
        (
            one.title,
            one.company.name,
            one.role and one.role.slug,
            one.state,
            one.posted_at,
            one.closed_at,
            one.place_line,
            one.pay_line,
            one.description_html,
            sorted(skill.slug for skill in one.skills.all()),
            [listing.external_id for listing in one.listings.all()],
        )
        for one in Posting.objects.order_by("pk")
    ]


@pytest.mark.parametrize(("count", "share"), [(40, 0.15), (33, 0.5), (7, 0.0)])
def test_the_corpus_has_the_asked_size_and_share_of_open_postings(content, count, share):
    written = write(count, share)
    assert Posting.objects.count() == written.postings == count
    assert Posting.objects.public().count() == written.live == live_of(count, share)
    assert abs(written.live - count * share) <= 0.5


def test_every_open_posting_is_in_the_list_and_counted_under_its_role(content):
    written = write(40, 0.5)
    results = Results(PostingFilter(QueryDict()))
    listed = set(results.filter.qs.values_list("pk", flat=True))
    assert listed == set(Posting.objects.filter(state="open").values_list("pk", flat=True))
    assert results.total == written.live
    assert all(posting.place_line for posting in Posting.objects.all())
    roles = {value.value: value.count for value in results.facets[0].values}
    for slug, count in roles.items():
        role = Role.objects.get(slug=slug)
        assert count == Posting.objects.filter(state="open", role=role).count()


def test_the_same_seed_writes_the_same_corpus_and_another_one_does_not(content):
    write(25, seed=1, now=NOW)
    first = summary()
    Posting.objects.all().delete()
    write(25, seed=1, now=NOW)
    assert summary() == first
    Posting.objects.all().delete()
    write(25, seed=2, now=NOW)
    assert summary() != first


def test_an_open_posting_is_found_by_the_words_of_its_text(content):
    write(20, 0.5)
    posting = Posting.objects.public().first()
    words = " ".join(plain(posting.description_html).split()[-4:])
    assert posting.pk in PostingFilter(QueryDict(urlencode({"q": f'"{words}"'}))).narrow()
