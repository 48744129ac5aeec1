"""Which addresses of the network are public, and which web addresses may be asked for at all."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2

PORTS = frozenset({80, 443})
_LONGEST_URL = 2_048

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Everything in IANA's special-purpose registries that is no public web server. Python 3.11's
# `is_global` misses several (6to4, NAT64, 192.88.99.0/24, 3fff::/20), hence an own list.
_REFUSED_4 = {
    ipaddress.IPv4Network(network): kind
    for network, kind in {
        "0.0.0.0/8": "unspecified",
        "10.0.0.0/8": "private",
        "100.64.0.0/10": "shared",
        "127.0.0.0/8": "loopback",
        "169.254.0.0/16": "link-local",
        "172.16.0.0/12": "private",
        "192.0.0.0/24": "reserved",
        "192.0.2.0/24": "documentation",
        "192.31.196.0/24": "reserved",
        "192.52.193.0/24": "reserved",
        "192.88.99.0/24": "6to4 relay",
        "192.168.0.0/16": "private",
        "192.175.48.0/24": "reserved",
        "198.18.0.0/15": "benchmarking",
        "198.51.100.0/24": "documentation",
        "203.0.113.0/24": "documentation",
        "224.0.0.0/4": "multicast",
        "240.0.0.0/4": "reserved",
    }.items()
}
_REFUSED_6 = {
    ipaddress.IPv6Network(network): kind
    for network, kind in {
        "::/128": "unspecified",
        "::1/128": "loopback",
        "::ffff:0:0/96": "IPv4-mapped",
        "64:ff9b::/96": "NAT64",
        "64:ff9b:1::/48": "NAT64",
        "2001::/32": "Teredo",
        "2001::/23": "reserved",
        "2001:db8::/32": "documentation",
        "2002::/16": "6to4",
        "2620:4f:8000::/48": "reserved",
        "3fff::/20": "documentation",
        "fc00::/7": "private",
        "fe80::/10": "link-local",
        "fec0::/10": "private",
        "ff00::/8": "multicast",
    }.items()
}
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")


class FetchRefused(Exception):
    """Nothing was fetched, or not to its end; `reason` is a sentence for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreachable(FetchRefused):
    """There is no such host, or no connection to it that can be trusted."""


class Interrupted(FetchRefused):
    """The host answers, but broke off or took too long; it may do better another time."""


def refusal(address: IPAddress) -> str | None:
    """Why an address is not a public one ("private", "NAT64" …); None when it is."""
    if isinstance(address, ipaddress.IPv4Address):
        return next((kind for network, kind in _REFUSED_4.items() if address in network), None)
    for network, kind in _REFUSED_6.items():
        if address in network:
            return kind
    return None if address in _PUBLIC_6 else "reserved"


def judge(text: str, *, any_port: bool = False) -> httpx2.URL:
    """The address read as one that may be asked for; `FetchRefused` says what is wrong with it.

    Where its host is, is judged when a connection is opened.
    """
    import httpx2  # see lib.visits

    if len(text) > _LONGEST_URL:
        raise FetchRefused(f"The address is longer than {_LONGEST_URL:,} characters.")
    if any(letter.isspace() or not letter.isprintable() or letter == "\\" for letter in text):
        raise FetchRefused("The address holds a character that no address may hold.")
    try:
        url = httpx2.URL(text)
        scheme, host, port = url.scheme, url.raw_host.decode("ascii"), url.port
    except (httpx2.InvalidURL, ValueError):
        raise FetchRefused("The address cannot be read as one.") from None
    if scheme not in ("http", "https"):
        raise FetchRefused("Only http and https addresses are fetched.")
    if not host:
        raise FetchRefused("The address names no host.")
    if url.userinfo or "@" in url.netloc.decode("ascii", "replace"):
        raise FetchRefused("An address with a user name or password is not fetched.")
    if port is not None and port not in PORTS and not any_port:
        raise FetchRefused("Only the ports 80 and 443 are fetched from.")
    return url
