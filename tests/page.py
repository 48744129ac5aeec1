"""A page as a strict HTML parser reads it, and its hooks."""

import re
from functools import cache
from typing import Any

import html5lib
from django.http import HttpResponse

SVG = "{http://www.w3.org/2000/svg}"
BUILDER = html5lib.getTreeBuilder("etree")


@cache
def parser() -> html5lib.HTMLParser:
    return html5lib.HTMLParser(tree=BUILDER, strict=True, namespaceHTMLElements=False)


def parse(response: HttpResponse) -> Any:
    """The tree of a page; fails at the first mistake in its HTML."""
    return parser().parse(response.content.decode())


def hooks(page: Any, name: str) -> list[str]:
    """The values of `data-<name>` in the order of the page."""
    attribute = f"data-{name}"
    return [one.get(attribute) for one in page.iter() if one.get(attribute) is not None]


def charts(page: Any) -> list[Any]:
    """The charts of a part of a page."""
    return [one for one in page.iter(f"{SVG}svg") if one.get("class") == "chart"]


def links(page: Any) -> list[str]:
    return [one.get("href") for one in page.iter("a") if one.get("href")]


def words(page: Any) -> str:
    """The visible text, blanks collapsed."""
    return " ".join("".join(page.itertext()).split())


def text_of(html: str) -> str:
    """The text of a piece of a page, blanks collapsed."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
