"""From a careers address to the system behind it: by the address itself, else by its page."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

from django.conf import settings

from imports import connectors
from imports.run import ImportRefused
from imports.systems import name_of
from lib.visits import Visitor, host_of

JSONLD = "jsonld"
LINKS = 20_000  # of a page, in its order

# Addresses stand in attributes, in scripts (with \/ for /) and without their scheme.
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>\\`)]{3,1000}", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?:href|src|action)\s*=\s*[\"']?([^\s\"'<>]{1,1000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A board, the address it was recognised from, and a sentence that says by what."""

    system: str
    board: str
    address: str
    by: str
    others: tuple[tuple[str, str], ...] = ()


def recognise(address: str, asked: Visitor) -> Recognised:
    """The board behind `address`; `ImportRefused` or `FetchRefused` with a sentence if none."""
    address = address.strip()
    if "://" not in address:
        address = f"https://{address}"
    if found := board_of(address):
        return Recognised(*found, address, f"{name_of(found[0])} serves this address.")
    page = asked.page(
        address, max_bytes=settings.BOARD["PAGE_BYTES"], accept="text/html, */*;q=0.8"
    )
    if page.status != 200:
        raise ImportRefused(f"{host_of(page.url)} answered {page.status} for {page.url}.")
    if found := board_of(page.url):
        return Recognised(*found, page.url, f"The address leads on to {name_of(found[0])}.")
    text = page.body.decode("utf-8", "replace")
    boards = boards_in(text, page.url)
    if boards:
        (best, _), *others = boards.most_common(6)
        return Recognised(
            *best,
            address,
            f"The page links to or embeds a board of {name_of(best[0])}.",
            tuple(board for board, _ in others),
        )
    if JSONLD in connectors.CONNECTORS and "JobPosting" in text and "ld+json" in text:
        board = connectors.get(JSONLD).board_of(page.url)
        if board:
            return Recognised(JSONLD, board, page.url, "The page states its postings itself.")
    known = ", ".join(name_of(system) for system in connectors.CONNECTORS)
    raise ImportRefused(
        f"No board was found at {page.url}. The page neither links to nor embeds a system that is "
        f"read here ({known}), nor does it state a JobPosting. Paste the address of the page that "
        "lists the jobs, or of the board itself."
    )


def board_of(address: str) -> tuple[str, str] | None:
    """System and board of an address; None for one that could only be a page of its own."""
    found = connectors.find(address)
    return found if found and found[0] != JSONLD else None


def boards_in(text: str, base: str) -> Counter[tuple[str, str]]:
    """The boards that a page names, each as often as it does; the first first among equals."""
    plain = html.unescape(text.replace("\\/", "/").replace("\\u002F", "/"))
    found: Counter[tuple[str, str]] = Counter()
    links = [one[1] for one in _found(_ATTRIBUTE, plain)]
    links += [one[0] for one in _found(_ADDRESS, plain)]
    for link in dict.fromkeys(_joined(base, link) for link in links):
        if board := board_of(link):
            found[board] += 1
    return found


def _found(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return islice(pattern.finditer(text), LINKS)


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""
