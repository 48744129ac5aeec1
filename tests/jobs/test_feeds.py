"""The list of postings as Atom and as JSON Feed."""

import json
from datetime import UTC, datetime, timedelta
from html import unescape
from random import Random
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobs import feeds
from jobs.cursors import written
from jobs.index import confirm
from jobs.models import Posting
from jobs.scales import Seniority
from tests import factories
from tests.factories import PostingFactory, days_from_now
from tests.page import hooks, links, parse

ATOM = "{http://www.w3.org/2005/Atom}"
SENIOR = Seniority.SENIOR.label
SITE = "http://127.0.0.1:8000"
BOTH = pytest.mark.parametrize("address", ["/jobs/feed.atom", "/jobs/feed.json"])


def atom(reader, address="/jobs/feed.atom"):
    response = reader.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def json_feed(reader, address="/jobs/feed.json"):
    response = reader.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(response.content)


def link(document, rel):
    return next(
        (one.get("href") for one in document.findall(f"{ATOM}link") if one.get("rel") == rel), None
    )


def page(reader, address):
    """The ids of one page of a feed, whatever it is written in, and the address of the next."""
    if urlsplit(address).path.endswith(".json"):
        document = json_feed(reader, address)
        ids, following = [one["id"] for one in document["items"]], document.get("next_url")
    else:
        document = atom(reader, address)
        ids = [one.findtext(f"{ATOM}id") for one in document.findall(f"{ATOM}entry")]
        following = link(document, "next")
    return [int(one.rpartition("/")[2]) for one in ids], following


def pages(reader, address):
    found = []
    while address:
        ids, address = page(reader, address)
        found.append(ids)
    return found


def ids_of(reader, address):
    return [pk for ids in pages(reader, address) for pk in ids]


@pytest.fixture
def rich(db):
    """A posting that states everything."""
    return PostingFactory(
        title="Data <Engineer> & more",
        company=factories.CompanyFactory(name="A & B"),
        role=factories.RoleFactory(name="Data Engineer", slug="data-engineer"),
        skills=[factories.SkillFactory(name="Spark", slug="spark")],
        places=[factories.PlaceFactory(city=True, name="Berlin", country="DE", region="DE-BE")],
        seniority="senior", workplace="remote", employment=["full_time"],
        eligibility={"worldwide": False, "include": ["DE"], "exclude": [], "timezones": []},
        pay=[{"minimum": "80000.10", "maximum": None, "currency": "EUR", "text": "from 80,000.10"}],
        evidence={"seniority": {"evidence": "a secret span", "rule": "x"}},
        expires_at=days_from_now(9),
    )  # fmt: skip


# --- one entry -----------------------------------------------------------------------------------


def test_an_entry_says_what_the_card_says(reader, rich):
    [entry] = atom(reader).findall(f"{ATOM}entry")
    said = {one.tag.removeprefix(ATOM): one.text for one in entry}
    assert said["title"] == "Data <Engineer> & more @ A & B"
    assert said["id"] == f"tag:127.0.0.1,2026:posting/{rich.pk}"
    assert entry.find(f"{ATOM}link").get("href") == SITE + rich.get_absolute_url()
    assert datetime.fromisoformat(said["published"]) == rich.posted_at
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "A & B"
    assert [one.get("term") for one in entry.findall(f"{ATOM}category")] == [
        "Data Engineer", "Spark",
    ]  # fmt: skip
    summary = unescape(said["summary"])
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    for part in (rich.place_line, "Full Time", "Senior", rich.pay_line):
        assert part in summary


def test_an_item_has_the_public_fields_and_no_other(reader, rich):
    [item] = json_feed(reader)["items"]
    assert item["title"] == f"{rich.title} @ A & B"
    assert rich.place_line in item["content_text"]
    assert item["tags"] == ["Data Engineer", "Spark"]
    assert item["_posting"] == {
        "id": rich.pk,
        "title": rich.title,
        "company": {"name": "A & B", "slug": rich.company.slug},
        "role": "data-engineer",
        "seniority": "senior",
        "workplace": "remote",
        "employment": ["full_time"],
        "places": [
            {"name": "Berlin", "slug": "berlin-de-be", "kind": "city", "country": "DE",
             "region": "DE-BE"}
        ],
        "eligibility": {"worldwide": False, "include": ["DE"], "exclude": [], "timezones": []},
        "pay": [
            {"minimum": "80000.10", "maximum": None, "currency": "EUR", "period": "year",
             "kind": "base", "text": "from 80,000.10"}
        ],
        "skills": ["spark"],
        "posted_at": rich.posted_at.isoformat(),
        "via": None,
        "closes_at": rich.expires_at.isoformat(),
    }  # fmt: skip


def test_what_a_posting_does_not_state_is_null(reader, db):
    PostingFactory()
    said = json_feed(reader)["items"][0]["_posting"]
    unknown = {name for name, value in said.items() if value is None}
    assert unknown == {
        "role", "seniority", "workplace", "employment", "places", "eligibility", "pay", "skills",
        "via",
        "closes_at",
    }  # fmt: skip


def test_seen_again_as_it_was_it_is_no_news_and_changed_it_is(reader, db, time_machine):
    posting = PostingFactory()

    def updated():
        one = json_feed(reader)["items"][0]
        [entry] = atom(reader).findall(f"{ATOM}entry")
        return one["date_modified"], entry.findtext(f"{ATOM}updated")

    before = updated()
    time_machine.move_to(timezone.now() + timedelta(days=1))
    confirm([posting.pk], timezone.now() + timedelta(days=60))
    assert updated() == before
    posting.title = "Another"
    posting.save()
    assert updated() > before
    assert page(reader, "/jobs/feed.atom")[0] == [posting.pk], "and it has the same id"


@BOTH
def test_only_public_postings_are_in_it_by_the_clock(reader, db, address, time_machine):
    for standing in ("pending", "rejected", "expired", "unconfirmed", "closed", "withdrawn"):
        PostingFactory(**{standing: True})
    later = PostingFactory(future=True)
    now = PostingFactory(stale_at=days_from_now(1))
    assert ids_of(reader, address) == [now.pk]
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert ids_of(reader, address) == [later.pk]


# --- the document --------------------------------------------------------------------------------


def rfc_musts(document):
    """What RFC 4287 demands of a feed without content elements, from its sections 4.1 and 4.2."""
    children = [one.tag for one in document]
    assert document.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert children.count(f"{ATOM}{name}") == 1
    assert children.count(f"{ATOM}subtitle") <= 1
    entries = document.findall(f"{ATOM}entry")
    assert children[len(children) - len(entries) :] == [f"{ATOM}entry"] * len(entries)
    assert document.find(f"{ATOM}author/{ATOM}name").text
    for one in [document, *entries]:
        kinds = [(found.get("rel"), found.get("type"), found.get("hreflang"))
                 for found in one.findall(f"{ATOM}link")]  # fmt: skip
        assert len(kinds) == len(set(kinds))
        assert all(found.get("href") for found in one.findall(f"{ATOM}link"))
        for name in ("updated", "published"):
            for found in one.findall(f"{ATOM}{name}"):
                assert datetime.fromisoformat(found.text).tzinfo
                assert "T" in found.text
        assert urlsplit(one.findtext(f"{ATOM}id")).scheme
    for one in entries:
        names = [found.tag.removeprefix(ATOM) for found in one]
        for name in ("id", "title", "updated", "published", "summary"):
            assert names.count(name) == 1
        assert "link" in names, "an entry without content has an alternate link"
        assert all(found.get("term") for found in one.findall(f"{ATOM}category"))
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(ids) == len(set(ids))


def test_the_atom_meets_its_rfc(reader, rich, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    PostingFactory.create_batch(4)
    PostingFactory(title="\x07 \uffff", company=factories.CompanyFactory(name="\x02"),
                   skills=[factories.SkillFactory(name="\x03", slug="three")])  # fmt: skip
    for address in ("", "?q=%02&%EF%BF%BF=%F0%9F%98%80", "?company=nobody", "?skill=spark"):
        rfc_musts(atom(reader, f"/jobs/feed.atom{address}"))
    for address in pages_of(reader):
        rfc_musts(atom(reader, address))


def pages_of(reader):
    address = "/jobs/feed.atom"
    while address:
        yield address
        address = page(reader, address)[1]


def test_both_feeds_say_the_same(reader, rich):
    PostingFactory.create_batch(3)
    one, other = atom(reader, "/jobs/feed.atom?seniority=senior"), json_feed(
        reader, "/jobs/feed.json?seniority=senior"
    )  # fmt: skip
    assert one.findtext(f"{ATOM}title") == other["title"] == f"Rolebook, open postings: {SENIOR}"
    assert one.findtext(f"{ATOM}subtitle") == other["description"]
    assert link(one, "alternate") == other["home_page_url"] == f"{SITE}/jobs/?seniority=senior"
    assert link(one, "self") == f"{SITE}/jobs/feed.atom?seniority=senior"
    assert other["feed_url"] == f"{SITE}/jobs/feed.json?seniority=senior"
    assert other["_total"] == 1
    assert other["_ignored"] == []
    assert other["version"] == "https://jsonfeed.org/version/1.1"
    assert "next_url" not in other
    assert link(one, "next") is None


def test_the_title_says_the_filter_in_words(reader, rich):
    factories.SkillFactory(name="Kafka", slug="kafka")
    asked_ = "?seniority=senior&seniority=mid&skill=spark&skill=kafka&skill_mode=all"
    assert json_feed(reader, f"/jobs/feed.json{asked_}")["title"] == (
        f"Rolebook, open postings: {SENIOR} or {Seniority.MID.label}; Spark and Kafka"
    )


# --- what is not heeded --------------------------------------------------------------------------

LEFT_OUT = [
    ("colour=red", "colour"),
    ("page=2", "page"),
    ("sort=salary", "sort"),
    ("sort=relevance&q=posting", "sort"),
    ("sort=blue", "sort"),
    ("cursor=abc", "cursor"),
    ("cursor=AAAAAAAAAAAAAAAAAAAAAA", "cursor"),
    ("seniority=boss", "seniority"),
]


@pytest.mark.parametrize(("query", "name"), LEFT_OUT)
def test_what_a_feed_does_not_heed_is_named_and_the_rest_holds(reader, db, query, name):
    made = [PostingFactory(posted_at=days_from_now(-n), starts_at=None or days_from_now(-9))
            for n in (1, 2, 3)]  # fmt: skip
    document = json_feed(reader, f"/jobs/feed.json?{query}")
    assert [one["name"] for one in document["_ignored"]] == [name]
    assert document["_ignored"][0]["reason"]
    assert set(document["_ignored"][0]) == {"name", "value", "reason", "suggestion"}
    assert [one["_posting"]["id"] for one in document["items"]] == [one.pk for one in made]
    words = atom(reader, f"/jobs/feed.atom?{query}").findtext(f"{ATOM}subtitle")
    assert f"Left out: {name}=" in words
    assert f"{name}=" not in urlsplit(document["feed_url"]).query


@pytest.mark.parametrize("query", ["", "sort=newest", "q=posting", "cursor="])
def test_a_good_address_names_nothing(reader, db, query):
    PostingFactory()
    assert json_feed(reader, f"/jobs/feed.json?{query}")["_ignored"] == []


def test_a_cursor_is_named_by_the_pages_of_the_list(reader, db):
    PostingFactory()
    place = written((timezone.now(), 7))
    page = parse(reader.get(f"/jobs/?cursor={place}"))
    assert hooks(page, "ignored") == ["cursor"]
    assert hooks(page, "total") == ["1"]


# --- going on ------------------------------------------------------------------------------------


@BOTH
def test_pages_neither_skip_nor_repeat_while_postings_come_and_go(reader, db, address, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 3)
    random, at = Random(5), days_from_now(-5)
    # Of several that were posted at one instant the id decides.
    made = [PostingFactory(posted_at=at - timedelta(hours=n // 3)) for n in range(14)]
    standing = {one.pk for one in made}
    read: list[int] = []
    following = address
    while following:
        ids, following = page(reader, following)
        read += ids
        # A newer one appears; of those that were read, and of those to come, one goes.
        PostingFactory(posted_at=timezone.now())
        for some in (read, sorted(standing - set(read))):
            if some:
                gone = random.choice(some)
                Posting.objects.get(pk=gone).close("filled")
                standing.discard(gone)
    assert len(read) == len(set(read))
    assert standing <= set(read)
    order = {one.pk: (one.posted_at, one.pk) for one in Posting.objects.all()}
    assert [order[pk] for pk in read] == sorted((order[pk] for pk in read), reverse=True)


@BOTH
def test_the_last_page_leads_nowhere_even_if_it_is_full(reader, db, address, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    PostingFactory.create_batch(4)
    assert [len(ids) for ids in pages(reader, address)] == [2, 2]


def test_a_cursor_behind_the_last_posting_is_an_empty_page(reader, db):
    PostingFactory()
    place = written((datetime(1999, 1, 1, tzinfo=UTC), 1))
    document = json_feed(reader, f"/jobs/feed.json?cursor={place}")
    assert (document["items"], document["_total"], document["_ignored"]) == ([], 1, [])


def test_the_next_page_keeps_the_filter_and_drops_what_was_ignored(reader, db, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 1)
    PostingFactory.create_batch(2, seniority="senior")
    following = json_feed(reader, "/jobs/feed.json?seniority=senior&page=3&x=1")["next_url"]
    assert set(parse_qs(urlsplit(following).query)) == {"seniority", "cursor"}
    document = atom(reader, following.replace(".json", ".atom"))
    assert link(document, "self") == following.replace(".json", ".atom")
    assert document.findtext(f"{ATOM}id") == f"{SITE}/jobs/feed.atom?seniority=senior"
    assert link(document, "alternate") == f"{SITE}/jobs/?seniority=senior"


# --- asking again --------------------------------------------------------------------------------


@BOTH
def test_who_has_the_newest_is_told_so_with_one_statement(reader, db, address):
    posting = PostingFactory(seniority="senior")
    first = reader.get(f"{address}?seniority=senior")
    with CaptureQueriesContext(
        connection,
    ) as asked_:
        again = reader.get(f"{address}?seniority=senior", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, len(asked_)) == (304, b"", 1)
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=60"
    other = reader.get(f"{address}?seniority=mid", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    posting.title = "Another"
    posting.save()
    changed = reader.get(f"{address}?seniority=senior", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


@BOTH
@pytest.mark.parametrize("query", ["", "posted_within=3"])
def test_what_left_by_the_clock_is_no_unchanged_feed(reader, db, address, query, time_machine):
    PostingFactory(posted_at=days_from_now(-2), stale_at=days_from_now(30 if query else 1))
    url = f"{address}?{query}"
    first = reader.get(url)
    assert reader.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    time_machine.move_to(timezone.now() + timedelta(days=2))
    later = reader.get(url, headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert ids_of(reader, url) == []


@BOTH
def test_a_renamed_skill_or_company_is_news(reader, rich, address):
    first = reader.get(address)
    for row in (rich.company, rich.skills.get()):
        row.name = f"{row.name} Renamed"
        row.save()
        changed = reader.get(address, headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert row.name.encode() in changed.content.replace(b"&amp;", b"&")
        first = changed


@BOTH
def test_a_feed_sets_no_cookie_and_takes_no_post(reader, db, address):
    response = reader.get(address)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert reader.head(address).status_code == 200
    assert reader.post(address).status_code == 405


@BOTH
def test_a_feed_costs_the_same_for_any_number_of_postings(reader, db, address):
    def statements(query=""):
        reader.get(f"{address}{query}")  # what the process keeps is read
        with CaptureQueriesContext(connection) as asked_:
            assert reader.get(f"{address}{query}").status_code == 200
        return len(asked_)

    def fill(number):
        for _ in range(number):
            PostingFactory(
                skills=[factories.SkillFactory()], pay=[{}, {}], role=factories.RoleFactory(),
                places=[factories.PlaceFactory(city=True), factories.PlaceFactory(city=True)],
            )  # fmt: skip

    fill(2)
    few = statements(), statements("?q=posting")
    fill(12)
    assert (statements(), statements("?q=posting")) == few
    assert max(few) <= 4


# --- how a reader finds it -----------------------------------------------------------------------


def alternates(tree):
    return {
        one.get("type"): one.get("href")
        for one in tree.iter("link")
        if one.get("rel") == "alternate"
    }


FOUND_FROM = [
    ("/jobs/", ""),
    ("/jobs/?seniority=senior&sort=salary&page=1&x=1", "?seniority=senior"),
    ("/jobs/?company=nobody&q=none", "?q=none"),
    ("/companies/a-b/?seniority=senior", "?company=a-b&seniority=senior"),
    ("/skills/spark/", "?skill=spark"),
    ("/places/berlin-de-be/", "?place=berlin-de-be"),
    ("/roles/data-engineer/?seniority=senior&sort=salary", "?role=data-engineer&seniority=senior"),
    (
        "/roles/senior-data-engineer/?workplace=remote&page=1",
        "?role=data-engineer&seniority=senior&workplace=remote",
    ),
    ("/roles/data-engineer/?role=poet", "?role=data-engineer"),
]


@pytest.mark.parametrize(("address", "query"), FOUND_FROM)
def test_each_list_leads_to_the_feeds_of_the_same_postings(reader, rich, address, query):
    PostingFactory()
    factories.ViewFactory(base=rich.role, slug="senior-data-engineer", seniority="senior")
    tree = parse(reader.get(address))
    assert alternates(tree) == {
        "application/atom+xml": f"{SITE}/jobs/feed.atom{query}",
        "application/feed+json": f"{SITE}/jobs/feed.json{query}",
    }
    assert {f"/jobs/feed.atom{query}", f"/jobs/feed.json{query}"} <= set(links(tree))
    document = json_feed(reader, f"/jobs/feed.json{query}")
    assert document["_ignored"] == []
    assert [str(document["_total"])] == hooks(tree, "total")
