"""One strict loader for XML that somebody else wrote.

Whatever comes in, `loads` either returns the root element or raises `XmlRefused` with a sentence
that tells a person where to look. No document type, entity or outside file is read; elements are
counted and their depth is bounded while the text is read, so nothing is built of what is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MAX_BYTES = 32 * 2**20
MAX_DEPTH = 20
MAX_ELEMENTS = 200_000

_PIECE = 64 * 1024
_START = re.compile(rb"[\s\xef\xbb\xbf\xff\xfe\x00]*+(.)", re.DOTALL)
_ROOT = re.compile(rb"(?:\s++|<\?.*?\?>|<!--.*?-->)*+<([\w:.-]+)", re.DOTALL)
_ENDING = 8 * 1024  # where the end of the root is looked for


class XmlRefused(ValueError):
    """The text is not XML that we take; `reason` is a sentence for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Element:
    """An element: its name without its namespace, and the text of its own, not of what is in it.

    `namespace` is '' where it has none.
    """

    name: str
    namespace: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)

    def child(self, name: str) -> Element | None:
        """The first child of that name, one without a namespace before others."""
        found = [one for one in self.children if one.name == name]
        return next((one for one in found if not one.namespace), found[0] if found else None)

    def all(self, name: str) -> list[Element]:
        """The children of that name."""
        return [one for one in self.children if one.name == name]

    def texts(self) -> dict[str, str]:
        """The text of each child by its name; of several of one name as `child` chooses."""
        names = dict.fromkeys(one.name for one in self.children)
        chosen = {name: self.child(name) for name in names}
        return {name: one.text for name, one in chosen.items() if one is not None}

    def walk(self) -> Iterator[Element]:
        """This element and all in it."""
        yield self
        for one in self.children:
            yield from one.walk()


def loads(
    data: bytes,
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    max_elements: int = MAX_ELEMENTS,
) -> Element:
    """The root of an XML text; `XmlRefused` for everything that is none.

    Texts come without the characters that no database keeps; comments and processing
    instructions are left out.
    """
    if len(data) > max_bytes:
        raise XmlRefused(f"The XML is larger than {max_bytes:,} bytes.")
    opening = _START.match(data)
    if opening is None:
        raise XmlRefused("The text is empty where XML was expected.")
    if opening[1] != b"<":
        raise XmlRefused("The text is not XML: it does not begin with an element.")
    if _is_cut(data):
        raise XmlRefused("The XML breaks off: its root is not closed at its end.")
    builder = _Builder(max_depth, max_elements)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
        parser.close()
    except DefusedXmlException:
        raise XmlRefused(
            "The XML declares a document type or entities, which are not read."
        ) from None
    except ParseError as error:
        line, column = error.position
        what = str(error).partition(":")[0]
        if what in ("no element found", "unclosed token"):
            what = "it breaks off"
        raise XmlRefused(
            f"The text is not XML at line {line}, column {column + 1}: {what}."
        ) from None
    except (LookupError, ValueError) as error:
        if isinstance(error, XmlRefused):
            raise
        raise XmlRefused("The XML is in an encoding that is not read here.") from None
    assert builder.root is not None
    return builder.root


def _is_cut(data: bytes) -> bool:
    """Whether the root is never closed, told without building anything of the text.

    False where that cannot be told at a glance; then the parser finds it.
    """
    root = _ROOT.match(data.removeprefix(b"\xef\xbb\xbf")[:_ENDING])
    if root is None:
        return False
    end = data[-_ENDING:].rstrip()
    while end.endswith(b"-->") and b"<!--" in end:
        end = end[: end.rindex(b"<!--")].rstrip()
    closed = end.endswith(b">") and end[end.rfind(b"</") + 2 : -1].rstrip() == root[1]
    alone = end.endswith(b"/>") and data.find(b"<", data.find(root[0][-len(root[1]) :])) < 0
    return not closed and not alone


class _Builder:
    """Builds elements while counting them; the parser calls it for each piece of the text."""

    def __init__(self, max_depth: int, max_elements: int) -> None:
        self.root: Element | None = None
        self._open: list[tuple[Element, list[str]]] = []
        self._left = max_elements
        self._most, self._max_depth = max_elements, max_depth

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= self._max_depth:
            raise XmlRefused(f"The XML is nested more than {self._max_depth} deep.")
        if not self._left:
            raise XmlRefused(f"The XML has more than {self._most:,} elements.")
        self._left -= 1
        namespace, _, name = tag.rpartition("}")
        element = Element(name, namespace.removeprefix("{"), "", dict(attributes))
        if self._open:
            self._open[-1][0].children.append(element)
        else:
            self.root = element
        self._open.append((element, []))

    def data(self, text: str) -> None:
        self._open[-1][1].append(text)

    def end(self, tag: str) -> None:
        element, pieces = self._open.pop()
        element.text = "".join(pieces)

    def close(self) -> Any:
        return self.root
