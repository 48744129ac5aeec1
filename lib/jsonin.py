"""One strict loader for JSON that somebody else wrote.

Whatever comes in, `loads` either returns plain data or raises `JsonRefused` with a sentence that
tells a person where to look. The data it returns is safe to keep: text is valid UTF-8 without
NUL, whole numbers fit 64 bits, other numbers are finite, and nothing is nested deeper than asked.
"""

import codecs
import json
import math
import re
from typing import Any

MAX_BYTES = 32 * 2**20
MAX_DEPTH = 20
MAX_PARTS = 4_000_000  # strings and brackets; what has more takes minutes and gigabytes to read

_BOM = b"\xef\xbb\xbf"
# Possessive quantifiers (*+) and a closing quote that may be missing keep the scan linear.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
# Looked at as bytes: no character of UTF-8 has one of these inside it.
_SHAPE = re.compile((_STRING + r"|([\[\]{}])|(NaN|-?Infinity)").encode(), re.DOTALL)
_PIECE = 2**20
_SUSPECT = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")
_LONGEST_WHOLE = 20  # digits and sign of the numbers that fit 64 bits
_LONGEST_FRACTION = 400
_WHOLE = range(-(2**63), 2**64)


class _BadNumber(ValueError):
    def __init__(self, token: str, sentence: str) -> None:
        super().__init__(sentence)
        self.token = token


class JsonRefused(ValueError):
    """The text is not JSON that we take; `reason` is a sentence for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def loads(data: bytes | str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """The value of a JSON text; `JsonRefused` for everything that is not one.

    Taken: UTF-8, with or without a byte order mark, at most `max_bytes` long, arrays and objects
    at most `max_depth` deep, one value up to the end of the text. Refused: NaN and Infinity,
    numbers too large to keep, half surrogate pairs, a key given twice in one object. An escaped
    NUL inside a string is dropped, since no database keeps it.
    """
    data = _checked(data, max_bytes)
    _check_shape(data, max_depth)
    text = data.decode()
    try:
        value = json.loads(
            text,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise JsonRefused(_explain(error)) from None
    except _BadNumber as bad:
        line, column = _place(text, _outside_strings(text, bad.token))
        raise JsonRefused(f"{bad} at line {line}, column {column}.") from None
    except RecursionError:
        raise JsonRefused("The JSON is nested too deeply to read here.") from None
    if _SUSPECT.search(text):
        value = _clean(value, "$")
    return value


def _checked(data: bytes | str, max_bytes: int) -> bytes:
    """The text as UTF-8 without its byte order mark; it is not all decoded before it is known
    that it will be read."""
    if isinstance(data, str):
        if len(data) > max_bytes:
            raise JsonRefused(f"The JSON is larger than {max_bytes:,} bytes.")
        given = data
        try:
            data = given.encode()
        except UnicodeEncodeError as error:
            line, column = _place(given, error.start)
            raise JsonRefused(
                f"The text holds half a surrogate pair at line {line}, column {column}."
            ) from None
    if len(data) > max_bytes:
        raise JsonRefused(f"The JSON is larger than {max_bytes:,} bytes.")
    data = data.removeprefix(_BOM)
    if (wrong := _not_utf8(data)) is not None:
        line, column = _place_in_bytes(data, wrong)
        raise JsonRefused(f"The text is not UTF-8 at line {line}, column {column}.")
    start = data.lstrip(b" \t\r\n")[:1]
    if not start:
        raise JsonRefused("The text is empty where JSON was expected.")
    if start == b"<":
        raise JsonRefused("The text is a web page or XML where JSON was expected.")
    return data


def _not_utf8(data: bytes) -> int | None:
    """Where a text stops being UTF-8; None for one that is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _PIECE):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + _PIECE], start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            return start - held + error.start
    return None


def _check_shape(data: bytes, max_depth: int) -> None:
    """Refuse what is nested too deeply, cut, or holds NaN, before any value of it is built."""
    depth = 0
    for number, found in enumerate(_SHAPE.finditer(data)):
        if number >= MAX_PARTS:
            raise JsonRefused(f"The JSON has more than {MAX_PARTS:,} strings and brackets.")
        bracket = found[1]
        if bracket is None:
            if found[2]:
                line, column = _place_in_bytes(data, found.start(2))
                raise JsonRefused(
                    f"{found[2].decode()} is no number in JSON; it stands"
                    f" at line {line}, column {column}."
                )
            continue
        if bracket in b"[{":
            depth += 1
            if depth > max_depth:
                line, column = _place_in_bytes(data, found.start(1))
                raise JsonRefused(
                    f"The JSON is nested more than {max_depth} deep"
                    f" at line {line}, column {column}."
                )
        else:
            depth -= 1
    if depth > 0:
        line, column = _place_in_bytes(data, len(data.rstrip()))
        raise JsonRefused(
            f"The JSON breaks off at line {line}, column {column}: it is {depth} levels deep."
        )


def _place_in_bytes(data: bytes, position: int) -> tuple[int, int]:
    """Line and column of a position in UTF-8, the column in characters."""
    start = data.rfind(b"\n", 0, position) + 1
    column = len(data[start:position].decode("utf-8", "ignore")) + 1
    return data.count(b"\n", 0, position) + 1, column


def _place(text: str, position: int) -> tuple[int, int]:
    """Line and column, both from 1, of a position in a text."""
    line = text.count("\n", 0, position) + 1
    return line, position - text.rfind("\n", 0, position)


def _explain(error: json.JSONDecodeError) -> str:
    place = f"line {error.lineno}, column {error.colno}"
    if error.msg == "Extra data":
        return f"The JSON ends before the text does: more follows at {place}."
    if error.pos >= len(error.doc.rstrip()):
        return f"The JSON breaks off at {place}: {error.msg}."
    return f"The text is not JSON at {place}: {error.msg}."


def _outside_strings(text: str, token: str) -> int:
    """Where a token first stands outside a string."""
    either = re.compile(_STRING + "|" + re.escape(token[:40]), re.DOTALL)
    return next(found.start() for found in either.finditer(text) if found[0][0] != '"')


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_WHOLE or (value := int(digits)) not in _WHOLE:
        raise _BadNumber(digits, "A whole number does not fit 64 bits")
    return value


def _fraction(digits: str) -> float:
    if len(digits) > _LONGEST_FRACTION or not math.isfinite(value := float(digits)):
        raise _BadNumber(digits, "A number is too long or too large to keep")
    return value


def _constant(name: str) -> None:
    raise _BadNumber(name, f"{name} is no number in JSON; it stands")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise JsonRefused(f"The key {_shown(key)} is given twice in one object.")
            seen.add(key)
    return value


def _shown(text: str) -> str:
    return ascii(text if len(text) <= 60 else text[:60] + "…")


def _clean(value: Any, path: str) -> Any:
    """The value without NUL in its strings; refuses half surrogate pairs by their path."""
    match value:
        case str():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise JsonRefused(f"The text at {path} holds half a surrogate pair.") from None
            return value.replace("\0", "")
        case list():
            return [_clean(item, f"{path}[{number}]") for number, item in enumerate(value)]
        case dict():
            return _object(
                [
                    (_clean(key, f"a key of {path}"), _clean(item, f"{path}.{_shown(key)}"))
                    for key, item in value.items()
                ]
            )
        case _:
            return value
