"""Invented postings as an employer writes them, each with what it means to say.

What a posting says stands in its words: title, location and text, and now and then a field of its
system. `meant` is what a reader takes from them, in the form of `meaning_of`; the board is never
told it, and a test holds what was read against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from jobs.offers import Offer
from jobs.places import country_name
from tests.factories import demo, wordings
from tests.factories.demo import EMPLOYERS, LEVELS, MARKETS, ROLES, Market

OLDEST_DAYS = 27
EUROPEAN = {"EUR", "SEK", "PLN", "CHF", "GBP"}
# Roles that the title of a director names; of the others it names a field, which is no role.
DIRECTED = {"data-engineer", "data-scientist", "machine-learning-engineer", "data-architect"}
REGIONS = {
    "EUROPE": "Europe",
    "EU": "EU",
    "NORTH_AMERICA": "North America",
    "APAC": "APAC",
}
ARTICLES = {"United States", "United Kingdom", "Netherlands"}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading ("" for none) with paragraphs, or with the items of a list."""

    heading: str
    lines: Sequence[str]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Advert:
    """One posting of an employer; `workplace` is what a field of its system states.

    It was posted `age` before the demo was loaded. One that was taken off the board is `gone` since
    then, and one that has lapsed had its closing date `ends` before.
    """

    employer: str
    title: str
    location: str
    text: Sequence[Section]
    age: timedelta
    meant: dict[str, Any] = field(default_factory=dict)
    workplace: str = ""
    gone: timedelta | None = None
    ends: timedelta | None = None


def meaning(**said: Any) -> dict[str, Any]:
    """What a posting says; what is not named it does not say."""
    unsaid: dict[str, Any] = {
        "role": "", "seniority": "", "workplace": "", "eligibility": None, "employment": [],
        "places": [], "skills": [], "pay": [],
    }  # fmt: skip
    assert said.keys() <= unsaid.keys()
    return unsaid | {
        name: sorted(value) if isinstance(value, list) else value for name, value in said.items()
    }


def meaning_of(offer: Offer) -> dict[str, Any]:
    """What the board has read, in the form of `meaning`."""
    return meaning(
        role=offer.role.slug if offer.role else "",
        seniority=offer.seniority,
        workplace=offer.workplace,
        eligibility=offer.eligibility,
        employment=list(offer.employment),
        places=[place.name for place in offer.places],
        skills=[skill.slug for skill in offer.skills],
        pay=[
            pay_said(row["minimum"], row["maximum"], row["currency"], row["period"], row["kind"])
            for row in offer.pay
        ],
    )


def pay_said(
    low: Decimal | int | None,
    high: Decimal | int | None,
    currency: str,
    period: str,
    kind: str = "base",
) -> str:
    """A range in one line, to be compared: "120000-150000 USD year base"."""
    bounds = "-".join("" if one is None else f"{Decimal(one).normalize():f}" for one in (low, high))
    return f"{bounds} {currency} {period} {kind}"


def who(**parts: Any) -> dict[str, Any]:
    """Who may apply, in the form that the board keeps."""
    return {"worldwide": False, "include": [], "exclude": [], "timezones": []} | parts


def adverts(
    seed: int, count: int, employers: Sequence[tuple[str, str]] = EMPLOYERS
) -> Iterator[Advert]:
    """`count` postings, the same for the same seed; nothing in them depends on the clock."""
    random = Random(seed)
    role_weights = [weight for _, _, weight, _ in ROLES]
    market_weights = [market.weight for market in MARKETS]
    for _ in range(count):
        role, base, _, titles = random.choices(ROLES, role_weights)[0]
        levels = [
            one
            for one in LEVELS
            if (one[0] != "entry" or role not in demo.NO_BEGINNERS)
            and (one[0] != "executive" or role in DIRECTED)
        ]
        level, patterns, factor, _ = random.choices(levels, [one[-1] for one in levels])[0]
        market = random.choices(MARKETS, market_weights)[0]
        employer, what = random.choice(employers)
        field_of_work = demo.FIELDS.get(role, "Software Engineering")
        job = field_of_work if level == "executive" else random.choice(titles)
        title = random.choice(patterns).format(job)
        is_plain = title == job
        if random.random() < 0.25:
            title = f"{title}, {random.choice(demo.TEAMS)}"
        skills = random.sample(demo.SKILLS[demo.family(role)], random.randrange(4, 7))
        where = place_of_work(random, market)
        types = demo.employment(random, level)
        range_, pay = wages(random, base * factor * market.factor, market)
        level_line = random.choice(wordings.LEVEL) if level == "mid" and is_plain else ""
        lines = [where.line, hours(random, types), level_line, pay]
        terms = [line for line in lines if line]
        # Now and then the terms close the text, else they stand after the work.
        order = ["work", "bring", "terms", "offer"]
        if random.random() < 0.4:
            order = ["work", "bring", "offer", "terms"]
        parts = {
            "work": (random.sample(wordings.WORK[demo.family(role)], 4), True),
            "bring": ([*asked(random, skills), random.choice(wordings.MANNERS)], True),
            "terms": (terms, random.random() < 0.3),
            "offer": (offered(random, market), random.random() < 0.5),
        }
        opening = random.choice(wordings.OPENINGS).format(employer=employer, what=what, title=title)
        text = [Section("", [opening, random.choice(wordings.TEAM)])]
        for name in order:
            lines, listed = parts[name]
            if lines:
                text.append(Section(random.choice(wordings.HEADINGS[name]), lines, listed))
        yield Advert(
            employer,
            title,
            where.location,
            text,
            timedelta(minutes=random.randrange(5, OLDEST_DAYS * 24 * 60)),
            meaning(
                role=role,
                seniority=level,
                workplace=where.workplace,
                eligibility=where.eligibility,
                employment=types,
                places=where.places,
                skills=[*{*skills, *(slug for words, slug in IN_TITLES.items() if words in title)}],
                pay=[range_] if range_ else [],
            ),
            workplace=where.stated,
        )


# --- where ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Where:
    """A location and a line of the text, and what the two say; `stated` is a field's word."""

    location: str
    line: str
    workplace: str
    places: list[str]
    eligibility: dict[str, Any] | None = None
    stated: str = ""


def place_of_work(random: Random, market: Market) -> Where:
    workplace = random.choices(["onsite", "hybrid", "remote", ""], [22, 40, 30, 8])[0]
    if workplace == "remote":
        return remote(random, market)
    location, line = random.choice(wordings.WORKPLACES[workplace])
    stated = ""
    if workplace and random.random() < 0.2:
        (location, line), stated = ("{where}", ""), workplace
    cities = [market]
    if random.random() < 0.12 and location == "{where}":
        cities.append(random.choice([one for one in MARKETS if one != market]))
    where = "; ".join(named(random, city) for city in cities)
    return Where(
        location.format(where=where),
        line.format(city=market.city),
        workplace,
        [city.city for city in cities],
        stated=stated,
    )


def remote(random: Random, market: Market) -> Where:
    kind = random.choices(["country", "region", "world", ""], [60, 18, 10, 12])[0]
    country = country_name(market.country)
    if kind == "country" and random.random() < 0.25:
        only = who(include=[market.country])
        return Where(named(random, market), "", "remote", [market.city], only, stated="remote")
    codes = (
        ["EUROPE", "EU"]
        if market.currency in EUROPEAN
        else ["NORTH_AMERICA" if market.country in ("US", "CA") else "APAC"]
    )
    code = random.choice(codes)
    location, line, place = random.choice(wordings.REMOTE[kind])
    words = {
        "country": country,
        "the_country": ("the " if country in ARTICLES else "") + country,
        "region": REGIONS[code],
        "the_region": ("the " if code == "EU" else "") + REGIONS[code],
        "where": named(random, market),
    }
    return Where(
        location.format_map(words),
        line.format_map(words),
        "remote",
        {"country": [country], "city": [market.city]}.get(place, []),
        {
            "country": who(include=[market.country]),
            "region": who(include=[code]),
            "world": who(worldwide=True),
        }.get(kind),
    )


def named(random: Random, market: Market) -> str:
    """A city as a location field names it: "Austin, TX", "Berlin, Germany"."""
    country = country_name(market.country)
    if market.region and market.country in ("US", "CA", "AU"):
        return f"{market.city}, {market.region}" + random.choice(["", f", {country}"])
    return f"{market.city}, {country}"


# --- terms and skills -----------------------------------------------------------------------------


def hours(random: Random, types: Sequence[str]) -> str:
    return random.choice(wordings.EMPLOYMENT[" ".join(types)]) if types else ""


def asked(random: Random, skills: Sequence[str]) -> list[str]:
    """Sentences that name all the skills, each once; everyday words stand beside another one."""
    slugs = sorted(skills, key=lambda slug: slug not in ("go", "r", "snowflake"))
    names = [random.choice(NAMES.get(slug) or [slug.replace("-", " ").title()]) for slug in slugs]
    first = random.choice(wordings.SKILLS_ASKED)
    count = first.count("{")
    lines = [first.format(*names)]
    if rest := names[count:]:
        lines.append(random.choice(wordings.SKILLS_LISTED).format(listed(rest)))
    return lines


def listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


# What titles name besides their role.
IN_TITLES = {
    "ETL": "etl",
    "Data Pipeline": "etl",
    "LLM": "llm",
    "Machine Learning": "machine-learning",
    "MLOps": "mlops",
    "Data Analysis": "data-analysis",
    "PostgreSQL": "postgresql",
}
NAMES = {
    "sql": ["SQL", "T-SQL"],
    "apache-spark": ["Apache Spark", "Spark", "PySpark"],
    "apache-airflow": ["Airflow", "Apache Airflow"],
    "apache-kafka": ["Kafka", "Apache Kafka"],
    "dbt": ["dbt"],
    "aws": ["AWS", "Amazon Web Services"],
    "azure": ["Azure", "Microsoft Azure"],
    "postgresql": ["PostgreSQL", "Postgres"],
    "kubernetes": ["Kubernetes", "k8s"],
    "bigquery": ["BigQuery"],
    "pytorch": ["PyTorch"],
    "scikit-learn": ["scikit-learn", "sklearn"],
    "statistics": ["statistics", "hypothesis testing"],
    "pandas": ["pandas"],
    "machine-learning": ["machine learning", "predictive modelling"],
    "typescript": ["TypeScript"],
    "react": ["React", "React.js"],
    "go": ["Go", "Golang"],
    "r": ["R"],
    "llm": ["large language models", "LLMs"],
    "retrieval": ["RAG", "semantic search"],
    "model-evaluation": ["model evaluation", "LLM evals"],
    "ai-agents": ["AI agents", "tool calling"],
    "openai-api": ["the OpenAI API"],
    "vector-databases": ["vector databases", "pgvector"],
    "langchain": ["LangChain"],
    "fastapi": ["FastAPI"],
    "mysql": ["MySQL"],
    "sql-server": ["SQL Server", "MS SQL Server"],
    "oracle-database": ["Oracle Database", "Oracle DB"],
    "backup-recovery": ["backup and recovery", "disaster recovery"],
    "high-availability": ["high availability", "database replication"],
    "database-tuning": ["query tuning", "query optimisation"],
    "data-modelling": ["data modelling", "dimensional modeling"],
    "data-governance": ["data governance", "data lineage"],
    "data-warehousing": ["data warehousing", "a DWH"],
    "data-protection": ["data protection", "GDPR"],
    "master-data-management": ["master data management"],
    "enterprise-architecture": ["enterprise architecture", "TOGAF"],
}


def offered(random: Random, market: Market) -> list[str]:
    budget = amount(random.choice([1_000, 1_500, 2_000]) * (20 if market.factor > 2 else 1), market)
    return [line.format(budget=budget) for line in random.sample(wordings.OFFER, 3)]


# --- pay ------------------------------------------------------------------------------------------

# {0} is the amount; the first way of each is the commonest.
MONEY = {
    "USD": ["${0}", "${0}", "USD {0}", "{0} USD"],
    "GBP": ["£{0}", "£{0}", "GBP {0}"],
    "EUR": ["€{0}", "EUR {0}", "{0} €", "{0} EUR"],
    "SEK": ["SEK {0}", "{0} SEK"],
    "PLN": ["PLN {0}", "{0} PLN"],
    "CHF": ["CHF {0}"],
    "CAD": ["CA${0}", "CAD {0}", "C${0}"],
    "AUD": ["AUD {0}", "A${0}"],
    "INR": ["INR {0}", "₹{0}"],
    "SGD": ["SGD {0}", "S${0}"],
}


def wages(random: Random, middle: float, market: Market) -> tuple[str, str]:
    """What the pay is and the sentence that says so; both empty where the posting is silent."""
    rows = demo.pay(random, middle, market)
    if not rows:
        return "", ""
    low, high, period = rows[0]["minimum"], rows[0]["maximum"], rows[0]["period"]
    if period == "year" and low and high and market.currency in CERTAIN and random.random() < 0.08:
        period = ""
    form = random.choice(MONEY[market.currency])
    style = random.choice([0, 0, 1]) if period in ("year", "") else 0
    said = [written(one, market, form, style) for one in (low, high) if one is not None]
    if low is None:
        words = f"up to {said[0]}"
    elif high is None:
        words = f"from {said[0]}"
    else:
        words = random.choice(wordings.RANGES).format(*said)
    words += random.choice(wordings.PERIODS[period])
    if form == "{0} €" and words.endswith("/year"):
        words = words.replace("/year", " per year")
    return (
        pay_said(low, high, market.currency, period),
        random.choice(wordings.PAY).format(pay=words),
    )


CERTAIN = {"USD", "EUR", "GBP", "CHF", "CAD", "AUD"}


def written(value: Decimal, market: Market, form: str, style: int) -> str:
    """An amount as the market writes it: $120,000, $120k, 65.000 €, CHF 110'000."""
    if style and value % 1_000 == 0 and value < 1_000_000:
        return form.format(f"{value // 1_000}k")
    mark = {"CHF": "'", "EUR": "." if form == "{0} €" else ",", "SEK": " ", "PLN": " "}
    return form.format(f"{value:,}".replace(",", mark.get(market.currency, ",")))


def amount(value: int, market: Market) -> str:
    return written(Decimal(value), market, MONEY[market.currency][0], 0)
