"""An internet of our own: every host is one local server, and no connection goes anywhere else.

It takes the place of `lib.fetch.connections`, which only code can do: the board has no setting and
no variable that would let a fetch reach an inner address.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from unittest.mock import patch

import httpcore2

from lib import fetch
from tests.lib.server import Route, Server, answer


class _Stream(fetch._Metered):
    """TLS is left out: the local server has no certificates of other hosts."""

    def start_tls(self, *args: Any, **kwargs: Any) -> httpcore2.NetworkStream:
        return self


class _Network(fetch._CheckedBackend):
    def __init__(self, internet: "Internet", *limits: Any) -> None:
        super().__init__(*limits)
        self._internet = internet

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        self._internet.connected.append(f"{host}:{port}")
        stream = self._plain.connect_tcp("127.0.0.1", self._internet.port)
        return _Stream(stream, self._deadline, self._budget)


class Internet(Server):
    """Routes are keyed by host and path with query: `api.lever.co/v0/postings/acme?mode=json`."""

    def __init__(self) -> None:
        super().__init__()
        self.connected: list[str] = []

    @contextmanager
    def laid(self) -> Iterator["Internet"]:
        """While this lasts, whatever the board asks is asked here."""

        def connections(deadline: float, max_bytes: int, allow: Any) -> Any:
            return _Network(self, deadline, max_bytes + 256 * 1024, allow)

        with patch.object(fetch, "connections", connections):
            yield self

    def asked(self) -> list[str]:
        """Host and path of every question, in order."""
        return [headers["host"] + path for path, headers in self.seen]


def said(payload: Any, *, etag: str = "", **headers: str) -> Route:
    """JSON, or text as it is; with an ETag it answers 304 to who knows it."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()

    def route(handler: BaseHTTPRequestHandler) -> None:
        if etag and handler.headers.get("If-None-Match") == etag:
            answer(status=304, ETag=etag)(handler)
        else:
            given = {"ETag": etag} if etag else {}
            answer(body, Content_Type="application/json", **given, **headers)(handler)

    return route
