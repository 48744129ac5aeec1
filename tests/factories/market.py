"""Invented salary surveys, as the lines of their file."""

from collections.abc import Iterable, Iterator
from random import Random

from tests.factories.demo import LEVELS, MARKETS, NO_BEGINNERS, ROLES

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


# What one unit of a currency was in US dollars in those years, roughly.
IN_USD = {
    "USD": 1, "GBP": 1.28, "EUR": 1.12, "SEK": 0.106, "PLN": 0.26, "CHF": 1.01, "CAD": 0.75,
    "AUD": 0.7, "INR": 0.0142, "SGD": 0.73,
}  # fmt: skip
CODES = {"entry": "EN", "mid": "MI", "senior": "SE", "executive": "EX"}


def invented_answers(seed: int, count: int) -> Iterator[str]:
    """`count` lines of a survey of 2018 and 2019, the same for the same seed; some repeat."""
    random = Random(seed)
    role_weights = [weight for _, _, weight, _ in ROLES]
    market_weights = [market.weight for market in MARKETS]
    one = ""
    for _ in range(count):
        if one and random.random() < 0.2:
            yield one
            continue
        role, base, _, titles = random.choices(ROLES, role_weights)[0]
        levels = [level for level in LEVELS if level[0] in CODES]
        levels = [level for level in levels if level[0] != "entry" or role not in NO_BEGINNERS]
        level, _, factor, _ = random.choices(levels, [one[-1] for one in levels])[0]
        market = random.choices(MARKETS, market_weights)[0]
        pay = round(base * factor * market.factor * random.uniform(0.75, 1.3) / 1_000) * 1_000
        one = line(
            random.choice(titles),
            round(pay * IN_USD[market.currency]),
            salary=pay,
            currency=market.currency,
            year=random.choice([2018, 2019, 2019]),
            level=CODES[level],
            residence=market.country,
            company=market.country,
            remote=random.choice([0, 0, 50, 100]),
            size=random.choice("SML"),
        )
        yield one
