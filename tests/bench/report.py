"""The figures of a run as a table, and docs/speed.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from tests.bench.database import ROOT
from tests.bench.measure import ROUNDS, Row
from tests.bench.pages import FLOOR

DOCUMENT = ROOT / "docs" / "speed.md"
INTRODUCTION = """\
# Speed

`make bench ARGS=--save` writes this page; `--postings 100000`, `--workers 2`, `--replies 300` and
`--rebuild` go into ARGS too, and `BENCH_DATABASE_URL` names an empty PostgreSQL database. A run
replaces the section of its own size, database and workers.

The corpus is seeded and invented: 15 % of its postings are open, about 25 belong to a company. It
is kept in `data/` between runs. The server that `make demo` starts answers over it on this
machine. One client asks, one request at a time over one connection, with gzip as browsers do.
The addresses of a page take turns (other pages of the list, cities, pay floors), and every keyword
is a new one. What is kept of guides, roles and cards dies with its data (see house.md): the rows
of those pages are of pages that somebody has seen since.

- **p50** is the median time to the whole reply, after a warm-up.
- **CPU** is the user and system time of all processes of the server, a reply.
- **× constant** holds both against a reply of a few constant bytes, which every page pays too.
- **SQL** is the number of statements of a page that nobody has seen, counted apart so that
  counting costs no time.
- **Bytes** are the median of the HTML, and of what is sent.
"""


def table(rows: Sequence[Row]) -> str:
    floor = next((row for row in rows if row.page.name == FLOOR), rows[0])
    lines = [
        "| page | p50 ms | × constant | CPU ms | × constant | SQL | bytes | gzip |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        fewest, most = row.page.statements
        cells = [
            row.page.name,
            f"{row.p50_ms:.1f}",
            times(row.p50_ms, floor.p50_ms),
            f"{row.cpu_ms:.1f}",
            times(row.cpu_ms, floor.cpu_ms),
            f"{fewest}" if fewest == most else f"{fewest}–{most}",
            f"{row.raw_bytes:,}",
            f"{row.packed_bytes:,}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def times(number: float, floor: float) -> str:
    return f"{number / floor:.0f}" if floor else "–"


def title(postings: int, workers: int) -> str:
    """What makes a run comparable with the one before it."""
    plural = "" if workers == 1 else "s"
    return f"{postings:,} postings, {connection.display_name}, {workers} worker{plural}"


def circumstances(live: int, rows: Sequence[Row], command: str) -> str:
    now = datetime.now(UTC)
    number = ".".join(map(str, connection.get_database_version()))
    replies = min(len(row.times) for row in rows)
    return (
        f"{now:%Y-%m-%d}, `{command}`: {live:,} open postings, {replies} replies or more of each "
        f"page in {ROUNDS} rounds. {os.cpu_count()} cores of {cpu_model()}, Python "
        f"{platform.python_version()}, Django {version('django')}, granian {version('granian')}, "
        f"{connection.display_name} {number}.\n"
    )


def cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].split())
    return platform.machine()


def save(heading: str, text: str, path: Path = DOCUMENT) -> None:
    """Write the section `heading` of the document in place of its earlier figures."""
    sections = {}
    if path.exists():
        for part in path.read_text().split("\n## ")[1:]:
            name, _, body = part.partition("\n")
            sections[name] = body.strip("\n")
    sections[heading] = text.strip("\n")
    parts = [INTRODUCTION, *(f"\n## {name}\n\n{body}\n" for name, body in sections.items())]
    path.write_text("".join(parts))
