"""The systems that employers publish their jobs with, one small module each.

A connector is pure: no network, no database, no clock. It says what to ask (`first`, `follow`,
plain `Request`s that somebody else sends), parses each answer on its own (`parse`) and reads all
answers of a board together (`read`), since pages repeat jobs and details belong to their list.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from imports.connectors import ashby, greenhouse, lever
from imports.connectors.requests import Request
from imports.connectors.shapes import SHAPES, identify
from imports.records import Entry, Record


class Connector(Protocol):
    """What the import run asks of a system's module."""

    SYSTEM: str

    def first(self, board: str) -> Request:
        """The question that a board is opened with; `ValueError` for what is no board's name."""

    def follow(self, request: Request, payload: Any) -> Iterable[Request]:
        """What else the board needs, now that `request` was answered with `payload`: its next
        page, the details of its jobs."""

    def board_of(self, url: str) -> str | None:
        """The board that an address of this system belongs to."""

    def parse(self, text: bytes) -> Any:
        """The payload of one answer; `ValueError` with a sentence for what cannot be read to its
        end. The caller has checked the size."""

    def recognises(self, payload: Any) -> bool:
        """Whether a payload can be an answer of this system."""

    def is_whole(self, payloads: Sequence[Any]) -> bool:
        """Whether the payloads hold every open job of their board, so that absence from them
        is evidence; not so for a feed of the newest, or for some pages of many."""

    def read(self, payloads: Sequence[Any]) -> Iterator[Entry]:
        """Every job of a board, each as one entry; never raises."""


CONNECTORS: dict[str, Connector] = {
    connector.SYSTEM: connector for connector in (greenhouse, lever, ashby)
}
# Names that no source may take as its slug: systems that are read, and those known by sight.
RESERVED = frozenset(SHAPES) | {"personio", "weworkremotely", "jsonld", "rss"}


def get(system: str) -> Connector:
    """The connector of a system by its name; `KeyError` where there is none."""
    return CONNECTORS[system]


def find(url: str) -> tuple[str, str] | None:
    """System and board of an address, such as ("lever", "acme"); None for any other address."""
    for system, connector in CONNECTORS.items():
        if board := connector.board_of(url):
            return system, board
    return None


def account_of(record: Record) -> str:
    """The employer's account as the job's own address names it; '' where it names none."""
    for url in (record.url, record.apply_url):
        if found := find(url):
            return found[1].removeprefix(lever.EUROPE)
    return ""


__all__ = [
    "CONNECTORS",
    "RESERVED",
    "Connector",
    "Request",
    "account_of",
    "find",
    "get",
    "identify",
]
