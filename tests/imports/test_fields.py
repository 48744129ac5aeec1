"""imports.connectors.reading: fields in the shapes that systems give them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from imports.connectors import reading
from imports.connectors.reading import Malformed

DAY = datetime(2026, 8, 1, tzinfo=UTC)
NEXT = datetime(2026, 8, 2, tzinfo=UTC)
HOUR = datetime(2026, 8, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("2026-08-01", DAY, NEXT),
        ("01.08.2026", DAY, NEXT),
        ("1 August 2026", DAY, NEXT),
        ("1. Aug. 2026", DAY, NEXT),
        ("1-Aug-2026", DAY, NEXT),
        ("Aug 1st, 2026", DAY, NEXT),
        ("August 1, 2026", DAY, NEXT),
        ("2026-08-01T12:00:00.123456789+0200", HOUR, HOUR),
        ("2026-08-01 10:00", HOUR, HOUR),
        ("2026-08-01 10:00:00 UTC", HOUR, HOUR),
        ("Sat, 01 Aug 2026 10:00:00 GMT", HOUR, HOUR),
        (1_785_578_400, HOUR, HOUR),
        (1_785_578_400_000, HOUR, HOUR),
        ("1785578400000", HOUR, HOUR),
        ("1.7855784E12", HOUR, HOUR),
        ("", None, None),
        (None, None, None),
    ],
)
def test_an_instant_is_read_in_every_form(said: Any, start: Any, end: Any) -> None:
    assert reading.instant({"at": said}, "at") == start
    assert reading.instant({"at": said}, "at", end=True) == end


@pytest.mark.parametrize(
    "said",
    [
        "08/01/2026",
        "2026-02-30",
        "31.02.2026",
        "yesterday",
        "May",
        45_000,
        True,
        [],
        {},
        10**18,
        -1,
    ],
)
def test_what_may_be_two_days_or_none_is_no_date(said: Any) -> None:
    with pytest.raises(Malformed, match="at is"):
        reading.instant({"at": said}, "at")


@pytest.mark.parametrize(("given", "read"), [("a-1", "a-1"), (" 7 ", "7"), (7, "7")])
def test_an_id_may_be_a_number(given: Any, read: str) -> None:
    assert reading.text_id({"id": given}) == read


@pytest.mark.parametrize("given", [None, "", True, 7.5, [7]])
def test_what_names_nothing_is_no_id(given: Any) -> None:
    with pytest.raises(Malformed):
        reading.text_id({"id": given})


@pytest.mark.parametrize("empty", [None, [], {}])
def test_an_empty_object_and_an_empty_list_are_nothing(empty: Any) -> None:
    assert reading.obj({"x": empty}, "x") == {}
    assert reading.objects({"x": empty}, "x") == []
    assert reading.get({"x": empty}, "x.y") is None


@pytest.mark.parametrize("one", [{"y": "z"}, [{"y": "z"}]])
def test_one_of_a_kind_may_stand_with_or_without_its_list(one: Any) -> None:
    assert reading.obj({"x": one}, "x") == {"y": "z"}
    assert reading.objects({"x": one}, "x") == [{"y": "z"}]
    assert reading.line({"x": one}, "x.y") == "z"


def test_a_list_of_several_is_no_object() -> None:
    with pytest.raises(Malformed, match="x is a list, not an object"):
        reading.line({"x": [{"y": 1}, {"y": 2}]}, "x.y")


def test_a_text_alone_is_a_list_of_it() -> None:
    assert reading.places({"x": "Paris"}, "x") == ["Paris"]
    assert reading.places({"x": ""}, "x") == []


@pytest.mark.parametrize(
    ("given", "read"), [("true", True), ("False", False), ("", None), (None, None), (True, True)]
)
def test_a_flag_may_be_written_out(given: Any, read: bool | None) -> None:
    assert reading.flag({"x": given}, "x") is read


@pytest.mark.parametrize("given", ["R&D Cook", "R&amp;D Cook", "R&amp;amp;D <b>Cook</b>"])
def test_a_title_is_the_words_however_often_it_was_escaped(given: str) -> None:
    assert reading.title({"title": given}, "title") == "R&D Cook"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (rb'["cut \ud83d"]', "cut \ufffd"),
        (rb'["\ude00 cut"]', "\ufffd cut"),
        (rb'["whole \ud83d\ude00"]', "whole \U0001f600"),
        (rb'["\ud83d\ud83d\ude00"]', "\ufffd\U0001f600"),
        (rb'["a backslash: \\ud83d"]', r"a backslash: \ud83d"),
    ],
)
def test_half_an_emoji_costs_no_board(text: bytes, read: str) -> None:
    assert reading.parse_json(text) == [read]


def test_what_nobody_sees_hides_no_word() -> None:
    title = {"title": "Soft\xadware\u202e \u200bTest\u2060er&shy;\x00"}
    assert reading.title(title, "title") == "Software Tester"


def test_an_image_inside_a_text_does_not_fill_it() -> None:
    image = f'<img src="data:image/png;base64,{"A+/9" * 400_000}=="><p>Cook.</p>'
    assert reading.text({"x": image}, "x") == '<img src=""><p>Cook.</p>'
    with pytest.raises(Malformed, match="longer than"):
        reading.text({"x": "A" * 1_600_000}, "x")
