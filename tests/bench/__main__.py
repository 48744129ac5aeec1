"""Speed of whole pages over a seeded corpus; see docs/speed.md."""

from __future__ import annotations

import argparse
import os
import shlex
import sys

from tests.bench import database


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--postings", type=positive, default=10_000)
    parser.add_argument("--replies", type=positive, default=120, help="of each page")
    parser.add_argument("--workers", type=positive, default=1)
    parser.add_argument("--rebuild", action="store_true", help="write the corpus anew")
    parser.add_argument("--save", action="store_true", help="write docs/speed.md")
    options = parser.parse_args(arguments)
    if not os.path.exists("/proc/self/stat"):
        sys.exit("The benchmark reads the server's CPU time from /proc, which is Linux only.")

    file = database.choose(options.postings)
    import django

    django.setup()
    from django.db import connections

    from tests.bench import measure, pages, report

    try:
        live = database.prepare(options.postings, file, rebuild=options.rebuild)
        found, notes = pages.answering()
        connections.close_all()
        with measure.serving(options.workers) as server:
            rows, failed = measure.measure(server, found, options.replies)
    except (database.NotOurs, measure.ServerFailed) as error:
        sys.exit(str(error))
    for note in (*notes, *failed):
        print(f"note: {note}")
    if not rows:
        sys.exit("No page answers.")

    heading = report.title(options.postings, options.workers)
    kept = [one for one in arguments if one != "--rebuild"]
    command = "make bench" + (f" ARGS={shlex.quote(' '.join(kept))}" if kept else "")
    text = report.table(rows) + "\n" + report.circumstances(live, rows, command)
    print(f"\n{heading}\n\n{text}")
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
