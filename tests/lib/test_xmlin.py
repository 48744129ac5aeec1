"""lib.xmlin: what a stranger's XML may and may not do."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.xmlin import Element, XmlRefused, loads


def reason(data: bytes, **limits: int) -> str:
    with pytest.raises(XmlRefused) as caught:
        loads(data, **limits)
    return caught.value.reason


def test_elements_come_with_their_own_text_and_names_without_namespaces() -> None:
    root = loads(
        b'\xef\xbb\xbf<?xml version="1.0"?><!-- a feed -->\n'
        b'<rss version="2.0" xmlns:tt="https://example.org/tt"><tt:title>other</tt:title>'
        b"<title>x<b>y</b>z</title><item/><item><![CDATA[<p>&amp;]]></item></rss >\n<!-- end -->\n"
    )
    assert (root.name, root.attributes) == ("rss", {"version": "2.0"})
    assert [one.text for one in root.all("item")] == ["", "<p>&amp;"]
    assert root.child("title") == Element("title", "", "xz", {}, [Element("b", "", "y")])
    assert root.texts() == {"title": "xz", "item": ""}
    assert root.child("none") is None
    assert [one.name for one in root.walk()] == ["rss", "title", "title", "b", "item", "item"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" \n", "empty"),
        (b'{"jobs": []}', "does not begin"),
        (b"<a><b></a>", "line 1, column 9"),
        (b"<a>\n<b>\xff</b></a>", "line 2, column 4"),
        (b"<a></a><b></b><a></a>", "line 1, column 8"),
        (b"<a>&who;</a>", "undefined entity"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "document type"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "encoding"),
        (b"<a>" + b"<b>x</b>" * 9, "breaks off"),
        (b"<a>" + b"<b/>" * 9, "breaks off"),
        (b"<a><!-- </a> --> ", "breaks off"),
        (b"<a><b>x", "breaks off"),
    ],
)
def test_what_is_no_xml_is_refused_with_its_place(data: bytes, said: str) -> None:
    assert said in reason(data)


def test_the_limits_are_told() -> None:
    assert loads(b"<a>x</a>", max_bytes=8).text == "x"
    assert "larger than 7 bytes" in reason(b"<a>x</a>", max_bytes=7)
    assert "nested more than 20 deep" in reason(b"<a>" * 100_000 + b"</a>" * 100_000)
    assert "more than 3 elements" in reason(b"<a>" + b"<b/>" * 3 + b"</a>", max_elements=3)


def test_what_looks_like_many_ends_costs_no_time() -> None:
    started = time.perf_counter()
    for data in (b"<a>" + b"<!-- " * 500_000, b"<!--" * 500_000, b"<a>" + b" " * 500_000 + b"<"):
        reason(data)
    assert time.perf_counter() - started < 5


@settings(max_examples=100)
@given(st.binary() | st.text("<>/!-?[]&;a ='\"\n", max_size=40).map(str.encode))
@example(b"<a/>")
@example(b"<?a?><a>\x00</a>")
def test_any_input_is_read_or_refused_with_a_reason(data: bytes) -> None:
    said = "."
    try:
        assert loads(data).name
    except XmlRefused as refused:
        said = refused.reason
    assert said.endswith(".")
