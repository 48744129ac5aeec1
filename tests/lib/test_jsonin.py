"""lib.jsonin: what a stranger's JSON may and may not do."""

import json
import math
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.jsonin import JsonRefused, loads

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcé", min_size=1), inner),
    max_leaves=12,
)


def reason(data: bytes | str, **limits: int) -> str:
    with pytest.raises(JsonRefused) as caught:
        loads(data, **limits)
    return caught.value.reason


@given(VALUES)
def test_what_json_can_say_comes_back_as_it_was(value: Any) -> None:
    assert loads(json.dumps(value).encode()) == value
    assert loads(json.dumps(value, ensure_ascii=False, indent=1)) == value


@given(st.binary() | st.text() | st.text('[]{}",:\\u0dD8-9eE.NaN ', max_size=60))
@example(b'"\\ud800"')
@example("\ud800")
@example(b"[1e999]")
@example(b"\xef\xbb\xbf")
@example('{"a":1,"\\u0000a":2}')
def test_any_input_is_read_or_refused_with_a_reason(data: bytes | str) -> None:
    said = "."
    try:
        assert_safe(loads(data))
    except JsonRefused as refused:
        said = refused.reason
    assert said.endswith(".")
    assert len(said) < 300


def assert_safe(value: Any) -> None:
    if isinstance(value, str):
        value.encode()
        assert "\0" not in value
    elif isinstance(value, float):
        assert math.isfinite(value)
    elif isinstance(value, list):
        for item in value:
            assert_safe(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            assert_safe(key)
            assert_safe(item)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_deep_nesting_is_refused_at_once(opening: str) -> None:
    started = time.perf_counter()
    assert "nested more than 20 deep at line 1" in reason(opening * 100_000)
    assert time.perf_counter() - started < 5


def test_depth_is_counted_outside_strings_only() -> None:
    assert loads(json.dumps({"a": "[" * 50 + '\\"' + "{" * 50})) == {
        "a": "[" * 50 + '\\"' + "{" * 50
    }


def test_the_limit_itself_is_allowed() -> None:
    assert loads("[" * 20 + "]" * 20)
    assert reason("[" * 21 + "]" * 21)
    assert loads("[" * 3 + "]" * 3, max_depth=3) == [[[]]]


def test_a_byte_order_mark_is_tolerated() -> None:
    assert loads(b"\xef\xbb\xbf[1]") == [1]


def test_the_text_is_read_to_its_end() -> None:
    assert reason('{"jobs": []}\n {"jobs": []}') == (
        "The JSON ends before the text does: more follows at line 2, column 2."
    )
    assert "breaks off at line 1" in reason('{"jobs": [1,')


def test_errors_say_line_and_column() -> None:
    assert "line 2, column 9" in reason(b'{"a": 1,\n "b": 2 "c": 3}')
    assert "line 3, column 3" in reason(b'[\n1,\n "\xff"]')


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_numbers_that_are_none_are_refused_where_they_stand(name: str) -> None:
    assert "line 1, column 13" in reason(f'["NaN 1e9", {name}]')


def test_huge_whole_numbers_are_refused() -> None:
    assert "64 bits at line 1, column 2" in reason("[" + "9" * 5_000 + "]")
    assert reason("18446744073709551616")
    assert loads("[18446744073709551615, -9223372036854775808]")


def test_half_a_surrogate_pair_is_refused_by_its_path() -> None:
    assert reason('{"jobs": [{"title": "x\\ud83d"}]}') == (
        "The text at $.'jobs'[0].'title' holds half a surrogate pair."
    )
    assert loads('"\\ud83d\\ude00"') == "\U0001f600"
    assert loads('"\\\\ud83d"') == "\\ud83d"
    assert "half a surrogate pair at line 2, column 1" in reason("[\n\ud83d]")


def test_nul_is_dropped_from_strings() -> None:
    assert loads('{"a\\u0000": ["x\\u0000y"]}') == {"a": ["xy"]}


def test_a_key_given_twice_is_refused() -> None:
    assert reason('{"id": 1, "id": 2}') == "The key 'id' is given twice in one object."


def test_raw_control_characters_are_refused() -> None:
    assert reason(b'"a\x00b"')
    assert reason(b'"a\nb"')


def test_size_is_capped_in_bytes() -> None:
    assert reason(b"[1, 2, 3]", max_bytes=8) == "The JSON is larger than 8 bytes."
    assert reason('"é"', max_bytes=3)
    assert loads(b"[1]", max_bytes=3) == [1]


@pytest.mark.parametrize(
    ("data", "said"), [(b"  ", "empty"), (b"<!doctype html>", "web page"), (b"\xff\xfe[", "UTF-8")]
)
def test_what_is_no_json_at_all_is_named(data: bytes, said: str) -> None:
    assert said in reason(data)


def test_what_is_cut_or_holds_nan_is_refused_before_anything_is_built() -> None:
    board = json.dumps({"jobs": [{"a": [1, 2]}] * 4_000})
    cut, holed = board[:-2].encode(), board.replace("2]}]", "NaN]}]").encode()
    tracemalloc.start()
    try:
        assert "breaks off at line 1, column " in reason(cut)
        assert "NaN is no number" in reason(holed)
        assert tracemalloc.get_traced_memory()[1] < 3 * len(cut)
    finally:
        tracemalloc.stop()


def test_more_parts_than_any_board_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.jsonin.MAX_PARTS", 100)
    assert loads(json.dumps(["x"] * 98)) == ["x"] * 98
    assert "more than 100 strings" in reason(json.dumps(["x"] * 99))
