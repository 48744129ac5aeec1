from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from lib.files import given
from market.surveyfile import MOST_BYTES, SurveyRefused
from market.surveys import import_survey


class Command(BaseCommand):
    """Import a salary survey: a CSV with the columns of ai-jobs.net.

    Safe to repeat, to kill and to run twice at once: a file takes the place of the survey in one
    transaction, and the file that it has already changes nothing. What is malformed is named by
    its line, the rest is imported, and the exit is 1.
    """

    help = (
        "Import a salary survey, a CSV with the columns of ai-jobs.net. A later file of the same "
        "survey takes the place of the one before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV")
        parser.add_argument(
            "--survey", default="ai-jobs.net", help="its name (%(default)s), which pages show"
        )
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DATE",
            help="the day of the data, as 2024-08-11; without it only the newest year is known",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            report = import_survey(given(path, MOST_BYTES), options["survey"], options["as_of"])
        except SurveyRefused as error:
            raise CommandError(f"Refused whole, nothing touched. {path.name}: {error}") from error
        survey = report.survey
        if report.unchanged:
            self.stdout.write(f"{survey.name} has this very file already; nothing to do.")
            return
        for one in report.refused:
            self.stderr.write(f"refused line {one.line}: {one.reason}")
        share = report.without_role / report.answers
        self.stdout.write(
            f"{survey.name}, as of {survey.as_of_words}: {share:.1%} of the answers have a title "
            "that names no role of the board; the admin lists them."
        )
        self.stdout.write(report.line)
        if report.refused:
            raise SystemExit(1)
