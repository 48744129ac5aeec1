"""How we behave as somebody's guest: in turn, at their pace, and not for what they ask us to leave.

The fetcher (`lib.fetch`) says where may be asked at all; this says how often and how again.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from django.utils import timezone

from lib.addresses import FetchRefused, Interrupted, Unreachable
from lib.robots import BYTES as ROBOTS_BYTES
from lib.robots import Robots

if TYPE_CHECKING:
    from lib.fetch import Fetched

# Says that the server, not the question, is the matter: it may answer another time.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class Busy(FetchRefused):
    """The host asks to be left alone for longer than we wait; `seconds` is how long."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Turns(Protocol):
    """Who may ask a host next, and when."""

    def take(self, host: str, pause: float) -> float:
        """Reserve the next turn at `host`: in how many seconds it is. The one after it comes
        `pause` seconds later."""

    def rest(self, host: str, seconds: float) -> None:
        """Leave `host` alone for so long."""


class OwnTurns:
    """The turns of this process alone."""

    def __init__(self) -> None:
        self._free: dict[str, float] = defaultdict(float)

    def take(self, host: str, pause: float) -> float:
        now = time.monotonic()
        turn = max(now, self._free[host])
        self._free[host] = turn + pause
        return turn - now

    def rest(self, host: str, seconds: float) -> None:
        self._free[host] = max(self._free[host], time.monotonic() + seconds)


@dataclass
class Visitor:
    """Asks addresses politely; `FetchRefused` with a sentence where there is no answer.

    `pause` is the least number of seconds between two questions to one host, `attempts` how often
    one is asked whose trouble may pass, `backoff` the first wait between attempts (it doubles)
    and `patience` the longest that a host may ask for in Retry-After.
    """

    agent: str
    pause: float = 1.0
    attempts: int = 3
    backoff: float = 2.0
    patience: float = 60.0
    limits: dict[str, Any] = field(default_factory=dict)
    turns: Turns = field(default_factory=OwnTurns)
    sleep: Callable[[float], None] = time.sleep
    robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self.robots = Robots(self.agent.partition("/")[0], self._robots_file)

    def page(self, url: str, **how: Any) -> Fetched:
        """A page that is made for people: its site's robots.txt is asked first, redirects too."""
        return self.ask(url, before=self.robots.ask, **how)

    def ask(
        self,
        url: str,
        *,
        method: str = "GET",
        body: bytes = b"",
        headers: Iterable[tuple[str, str]] = (),
        before: Callable[[str], None] | None = None,
        **how: Any,
    ) -> Fetched:
        """The answer of an address, its trouble tried again; the last answer if it stays."""
        from lib import fetch  # the client is two megabytes, and workers that ask nobody are many

        headers = tuple(headers)

        def in_turn(address: str) -> None:
            if before is not None:
                before(address)
            self._wait(self.turns.take(host_of(address), self.pause), address)

        for attempt in range(1, self.attempts + 1):
            wait = self.backoff * 2 ** (attempt - 1)
            try:
                answer = fetch.send(
                    method, url, body, headers=headers, agent=self.agent, before=in_turn,
                    **{**self.limits, **how},
                )  # fmt: skip
            except (Interrupted, Unreachable):
                if attempt == self.attempts:
                    raise
                self._wait(wait, url)
                continue
            if answer.status not in PASSING:
                return answer
            asked = retry_after(answer)
            if asked is not None:
                self.turns.rest(host_of(answer.url), asked)
                if asked > self.patience:
                    raise _busy(answer.url, asked)
            elif attempt < self.attempts:
                self._wait(wait, url)
        return answer

    def _wait(self, seconds: float, url: str) -> None:
        if seconds > self.patience:
            raise _busy(url, seconds)
        if seconds > 0:
            self.sleep(seconds)

    def _robots_file(self, url: str) -> Fetched:
        return self.ask(url, max_bytes=ROBOTS_BYTES, cut=True, accept="text/plain, */*;q=0.5")


def _busy(url: str, seconds: float) -> Busy:
    return Busy(f"{host_of(url)} asks to be left alone for {seconds:,.0f} seconds.", seconds)


def host_of(url: str) -> str:
    """The host that an address names, in lower case; '' where it names none."""
    try:
        return (urlsplit(url).hostname or "").removesuffix(".")
    except ValueError:
        return ""


def retry_after(answer: Fetched) -> float | None:
    """For how many seconds an answer asks to be left alone; None where it does not say."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    if until.tzinfo is None:
        return None
    return max(0.0, (until - timezone.now()).total_seconds())
