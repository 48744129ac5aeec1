"""Invented salary surveys, as the lines of their file."""

from collections.abc import Iterable

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
