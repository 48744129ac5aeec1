"""Measure the readers on labelled samples: `python -m extraction.measure FOLDER [--show]`.

FOLDER holds `tables/` with salary_strings.csv, location_strings.txt,
linkedin_postings_sample.csv and hn_headers_sample.txt; a file that is absent is left
out. A pay text is right when minimum, maximum and currency equal the label, and the
period where the text itself names one.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from extraction import location, salary, seniority, workplace

_PERIOD_NAMED = re.compile(
    r"per|/|\bp\.?a\b|\bp\.?h\b|\bpd\b|hour|annum|year|month|day|week|annual", re.I
)


def salaries(path: Path, show: bool) -> tuple[int, int]:
    """How many pay texts are read right, and of how many; wrong ones are printed."""
    right = total = 0
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            total += 1
            read = salary.extract(row["text"])
            labelled = (_decimal(row["min"]), _decimal(row["max"]), row["currency"])
            good = labelled == (read.minimum, read.maximum, read.currency)
            if row["period"] and _PERIOD_NAMED.search(row["text"]):
                good = good and read.period == row["period"]
            right += good
            if show and not good:
                print(f"  wrong: {row['text']!r} labelled {labelled}, read {read.as_dict()}")
    return right, total


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def levels(path: Path, show: bool) -> Counter[tuple[str, str]]:
    """The employer's own level against the one read from the title."""
    seen: Counter[tuple[str, str]] = Counter()
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            read = seniority.extract(row["title"])
            seen[row["experience_level"] or "-", read.level or "-"] += 1
            if show and read:
                print(f"  {read.level:10} {row['title']}")
    return seen


def _speed(name: str, read: Callable[[str], object], lines: list[str]) -> None:
    start = time.perf_counter()
    for line in lines:
        read(line)
    spent = time.perf_counter() - start
    print(f"{name}: {len(lines) / spent:,.0f} lines a second")


def main() -> None:
    """Print accuracy and speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print every reading")
    options = parser.parse_args()
    tables: Path = options.folder / "tables"
    pay = tables / "salary_strings.csv"
    if pay.exists():
        right, total = salaries(pay, True)
        print(f"salary: {right} of {total} right ({100 * right / total:.1f} %)")
        with pay.open(encoding="utf-8", newline="") as lines:
            _speed("salary", salary.extract, [row["text"] for row in csv.DictReader(lines)] * 20)
    spots = tables / "location_strings.txt"
    if spots.exists():
        texts = spots.read_text(encoding="utf-8").splitlines()
        named = [(t, location.extract(t)) for t in texts]
        print(f"location: {sum(bool(r) for _, r in named)} of {len(texts)} name a place")
        if options.show:
            for text, read in named:
                print(f"  {text} => {', '.join([*read.countries, *read.areas]) or '-'}")
        _speed("location", location.extract, texts * 20)
        _speed("workplace", lambda t: workplace.extract("", t), texts * 20)
    posts = tables / "linkedin_postings_sample.csv"
    if posts.exists():
        for (label, level), count in sorted(levels(posts, options.show).items()):
            print(f"seniority: {label:18} read {level:10} {count}")
        with posts.open(encoding="utf-8", newline="") as lines:
            _speed("seniority", seniority.extract, [r["title"] for r in csv.DictReader(lines)] * 5)
    headers = tables / "hn_headers_sample.txt"
    if headers.exists() and options.show:
        for line in headers.read_text(encoding="utf-8").splitlines():
            text = line.partition("\t")[2]
            read_pay = salary.extract(text)
            where = location.extract(text)
            print(
                f"  {text}\n    {read_pay.as_dict()['min']} {read_pay.as_dict()['max']} "
                f"{read_pay.currency} {where.countries} {workplace.extract('', text).workplace}"
            )


if __name__ == "__main__":
    main()
