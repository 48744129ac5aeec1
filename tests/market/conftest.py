"""Surveys of a few lines, imported through the command."""

from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.factories.market import COLUMNS, survey_text


@pytest.fixture
def import_lines(db, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Import lines as a survey: exit code, output, errors."""

    def run(lines: Iterable[str], *options: str, first: str = COLUMNS) -> tuple[int, str, str]:
        path = tmp_path / "salaries.csv"
        path.write_text(survey_text(lines, first))
        out, err, code = StringIO(), StringIO(), 0
        try:
            call_command("import_salaries", str(path), *options, stdout=out, stderr=err)
        except SystemExit as error:
            code = int(str(error.code))
        return code, out.getvalue(), err.getvalue()

    return run
