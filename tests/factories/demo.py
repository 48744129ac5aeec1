"""What an invented board is made of: employers, markets, roles, levels, skills and pay.

The demo words postings of it (`adverts`), the invented survey and the benchmark take theirs.
"""

from dataclasses import dataclass
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
