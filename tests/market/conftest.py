"""Surveys of a few lines, imported through the command."""

from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

COLUMNS = (
    "work_year,experience_level,employment_type,job_title,salary,salary_currency,salary_in_usd,"
    "employee_residence,remote_ratio,company_location,company_size"
)


def line(title: str = "Data Engineer", usd: int | str = 100_000, **other: object) -> str:
    """One line of a survey; what it is not told is an ordinary answer."""
    cells = {
        "year": 2024, "level": "SE", "kind": "FT", "title": title, "salary": usd,
        "currency": "USD", "usd": usd, "residence": "US", "remote": 0, "company": "US", "size": "M",
    }  # fmt: skip
    assert other.keys() <= cells.keys()
    return ",".join(str(cell) for cell in (cells | other).values())


def survey_text(lines: Iterable[str], first: str = COLUMNS) -> str:
    return "\n".join([first, *lines, ""])


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
