"""Tables for others to work on: CSV that no spreadsheet runs, and JSON, both written row by row."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse

# A spreadsheet takes these, also in their wide forms, for the beginning of a formula, whatever
# blanks stand before. One that splits its cells at semicolons or tabs finds a cell behind each.
FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=\s*[=+\-@＝＋－＠])|^(?=[\t\r\n])")
ROWS_AT_ONCE = 500


@lru_cache(maxsize=4_096)
def inert(text: str) -> str:
    """The text as a cell that a spreadsheet shows and does not run: behind an apostrophe."""
    return FORMULA.sub("'", text)


def cell(value: Any) -> str:
    """A value as a cell: nothing, a number as its digits, an instant or day as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return inert(str(value))


class _Line:
    """What csv writes a line to."""

    def write(self, line: str) -> str:
        return line


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV (RFC 4180), several at once."""
    writer = csv.writer(_Line())
    lines = [writer.writerow(columns)]
    for row in rows:
        lines.append(writer.writerow([cell(value) for value in row]))
        if len(lines) >= ROWS_AT_ONCE:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def plain(value: Any) -> Any:
    """A value as JSON has it; amounts are numbers with the digits that the CSV shows."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def json_text(
    head: Mapping[str, Any], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterator[str]:
    """An object with what `head` says and the `rows`, each an object of its columns."""
    said = json.dumps(dict(head), ensure_ascii=False, default=plain)[:-1]
    yield said + (", " if head else "") + '"rows": ['
    lines: list[str] = []
    start = "\n"
    for row in rows:
        line = {name: plain(value) for name, value in zip(columns, row, strict=True)}
        lines.append(start + json.dumps(line, ensure_ascii=False))
        start = ",\n"
        if len(lines) >= ROWS_AT_ONCE:
            yield "".join(lines)
            lines = []
    yield "".join(lines) + "\n]}\n"


def csv_response(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """The CSV as a file to save under `name`, which is a slug of ours and no stranger's word."""
    response = StreamingHttpResponse(
        csv_text(columns, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def json_response(
    head: Mapping[str, Any], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        json_text(head, columns, rows), content_type="application/json; charset=utf-8"
    )


def name_ignored(response: HttpResponseBase, names: Iterable[str]) -> None:
    """Name the parameters that a CSV, which has no place for it, does not heed: in X-Ignored."""
    safe = {"".join(char if " " < char < "\x7f" else "?" for char in name) for name in names}
    if safe:
        response["X-Ignored"] = ", ".join(sorted(safe))
