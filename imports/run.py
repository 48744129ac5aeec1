"""One import of one board: texts in, postings out, and an account of every record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from imports import connectors
from imports.models import Run, Source
from imports.reading import Vocabulary, company_from_account, read
from imports.records import Record, Refused, Skipped, joined
from jobs.closing import close_due, note_absence
from jobs.intake import take
from jobs.models import Listing
from jobs.offers import Offer

TELL_EACH = 50  # records


class ImportRefused(Exception):
    """A whole text cannot be used; nothing was touched. The message says why."""


@dataclass(slots=True)
class Report:
    """What came of a run: counts by name, and why each record that was left out was left."""

    counts: Counter[str] = field(default_factory=Counter)
    left: list[Skipped | Refused] = field(default_factory=list)

    def line(self) -> str:
        names = [*Run.COUNTED, *(name for name in Run.RARE if self.counts[name])]
        return " ".join(f"{name}={self.counts[name]}" for name in names)

    @property
    def failed(self) -> bool:
        return self.counts["refused"] > 0


def read_texts(
    system: str, texts: Sequence[tuple[str, bytes]], mapping: Mapping[str, Any] | None = None
) -> list[Any]:
    """The payloads of the named texts; raises ImportRefused for the first that is not one.

    A text that does not parse to its end, or is another system's, refuses the whole run.
    `mapping` is that of a source of CSV or JSON.
    """
    connector = connectors.get(system, mapping)
    limit = settings.BOARD["FEED_BYTES"]
    payloads = []
    for name, text in texts:
        if len(text) > limit:
            raise ImportRefused(f"{name}: The text is larger than {limit:,} bytes.")
        try:
            payload = connector.parse(text)
        except ValueError as error:
            raise ImportRefused(f"{name}: {error}") from error
        if not connector.recognises(payload):
            other = connectors.identify(payload)
            said = f"it looks like {other}" if other else "no system known here answers like it"
            if other == system:
                said = "it is a single job, not the list of its jobs"
            if system in connectors.MAPPED:
                said = "there is no list of jobs where its mapping says"
            raise ImportRefused(f"{name}: this is no {system} board; {said}.")
        payloads.append(payload)
    return payloads


def connector_of(source: Source) -> connectors.Connector:
    """What reads the board of a source."""
    return connectors.get(source.system, source.mapping)


def payloads_of(source: Source, texts: Sequence[tuple[str, bytes]]) -> list[Any]:
    """`read_texts` for a source."""
    return read_texts(source.system, texts, source.mapping)


def records_of(source: Source, payloads: Sequence[Any], report: Report) -> list[Record]:
    """The records that a source's payloads hold, each once; what is left out goes to `report`."""
    return sort_out(connector_of(source).read(payloads, source.board), report)


def import_payloads(
    source: Source,
    payloads: Sequence[Any],
    *,
    at: datetime | None = None,
    run: Run | None = None,
    evidence: bool = True,
    replayed: bool = False,
) -> Report:
    """Upsert what `payloads` (the pages of one fetch) hold, and close what is gone.

    Good records are taken, each bad one is reported alone. The run is recorded, in `run` where
    there is one already; one that did not read every record, or read none, is no evidence of
    absence, and nothing is without `evidence`. What is `replayed` confirms nothing either.
    """
    at = at or timezone.now()
    report = Report()
    run = run or Run.objects.create(source=source, started_at=at)
    run.open_ledger()
    records = records_of(source, payloads, report)
    records = list(without_lapsed(source, records, at, report))
    vocabulary = Vocabulary.of_board()

    def offers() -> Iterator[Offer]:
        for number, record in enumerate(records):
            if number % TELL_EACH == 0:
                run.tell("Reading and writing the postings", number, len(records))
            yield read(record, company_of(source, record), vocabulary, at=at)

    report.counts += take(source.key, offers(), at=at, hold=source.rule, replayed=replayed)
    complete = bool(records) and not report.counts["refused"]
    healthy = evidence and not replayed and complete and connector_of(source).is_whole(payloads)
    run.reasons += [[type(one).__name__, one.external_id, one.reason] for one in report.left]
    present = [record.external_id for record in records] if healthy else None
    finish(run, report.counts, present, at)
    return report


def finish(run: Run, counts: Counter[str], present: Iterable[str] | None, at: datetime) -> None:
    """Mark the run as done, and close what its fetch and one before it did not show.

    `present` are the ids that a healthy fetch showed; None for a run that is no evidence of
    absence. A run is evidence from the instant at which it is done, and not before. Adds to
    `counts`.
    """
    run.healthy, run.outcome, run.progress = present is not None, Run.Outcome.DONE, {}
    with transaction.atomic():
        if present is not None:
            counts.update(note_absence(run.source.key, present, at=at))
        _save(run, counts)
    if run.healthy and not counts["waiting"]:
        counts.update(close_due(run.source.key, at=at))
        _save(run, counts)


def _save(run: Run, counts: Counter[str]) -> None:
    run.close_ledger()
    run.counts, run.finished_at = dict(+counts), timezone.now()
    run.save()


def company_of(source: Source, record: Record) -> str:
    """The employer's name where the payload has none."""
    company = source.company_name or company_from_account(connectors.account_of(record))
    return company or company_from_account(source.board) or source.board


def preview(source: Source, payloads: Sequence[Any]) -> Report:
    """What `import_payloads` would report, with everything put back afterwards."""
    with transaction.atomic():
        report = import_payloads(source, payloads)
        transaction.set_rollback(True)
    return report


def sort_out(items: Iterable[Record | Skipped | Refused], report: Report) -> list[Record]:
    """The records to take, each id once; the rest is counted and kept with its reason.

    What comes again under the same id and title is the same job, listed for another place.
    """
    found: dict[str, Record] = {}
    for item in items:
        report.counts["fetched"] += 1
        if isinstance(item, Refused):
            report.counts["refused"] += 1
            report.left.append(item)
        elif isinstance(item, Record) and item.external_id not in found:
            found[item.external_id] = item
        else:
            if isinstance(item, Record):
                first = found[item.external_id]
                if first.title == item.title:
                    found[item.external_id] = joined(first, item)
                item = Skipped(item.external_id, "the same id again")
            report.counts["skipped"] += 1
            report.left.append(item)
    return list(found.values())


def without_lapsed(
    source: Source, records: Sequence[Record], at: datetime, report: Report
) -> Iterator[Record]:
    """Leave out what the board never had and whose closing date has passed already."""
    lapsed = {
        record.external_id for record in records if record.expires_at and record.expires_at <= at
    }
    known = set(
        Listing.objects.filter(source=source.key, external_id__in=lapsed).values_list(
            "external_id", flat=True
        )
    )
    for record in records:
        if record.external_id in lapsed - known:
            report.counts["skipped"] += 1
            report.left.append(Skipped(record.external_id, "its closing date has passed"))
        else:
            yield record
