"""What a site asks of robots (RFC 9309): read from its robots.txt, answered for one address."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from lib.addresses import FetchRefused

if TYPE_CHECKING:
    from lib.fetch import Fetched

BYTES = 500 * 1024  # of a robots.txt; what follows is not read
_RULES = 5_000
_LONGEST_PATTERN = 1_000
_UNRESERVED = string.ascii_letters + string.digits + "-._~"
_SAFE = "/%:@!$&'()*+,;=~?-._"


class RobotsRefused(FetchRefused):
    """The site asks robots not to fetch this."""


class Robots:
    """Asks each site's robots.txt once and answers from it; for one run, not for ever.

    `product` is our name in the file; `read(address)` fetches it.
    """

    def __init__(self, product: str, read: Callable[[str], Fetched]) -> None:
        self._product = product
        self._read = read
        self._rules: dict[str, Rules] = {}

    def ask(self, url: str) -> None:
        """Raises `RobotsRefused` if the site asks robots not to fetch `url`.

        A site without the file allows everything, one that cannot say for now nothing. One that
        cannot be reached raises what the fetcher said.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if parts.path == "/robots.txt":
            return
        if origin not in self._rules:
            self._rules[origin] = self._rules_of(origin)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not self._rules[origin].allow(target):
            raise RobotsRefused(f"The robots.txt of {parts.hostname} asks not to fetch this page.")

    def _rules_of(self, origin: str) -> Rules:
        answer = self._read(f"{origin}/robots.txt")
        if 200 <= answer.status < 300:
            return parse(answer.body.decode("utf-8", "replace"), self._product)
        return NOTHING if answer.status >= 500 or answer.status == 429 else Rules(())


class Rules:
    """Allow and disallow lines of one group: the longest that matches decides, allow on a tie."""

    def __init__(self, lines: Iterable[tuple[bool, str]]) -> None:
        self._lines = sorted(lines, key=lambda line: (-len(line[1]), not line[0]))

    def allow(self, target: str) -> bool:
        wanted = _normal(target)
        return next((allows for allows, pattern in self._lines if _matches(pattern, wanted)), True)


NOTHING = Rules([(False, "/")])


def parse(text: str, product: str) -> Rules:
    """The rules for `product` in a robots.txt: of the groups that name it, else of those for `*`.

    Lines that cannot be read are left out; all groups of one name are one.
    """
    groups: dict[str, list[tuple[bool, str]]] = {}
    names: list[str] = []
    in_rules = True
    for line in text.removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            if in_rules:
                names, in_rules = [], False
            names.append(value.lower())
            groups.setdefault(value.lower(), [])
        elif field in ("allow", "disallow"):
            in_rules = True
            for name in names:
                if value and len(value) <= _LONGEST_PATTERN and len(groups[name]) < _RULES:
                    groups[name].append((field == "allow", _normal(value)))
    return Rules(groups.get(product.lower(), groups.get("*", [])))


def _normal(path: str) -> str:
    """One spelling of a path: what needs no escape is unescaped, what does is escaped."""
    plain = re.sub(r"%([0-9A-Fa-f]{2})", _unescaped, path)
    return quote(plain, safe=_SAFE)


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter in _UNRESERVED else found[0].upper()


@lru_cache(maxsize=4_096)
def _pieces(pattern: str) -> tuple[tuple[str, ...], bool]:
    return tuple(pattern.removesuffix("$").split("*")), pattern.endswith("$")


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` and a last `$` fits, in linear time: each piece as early as it
    can be, the last one of an anchored pattern at the end."""
    pieces, anchored = _pieces(pattern)
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    if len(pieces) == 1:
        return not anchored or at == len(path)
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    last = pieces[-1]
    if anchored:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0
