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
# Control characters, the marks that turn the direction of what follows them, and places to break a
# word, which hide it from a search; themselves or as entities.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    r"|&(?:shy|ZeroWidthSpace|NoBreak);"
    r"|&#0*(?:173|8203|8288|823[4-8]|829[4-7]|65279);"
    r"|&#[xX]0*(?:[aA][dD]|200[bB]|2060|202[a-eA-E]|206[6-9]|[fF][eE][fF][fF]);"
)
_DATA = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[\w+/=\s]+", re.ASCII | re.IGNORECASE)


def visible(text: str) -> str:
    """A text without the characters that nobody sees and that change what others say.

    Markup is cleaned after it: what is left out may have hidden a forbidden address.
    """
    return _INVISIBLE.sub("", text)


def without_data(source: str) -> str:
    """Markup without the images that stand inside it, which are larger than all it says."""
    return _DATA.sub("", source) if "base64" in source else source


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
