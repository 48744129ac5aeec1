"""Whether a list tells one story: its total, its counts, its cards and its pages, in one reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

SIZE, LIMIT = 20, 400
TOTAL = re.compile(r'data-total="(\d+)"')
CARD = re.compile(r'data-posting="(\d+)"')
VALUE = re.compile(r"<[^>]*\bdata-facet=[^>]*>")
ATTRIBUTE = re.compile(r'\b(data-facet|data-value|data-count)="([^"]*)"')
PAGES = re.compile(r'<nav class="pagination".*?</nav>', re.DOTALL)
PAGE = re.compile(r"[?;&]page=(\d+)")
# Every posting has exactly one value of these, be it "unknown", and all of them are shown.
WHOLE = ("seniority", "workplace")


def lies(address: str, html: str) -> Iterator[str]:
    """A sentence for each thing in a list that contradicts its total; none of another page."""
    if not (found := TOTAL.search(html)):
        return
    total = int(found[1])
    asked = parse_qs(urlsplit(address).query)
    number = int(asked.get("page", ["1"])[0])
    pages = max(1, min(-(-total // SIZE), LIMIT))
    number = number if number <= pages else 1

    cards = CARD.findall(html)
    due = max(0, min(SIZE, total - SIZE * (number - 1)))
    if len(cards) != due:
        yield f"{len(cards)} cards on page {number}, where a total of {total} has {due}"
    if len(set(cards)) != len(cards):
        yield "a posting is there twice"
    if block := PAGES.search(html):
        last = max([number, *(int(one) for one in PAGE.findall(block[0]))])
        if last != pages:
            yield f"its pages end with {last}, where a total of {total} has {pages}"
    elif pages > 1:
        yield f"no pages beside a total of {total}"

    counts: dict[str, dict[str, int]] = {}
    for tag in VALUE.findall(html):
        said = dict(ATTRIBUTE.findall(tag))
        value = said.get("data-value", "")
        counts.setdefault(said["data-facet"], {})[value] = int(said["data-count"])
    for facet, values in counts.items():
        chosen = asked.get(facet, [])
        if not chosen:
            if facet in WHOLE and sum(values.values()) != total:
                yield f"{facet} adds up to {sum(values.values())} beside a total of {total}"
            if max(values.values(), default=0) > total:
                yield f"a count of {facet} is above the total of {total}"
        elif len(chosen) == 1 and values.get(chosen[0]) != total:
            # The count of a value is the total of the list with that value alone.
            yield f"{facet}={chosen[0]} counts {values.get(chosen[0])} beside a total of {total}"
