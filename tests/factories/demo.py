"""The invented board: employers, places and postings that read like real ones.

`specifications` yields the keyword arguments of postings, the same for the same seed. The demo
feeds them to PostingFactory; the benchmark writes them in bulk.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

EMPLOYERS = [
    ("Alder & Pike Insurance", "an insurer for small craft businesses"),
    ("Bluewren Energy", "a supplier that balances wind and battery storage"),
    ("Cardamom Kitchens", "a meal-kit maker with its own farms"),
    ("Drumlin Maps", "a maker of walking and cycling maps"),
    ("Eastquay Freight", "a forwarder of container freight"),
    ("Fernhill Health", "a group of outpatient clinics"),
    ("Glasswing Optics", "a lens maker for microscopes"),
    ("Harbour Lane Books", "a book wholesaler"),
    ("Inkcap Analytics", "a consultancy for museums and theatres"),
    ("Juniper Rail", "an operator of night trains"),
    ("Kestrel Payments", "a payment service for market traders"),
    ("Larkspur Games", "a studio of puzzle games"),
    ("Millrace Water", "a regional water company"),
    ("Nettlebed Textiles", "a weaver of technical cloth"),
    ("Ochre Labs", "a laboratory for soil analysis"),
    ("Pennant Sports Data", "a publisher of amateur league results"),
    ("Quillon Security", "a maker of physical access systems"),
    ("Rookery Media", "a publisher of regional newspapers"),
    ("Saltmarsh Robotics", "a builder of harvesting machines"),
    ("Tamarisk Travel", "an agency for rail journeys"),
    ("Umber Studio", "a design house for public signage"),
    ("Vetiver Cosmetics", "a maker of refillable cosmetics"),
    ("Wickerwork Homes", "a letting agency for furnished flats"),
    ("Yarrow Pharma", "a maker of allergy medicine"),
    ("Zephyr Bikes", "a rental service for cargo bikes"),
    ("Ashgrove Credit Union", "a credit union for hospital staff"),
    ("Bramble Pet Supplies", "a shop for pet food on subscription"),
    ("Copperfield Telecom", "a provider of rural fibre"),
    ("Dovetail Furniture", "a furniture maker that repairs what it sold"),
    ("Elmstead Legal", "a publisher of contract templates"),
    ("Foxglove Hearing", "a maker of hearing aids"),
    ("Greywacke Mining Safety", "a maker of underground sensors"),
    ("Hollin Agritech", "a service that plans irrigation"),
    ("Isinglass Brewing", "a brewer with forty pubs"),
    ("Kittiwake Aero", "a maintainer of small aircraft"),
    ("Lodestar Tickets", "a ticket office for festivals"),
    ("Mistle Software", "a maker of library catalogues"),
    ("Northing Survey", "a surveyor of building sites"),
    ("Oxbow Logistics", "an operator of river barges"),
    ("Piebald Learning", "a publisher of language courses"),
]


@dataclass(frozen=True)
class Market:
    """Where a posting is, what its pay is stated in, and how it compares with the U.S."""

    city: str
    country: str
    region: str
    currency: str
    factor: float
    weight: int


MARKETS = [
    Market("New York City", "US", "NY", "USD", 1.0, 8),
    Market("San Francisco", "US", "CA", "USD", 1.12, 8),
    Market("Austin", "US", "TX", "USD", 0.9, 5),
    Market("Seattle", "US", "WA", "USD", 1.05, 5),
    Market("Chicago", "US", "IL", "USD", 0.92, 4),
    Market("Boston", "US", "MA", "USD", 0.98, 4),
    Market("Denver", "US", "CO", "USD", 0.9, 3),
    Market("London", "GB", "ENG", "GBP", 0.55, 9),
    Market("Manchester", "GB", "ENG", "GBP", 0.44, 3),
    Market("Edinburgh", "GB", "SCT", "GBP", 0.45, 2),
    Market("Berlin", "DE", "", "EUR", 0.56, 8),
    Market("Munich", "DE", "", "EUR", 0.6, 5),
    Market("Hamburg", "DE", "", "EUR", 0.55, 3),
    Market("Amsterdam", "NL", "", "EUR", 0.56, 5),
    Market("Paris", "FR", "", "EUR", 0.5, 5),
    Market("Dublin", "IE", "", "EUR", 0.58, 4),
    Market("Madrid", "ES", "", "EUR", 0.4, 3),
    Market("Lisbon", "PT", "", "EUR", 0.36, 3),
    Market("Milan", "IT", "", "EUR", 0.4, 2),
    Market("Vienna", "AT", "", "EUR", 0.5, 2),
    Market("Stockholm", "SE", "", "SEK", 4.6, 3),
    Market("Warsaw", "PL", "", "PLN", 1.7, 4),
    Market("Zürich", "CH", "", "CHF", 0.85, 3),
    Market("Toronto", "CA", "ON", "CAD", 0.92, 5),
    Market("Vancouver", "CA", "BC", "CAD", 0.9, 3),
    Market("Sydney", "AU", "NSW", "AUD", 1.0, 3),
    Market("Bengaluru", "IN", "KA", "INR", 22.0, 3),
    Market("Singapore", "SG", "", "SGD", 0.85, 2),
]

# Role, its yearly pay at mid level in US dollars, its share of the board, and its titles.
ROLES: list[tuple[str, int, int, list[str]]] = [
    ("data-engineer", 128_000, 20, ["Data Engineer", "Data Pipeline Engineer", "ETL Developer"]),
    ("data-scientist", 126_000, 14, ["Data Scientist", "Applied Scientist"]),
    ("machine-learning-engineer", 145_000, 14, ["Machine Learning Engineer", "ML Engineer"]),
    ("data-analyst", 84_000, 14, ["Data Analyst", "Product Data Analyst"]),
    ("software-engineer", 132_000, 14, ["Software Engineer", "Full Stack Engineer"]),
    ("analytics-engineer", 118_000, 8, ["Analytics Engineer"]),
    ("backend-engineer", 130_000, 7, ["Backend Engineer", "Back End Developer"]),
    ("platform-engineer", 135_000, 5, ["Platform Engineer", "Site Reliability Engineer"]),
    ("mlops-engineer", 138_000, 5, ["MLOps Engineer"]),
    ("business-intelligence-analyst", 88_000, 5, ["Business Intelligence Analyst"]),
    ("data-architect", 124_000, 5, ["Data Architect", "Enterprise Data Architect"]),
    ("ai-engineer", 140_000, 6, ["AI Engineer", "LLM Engineer"]),
    ("database-administrator", 108_000, 5, ["Database Administrator", "PostgreSQL DBA"]),
    ("", 96_000, 4, ["Technical Writer", "Solutions Consultant", "Product Manager"]),
]

LEVELS = [
    ("entry", ["Junior {}", "Graduate {}"], 0.68, 14),
    ("mid", ["{}", "{} II"], 1.0, 30),
    ("senior", ["Senior {}", "Lead {}", "Staff {}"], 1.34, 38),
    ("executive", ["Director of {}", "Head of {}"], 1.75, 4),
    ("", ["{}"], 1.05, 14),
]
NO_BEGINNERS = {"data-architect"}
FIELDS = {
    "data-engineer": "Data Engineering",
    "data-scientist": "Data Science",
    "machine-learning-engineer": "Machine Learning",
    "data-analyst": "Data Analysis",
    "analytics-engineer": "Analytics Engineering",
    "backend-engineer": "Backend Engineering",
    "platform-engineer": "Platform Engineering",
    "mlops-engineer": "MLOps",
    "business-intelligence-analyst": "Business Intelligence",
    "data-architect": "Data Architecture",
    "ai-engineer": "AI Engineering",
    "database-administrator": "Database Administration",
}
TEAMS = ["Pricing", "Forecasting", "Growth", "Logistics", "Fraud", "Core Data", "Customer Care"]

WORK = {
    "data": [
        "Own the pipelines that bring orders, stock and returns together every night.",
        "Model the warehouse so that finance and operations read the same number.",
        "Replace three scheduled scripts by tested, observable jobs.",
        "Answer for the freshness of the tables that forty colleagues depend on.",
    ],
    "science": [
        "Forecast demand a fortnight ahead and explain where the forecast fails.",
        "Design experiments with the product team and say when a result is not one.",
        "Turn a vague question into a measure that people can decide with.",
        "Bring models into the product together with the engineers who run it.",
    ],
    "software": [
        "Design and run services that our shops use all day.",
        "Review code, mentor two colleagues and keep releases small.",
        "Take part in an on-call rota of six people, one week in six.",
        "Retire an old monolith step by step, without a night shift.",
    ],
    "architecture": [
        "Get sales, stock and accounts to agree on what one order is, and write it down.",
        "Lead the move off a warehouse of 2009 to the day it is switched off.",
        "Review the designs of four teams and help with the part that may not work.",
        "Decide who may read which data, and have the rule built in where it can be checked.",
    ],
    "models": [
        "Build an assistant that answers from our manuals and says when they do not know.",
        "Collect real cases with agreed answers and hold every release to them.",
        "Read sixty answers a week and find out why the bad ones were bad.",
        "Keep what one answer costs in sight, and move to another model when it pays.",
    ],
    "databases": [
        "Restore a backup every month on purpose, with a watch in your hand.",
        "Find the query that holds everybody up, and explain it to those who wrote it.",
        "Move thirty databases to a new version without a lost row.",
        "Run replication and failover so that a dead disk is a line in the log.",
    ],
}
ASK = [
    "You have worked with {skills} and can tell what you would do differently today.",
    "We use {skills}; you know some of it well and want to learn the rest.",
    "Good knowledge of {skills}, and the patience to write down why.",
]
OFFER = [
    "Twenty-eight days of leave, a pension we pay into, and a budget for one course a year.",
    "A four-day week is possible after the first six months.",
    "We decide within ten days and tell everybody the result.",
]


def specifications(seed: int, count: int, *, oldest_days: int = 27) -> Iterator[dict[str, Any]]:
    """`count` postings as dicts: title, employer, role and skill slugs, market, pay, ages.

    `age` is how long ago the posting was posted; nothing in it depends on the clock.
    """
    random = Random(seed)
    role_weights = [weight for _, _, weight, _ in ROLES]
    market_weights = [market.weight for market in MARKETS]
    for number in range(count):
        role, base, _, titles = random.choices(ROLES, role_weights)[0]
        levels = [one for one in LEVELS if one[0] != "entry" or role not in NO_BEGINNERS]
        level, patterns, factor, _ = random.choices(levels, [one[-1] for one in levels])[0]
        market = random.choices(MARKETS, market_weights)[0]
        employer, what = EMPLOYERS[random.randrange(len(EMPLOYERS))]
        field = FIELDS.get(role, "Software Engineering")
        job = field if level == "executive" else random.choice(titles)
        title = random.choice(patterns).format(job)
        if random.random() < 0.25:
            title = f"{title}, {random.choice(TEAMS)}"
        skills = random.sample(SKILLS[family(role)], 5)
        workplace = random.choices(["onsite", "hybrid", "remote", ""], [22, 40, 30, 8])[0]
        yield {
            "number": number,
            "title": title,
            "employer": employer,
            "role": role,
            "seniority": level,
            "workplace": workplace,
            "eligibility": eligibility(random, market) if workplace == "remote" else None,
            "employment": employment(random, level),
            "market": market,
            "also": random.choice(MARKETS) if random.random() < 0.12 else None,
            "skills": skills,
            "pay": pay(random, base * factor * market.factor, market),
            "description": describe(random, employer, what, title, role, skills),
            "age": timedelta(minutes=random.randrange(5, oldest_days * 24 * 60)),
        }


def family(role: str) -> str:
    return FAMILIES.get(role, "software")


SKILLS = {
    "data": ["python", "sql", "apache-spark", "apache-airflow", "dbt", "snowflake", "aws",
             "postgresql", "apache-kafka", "databricks", "bigquery", "docker"],
    "science": ["python", "sql", "r", "pytorch", "scikit-learn", "statistics", "pandas",
                "tableau", "machine-learning", "docker", "aws", "git"],
    "software": ["python", "go", "java", "typescript", "postgresql", "kubernetes", "docker",
                 "aws", "terraform", "redis", "react", "git"],
    "architecture": ["data-modelling", "sql", "data-governance", "data-warehousing",
                     "master-data-management", "enterprise-architecture", "snowflake",
                     "databricks", "azure", "aws", "oracle-database", "data-protection"],
    "models": ["python", "typescript", "llm", "retrieval", "model-evaluation", "ai-agents",
               "openai-api", "vector-databases", "langchain", "fastapi", "postgresql", "docker"],
    "databases": ["postgresql", "oracle-database", "sql-server", "mysql", "sql", "linux", "bash",
                  "backup-recovery", "high-availability", "database-tuning", "aws", "ansible"],
}  # fmt: skip
FAMILIES = {
    "data-engineer": "data",
    "analytics-engineer": "data",
    "business-intelligence-analyst": "data",
    "data-scientist": "science",
    "data-analyst": "science",
    "machine-learning-engineer": "science",
    "data-architect": "architecture",
    "ai-engineer": "models",
    "database-administrator": "databases",
}


NAMES = {"sql": "SQL", "dbt": "dbt", "aws": "AWS", "postgresql": "PostgreSQL",
         "bigquery": "BigQuery",
         "pytorch": "PyTorch", "scikit-learn": "scikit-learn", "statistics": "statistics",
         "pandas": "pandas", "machine-learning": "machine learning",
         "typescript": "TypeScript", "llm": "language models", "retrieval": "retrieval",
         "model-evaluation": "model evaluation", "ai-agents": "AI agents",
         "openai-api": "a model provider's API", "vector-databases": "vector search",
         "langchain": "LangChain", "fastapi": "FastAPI", "mysql": "MySQL",
         "sql-server": "SQL Server", "backup-recovery": "backup and recovery",
         "high-availability": "high availability", "database-tuning": "query tuning",
         "data-modelling": "data modelling", "data-governance": "data governance",
         "data-warehousing": "data warehousing", "data-protection": "data protection",
         "master-data-management": "master data management",
         "enterprise-architecture": "enterprise architecture"}  # fmt: skip


def eligibility(random: Random, market: Market) -> dict[str, Any] | None:
    kind = random.choices(["country", "region", "world", ""], [60, 18, 10, 12])[0]
    empty: dict[str, Any] = {"worldwide": False, "include": [], "exclude": [], "timezones": []}
    if kind == "country":
        return {**empty, "include": [market.country]}
    if kind == "region":
        european = market.currency in ("EUR", "SEK", "PLN", "CHF", "GBP")
        return {**empty, "include": ["EUROPE" if european else "NORTH_AMERICA"]}
    return {**empty, "worldwide": True} if kind == "world" else None


def employment(random: Random, level: str) -> list[str]:
    if level == "entry" and random.random() < 0.2:
        return ["full_time", "internship"]
    kinds = [["full_time"], ["part_time"], ["contract"], ["full_time", "part_time"], []]
    return random.choices(kinds, [80, 5, 8, 4, 3])[0]


def pay(random: Random, middle: float, market: Market) -> list[dict[str, Any]]:
    """No range (40 %), a yearly one, or now and then an hourly, daily or open one."""
    if random.random() < 0.4:
        return []
    middle *= random.uniform(0.88, 1.12)
    step = 1_000 if market.factor < 2 else 10_000
    low, high = round(middle * 0.9 / step) * step, round(middle * 1.12 / step) * step
    shape = random.choices(["year", "hour", "day", "month", "upto", "from"], [80, 4, 4, 5, 4, 3])[0]
    divisor = {"hour": 2080, "day": 260, "month": 12}.get(shape, 1)
    bounds = (Decimal(low // divisor), Decimal(high // divisor))
    return [
        {
            "minimum": None if shape == "upto" else bounds[0],
            "maximum": None if shape == "from" else bounds[1],
            "currency": market.currency,
            "period": shape if divisor > 1 else "year",
        }
    ]


def describe(
    random: Random, employer: str, what: str, title: str, role: str, skills: list[str]
) -> str:
    names = [NAMES.get(slug) or slug.replace("-", " ").title() for slug in skills[:4]]
    listed = ", ".join(names[:-1]) + " and " + names[-1]
    work = random.sample(WORK[family(role)], 3)
    return (
        f"{employer} is {what}. Open position: {title}, for somebody who likes finished work.\n\n"
        "### What you will do\n\n" + "\n".join(f"- {line}" for line in work) + "\n\n"
        f"### What you bring\n\n{random.choice(ASK).format(skills=listed)}\n\n"
        f"### What we offer\n\n{random.choice(OFFER)}\n"
    )
