from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify

from imports import connectors, storing
from imports.asking import visitor
from imports.fetching import Board, read_board, take_in
from imports.models import Run, Source
from imports.run import ImportRefused, Report, import_payloads, payloads_of, preview
from imports.runs import end
from jobs.models.writing import free_slug
from lib.addresses import FetchRefused


class Command(BaseCommand):
    """Import the postings of one board, from its address or from captured responses.

    Safe to repeat, to kill and to run twice at once: postings are found by their id at the
    source, and each batch is one transaction. Exit 1 if anything was refused; what is good is
    imported all the same, except from a text that cannot be read to its end.
    """

    help = f"Import postings: {', '.join(connectors.CONNECTORS)}, or the slug of a source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="a system, or the slug of a source made in the admin")
        parser.add_argument("--board", default="", help="the account in the board's address")
        parser.add_argument("--company", default="", help="where the payload names no company")
        parser.add_argument(
            "--file",
            action="append",
            default=[],
            type=Path,
            help="a captured response; repeat it for the pages and details of one board",
        )
        parser.add_argument("--dry-run", action="store_true", help="report and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        files: list[Path] = options["file"]
        source, is_new = find_source(options, files)
        known = {} if is_new else storing.known(source)
        try:
            if files:
                board = Board(payloads=payloads_of(source, read_files(files)))
            else:
                board = read_board(source, visitor(), known)
        except (ImportRefused, FetchRefused) as error:
            if not is_new and not options["dry_run"]:
                end(Run(source=source), Run.Outcome.REFUSED, str(error))
            raise CommandError(f"Refused whole, nothing touched. {error}") from error
        with transaction.atomic():
            if is_new:
                source.save()
            report = preview(source, board.payloads) if options["dry_run"] else None
            if report:
                transaction.set_rollback(True)
        if report is None:
            run = Run.objects.create(source=source)
            report = (
                import_payloads(source, board.payloads, at=run.started_at, run=run)
                if files
                else take_in(run, board, known)
            )
        self.tell(report)

    def tell(self, report: Report) -> None:
        for one in report.left:
            self.stderr.write(f"{type(one).__name__.lower()} {one.external_id}: {one.reason}")
        self.stdout.write(report.line())
        if report.failed:
            raise SystemExit(1)


def find_source(options: dict[str, Any], files: list[Path]) -> tuple[Source, bool]:
    """The source that the command line means, and whether it must be made."""
    name = options["source"]
    if name in connectors.MAPPED:
        raise CommandError(
            f"{name} is read by a mapping: make a source in the admin and give its slug."
        )
    if name not in connectors.CONNECTORS:
        source = Source.objects.filter(slug=name).first()
        if source is None:
            known = ", ".join(
                [*connectors.CONNECTORS, *Source.objects.values_list("slug", flat=True)]
            )
            raise CommandError(f"{name!r} is neither a system nor a source. Known: {known}")
        return source, False
    board = options["board"] or (files[0].stem if files else "")
    if not board:
        raise CommandError("Name the board (--board NAME) or a captured response (--file F).")
    address = connectors.get(name).board_of(board) if "://" in board else board
    if not address:
        raise CommandError(f"{board!r} is not the address of a {name} board.")
    source = Source.objects.filter(system=name, board=address).first()
    if source is None:
        return new_source(name, address, options["company"]), True
    if options["company"]:
        source.company_name = options["company"]
    return source, False


def new_source(system: str, board: str, company: str) -> Source:
    slug = free_slug(Source, f"{system}-{slugify(board)[:80] or 'board'}")
    source = Source(system=system, board=board, slug=slug, company_name=company)
    try:
        source.full_clean()
    except ValidationError as error:
        said = " ".join(error.messages)
        raise CommandError(
            f"{board!r} cannot be a board ({said}); name it: --board NAME"
        ) from error
    return source


def read_files(files: list[Path]) -> list[tuple[str, bytes]]:
    texts = []
    limit = settings.BOARD["FEED_BYTES"] + 1
    for path in files:
        try:
            with path.open("rb") as file:
                texts.append((path.name, unpacked(path.name, file.read(limit))))
        except OSError as error:
            raise ImportRefused(f"{path} cannot be read: {error.strerror}.") from error
    return texts


def unpacked(name: str, data: bytes) -> bytes:
    """A text that was kept as gzip, to one byte beyond the limit; any other as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(31)
    try:
        text = unpacker.decompress(data, settings.BOARD["FEED_BYTES"] + 1)
    except zlib.error as error:
        raise ImportRefused(f"{name}: The packed text is damaged: {error}.") from error
    if not unpacker.eof and len(text) <= settings.BOARD["FEED_BYTES"]:
        raise ImportRefused(f"{name}: The packed text breaks off before its end.")
    return text
