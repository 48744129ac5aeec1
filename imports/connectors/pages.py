"""Pages of the web as a connector needs them: the JSON-LD in them, their address and language.

One block that cannot be read costs no other. What people's programs do to JSON is put right where
there is one way to read it: a missing or a trailing comma, a line break inside a text, a comment
around the whole.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lib import jsonin

MOST_BLOCKS = 500
LONGEST_BLOCK = 8_000_000  # characters; a page has a few thousand
LONGEST_MENDED = 1_000_000  # of a block that is put right

# No tag that is looked for has a < in it; so a tag that never ends costs no more than its length.
_OPEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|link|html|meta|base)\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT_END = re.compile(r"</script\b[^>]*>?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_WRAPPED = re.compile(
    r"\A\s*(?://|/\*)?\s*(?:<!--|<!\[CDATA\[)(?:\s*\*/)?|(?://|/\*)?\s*(?:-->|\]\]>)(?:\s*\*/)?\s*\Z"
)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_CONTROLS = {one: f"\\u{one:04x}" for one in range(32)}


@dataclass(slots=True)
class Page:
    """The values of a page's JSON-LD; `broken` are (number of the block, why it cannot be read)
    of those that speak of a job posting. `url` and `language` are what the page says of itself."""

    values: list[Any] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)
    url: str = ""
    language: str = ""


def read(text: bytes) -> Page:
    """A page, or a file of JSON alone; `ValueError` with a sentence for what is neither."""
    try:
        source = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = text.decode("windows-1252", "replace")
    if not source.lstrip().startswith("<"):
        return Page([_loads(source)])
    page = Page()
    for number, (start, end) in enumerate(_blocks(source, page), start=1):
        try:
            if end - start > LONGEST_BLOCK:
                raise ValueError(f"it is longer than {LONGEST_BLOCK:,} characters.")
            page.values.append(_loads(source[start:end]))
        except ValueError as error:
            if source.find("JobPosting", start, end) >= 0:
                page.broken.append((number, str(error)))
    return page


def _blocks(source: str, page: Page) -> list[tuple[int, int]]:
    """Where the JSON-LD scripts begin and end; what the page says of itself goes into `page`."""
    blocks: list[tuple[int, int]] = []
    base, at = "", 0
    while found := _OPEN.search(source, at):
        at = found.end()
        name = (found[1] or "").lower()
        if not name:
            continue
        has = {
            key.lower(): html.unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(found[2])
        }
        if name == "script":
            start, closing = at, _SCRIPT_END.search(source, at)
            end, at = closing.span() if closing else (len(source), len(source))
            if has.get("type", "").split(";")[0].strip().lower() == "application/ld+json":
                blocks.append((start, end))
        elif name == "html":
            page.language = page.language or has.get("lang", "")
        elif name == "base":
            base = base or has.get("href", "")
        elif name == "link" and "canonical" in has.get("rel", "").lower().split():
            page.url = page.url or has.get("href", "")
        elif name == "meta" and has.get("property", "").lower() == "og:url":
            page.url = page.url or has.get("content", "")
    if page.url and base:
        page.url = urljoin(base, page.url)
    return blocks[:MOST_BLOCKS]


def _loads(source: str) -> Any:
    """The value of a block, strictly or as it must be meant."""
    stripped = _WRAPPED.sub("", source).strip().removesuffix(";")
    try:
        return jsonin.loads(stripped, max_bytes=max(len(stripped) * 4, 1), max_depth=40)
    except jsonin.JsonRefused as error:
        if len(stripped) > LONGEST_MENDED:
            raise
        for attempt in (stripped, html.unescape(stripped)):
            mended = _mended(attempt)
            try:
                return jsonin.loads(mended, max_bytes=len(mended) * 4 + 4, max_depth=40)
            except jsonin.JsonRefused:
                continue
        raise error


def _mended(source: str) -> str:
    """JSON with the commas between its members and none after the last, its texts on one line."""
    pieces: list[str] = []
    before = ""
    for found in _TOKEN.finditer(source):
        part = found[0]
        if part[0] == '"':
            part = part.translate(_CONTROLS)
        if before and before not in "{[,:" and part not in "}],:":
            pieces.append(",")
        if part in ("}", "]", ",") and before == ",":
            pieces.pop()
        pieces.append(part)
        before = part
    return "".join(pieces)
