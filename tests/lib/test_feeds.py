from datetime import UTC, datetime
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from lib.feeds import Atom


def document(title: str, entries: int = 1) -> ElementTree.Element:
    feed = Atom(title=title, link="https://a.example/", description=title, author_name=title)
    for number in range(entries):
        feed.add_item(
            title=title,
            link="https://a.example/1",
            description=title,
            unique_id=f"tag:a.example,2026:{number}",
            updateddate=datetime(2026, 1, 1 + number, tzinfo=UTC),
        )
    return ElementTree.fromstring(feed.writeString("utf-8"))


def updated(root: ElementTree.Element) -> str | None:
    return root.findtext("{http://www.w3.org/2005/Atom}updated")


@given(st.text())
def test_no_text_breaks_the_document(text):
    document(text)


def test_a_feed_is_as_new_as_its_newest_entry_and_an_empty_one_does_not_age():
    assert updated(document("x", entries=3)) == "2026-01-03T00:00:00+00:00"
    assert updated(document("x", entries=0)) == "1970-01-01T00:00:00+00:00"
