"""The systems that employers publish their jobs with, one small module each.

A connector has `SYSTEM`, `address(board)`, `board_of(url)`, `recognises(payload)` and
`read(payload)`; it is pure: no network, no database, no clock.
"""

from collections.abc import Iterator
from typing import Any, Protocol

from imports.connectors import ashby, greenhouse, lever
from imports.connectors.shapes import SHAPES, identify
from imports.records import Entry, Record


class Connector(Protocol):
    """What the import run asks of a system's module."""

    SYSTEM: str

    def address(self, board: str) -> str:
        """Where a board's jobs are read from; `ValueError` for what is no board's name."""

    def board_of(self, url: str) -> str | None:
        """The board that an address of this system belongs to."""

    def recognises(self, payload: Any) -> bool:
        """Whether a payload can be a board of this system."""

    def read(self, payload: Any) -> Iterator[Entry]:
        """Every job of a payload, each as one entry; never raises."""


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


__all__ = ["CONNECTORS", "RESERVED", "Connector", "account_of", "find", "get", "identify"]
