"""Latency, CPU and bytes of whole pages, as the board's own server answers them.

Linux only: CPU is read from /proc.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle
from pathlib import Path
from random import choice
from typing import Any

from jobs.index import reindex
from jobs.models import LivePosting
from tests.bench.database import ROOT, WRITER_SOURCE, delete_postings
from tests.bench.pages import FEW, Page
from tests.bench.truth import lies

HOST = "127.0.0.1"
TICK = os.sysconf("SC_CLK_TCK")
ROUNDS = 3
WARM_UP = 16
# A page that is too slow for its replies gets this long a round, and fewer of them; a fast one
# gets more, because the clock of the CPU ticks a hundred times a second.
LEAST_SECONDS, MOST_SECONDS, MOST_REPLIES = 0.4, 3.0, 1_000
START_SECONDS = 60


class ServerFailed(Exception):
    """The server did not start, or it died."""


@dataclass(slots=True)
class Row:
    """What was measured of one page: seconds of each reply, CPU seconds of all, bytes of each."""

    page: Page
    times: list[float] = field(default_factory=list)
    cpu: float = 0.0
    raw: list[int] = field(default_factory=list)
    packed: list[int] = field(default_factory=list)

    @property
    def p50_ms(self) -> float:
        return statistics.median(self.times) * 1_000

    @property
    def p95_ms(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)] * 1_000

    @property
    def cpu_ms(self) -> float:
        return self.cpu / len(self.times) * 1_000

    @property
    def raw_bytes(self) -> int:
        return round(statistics.median(self.raw))

    @property
    def packed_bytes(self) -> int:
        return round(statistics.median(self.packed))


class Server:
    """A running server in a process group of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def processes(self) -> Iterator[tuple[Path, list[str]]]:
        """The /proc folder of each process of the group, and its `stat` from the state on."""
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended between the listing and the reading
            if int(fields[2]) == self.process.pid:
                yield path.parent, fields

    def cpu(self) -> float:
        """CPU seconds so far of the group's processes and of their children that ended."""
        ticks = sum(int(n) for _, fields in self.processes() for n in fields[11:15])
        return ticks / TICK

    def memory(self, addresses: Sequence[str], workers: int) -> list[float]:
        """MiB of each process, what several share divided among them (PSS).

        Asks the addresses first over many connections at once, since the one connection of a
        measurement meets one worker only.
        """

        def visit(number: int) -> None:
            connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
            for address in addresses:
                ask(connection, address)
            connection.close()

        with ThreadPoolExecutor(4 * workers) as visitors:
            list(visitors.map(visit, range(8 * workers)))
        found = []
        for folder, _ in self.processes():
            rollup = (folder / "smaps_rollup").read_text()
            found.append(int(rollup.partition("\nPss:")[2].split()[0]) / 1024)
        return found

    def wait_until_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise ServerFailed(f"The server ended with exit code {self.process.returncode}.")
            connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
            try:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            time.sleep(0.1)
        raise ServerFailed(f"The server was not ready within {START_SECONDS} seconds.")

    def stop(self) -> None:
        for name in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, name)
            try:
                self.process.wait(10)
                break
            except subprocess.TimeoutExpired:
                continue


@contextmanager
def serving(workers: int) -> Iterator[Server]:
    """The board's own server as `make demo` starts it, stopped whatever happens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST]
    command += ["--port", str(port), "--workers", str(workers), "--blocking-threads", "2"]
    command += ["--log-level", "warning", "jobboard.wsgi:application"]
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    server = Server(subprocess.Popen(command, cwd=ROOT, start_new_session=True), port)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()
        signal.signal(signal.SIGTERM, before)


def measure(
    server: Server, pages: Sequence[Page], replies: int
) -> tuple[list[Row], list[str], list[str]]:
    """About `replies` replies of each page, more of a fast one; notes about what failed; lies.

    In rounds, so that a busy moment of the machine does not fall on one page alone. Each reply is
    of the next of the page's addresses.
    """
    rows = [Row(page) for page in pages]
    rotations = [cycle(page.addresses) for page in pages]
    failed: dict[str, str] = {}
    found: list[str] = []
    connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
    try:
        for number in range(ROUNDS):
            for row, rotation in zip(rows, rotations, strict=True):
                if row.page.name in failed:
                    continue
                try:
                    for _ in range(max(warm_up(row.page), WARM_UP if number == 0 else 2)):
                        ask(connection, next(rotation))
                    found += one_round(server, connection, row, rotation, -(-replies // ROUNDS))
                except BadReply as error:
                    failed[row.page.name] = f"skipped: {row.page.name}, because {error}"
    finally:
        connection.close()
    return [row for row in rows if row.page.name not in failed], list(failed.values()), found


def warm_up(page: Page) -> int:
    """How many replies it takes until every address of a page of few has been seen."""
    few = len(page.addresses) <= FEW // 2
    return len(page.addresses) if few and not page.aged else 0


def one_round(
    server: Server,
    connection: http.client.HTTPConnection,
    row: Row,
    rotation: Iterator[str],
    replies: int,
) -> list[str]:
    """Adds to the row; returns what the replies contradict themselves in."""
    bodies = []
    begun = time.monotonic()
    before = server.cpu()
    for number in range(1, MOST_REPLIES + 1):
        address = next(rotation)
        if row.page.aged:
            write_one()
        started = time.perf_counter()
        body = ask(connection, address)
        row.times.append(time.perf_counter() - started)
        bodies.append((address, *body))
        lasted = time.monotonic() - begun
        if (number >= replies and lasted > LEAST_SECONDS) or lasted > MOST_SECONDS:
            break
    row.cpu += server.cpu() - before
    found = []
    for address, encoding, body in bodies:
        raw = gzip.decompress(body) if encoding == "gzip" else body
        row.packed.append(len(body))
        row.raw.append(len(raw))
        found += [f"{address}: {lie}" for lie in lies(address, raw.decode())]
    return found


def write_one() -> None:
    """Write one open posting anew, as if something of it had changed."""
    reindex([choice(open_ids())])


@cache
def open_ids() -> list[int]:
    return list(LivePosting.objects.public().values_list("pk", flat=True))


@contextmanager
def writing(rate: int) -> Iterator[dict[str, Any]]:
    """An import of `rate` postings a second beside; afterwards the dict holds what it wrote."""
    told: dict[str, Any] = {}
    command = [sys.executable, "-m", "tests.bench.writer", str(rate)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        if process.stdout.readline().strip() != "ready":
            raise ServerFailed("The import beside the readers did not start.")
        yield told
        said = process.communicate(timeout=60)[0]
        if process.returncode:
            raise ServerFailed("The import beside the readers died.")
        told |= json.loads(said)
    finally:
        process.kill()
        process.wait()
        delete_postings(WRITER_SOURCE)


class BadReply(Exception):
    """A page that answered in its rehearsal and does not answer the server's clients."""


def ask(connection: http.client.HTTPConnection, address: str) -> tuple[str, bytes]:
    """(Content-Encoding, body) of one reply, as a browser asks for it."""
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    reply = connection.getresponse()
    body = reply.read()
    if reply.status != 200:
        raise BadReply(f"{address} answers {reply.status}")
    return reply.getheader("Content-Encoding", ""), body
