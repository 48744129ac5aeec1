"""The one fetcher for every address that a stranger may have chosen.

Rules, in the order they are asked: http or https, on port 80 or 443, without user or password;
the host's addresses are looked up once and *every* one of them must be a public one; the
connection goes to the very address that was judged, so a second answer of the name server changes
nothing, while TLS still checks the certificate against the host's name. A redirect starts again
from the first rule. Bytes as sent, bytes as unpacked and seconds in total are capped.

It speaks through httpcore2, the core of httpx2, because that is where a connection is opened;
addresses are read by httpx2. Neither proxies nor certificates, cookies or passwords are taken from
the environment: a proxy would look the name up again, behind the check.
"""

import ipaddress
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpcore2
import httpx2

from lib.addresses import FetchRefused, Interrupted, IPAddress, Unreachable, judge, refusal

MAX_BYTES = 32 * 2**20
SECONDS = 30.0
REDIRECTS = 3
USER_AGENT = "jobboard/1 (job postings import)"

_HEADER_BYTES = 256 * 1024  # what a server may send around its body
_PIECE = 256 * 1024

Allow = Callable[[IPAddress, int], bool]


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: `url` is where it came from after redirects, `body` unpacked.

    The body is whole, unless it was asked for cut.
    """

    url: str
    status: int
    headers: httpx2.Headers
    body: bytes


def get(url: str, **how: Any) -> Fetched:
    """`send` of a GET."""
    return send("GET", url, **how)


def send(
    method: str,
    url: str,
    body: bytes = b"",
    *,
    headers: Iterable[tuple[str, str]] = (),
    max_bytes: int = MAX_BYTES,
    seconds: float = SECONDS,
    accept: str = "*/*",
    agent: str = USER_AGENT,
    cut: bool = False,
    before: Callable[[str], None] | None = None,
    allow: Allow | None = None,
) -> Fetched:
    """The answer of `url`, whatever its status; `FetchRefused` when a rule or the network says no.

    `max_bytes` caps the body both as sent and as unpacked, `seconds` the whole of it with name
    look-ups and redirects. A longer body is refused; with `cut` its beginning is enough, in
    whatever packing.
    `before(address)` is told of each address, redirects too, before it is asked, and may raise.
    A redirect is followed with the same question, but 301, 302 and 303 make a GET of it.
    `allow(address, port)` lets a place through that the rules refuse: it is for tests against a
    server of one's own.
    """
    deadline = time.monotonic() + seconds
    own = [("User-Agent", agent), ("Accept", accept), ("Accept-Encoding", "gzip"), *headers]
    for _ in range(REDIRECTS + 1):
        target = judge(url, any_port=allow is not None)
        if before is not None:
            paused = time.monotonic()
            before(str(target))
            deadline += time.monotonic() - paused
        question = _Question(method, target, tuple(own), body)
        answer, location = _one(question, connections(deadline, max_bytes, allow), max_bytes, cut)
        if location is None:
            return answer
        try:
            url = str(target.join(location))
        except (httpx2.InvalidURL, ValueError):
            raise FetchRefused("The server redirects to something that is no address.") from None
        if answer.status in (301, 302, 303):
            method, body = "GET", b""
    raise FetchRefused(f"The server redirects more than {REDIRECTS} times.")


def connections(deadline: float, max_bytes: int, allow: Allow | None) -> httpcore2.NetworkBackend:
    """What opens the connections of one question. Tests lay an internet of their own in its place;
    nothing reads it from a setting or from the environment."""
    return _CheckedBackend(deadline, max_bytes + _HEADER_BYTES, allow)


@dataclass(frozen=True, slots=True)
class _Question:
    method: str
    url: httpx2.URL
    headers: tuple[tuple[str, str], ...]
    body: bytes


def _one(
    question: _Question, network: httpcore2.NetworkBackend, max_bytes: int, cut: bool
) -> tuple[Fetched, str | None]:
    """One request: the answer, and where it redirects to (then the body was not read)."""
    url = question.url
    pool = httpcore2.ConnectionPool(
        ssl_context=_tls_context(), max_connections=1, network_backend=network
    )
    address = httpcore2.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    headers: list[tuple[bytes | str, bytes | str]] = [*question.headers]
    if question.body:
        headers += [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(question.body))),
        ]
    asked = pool.stream(question.method, address, headers=headers, content=question.body or None)
    try:
        with pool, asked as response:
            received = httpx2.Headers(response.headers)
            location = received.get("location")
            if response.status in (301, 302, 303, 307, 308) and location:
                return Fetched(str(url), response.status, received, b""), location
            read = _beginning if cut else _body
            body = read(response.iter_stream(), received, max_bytes)
            return Fetched(str(url), response.status, received, body), None
    except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
        raise Unreachable(f"The connection to {url.host} failed: {error}.") from None
    except httpcore2.TimeoutException:
        raise Interrupted(f"{url.host} took too long to answer.") from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise Interrupted(f"The connection to {url.host} failed: {error}.") from None


def _body(pieces: Iterable[bytes], headers: httpx2.Headers, max_bytes: int) -> bytes:
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > max_bytes:
        raise _too_large(max_bytes)
    if (encoding := _encoding(headers)) not in ("gzip", "identity"):
        raise FetchRefused(f"The server packed its answer as {encoding[:40]!a}, not as asked.")
    body = bytearray()
    for piece in _gunzip(pieces) if encoding == "gzip" else pieces:
        body += piece
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
    return bytes(body)


def _beginning(pieces: Iterable[bytes], headers: httpx2.Headers, max_bytes: int) -> bytes:
    body = bytearray()
    for piece in _gunzip(pieces) if _encoding(headers) == "gzip" else pieces:
        body += piece
        if len(body) >= max_bytes:
            break
    return bytes(body[:max_bytes])


def _encoding(headers: httpx2.Headers) -> str:
    encoding = headers.get("content-encoding", "").strip().lower() or "identity"
    return "gzip" if encoding == "x-gzip" else encoding


def _too_large(max_bytes: int) -> FetchRefused:
    return FetchRefused(f"The answer is larger than {max_bytes:,} bytes.")


def _gunzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack gzip, one or several members, in pieces of bounded size.

    Own, because a stack of encodings or what follows the last member could fill the memory
    without ever yielding a piece to count.
    """
    unpacker = zlib.decompressobj(31)
    try:
        for piece in pieces:
            while piece:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(31)
                yield unpacker.decompress(piece, _PIECE)
                piece = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        # The window may hold output that no further input would push out.
        while not unpacker.eof and (rest := unpacker.decompress(b"", _PIECE)):
            yield rest
    except zlib.error as error:
        raise FetchRefused(f"The packed answer is damaged: {error}.") from None
    if not unpacker.eof:
        raise Interrupted("The packed answer breaks off before its end.")


@lru_cache(maxsize=1)
def _tls_context() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


def _lookup(host: str, port: int, seconds: float) -> list[IPAddress]:
    """All addresses of a host, asked once; the name server gets no more than the time left.

    The system's own look-up knows no deadline, so it runs beside and is left behind if late.
    """
    answers: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as error:  # UnicodeError is a ValueError
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="name look-up").start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise Interrupted(f"The name {host} could not be looked up in time.") from None
    if isinstance(answer, Exception):
        raise Unreachable(f"There is no host named {host[:100]!a}.")
    return list(dict.fromkeys(ipaddress.ip_address(entry[4][0]) for entry in answer))


class _CheckedBackend(httpcore2.NetworkBackend):
    """Opens connections to public addresses only, on a budget of time and bytes."""

    def __init__(self, deadline: float, budget: int, allow: Allow | None) -> None:
        self._deadline = deadline
        self._budget = budget
        self._allow = allow
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = _lookup(host, port, _left(self._deadline))
        for address in addresses:
            kind = refusal(address)
            if kind and not (self._allow and self._allow(address, port)):
                raise FetchRefused(f"{host} is at a {kind} address, {address}; not fetched.")
        failure: Exception = httpcore2.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._plain.connect_tcp(
                    str(address), port, _left(self._deadline), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Metered(stream, self._deadline, self._budget)
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise FetchRefused("Sockets of this machine are not fetched from.")


class _Metered(httpcore2.NetworkStream):
    """A stream that ends when its time or its bytes are used up, however slowly it drips."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float, budget: int) -> None:
        self._stream = stream
        self._deadline = deadline
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, _left(self._deadline))
        self._budget -= len(data)
        if self._budget < 0:
            raise FetchRefused("The answer is larger than allowed.")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Metered(secured, self._deadline, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    """Seconds left until a deadline; `Interrupted` when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Interrupted("The server took too long to answer.")
    return left
