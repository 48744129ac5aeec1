"""What a connector asks of the network: plain data, sent by somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    """One question to a system. `body` goes out as JSON; a GET has none."""

    url: str
    method: str = "GET"
    body: dict[str, Any] | None = None
    headers: tuple[tuple[str, str], ...] = ()


def nothing_more(request: Request, payload: Any) -> Iterable[Request]:
    """`follow` of a system that answers with the whole board at once."""
    return ()


def always_whole(payloads: Iterable[Any]) -> bool:
    """`is_whole` of a system whose answers hold every open job of a board."""
    return True
