"""Latency and CPU of whole pages, beside a constant page of the same run.

The real server (granian, demo mode) answers on this machine over a seeded corpus; pages are
asked one after another over one connection, each time with other values, and no page is kept
anywhere. CPU is of the server's processes, from /proc, so Linux only.
"""

import argparse
import gzip
import http.client
import os
import platform
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
TICK = os.sysconf("SC_CLK_TCK")
FLOOR = "constant page"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--postings", type=int, default=10_000)
    parser.add_argument("--replies", type=int, default=100, help="of each page")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rebuild", action="store_true", help="write the corpus anew")
    parser.add_argument("--save", action="store_true", help="write docs/speed.md")
    options = parser.parse_args()

    file = ROOT / "data" / f"bench-{options.postings}.sqlite3"
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{file}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "jobboard.settings"
    os.environ.pop("ALLOWED_HOSTS", None)
    if options.rebuild and file.exists():
        for path in file.parent.glob(file.name + "*"):
            path.unlink()

    import django

    django.setup()
    live = prepare(options.postings)
    pages = addresses()
    statements = {name: count_statements(paths[0]) for name, paths in pages.items()}
    with server(options.workers) as (port, pid):
        rows = [
            (name, *measure(port, pid, paths, options.replies), statements[name])
            for name, paths in pages.items()
        ]
    text = table(rows, options, live)
    print(text)
    if options.save:
        (ROOT / "docs" / "speed.md").write_text(text)


def prepare(count: int) -> int:
    """Make the corpus if the database has none; returns the number of open postings."""
    from django.core.management import call_command

    from jobs.models import LivePosting, Posting
    from tests.bench.corpus import write

    call_command("migrate", verbosity=0)
    if not Posting.objects.exists():
        print(f"Writing {count} postings …", flush=True)
        call_command("load_content", verbosity=0)
        started = time.monotonic()
        write(count)
        print(f"… in {time.monotonic() - started:.0f} s", flush=True)
    return LivePosting.objects.public().count()


def addresses() -> dict[str, list[str]]:
    """Each page with the addresses to rotate over."""
    from guides.models import Guide
    from jobs.models import LivePosting, Place, Posting

    ids = LivePosting.objects.public().values_list("pk", flat=True)[:200]
    cities = Place.objects.filter(kind="city").values_list("slug", flat=True)
    words = ["kafka", "spark", "warehouse", "experiments", "python", "fraud", "terraform",
             "forecast", "snowflake", "pricing", "museums", "react", "monolith"]  # fmt: skip
    return {
        FLOOR: ["/robots.txt"],
        "list": [f"/jobs/?page={number}" for number in range(1, 21)],
        "city and remote": [f"/jobs/?place={slug}&workplace=remote" for slug in cities],
        "role, level, pay": [
            f"/jobs/?role={role}&seniority=senior&salary_min={floor}&currency=EUR"
            for role in ("data-engineer", "data-scientist", "software-engineer")
            for floor in range(40_000, 120_000, 7_000)
        ],
        "keyword": [f"/jobs/?q={word}" for word in words],
        "posting": [one.get_absolute_url() for one in Posting.objects.filter(pk__in=list(ids))],
        "guide": [guide.get_absolute_url() for guide in Guide.objects.public()],
        "any two roles": ["/compare/analytics-engineer-vs-platform-engineer/"],
        "home": ["/"],
    }


def count_statements(path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        Client(SERVER_NAME="localhost").get(path)
    return len(captured)


@contextmanager
def server(workers: int) -> Iterator[tuple[int, int]]:
    """The board's own server on a free port; stopped whatever happens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST]
    command += ["--port", str(port), "--workers", str(workers), "--blocking-threads", "2"]
    command += ["--log-level", "error", "jobboard.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        for _ in range(100):
            try:
                get(http.client.HTTPConnection(HOST, port, timeout=30), "/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    reply = connection.getresponse()
    body = reply.read()
    if reply.status != 200:
        raise SystemExit(f"{path} answered {reply.status}")
    return body


def measure(port: int, pid: int, paths: list[str], replies: int) -> tuple[float, float, int, int]:
    """(p50 ms, CPU ms a reply, bytes, bytes with gzip) after a warm-up."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    rotation = cycle(paths)
    for _ in range(10):
        body = get(connection, next(rotation))
    times = []
    before = cpu_of(pid)
    for _ in range(replies):
        path = next(rotation)
        started = time.perf_counter()
        body = get(connection, path)
        times.append(time.perf_counter() - started)
    spent = cpu_of(pid) - before
    body = get(connection, paths[0])
    return (
        statistics.median(times) * 1_000,
        spent / replies * 1_000,
        len(body),
        len(gzip.compress(body, 6)),
    )


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and its children."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / TICK
        for task in Path(f"/proc/{one}/task").iterdir():
            waiting += [int(child) for child in (task / "children").read_text().split()]
    return total


def table(
    rows: list[tuple[str, float, float, int, int, int]], options: argparse.Namespace, live: int
) -> str:
    from django.db import connection

    floor = next(row for row in rows if row[0] == FLOOR)
    lines = [
        "# Speed",
        "",
        f"`make bench`: {options.postings:,} postings of a seeded corpus, {live:,} of them open, "
        f"{options.workers} worker, one request at a time, {options.replies} replies a page with "
        "rotating values, no page cache. CPU is of the whole server process; the ratio is CPU "
        "against the constant page of the same run.",
        "",
        "| page | p50 ms | CPU ms | ratio | SQL | bytes | gzip |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, p50, cpu, size, packed, statements in rows:
        ratio = cpu / floor[2] if floor[2] else float("nan")
        lines.append(
            f"| {name} | {p50:.1f} | {cpu:.1f} | {ratio:.0f} | {statements} "
            f"| {size:,} | {packed:,} |"
        )
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    lines += [
        "",
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores of {model}, Python "
        f"{platform.python_version()}, {connection.display_name} "
        f"{'.'.join(map(str, connection.get_database_version()))}.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
