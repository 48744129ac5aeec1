"""The figures of a run as a table, and docs/speed.md."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from tests.bench.database import ROOT
from tests.bench.measure import ROUNDS, Row
from tests.bench.pages import FLOOR, LIST_MS

DOCUMENT = ROOT / "docs" / "speed.md"
INTRODUCTION = """\
# Speed

`make bench ARGS=--save` writes this page; `--postings 100000`, `--workers 2`, `--replies 300`,
`--only keyword`, `--rebuild` and `--writing 50` (everything once more while an import writes 50
postings a second) go into ARGS too, and `BENCH_DATABASE_URL` names an empty PostgreSQL database. A
run replaces the section of its own size, database, workers and machine.

The corpus is seeded and invented: 15 % of its postings are open, about 25 belong to a company, they
are in some two thousand cities of 160 countries, and ask for two to ten of the skills that ship.
Open ones have texts of 3 to 5 kB with a language's share of rare words; closed ones, which no list
reads, have one sentence. It is kept in `data/` between runs until what it is made by changes. The
server that `make demo` starts answers over it on this machine. One client asks, one request at a
time over one connection, with gzip as browsers do. The addresses of a page take turns, and where
it says so every keyword is a new one. What is kept of guides, roles, cards and lists dies with its
data (see house.md): most rows are of pages that somebody has seen since; before each reply of
“a write before each” a posting is written anew, and the statistics of its role are measured again.

- **p50** is the median time to the whole reply, after a warm-up.
- **CPU** is the user and system time of all processes of the server, a reply.
- **× constant** holds both against a reply of a few constant bytes, which every page pays too.
  Machines differ, and are compared by it: what one answers in 5 ms takes another 16.
- **Goal** is what p50 and CPU may be at most; **no** where one of them is above.
- **SQL** is the number of statements of a page that nobody has seen, counted apart so that
  counting costs no time.
- **Bytes** are the median of the HTML, and of what is sent.
- **Memory** is the PSS of the server's processes after the run.

Each list among the replies is read too: total, cards, pages and the counts of each facet must
tell one story, with and without an import beside, or the run fails.
"""
LIST = "list"
MOST_MEMORY = 180.0  # MiB, of two workers at 100,000 postings
LIST_BYTES, LIST_PACKED = 40_000, 9_000
MOST_BESIDE = 2.0
IMPORTED = ("new", "changed", "unchanged", "closed")
SMALLEST = 10_000
# The CPU of the first page against that at 10,000 postings.
GROWTH = {100_000: 2.0, 1_000_000: 6.0}


def table(rows: Sequence[Row], postings: int) -> str:
    floor = next((row for row in rows if row.page.name == FLOOR), rows[0])
    lines = [
        "| page | p50 ms | × constant | CPU ms | × constant | goal ms | SQL | bytes | gzip |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        fewest, most = row.page.statements
        goal = row.page.goal(postings)
        bound = row.page.most_statements
        sql = f"{fewest}" if fewest == most else f"{fewest}–{most}"
        is_list = row.page.ms == LIST_MS
        cells = [
            row.page.name,
            f"{row.p50_ms:.1f}",
            times(row.p50_ms, floor.p50_ms),
            f"{row.cpu_ms:.1f}",
            times(row.cpu_ms, floor.cpu_ms),
            judged(f"≤ {goal:g}", max(row.p50_ms, row.cpu_ms) <= goal) if goal else "",
            judged(f"{sql} ≤ {bound}", most <= bound) if bound else sql,
            judged(f"{row.raw_bytes:,}", not is_list or row.raw_bytes <= LIST_BYTES),
            judged(f"{row.packed_bytes:,}", not is_list or row.packed_bytes <= LIST_PACKED),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def judged(text: str, is_met: bool) -> str:
    return text if is_met else f"{text} **no**"


def memory(found: Sequence[float], postings: int, workers: int) -> str:
    goal = ""
    if postings <= 100_000 and workers == 2:
        goal = f" (goal {judged(f'≤ {MOST_MEMORY:g}', sum(found) <= MOST_MEMORY)})"
    parts = " + ".join(f"{one:.0f}" for one in found)
    return f"Memory: {sum(found):.0f} MiB of {len(found)} processes ({parts}){goal}.\n"


def writing(
    quiet: Sequence[Row], beside: Sequence[Row], told: Mapping[str, float], rate: int
) -> str:
    """The times beside an import against those without."""
    written = sum(told.get(name, 0) for name in ("new", "changed", "closed"))
    lines = [
        f"Beside an import of {rate} postings a second, which wrote "
        f"{written / told['seconds']:.0f} a second in {told['seconds']:.0f} s: "
        + ", ".join(f"{told.get(name, 0):,} {name}" for name in IMPORTED)
        + ". Goal: readers at most twice as slow.\n",
        "| page | p50 ms | beside | × | p95 ms | beside | × |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    after = {row.page.name: row for row in beside}
    for row in quiet:
        if other := after.get(row.page.name):
            p50, p95 = other.p50_ms / row.p50_ms, other.p95_ms / row.p95_ms
            cells = [
                row.page.name,
                f"{row.p50_ms:.1f}",
                f"{other.p50_ms:.1f}",
                judged(f"{p50:.1f}", p50 <= MOST_BESIDE),
                f"{row.p95_ms:.1f}",
                f"{other.p95_ms:.1f}",
                f"{p95:.1f}",
            ]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def growth(rows: Sequence[Row], postings: int, workers: int, path: Path = DOCUMENT) -> str:
    """The first page's CPU against that of the smallest corpus, where this page holds one."""
    base = title(SMALLEST, workers)
    earlier = sections(path).get(base, "")
    line = re.search(rf"^\| {LIST} \|(.*)", earlier, re.MULTILINE)
    here = next((row for row in rows if row.page.name == LIST), None)
    if postings not in GROWTH or line is None or here is None:
        return ""
    ratio = here.cpu_ms / float(line[1].split("|")[2])
    goal = GROWTH[postings]
    return (
        f"First page: {judged(f'{ratio:.1f} times', ratio <= goal)} the CPU of {SMALLEST:,} "
        f"postings (goal ≤ {goal:g}).\n"
    )


def times(number: float, floor: float) -> str:
    return f"{number / floor:.0f}" if floor else "–"


def title(postings: int, workers: int) -> str:
    """What makes a run comparable with the one before it."""
    plural = "" if workers == 1 else "s"
    database = f"{connection.display_name}, {workers} worker{plural}"
    return f"{postings:,} postings, {database}, {cpu_model()}"


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


def sections(path: Path = DOCUMENT) -> dict[str, str]:
    """The figures of earlier runs, by their heading."""
    found = {}
    if path.exists():
        for part in path.read_text().split("\n## ")[1:]:
            name, _, body = part.partition("\n")
            found[name] = body.strip("\n")
    return found


def save(heading: str, text: str, path: Path = DOCUMENT) -> None:
    """Write the section `heading` of the document in place of its earlier figures."""
    found = sections(path) | {heading: text.strip("\n")}
    parts = [INTRODUCTION, *(f"\n## {name}\n\n{body}\n" for name, body in found.items())]
    path.write_text("".join(parts))
