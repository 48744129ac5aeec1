"""The review queue: what waits, who may answer, and what an answer does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.closing import close_missing
from jobs.conflicts import settle
from jobs.intake import take
from jobs.models import Conflict, HeldClosing, Pair, Posting
from jobs.offers import Disagreement
from jobs.review.titles import give_alias, preview, unmatched
from tests.factories import PostingFactory, PublishedGuideFactory, RoleFactory, ViewFactory
from tests.jobs.test_duplicates import HERE, job
from tests.jobs.test_intake import NOW, SOURCE, board, offer

HOUR = timedelta(hours=1)
REMOTE = Disagreement("workplace", "remote", "onsite", "in our office in Berlin")


def conflicted(name="1", **changes):
    return offer(name, disagreements=(REMOTE,), **changes)


@pytest.fixture
def waiting(db) -> dict[str, int]:
    """One of each kind, with the number to answer."""
    take("ashby:acme", [conflicted(title="Clerk")], at=NOW)
    take(HERE, [job("1"), job("2")], at=NOW)
    held = PostingFactory(pending=True, title="Held", role=RoleFactory())
    take("lever:big", [offer(str(n), title=f"Cook {n}") for n in range(22)], at=NOW)
    for hours in (1, 14):
        close_missing("lever:big", [], at=NOW + hours * HOUR)
    return {
        "conflicts": Conflict.objects.get().pk,
        "duplicates": Pair.objects.get().pk,
        "closings": HeldClosing.objects.get().pk,
        "held": held.pk,
    }


def answered(client, kind, verb, *rows):
    return client.post(f"/admin/review/{kind}/", {"verb": verb, "row": rows}, follow=True)


def test_the_page_names_each_kind_with_its_count(moderator, waiting):
    page = moderator.get("/admin/review/").content.decode()
    for kind in waiting:
        assert f'data-kind="{kind}" data-count="1"' in page
    assert 'data-kind="titles" data-count="24"' in page
    assert "/admin/review/" in moderator.get("/admin/").content.decode()


@pytest.mark.parametrize("kind", ["conflicts", "duplicates", "closings", "held"])
def test_each_list_shows_its_row_and_says_so_when_it_is_empty(moderator, waiting, kind):
    page = moderator.get(f"/admin/review/{kind}/?all=on").content.decode()
    assert f'data-row="{waiting[kind]}"' in page
    assert " checked" in page
    for model in (Conflict, Pair, HeldClosing):
        model.objects.all().delete()
    Posting.objects.filter(state="pending").update(state="rejected")
    assert "queue-none" in moderator.get(f"/admin/review/{kind}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "verb", "left"),
    [
        ("conflicts", "stated", "settled"),
        ("conflicts", "read", "settled"),
        ("conflicts", "leave", "left"),
        ("duplicates", "apart", "apart"),
        ("closings", "approve", "approved"),
        ("closings", "dismiss", "dismissed"),
        ("held", "approve", "open"),
        ("held", "reject", "rejected"),
    ],
)
def test_an_answer_is_kept_and_leaves_the_queue(moderator, waiting, kind, verb, left):
    models = {"conflicts": Conflict, "duplicates": Pair, "closings": HeldClosing, "held": Posting}
    page = answered(moderator, kind, verb, waiting[kind])
    assert "1 answered." in page.content.decode()
    assert models[kind].objects.get(pk=waiting[kind]).state == left
    assert f'data-row="{waiting[kind]}"' not in page.content.decode()


def test_a_merge_from_the_queue_leads_one_address_to_the_other(moderator, reader, waiting):
    pair = Pair.objects.get()
    answered(moderator, "duplicates", "merge", pair.pk)
    assert reader.get(pair.younger.get_absolute_url()).status_code == 301
    assert not Pair.objects.exists()


@pytest.mark.parametrize(
    ("verb", "rows"), [("nothing", [1]), ("read", []), ("read", ["x", "0"]), ("", ["1"])]
)
def test_an_answer_that_means_nothing_changes_nothing(moderator, waiting, verb, rows):
    assert answered(moderator, "conflicts", verb, *rows).status_code == 200
    assert Conflict.objects.get().state == "open"


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("author", "/admin/review/", 403), ("author", "/admin/review/held/", 403),
        ("editor", "/admin/review/", 200), ("editor", "/admin/review/held/", 403),
        ("editor", "/admin/review/titles/alias/", 200),
        ("moderator", "/admin/review/titles/", 200),
        ("moderator", "/admin/review/titles/alias/", 403),
        ("operator", "/admin/review/nothing/", 404), ("reader", "/admin/review/", 302),
    ],
)  # fmt: skip
def test_who_may_see_what(request, db, who, path, status):
    assert request.getfixturevalue(who).get(path).status_code == status


def test_a_list_costs_the_same_however_much_waits(moderator):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            moderator.get("/admin/review/held/")
        return len(asked)

    def hold(count):
        for _ in range(count):
            PostingFactory(pending=True, role=RoleFactory())

    hold(2)
    cost()
    few = cost()
    hold(10)
    assert cost() <= few


# --- conflicts ------------------------------------------------------------------------------------


def test_fields_of_several_kinds_are_settled_by_one_answer(moderator, db):
    level = Disagreement("seniority", "senior", "mid", "Data Engineer II")
    take("ashby:acme", [offer("1", disagreements=(REMOTE, level))], at=NOW)
    page = moderator.get("/admin/review/conflicts/").content.decode()
    assert "<td>Seniority</td><td>Senior-level / Expert</td>" in page
    answered(moderator, "conflicts", "read", *Conflict.objects.values_list("pk", flat=True))
    posting = Posting.objects.get()
    assert (posting.workplace, posting.seniority) == ("onsite", "mid")
    assert posting.held == ["seniority", "workplace"]


def test_a_third_value_is_not_set_in_the_queue(db, operator):
    take(SOURCE, [conflicted()], at=NOW)
    with pytest.raises(ValueError, match="hybrid"):
        settle(Conflict.objects.get(), "hybrid", operator.user)


def test_a_settled_field_is_held_and_shown(moderator, waiting):
    posting = Conflict.objects.get().posting
    answered(moderator, "conflicts", "read", waiting["conflicts"])
    posting.refresh_from_db()
    assert (posting.workplace, posting.held) == ("onsite", ["workplace"])
    take("ashby:acme", [conflicted(title="Other", payload_hash="x")], at=NOW + HOUR)
    posting.refresh_from_db()
    assert (posting.title, posting.workplace) == ("Other", "onsite")


def test_a_conflict_left_unknown_comes_back_only_if_the_source_says_something_else(db, operator):
    take(SOURCE, [conflicted()], at=NOW)
    settle(Conflict.objects.get(), "", operator.user)
    take(SOURCE, [conflicted(title="Other", payload_hash="x")], at=NOW + HOUR)
    assert Conflict.objects.get().state == "left"
    other = replace(
        conflicted(title="Third", payload_hash="y"),
        disagreements=(replace(REMOTE, read="hybrid"),),
    )
    take(SOURCE, [other], at=NOW + 2 * HOUR)
    assert Conflict.objects.get().state == "open"


def test_a_conflict_that_is_mended_at_its_source_leaves_the_queue(db):
    take(SOURCE, [conflicted()], at=NOW)
    take(SOURCE, [offer(workplace="remote", payload_hash="x")], at=NOW + HOUR)
    assert not Conflict.objects.exists()


# --- titles ---------------------------------------------------------------------------------------


def test_titles_are_counted_over_their_spellings_the_most_frequent_first(db):
    for title in ("Baker", "Data Gardener (m/w/d)", "data gardener", "Data Gardener (m/w/d)"):
        PostingFactory(title=title)
    PostingFactory(title="Baker", closed=True)
    PostingFactory(title="Taken away", held=["role"])
    PostingFactory(title="Known", role=RoleFactory())
    found = [(one.text, one.count) for one in unmatched()]
    assert found == [("Data Gardener (m/w/d)", 3), ("Baker", 1)]


@pytest.fixture
def gardener(db):
    role = RoleFactory(name="Gardener", slug="gardener")
    PublishedGuideFactory(about=[role], title="What a gardener does")
    return role


def test_a_preview_names_what_would_move_and_changes_nothing(gardener, editor):
    moving = PostingFactory(title="Senior Data Gardener, Berlin")
    PostingFactory(title="Data Baker")
    PostingFactory(title="Data Gardener", held=["role"])
    asked = {"alias": "Data  Gardener", "role": gardener.pk}
    page = editor.get("/admin/review/titles/alias/", asked).content.decode()
    assert page.count("data-posting=") == 1
    assert f'data-posting="{moving.pk}"' in page
    assert "What a gardener does" in page
    moving.refresh_from_db()
    assert moving.role is None


def test_an_alias_moves_the_postings_of_its_preview_at_once_and_for_good(gardener, editor, reader):
    take(SOURCE, [offer(title="Data Gardener")], at=NOW)
    sent = {"alias": "Data Gardener", "role": gardener.pk}
    assert editor.post("/admin/review/titles/alias/", sent).status_code == 302
    posting = Posting.objects.get()
    assert posting.role == gardener
    assert f'data-posting="{posting.pk}"' in reader.get("/jobs/?role=gardener").content.decode()
    gardener.refresh_from_db()
    assert gardener.aliases[-1] == "Data Gardener"
    assert gardener.revisions.get().reason
    assert posting.events.last().detail["fields"] == ["role"]
    again = take(SOURCE, [offer(title="Data Gardener", role=gardener)], at=NOW + HOUR)
    assert +again == {"unchanged": 1}


def test_a_posting_of_another_role_is_named_with_it(gardener):
    other = RoleFactory(name="Nurse", slug="nurse")
    posting = PostingFactory(title="Plant Nurse", role=other)
    found = preview(gardener, "Plant Nurse")
    assert [(move.posting, move.before) for move in found.moves] == [(posting, other)]


def test_a_title_that_is_a_role_already_moves_nothing(gardener, editor):
    posting = PostingFactory(title="Gardener")
    sent = {"alias": "Gardener", "role": RoleFactory().pk}
    assert "Nothing would move" in editor.post("/admin/review/titles/alias/", sent).content.decode()
    posting.refresh_from_db()
    assert posting.role is None


def test_a_view_has_no_aliases_of_its_own(gardener, editor):
    view = ViewFactory(base=gardener)
    sent = {"alias": "Data Gardener", "role": view.pk}
    assert editor.post("/admin/review/titles/alias/", sent).status_code == 200
    view.refresh_from_db()
    assert "Data Gardener" not in view.aliases


def test_giving_an_alias_again_changes_nothing(gardener, editor):
    PostingFactory(title="Data Gardener")
    found = preview(gardener, "Data Gardener")
    assert give_alias(found, editor.user) == 1
    assert give_alias(found, editor.user) == 0
    assert board(1)
