"""Markup of a stranger as markup: unescaped where it came escaped, put together from parts."""

import html
import re
from collections.abc import Iterable

_TAG_NAMES = (
    "a|article|b|blockquote|body|br|center|code|div|dd|dl|dt|em|figure|font|footer|h[1-6]|header"
    "|hr|html|i|img|li|main|ol|p|pre|section|small|span|strong|sub|sup|table|tbody|td|th|tr|u|ul"
)
_TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(rf"&(?:amp;)*lt;/?(?:{_TAG_NAMES})(?:\s|/|&)", re.IGNORECASE)


def real_html(source: str) -> str:
    """Markup as markup: escaped HTML is unescaped until real tags stand there, and no further.

    So what an author escaped inside the markup ("&lt;div&gt;" in a line of code) stays escaped. A
    text without any tag becomes paragraphs.
    """
    for _ in range(3):
        if _TAG.search(source) or not _ESCAPED_TAG.search(source):
            break
        source = html.unescape(source)
    if _TAG.search(source) or not source.strip():
        return source.strip()
    paragraphs = re.split(r"\n[ \t]*\n+", source.replace("\r\n", "\n").strip())
    return "\n".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in paragraphs)


def without_tags(wording: str) -> str:
    """A line of text without the tags in it, such as the marks around a found word."""
    return " ".join(_TAG.sub(" ", wording).split()) if "<" in wording else wording


def sections(parts: Iterable[tuple[str, str]]) -> str:
    """Parts of a text, each with its heading or '', as one; a part that says nothing is left out,
    and so is one that stands in another already."""
    pieces: list[str] = []
    for heading, text in parts:
        body = real_html(text)
        if not body or any(body in piece for piece in pieces):
            continue
        pieces.append((f"<h3>{html.escape(heading)}</h3>\n" if heading else "") + body)
    return "\n".join(pieces)
