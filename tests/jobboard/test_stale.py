"""The stale queue: each kind appears, is mended and leaves; who may see it; what it costs."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides.models import Guide
from guides.revisions import publish, record
from guides.stale import stale
from jobs import stale as jobs_stale
from tests.factories import (
    ClaimFactory,
    GuideFactory,
    PostingFactory,
    PublishedGuideFactory,
    RoleFactory,
    SourceFactory,
    ViewFactory,
    days_from_now,
)
from tests.page import parse

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 2)
GONE = {
    "checked_at": days_from_now(-1),
    "failing_since": days_from_now(-5),
    "problem": "It answers 404 Not Found.",
}


def today() -> date:
    return timezone.now().date()


@pytest.fixture
def guide() -> Guide:
    """A public guide that nothing is wrong with: its role has an open posting."""
    role = RoleFactory(name="Engineer")
    PostingFactory(role=role)
    return PublishedGuideFactory(about=[role], title="Becoming an engineer")


def entries(client, query: str = "") -> list[tuple[str, str, str, str]]:
    """(kind, what, since, link) of each row of the page."""
    page = parse(client.get(f"/admin/stale/{query}"))
    return [
        (
            row.get("data-kind"),
            row.find("th/a").text,
            row.find("td/time").get("datetime"),
            row.find("th/a").get("href"),
        )
        for row in page.iter("tr")
        if row.get("data-kind")
    ]


def kinds(client, query: str = "") -> list[str]:
    return [kind for kind, *_ in entries(client, query)]


def form_of(guide: Guide) -> str:
    return f"/admin/guides/guide/{guide.pk}/change/"


def test_an_empty_queue_says_so(editor, guide):
    assert entries(editor) == []
    assert b"Nothing has aged" in editor.get("/admin/stale/").content


def test_a_claim_past_its_review_date_leaves_when_it_is_mended(editor, guide):
    claim = ClaimFactory(guide=guide, key="pay", text="Half of them.", review_on=LONG_AGO)
    ClaimFactory(guide=guide, review_on=today() + timedelta(days=1))
    ClaimFactory(guide=guide, review_on=None)
    link = f"{form_of(guide)}#claims-group"
    assert entries(editor) == [("claim", "pay: Half of them.", "2020-01-02", link)]
    assert b'id="claims-group"' in editor.get(form_of(guide)).content
    claim.review_on = today() + timedelta(days=90)
    claim.save()
    assert entries(editor) == []


def test_a_source_that_is_gone_leaves_with_a_new_address_or_a_good_answer(editor, guide):
    source = SourceFactory(guide=guide, key="survey", title="A survey", **GONE)
    SourceFactory(guide=guide, **GONE | {"checked_at": GONE["failing_since"]})
    since = GONE["failing_since"].date().isoformat()
    link = f"{form_of(guide)}#sources-group"
    assert entries(editor) == [("source", "survey: A survey", since, link)]
    assert b"It answers 404 Not Found." in editor.get("/admin/stale/").content
    assert b'id="sources-group"' in editor.get(form_of(guide)).content
    source.url = "https://statistics.example.org/moved"
    source.save()
    assert entries(editor) == []


def test_a_guide_past_its_review_date_leaves_when_it_is_reviewed(editor, guide):
    guide.reviewed_on, guide.review_due = LONG_AGO, LONG_AGO
    guide.save()
    link = f"{form_of(guide)}#id_review_due"
    assert entries(editor) == [("review", "The whole guide", "2020-01-02", link)]
    assert b'id="id_review_due"' in editor.get(form_of(guide)).content
    guide.reviewed_on, guide.review_due = today(), today() + timedelta(days=180)
    guide.save()
    assert entries(editor) == []


def test_what_is_mended_stays_as_not_published_until_readers_see_it(editor, guide):
    claim = ClaimFactory(guide=guide, review_on=LONG_AGO)
    publish(guide)
    assert kinds(editor) == ["claim"]
    claim.review_on = today() + timedelta(days=90)
    claim.save()
    record(guide)
    link = form_of(guide)
    assert entries(editor) == [
        ("unpublished", "Changes of the working copy", today().isoformat(), link)
    ]
    publish(guide, at=days_from_now(1))
    assert entries(editor) == []  # it is scheduled
    publish(guide)
    assert entries(editor) == []


def test_an_edit_that_was_taken_back_is_not_waiting_to_be_published(editor, guide):
    title = guide.title
    for text in ("Another", title):
        guide.title = text
        guide.save()
        record(guide)
    assert entries(editor) == []


def test_a_role_without_open_postings_leaves_with_the_next_one(editor, guide):
    idle = RoleFactory(name="Archivist")
    about = PublishedGuideFactory(about=[guide.roles.get(), idle], title="Two roles")
    closed = PostingFactory(role=idle, closed=True, closed_at=days_from_now(1))
    PostingFactory(role=idle, pending=True), PostingFactory(role=idle, withdrawn=True)
    link = f"{form_of(about)}#guide_roles-group"
    since = closed.closed_at.date().isoformat()
    assert entries(editor) == [("openings", "Archivist", since, link)]
    assert b'id="guide_roles-group"' in editor.get(form_of(about)).content
    PostingFactory(role=idle)
    assert entries(editor) == []


def test_a_view_counts_the_postings_of_its_base_at_its_seniority(editor, guide):
    base = guide.roles.get()
    PublishedGuideFactory(about=[ViewFactory(name="Lead", base=base, seniority="senior")])
    PublishedGuideFactory(about=[ViewFactory(name="Any level", base=base, seniority="")])
    PostingFactory(role=base, seniority="entry")
    assert [what for _, what, *_ in entries(editor)] == ["Lead"]
    PostingFactory(role=base, seniority="senior")
    assert entries(editor) == []


def test_a_role_is_judged_by_what_readers_see_of_the_guide(editor, guide):
    guide.guide_roles.all().delete()
    guide.guide_roles.create(role=RoleFactory(name="Not shown yet"))
    assert entries(editor) == []


def test_since_a_role_has_no_postings_is_when_the_last_one_ended():
    role = RoleFactory()
    guide = PublishedGuideFactory(about=[role], at=days_from_now(-300))
    assert jobs_stale.stale()[0].since == days_from_now(-300).date()
    PostingFactory(role=role, posted_at=days_from_now(-90), stale_at=days_from_now(-60))
    assert jobs_stale.stale()[0].since == days_from_now(-60).date()
    assert jobs_stale.stale()[0].guide == guide


def test_what_no_reader_sees_is_not_in_the_queue(editor):
    for state in ("draft", "in_review", "retired"):
        guide = PublishedGuideFactory(review_due=LONG_AGO)
        Guide.objects.filter(pk=guide.pk).update(state=state)
    hidden = GuideFactory(review_due=LONG_AGO)
    PublishedGuideFactory(at=days_from_now(2), review_due=LONG_AGO)
    for each in (hidden, guide):
        ClaimFactory(guide=each, review_on=LONG_AGO)
        SourceFactory(guide=each, **GONE)
    assert entries(editor) == []


def test_only_who_may_change_guides_sees_it(reader, author, editor, moderator):
    assert author.get("/admin/stale/").status_code == 200
    assert moderator.get("/admin/stale/").status_code == 403
    assert reader.get("/admin/stale/").status_code == 302
    assert editor.post("/admin/stale/").status_code == 405
    link = b'href="/admin/stale/"'
    assert link in editor.get("/admin/").content
    assert link not in moderator.get("/admin/").content


def test_it_is_filtered_by_kind_and_guide_and_ordered(editor, guide):
    other = PublishedGuideFactory(about=[guide.roles.get()], review_due=LONG_AGO)
    first = ClaimFactory(guide=guide, key="a", review_on=LONG_AGO + timedelta(days=1))
    second = ClaimFactory(guide=other, key="b", review_on=LONG_AGO + timedelta(days=2))
    assert kinds(editor) == ["review", "claim", "claim"]
    assert [what[:1] for _, what, *_ in entries(editor, "?kind=claim")] == ["a", "b"]
    assert [what[:1] for _, what, *_ in entries(editor, "?kind=claim&order=newest")] == ["b", "a"]
    assert kinds(editor, f"?guide={other.pk}") == ["review", "claim"]
    assert kinds(editor, f"?guide={other.pk}&kind=source") == []
    assert (first.guide, second.guide) == (guide, other)


@pytest.mark.parametrize(
    "query",
    ["?kind=nonsense", "?guide=0", "?guide=x", "?page=0", "?page=99999999999", "?order=up", "?a=b"],
)
def test_what_it_does_not_know_is_left_out_and_named(editor, guide, query):
    ClaimFactory(guide=guide, review_on=LONG_AGO)
    name = query.strip("?").partition("=")[0]
    assert f'data-ignored="{name}"' in editor.get(f"/admin/stale/{query}").content.decode()
    assert kinds(editor, query) == ["claim"]


def test_it_is_paged_and_pages_keep_the_filter(editor, guide, settings):
    settings.BOARD = {**settings.BOARD, "STALE_PAGE_SIZE": 2}
    for number in range(5):
        ClaimFactory(guide=guide, key=f"c{number}", review_on=LONG_AGO)
    page = editor.get("/admin/stale/?kind=claim&page=2").content.decode()
    assert 'href="?kind=claim&amp;page=3"' in page
    assert 'data-total="5"' in page
    found = [
        what[:2] for n in (1, 2, 3) for _, what, *_ in entries(editor, f"?kind=claim&page={n}")
    ]
    assert found == [f"c{number}" for number in range(5)]


def test_text_of_editors_is_shown_as_text(editor, guide):
    ClaimFactory(guide=guide, key="x", text="<script>alert(1)</script>", review_on=LONG_AGO)
    assert b"<script>alert" not in editor.get("/admin/stale/").content
    assert entries(editor)[0][1] == "x: <script>alert(1)</script>"


def grow(number: int) -> None:
    for _ in range(number):
        guide = PublishedGuideFactory(about=[RoleFactory(), ViewFactory()], review_due=LONG_AGO)
        ClaimFactory(guide=guide, review_on=LONG_AGO)
        SourceFactory(guide=guide, **GONE)
        guide.title += "!"
        guide.save()
        record(guide)
        PostingFactory(role=guide.roles.first(), closed=True)


def test_the_statements_do_not_grow(editor):
    counts = []
    for number in (1, 6):
        grow(number)
        fresh = User.objects.get(pk=editor.user.pk)
        editor.force_login(fresh)
        with CaptureQueriesContext(connection) as queries:
            assert len(kinds(editor)) >= 5 * number
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
    with CaptureQueriesContext(connection) as queries:
        stale()
    assert len(queries) == 4
    with CaptureQueriesContext(connection) as queries:
        jobs_stale.stale()
    assert len(queries) == 4
