"""The list of guides as Atom."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.models import Guide
from guides.revisions import publish
from tests.factories import GuideFactory, PublishedGuideFactory, RoleFactory, TopicFactory
from tests.page import parse

ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = pytest.mark.django_db


def feed(client, query="", **headers):
    response = client.get(f"/guides/feed.atom{query}", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(document):
    return [
        {child.tag.removeprefix(ATOM): child.text or child.get("href") for child in one}
        for one in document.iter(f"{ATOM}entry")
    ]


def page_hooks(response, name):
    """Read leniently: a page repeats what was asked, and HTML forbids some of its characters."""
    return re.findall(rf'\bdata-{name}="(\d+)"', response.content.decode())


def titles(document):
    return [one["title"] for one in entries(document)]


def test_an_entry_says_what_a_card_says(reader):
    guide = PublishedGuideFactory(
        title="A & B", slug="a", summary="One <b>.\n\nTwo.", author="A. Author",
        at=timezone.now() - timedelta(days=3),
    )  # fmt: skip
    guide.subtitle = "Revised"
    revision = publish(guide)
    [one] = entries(feed(reader))
    assert one["title"] == "A & B"
    assert one["link"] == "http://127.0.0.1:8000/guides/a/"
    assert one["summary"] == "<p>One &lt;b&gt;.</p>\n\n<p>Two.</p>"
    assert datetime.fromisoformat(one["updated"]) == revision.effective_at
    assert one["published"] < one["updated"]


def test_the_id_of_an_entry_outlives_its_address(reader):
    guide = PublishedGuideFactory(slug="old")
    before = entries(feed(reader))[0]["id"]
    guide.slug, guide.title = "new", "New"
    guide.save()
    publish(guide)
    [after] = entries(feed(reader))
    assert after["link"].endswith("/guides/new/")
    assert after["id"] == before == f"tag:127.0.0.1,2026:guide/{guide.pk}"


def test_no_draft_nothing_scheduled_and_nothing_retired_is_in_it(reader, time_machine):
    GuideFactory(title="Draft")
    PublishedGuideFactory(title="Future", at=timezone.now() + timedelta(hours=1))
    old = PublishedGuideFactory(title="Old")
    Guide.objects.filter(pk=old.pk).update(state="retired")
    assert titles(feed(reader)) == []
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    assert titles(feed(reader)) == ["Future"]


def test_the_feed_is_asked_as_the_list_is(reader):
    a, x = RoleFactory(slug="a"), TopicFactory(slug="x", name="X").name
    now = timezone.now()
    PublishedGuideFactory(title="Newer", about=[a], topics=[x], section="kafka", at=now)
    PublishedGuideFactory(title="Kafka", about=[a], topics=[x], at=now - timedelta(days=1))
    PublishedGuideFactory(title="Other")
    for query in ("?role=a", "?topic=x", "?q=kafka", "?role=a&topic=x&q=kafka&page=2&colour=red"):
        assert titles(feed(reader, query)) == ["Newer", "Kafka"], query
    document = feed(reader, "?role=a&colour=red&page=2")
    [own] = [one.get("href") for one in document.iter(f"{ATOM}link") if one.get("rel") == "self"]
    assert own == "http://127.0.0.1:8000/guides/feed.atom?role=a"


def test_the_newest_fifty_are_in_it(reader):
    for number in range(52):
        at = timezone.now() - timedelta(days=number + 1)
        PublishedGuideFactory(title=f"{number:02}", at=at)
    assert titles(feed(reader)) == [f"{number:02}" for number in range(50)]


def test_who_has_the_newest_is_told_so(reader):
    PublishedGuideFactory(at=timezone.now() - timedelta(days=1))
    response = reader.get("/guides/feed.atom")
    for name, value in {
        "If-None-Match": response["ETag"],
        "If-Modified-Since": response["Last-Modified"],
    }.items():
        again = reader.get("/guides/feed.atom", headers={name: value})
        assert (again.status_code, again.content) == (304, b"")
        assert reader.get("/guides/feed.atom?q=none", headers={name: "x"}).status_code == 200
    PublishedGuideFactory()
    for name in ("ETag", "Last-Modified"):
        asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[name]
        assert reader.get("/guides/feed.atom", headers={asked: response[name]}).status_code == 200


def test_an_empty_feed_is_the_same_each_time(reader, time_machine):
    first = reader.get("/guides/feed.atom")
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert reader.get("/guides/feed.atom").content == first.content


def test_the_list_tells_of_its_feed(reader):
    PublishedGuideFactory(about=[RoleFactory(slug="a")])
    page = parse(reader.get("/guides/?role=a&page=1"))
    [link] = [one for one in page.iter("link") if one.get("type") == "application/atom+xml"]
    assert link.get("href") == "http://127.0.0.1:8000/guides/feed.atom?role=a"
    assert link.get("rel") == "alternate"


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_words_find_the_same_on_the_page_and_in_the_feed(reader, q):
    if not Guide.objects.exists():
        for body in ("one two", "0 1 2 a b", "ä ß İ 一 а"):
            PublishedGuideFactory(section=body)
    address = "?" + urlencode({"q": q.encode("utf-8", "ignore").decode().replace("\0", "")})
    page = reader.get(f"/guides/{address}")
    assert page.status_code == 200
    keys = {f"tag:127.0.0.1,2026:guide/{key}" for key in page_hooks(page, "guide")}
    assert {one["id"] for one in entries(feed(reader, address))} == keys
    assert page_hooks(page, "total") == [str(len(keys))]


def test_the_feed_takes_no_post(editor):
    assert editor.post("/guides/feed.atom").status_code == 405
