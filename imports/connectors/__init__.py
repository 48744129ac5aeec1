"""The systems that employers publish their jobs with, one small module each.

A connector is pure: no network, no database, no clock. It says what to ask (`first`, `follow`,
plain `Request`s that somebody else sends), parses each answer on its own (`parse`) and reads all
answers of a board together (`read`), since pages repeat jobs and details belong to their list.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from imports.connectors import (
    adzuna,
    ashby,
    greenhouse,
    himalayas,
    jsonld,
    lever,
    mapped,
    personio,
    reading,
    recruitee,
    remoteok,
    remotive,
    shapes,
    smartrecruiters,
    teamtailor,
    weworkremotely,
    workable,
    workday,
)
from imports.connectors.requests import Request
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

    def read(self, payloads: Sequence[Any], board: str = "") -> Iterator[Entry]:
        """Every job of `board`, each as one entry; never raises."""


# Those that an employer's own jobs are read from; the rest are boards of many employers', pages
# of any kind, and files that a mapping explains.
_EMPLOYERS: tuple[Connector, ...] = (
    greenhouse,
    lever,
    ashby,
    workable,
    smartrecruiters,
    recruitee,
    personio,
    teamtailor,
    workday,
)
_GATHERED: tuple[Connector, ...] = (
    remotive,
    remoteok,
    himalayas,
    weworkremotely,
    adzuna.CONNECTOR,
)
CONNECTORS: dict[str, Connector] = {
    connector.SYSTEM: connector for connector in (*_EMPLOYERS, *_GATHERED, jsonld)
}
MAPPED = {"csv": mapped.parse_csv, "json": reading.parse_json}


def get(system: str, mapping: Mapping[str, Any] | None = None) -> Connector:
    """The connector of a system by its name, for "csv" and "json" by the source's mapping.

    `KeyError` where there is none.
    """
    if system in MAPPED:
        return mapped.Mapped(system, mapping or {}, MAPPED[system])
    return CONNECTORS[system]


def find(url: str) -> tuple[str, str] | None:
    """System and board of an address, such as ("lever", "acme").

    An address that no system knows is a page that may describe jobs, ("jsonld", "acme.com/jobs");
    None for what is no web address.
    """
    for system, connector in CONNECTORS.items():
        if board := connector.board_of(url):
            return system, board
    return None


def identify(payload: Any) -> str | None:
    """The system that a payload comes from; None where its structure does not tell."""
    for connector in (personio, teamtailor, weworkremotely, jsonld):
        if not isinstance(payload, dict | list) and connector.recognises(payload):
            return connector.SYSTEM
    return shapes.identify(payload)


def account_of(record: Record) -> str:
    """The employer's account as the job's own address names it; '' where it names none."""
    for url in (record.url, record.apply_url):
        for connector in _EMPLOYERS:
            if board := connector.board_of(url):
                return _account(connector.SYSTEM, board)
    return ""


def _account(system: str, board: str) -> str:
    if system == workday.SYSTEM:
        return workday.tenant_of(board)
    # Some boards are hosts, of a region or of the employer's own.
    if system in (recruitee.SYSTEM, personio.SYSTEM, teamtailor.SYSTEM):
        return board.partition(".")[0]
    return board.removeprefix(lever.EUROPE)


__all__ = [
    "CONNECTORS",
    "MAPPED",
    "Connector",
    "Request",
    "account_of",
    "find",
    "get",
    "identify",
]
