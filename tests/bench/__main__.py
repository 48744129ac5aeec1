"""Speed of whole pages over a seeded corpus; see docs/speed.md."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from typing import Any

from tests.bench import database


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--postings", type=positive, default=10_000)
    parser.add_argument("--replies", type=positive, default=90, help="of each page")
    parser.add_argument("--workers", type=positive, default=1)
    parser.add_argument(
        "--writing", type=positive, metavar="RATE", help="then again beside an import of RATE/s"
    )
    parser.add_argument("--only", metavar="WORDS", help="only the pages whose name holds WORDS")
    parser.add_argument("--rebuild", action="store_true", help="write the corpus anew")
    parser.add_argument("--save", action="store_true", help="write docs/speed.md")
    options = parser.parse_args(arguments)
    if not os.path.exists("/proc/self/stat"):
        sys.exit("The benchmark reads the server's CPU time from /proc, which is Linux only.")

    file = database.choose(options.postings)
    import django

    django.setup()
    from django.db import connections

    from tests.bench import measure, pages, refresh, report

    told: dict[str, Any] = {}
    beside: list[measure.Row] = []
    try:
        live = database.prepare(options.postings, file, rebuild=options.rebuild)
        statistics = refresh.refreshed()
        found, notes = pages.answering()
        if options.only:
            found = [one for one in found if options.only in one.name or one.name == pages.FLOOR]
        connections.close_all()
        with measure.serving(options.workers) as server:
            rows, failed, lies = measure.measure(server, found, options.replies)
            memory = server.memory([row.page.addresses[0] for row in rows], options.workers)
            if options.writing:
                with measure.writing(options.writing) as told:
                    beside, more, lies_beside = measure.measure(server, found, options.replies)
                failed, lies = failed + more, lies + lies_beside
    except (database.NotOurs, measure.ServerFailed) as error:
        sys.exit(str(error))
    for note in (*notes, *failed):
        print(f"note: {note}")
    if not rows:
        sys.exit("No page answers.")

    heading = report.title(options.postings, options.workers)
    kept = [one for one in arguments if one != "--rebuild"]
    command = "make bench" + (f" ARGS={shlex.quote(' '.join(kept))}" if kept else "")
    parts = [
        report.table(rows, options.postings),
        report.memory(memory, options.postings, options.workers),
        statistics,
    ]
    if told:
        parts.append(report.writing(rows, beside, told, options.writing))
    parts += [
        report.growth(rows, options.postings, options.workers),
        report.circumstances(live, rows, command),
    ]
    text = "\n".join(part for part in parts if part)
    print(f"\n{heading}\n\n{text}")
    if lies:
        print(f"{len(lies)} replies contradict themselves, such as:", *lies[:10], sep="\n  ")
        return 1
    if options.save:
        report.save(heading, text)
    return 0


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
