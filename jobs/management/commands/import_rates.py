from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jobs.ecb import MOST_BYTES, RatesRefused, read
from jobs.rates import Report, newest_of, store
from lib.files import given


class Command(BaseCommand):
    """Import exchange rates from a file of the European Central Bank, the newest of each currency.

    Safe to repeat, to kill and to run twice at once: it is one transaction, which also brings the
    order by pay up to date. Older rates that stand stay. What is malformed is named by its line,
    the rest is imported, and the exit is 1.
    """

    help = (
        "Import exchange rates: eurofxref.csv, eurofxref-hist.csv, the same as XML, or their zips. "
        "The newest rate of each currency is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file of www.ecb.europa.eu/stats/eurofxref/")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        report = Report()
        try:
            newest = newest_of(read(given(path, MOST_BYTES), timezone.now().date()), report)
        except RatesRefused as error:
            raise CommandError(f"Refused whole, nothing touched. {path.name}: {error}") from error
        for one in report.refused:
            self.stderr.write(f"refused line {one.line}: {one.reason}")
        if not newest:
            raise CommandError(f"{path.name} holds no rate that can be used; nothing touched.")
        store(newest, report)
        self.stdout.write(report.line)
        if report.refused:
            raise SystemExit(1)
