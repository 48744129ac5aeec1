"""What is kept of pages dies with its data: no reader sees an older page than there is."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides.models import Guide, Role, RoleTerm, Skill, Stamp
from guides.revisions import publish
from guides.stamps import kept, kept_here, kept_newest, stamps
from market.refreshing import refresh
from tests.factories import (
    CareerStepFactory,
    PostingFactory,
    PublishedGuideFactory,
    RoleFactory,
    RoleTermFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db

GUIDE, PAIR = "/guides/kept/", "/compare/a-vs-c/"


@pytest.fixture
def board():
    """A guide of the roles a and b, a third role c, and a posting of a; all pages were seen."""
    a, b, c = (RoleFactory(slug=slug, name=f"Role {slug}") for slug in "abc")
    for role in (a, b, c):
        RoleTermFactory(role=role, skill=SkillFactory(name=f"Skill of {role.slug}"), weight=3)
    PublishedGuideFactory(slug="kept", title="Kept title", about=[a, b])
    return PostingFactory(role=a, title="First opening")


def html(reader, address):
    response = reader.get(address)
    return response.content.decode() if response.status_code == 200 else response.headers


def republish(**fields):
    guide = Guide.objects.get(slug="kept")
    for name, value in fields.items():
        setattr(guide, name, value)
    guide.save()
    publish(guide)


def rename_role():
    role = Role.objects.get(slug="a")
    role.name = "Renamed"
    role.save()


def change_profile():
    RoleTerm.objects.get(role__slug="a").delete()
    RoleTermFactory(role=Role.objects.get(slug="a"), skill=SkillFactory(name="Renamed"), weight=3)


def rename_skill():
    skill = Skill.objects.get(name="Skill of a")
    skill.name = "Renamed"
    skill.save()


def add_step():
    other = RoleFactory(name="Renamed", slug="renamed")
    CareerStepFactory(role=Role.objects.get(slug="a"), to=other)


def add_posting():
    PostingFactory(role=Role.objects.get(slug="a"), title="Renamed")


def rename_posting():
    posting = Role.objects.get(slug="a").postings.get()
    posting.title = "Renamed"
    posting.save()


def rename_company():
    company = Role.objects.get(slug="a").postings.get().company
    company.name = "Renamed"
    company.save()


def write_role_guide():
    PublishedGuideFactory(title="Renamed", about=[Role.objects.get(slug="a")])


WRITES = [rename_role, change_profile, rename_skill, add_step, add_posting, rename_posting,
          rename_company, write_role_guide]  # fmt: skip


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
@pytest.mark.parametrize("address", [GUIDE, PAIR, "/roles/a/"])
def test_a_page_that_was_seen_says_the_new_thing_after_any_write(reader, board, address, write):
    assert "Renamed" not in html(reader, address)
    write()
    assert "Renamed" in html(reader, address)


def test_a_list_that_was_seen_says_the_new_thing(reader, board):
    for write in (rename_posting, rename_company, rename_role, write_role_guide):
        before = html(reader, "/jobs/")
        write()
        after = html(reader, "/jobs/")
        assert re.findall(".*Renamed.*", before) != re.findall(".*Renamed.*", after)


def test_publishing_retiring_and_moving_reach_a_page_that_was_seen(reader, board):
    html(reader, GUIDE)
    republish(title="Second title")
    assert "Second title" in html(reader, GUIDE)
    republish(slug="moved")
    assert html(reader, GUIDE)["Location"] == "/guides/moved/"
    guide = Guide.objects.get(slug="moved")
    guide.state = "retired"
    guide.save()
    assert "This guide is retired" in html(reader, "/guides/moved/")


def test_a_guide_takes_over_a_comparison_that_was_seen(reader, board):
    html(reader, PAIR)
    PublishedGuideFactory(slug="own", about=[Role.objects.get(slug=slug) for slug in "ac"])
    assert html(reader, PAIR)["Location"] == "/guides/own/"


def test_what_is_scheduled_appears_on_a_page_that_was_seen_by_the_clock(
    reader, board, time_machine
):
    now = timezone.now()
    guide = Guide.objects.get(slug="kept")
    for hours, title in ((2, "Second title"), (1, "First title")):
        guide.title = title
        guide.save()
        publish(guide, at=now + timedelta(hours=hours))
        # Publishing for later takes back what was scheduled after it, so only the last stays.
    assert "Kept title" in html(reader, GUIDE)
    time_machine.move_to(now + timedelta(hours=1, seconds=1))
    assert "First title" in html(reader, GUIDE)


def test_a_posting_leaves_and_appears_on_a_page_that_was_seen_by_the_clock(
    reader, board, time_machine
):
    now = timezone.now()
    board.expires_at = now + timedelta(hours=2)
    board.save()
    later = PostingFactory(role=board.role, title="Later opening")
    later.starts_at = now + timedelta(hours=1)
    later.save()
    for hours, shown in ((0, {"First"}), (1, {"First", "Later"}), (2, {"Later"})):
        time_machine.move_to(now + timedelta(hours=hours, seconds=1))
        assert set(re.findall(r"(First|Later) opening", html(reader, GUIDE))) == shown


def test_the_age_of_a_posting_passes_on_a_page_that_was_seen(reader, board, time_machine):
    days = (timezone.now() - board.posted_at).days
    assert f">{days} days ago<" in html(reader, GUIDE)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert f">{days + 1} days ago<" in html(reader, GUIDE)


def test_what_a_broken_off_transaction_made_never_comes_back():
    before = stamps()
    with transaction.atomic():
        RoleFactory()
        inside = stamps()
        transaction.set_rollback(True)
    assert stamps() == before != inside
    RoleFactory()
    assert stamps()["guides"] not in (before["guides"], inside["guides"])


def test_without_a_stamp_nothing_is_kept():
    Stamp.objects.all().delete()
    assert stamps()["guides"] != stamps()["guides"]


def test_a_part_is_made_once_for_the_same_stamp():
    made = []

    def make():
        made.append(len(made))
        return f"part {len(made)}"

    assert [kept("part", ("x", stamps()["guides"]), make) for _ in range(2)] == ["part 1"] * 2
    RoleFactory()
    assert kept("part", ("x", stamps()["guides"]), make) == "part 2"
    cache.clear()
    assert kept("part", ("x", stamps()["guides"]), make) == "part 3"


def test_a_page_that_was_seen_takes_one_statement_and_a_new_one_no_more_than_its_neighbour(
    reader, board
):
    def statements(address):
        with CaptureQueriesContext(connection) as queries:
            html(reader, address)
        return len(queries)

    guide = PublishedGuideFactory(slug="other", about=[RoleFactory(), RoleFactory()])
    statements(PAIR)
    refresh()
    assert statements(GUIDE) <= 8
    assert statements(GUIDE) == 1
    for role in guide.roles.all():
        for _ in range(6):
            RoleTermFactory(role=role, skill=SkillFactory())
            CareerStepFactory(role=role)
            PostingFactory(role=role)
    statements(PAIR)
    refresh()
    assert statements("/guides/other/") <= 8
    assert statements(PAIR) == 1


def test_pages_answer_without_the_cache(reader, board, settings, caplog):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    for address in (GUIDE, PAIR, "/roles/a/", "/jobs/", "/", "/roles/a/share.png"):
        assert reader.get(address).status_code == 200
    assert "the cache does not answer" in caplog.text


def test_of_the_same_part_only_what_was_made_last_is_kept():
    made = []

    def ask(part, by):
        return kept_newest("large", (part,), by, lambda: made.append(by) or f"{part} by {by}")

    assert [ask("a", 1), ask("a", 1), ask("b", 1)] == ["a by 1", "a by 1", "b by 1"]
    assert made == [1, 1]
    assert ask("a", 2) == ask("a", 2) == "a by 2"
    assert ask("a", 1) == "a by 1"
    assert made == [1, 1, 2, 1]


def test_what_is_kept_in_the_process_is_made_once_for_the_same_parts():
    made = []

    def ask(name, part):
        return kept_here(name, (part,), lambda: made.append(part) or [name, part])

    assert ask("small", 1) is ask("small", 1)
    assert ask("other", 1) == ["other", 1]
    assert made == [1, 1]
    assert ask("small", 2) == ["small", 2]
    assert ask("small", 1) == ["small", 1]
    assert made == [1, 1, 2, 1]
