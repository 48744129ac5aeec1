"""Invented postings of each kind that a visitor should see once, written out one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.factories.adverts import Advert, Section, meaning, pay_said, who

DAY = timedelta(days=1)


def sections(text: str) -> Iterator[Section]:
    """Blocks with an empty line between them: "### " before a heading, "- " before items."""
    for block in text.strip().split("\n\n"):
        lines = block.split("\n")
        heading = lines.pop(0).removeprefix("### ") if block.startswith("### ") else ""
        is_list = lines[0].startswith("- ")
        said = [line.removeprefix("- ") for line in lines] if is_list else [" ".join(lines)]
        yield Section(heading, said, is_list)


def shown(
    days: float,
    employer: str,
    title: str,
    location: str,
    text: str,
    meant: dict[str, Any],
    **fields: Any,
) -> Advert:
    return Advert(
        employer, title, location, list(sections(text)), days * DAY, meaning(**meant), **fields
    )


SHOWCASE = [
    # Two ways of working, one in a field of the system and one in the text.
    shown(
        1.2,
        "Millrace Water",
        "Senior Data Engineer, Leakage",
        "Manchester, United Kingdom",
        """
Millrace Water is a regional water company. Somewhere under eleven thousand streets there is a
leak, and this team finds out where before the road does.

### The work
- Bring the readings of ninety thousand meters together while they still mean something.
- Tell a burst main from a Sunday roast.
- Hand the crews one list a morning, in the order in which to dig.

### Requirements
- Good knowledge of Python and SQL.
- Experience with Kafka is a plus.

### The terms
- This is a hybrid role: three days a week in our office.
- This is a full-time position.
- The salary range for this role is £62,000 – £74,000 per annum.
""",
        {
            "role": "data-engineer",
            "seniority": "senior",
            "employment": ["full_time"],
            "places": ["Manchester"],
            "skills": ["python", "sql", "apache-kafka"],
            "pay": [pay_said(62_000, 74_000, "GBP", "year")],
        },
        workplace="remote",
    ),
    # Who may apply: a region without two of its countries.
    shown(
        2.1,
        "Drumlin Maps",
        "Backend Engineer",
        "Remote",
        """
Drumlin Maps is a maker of walking and cycling maps, on paper since 1961 and on telephones since
somebody's daughter insisted.

### What you will do
- Serve a map tile in the time it takes to unfold one.
- Take over the service that tells a path from a stream bed.

### What we look for
- Several projects with Go, PostgreSQL or Redis that are still in use.
- Patience with coordinate systems.

### Good to know
- A permanent, full-time role.
- We pay €58,000 to €72,000 a year, the same in every country.
- The role is remote: we hire anywhere in the EU except France and Austria.
""",
        {
            "role": "backend-engineer",
            "workplace": "remote",
            "eligibility": who(include=["EU"], exclude=["FR", "AT"]),
            "employment": ["full_time"],
            "skills": ["go", "postgresql", "redis"],
            "pay": [pay_said(58_000, 72_000, "EUR", "year")],
        },
    ),
    # Who may apply: whoever can keep some hours.
    shown(
        3.4,
        "Lodestar Tickets",
        "Staff Platform Engineer",
        "Remote (UTC-5 to UTC+2)",
        """
Lodestar Tickets is a ticket office for festivals. On four mornings a year half a million people
want the same forty thousand tickets, and the other mornings are for getting ready.

### The work
- Run the queue that is fair, and can prove it.
- Rehearse the four mornings with traffic that we made up.

### You
- You have worked with Kubernetes and Terraform and can tell what you would do differently today.
- Our tools: AWS, Redis and Go.

### Details
- This is a fully remote position.
- Employment type: Full-time
- Compensation: $165k - $190k per year.
""",
        {
            "role": "platform-engineer",
            "seniority": "senior",
            "workplace": "remote",
            "eligibility": who(timezones=["UTC-5 to UTC+2"]),
            "employment": ["full_time"],
            "skills": ["kubernetes", "terraform", "aws", "redis", "go"],
            "pay": [pay_said(165_000, 190_000, "USD", "year")],
        },
    ),
    # Pay by the hour.
    shown(
        0.6,
        "Greywacke Mining Safety",
        "C++ Developer",
        "Denver, CO",
        """
Greywacke Mining Safety is a maker of underground sensors. A sensor of ours costs less than a
boot and must not sleep.

### Your days
- Write modern firmware for a chip with less memory than this posting.
- Sit with the people who wear it, four hundred metres down, twice a year.

### What you bring
- Sound experience with C++, Linux and Git.
- You read a data sheet to its last page.

### The terms
- This is a contract position for nine months.
- This role is on-site at our workshop.
- The rate is $70 – $85 per hour.
""",
        {
            "role": "software-engineer",
            "workplace": "onsite",
            "employment": ["contract"],
            "places": ["Denver"],
            "skills": ["cpp", "linux", "git"],
            "pay": [pay_said(70, 85, "USD", "hour")],
        },
    ),
    # A base and what it comes to with all targets met, which is shown and never compared.
    shown(
        4.3,
        "Quillon Security",
        "Solutions Consultant",
        "Chicago, IL",
        """
Quillon Security is a maker of physical access systems: doors that know whom they know.

### The work
- Show a hospital what its doors could do, on the hospital's own plan.
- Write the answer to forty pages of questions, and mean it.

### Requirements
- Good knowledge of SQL and Linux.
- You can draw while you talk.

### What we offer
- Base salary: $95,000 – $110,000 per year.
- On-target earnings (OTE): $140,000 – $165,000 per year.
- This is a full-time position.
- You can work from home up to two days a week.
""",
        {
            "workplace": "hybrid",
            "employment": ["full_time"],
            "places": ["Chicago"],
            "skills": ["sql", "linux"],
            "pay": [
                pay_said(95_000, 110_000, "USD", "year"),
                pay_said(140_000, 165_000, "USD", "year", "ote"),
            ],
        },
    ),
    # An amount, and no word of what time it is for.
    shown(
        5.2,
        "Vetiver Cosmetics",
        "Data Analyst",
        "Paris, France",
        """
Vetiver Cosmetics is a maker of refillable cosmetics. A jar comes back to us five times on
average, and we would like to know what the sixth one is waiting for.

### The work
- Follow a jar from the shop to its return, and count the ones that stay away.
- Show the shops what they could do about it, on one page.

### What you bring
- Good knowledge of SQL and Tableau.
- Experience with Python is a plus.

### Details
- Seniority: Entry level
- This is a hybrid role: two days a week in the Paris office.
- A permanent, full-time role.
- Salary: €38,000 – €44,000
""",
        {
            "role": "data-analyst",
            "seniority": "entry",
            "workplace": "hybrid",
            "employment": ["full_time"],
            "places": ["Paris"],
            "skills": ["sql", "tableau", "python"],
            "pay": [pay_said(38_000, 44_000, "EUR", "")],
        },
    ),
    # A range for each of several places.
    shown(
        2.8,
        "Kestrel Payments",
        "Senior Machine Learning Engineer, Fraud",
        "New York City, NY; Denver, CO; Toronto, ON",
        """
Kestrel Payments is a payment service for market traders. A trader sees forty strangers an hour,
and so do we, some of whom are not who they say.

### Responsibilities
- Say within 80 milliseconds whether a payment looks like its payer.
- Keep the number of honest people whom we bother below one in two thousand.

### What we look for
- Sound experience with Python, PyTorch and Spark.
- You measure before you claim.

### The offer
- The salary depends on where you work.
- New York City: $185,000 – $215,000 per year
- Denver: $165,000 – $190,000 per year
- Toronto: CAD 170,000 – CAD 200,000 per year
- This is a hybrid role.
- Employment type: Full-time
""",
        {
            "role": "machine-learning-engineer",
            "seniority": "senior",
            "workplace": "hybrid",
            "employment": ["full_time"],
            "places": ["New York City", "Denver", "Toronto"],
            "skills": ["python", "pytorch", "apache-spark", "machine-learning"],
            "pay": [
                pay_said(185_000, 215_000, "USD", "year"),
                pay_said(165_000, 190_000, "USD", "year"),
                pay_said(170_000, 200_000, "CAD", "year"),
            ],
        },
    ),
    # Many places, one of which a worker chooses.
    shown(
        6.4,
        "Juniper Rail",
        "Full-Stack Developer",
        "Vienna, Austria; Munich, Germany; Zürich, Switzerland; Milan, Italy",
        """
Juniper Rail is an operator of night trains. You would live where one of them stops.

### What you will do
- Sell a bed in nine countries, each with its own idea of a child.
- Tell a passenger at 3 a.m. why the train stands, in words that let them sleep on.

### You
- You have worked with TypeScript and React and can tell what you would do differently today.
- We use PostgreSQL and Docker as well; you know some of it and want to learn the rest.

### Good to know
- The position is office-based, in the station that you choose.
- A full-time or part-time position, as you prefer.
- We pay EUR 4,600 to EUR 5,800 per month.
""",
        {
            "role": "software-engineer",
            "workplace": "onsite",
            "employment": ["full_time", "part_time"],
            "places": ["Vienna", "Munich", "Zürich", "Milan"],
            "skills": ["typescript", "react", "postgresql", "docker"],
            "pay": [pay_said(4_600, 5_800, "EUR", "month")],
        },
    ),
    # The same kind of work in the other spelling, and names that end in signs.
    shown(
        7.3,
        "Elmstead Legal",
        "Fullstack Engineer (C#/.NET)",
        "Dublin, Ireland",
        """
Elmstead Legal is a publisher of contract templates. Two thousand solicitors change our commas
every day, and we keep each version.

### The work
- Keep an editor fast in which nothing may ever be lost.
- Show two versions side by side so that a tired person sees the difference.

### Requirements
- Sound experience with C#, .NET and SQL Server.
- You are at home in TypeScript and React.
- Experience with Azure is a plus.

### Details
- We follow a hybrid model, with Mondays in Dublin.
- This is a full-time position.
- We pay up to €85,000 a year.
""",
        {
            "role": "software-engineer",
            "workplace": "hybrid",
            "employment": ["full_time"],
            "places": ["Dublin"],
            "skills": ["csharp", "dotnet", "sql-server", "typescript", "react", "azure"],
            "pay": [pay_said(None, 85_000, "EUR", "year")],
        },
    ),
    # In German; its employer is found by “muehlbach” too.
    shown(
        1.7,
        "Mühlbach Werkzeuge",
        "Softwareentwickler (m/w/d)",
        "Hamburg, Deutschland",
        """
Die Mühlbach Werkzeuge verleiht Maschinen an Handwerksbetriebe, von der Leiter bis zum Bagger. Was
um sieben Uhr auf dem Hof steht, muss um sechs jemand wissen.

### Ihre Aufgaben
- Sie bauen die Buchung, mit der ein Bagger abends noch eine Baustelle findet.
- Sie lösen Schritt für Schritt ein Programm von 1998 ab, ohne dass es jemand merkt.

### Ihr Profil
- Gute Kenntnisse in Java und PostgreSQL.
- Erste Erfahrung mit Kubernetes und Docker.
- Freude an einer Frage, bevor sie eine Aufgabe ist.

### Das bieten wir
- Eine unbefristete Anstellung in Vollzeit oder Teilzeit.
- Hybrides Arbeiten: zwei Tage pro Woche im Homeoffice.
- Ein Jahresgehalt von 62.000 € bis 74.000 € brutto.
- Dreißig Tage Urlaub und einen Garten hinter der Werkstatt.
""",
        {
            "role": "software-engineer",
            "workplace": "hybrid",
            "employment": ["full_time", "part_time"],
            "places": ["Hamburg"],
            "skills": ["java", "postgresql", "kubernetes", "docker"],
            "pay": [pay_said(62_000, 74_000, "EUR", "year")],
        },
    ),
    shown(
        8.5,
        "Bäckerei Grünspecht",
        "Data Analyst (m/w/d)",
        "München, Deutschland",
        """
Die Bäckerei Grünspecht backt in der Nacht für neunzig Filialen. Was abends übrig bleibt, war eine
falsche Schätzung, und davon möchten wir weniger.

### Ihre Aufgaben
- Sie schätzen am Nachmittag, wie viele Brezen jede Filiale am Morgen braucht.
- Sie erklären den Filialen, warum es dieses Mal weniger sind.

### Ihr Profil
- Sie arbeiten sicher mit SQL, Python und Tableau.
- Sie haben Statistik gern, auch wenn sie widerspricht.

### Gut zu wissen
- Die Stelle ist in Teilzeit zu besetzen, etwa 24 Stunden.
- Sie arbeiten bei uns vor Ort; kein Homeoffice, aber frisches Brot.
- Das Gehalt beträgt 3.400 € bis 3.900 € brutto im Monat.
""",
        {
            "role": "data-analyst",
            "workplace": "onsite",
            "employment": ["part_time"],
            "places": ["Munich"],
            "skills": ["sql", "python", "tableau", "statistics"],
            "pay": [pay_said(3_400, 3_900, "EUR", "month")],
        },
    ),
    # In French.
    shown(
        3.9,
        "Atelier Mésange",
        "Ingénieur de données (H/F)",
        "Lyon, France",
        """
L'Atelier Mésange répare des vélos dans douze villes. Chaque pièce remplacée nous apprend quelque
chose, à condition que quelqu'un l'écrive et que quelqu'un d'autre le relise.

### Vos missions
- Réunir chaque nuit les réparations, les stocks et les commandes des douze ateliers.
- Dire le lundi quelles pièces manqueront le vendredi.

### Votre profil
- Vous maîtrisez Python, SQL et Airflow.
- Une première expérience avec dbt est un plus.

### Nous vous proposons
- Un poste à temps plein, en CDI.
- 2 jours de télétravail par semaine.
- Un salaire annuel de 45 000 € à 52 000 € brut.
""",
        {
            "role": "data-engineer",
            "workplace": "hybrid",
            "employment": ["full_time"],
            "places": ["Lyon"],
            "skills": ["python", "sql", "apache-airflow", "dbt"],
            "pay": [pay_said(45_000, 52_000, "EUR", "year")],
        },
    ),
    # Says next to nothing, and so the board does.
    shown(
        9.1,
        "Umber Studio",
        "Technical Writer",
        "",
        """
Umber Studio is a design house for public signage. We need somebody who can say "this way out" to
a person who does not read our language, and then write down how we did it. Tell us about a thing
that you explained, and to whom.
""",
        {},
    ),
    # By the day, for a few months.
    shown(
        4.9,
        "Saltmarsh Robotics",
        "Senior Computer Vision Engineer",
        "Remote - United Kingdom",
        """
Saltmarsh Robotics is a builder of harvesting machines. Ours picks samphire, which looks like
everything that grows beside it.

### The work
- Tell samphire from sea-blite at two miles an hour, in rain.
- Make what you trained run on the machine, which has the brain of an old telephone.

### You
- Several projects with Python, C++ or PyTorch that are still in use.

### The terms
- This is a contract position for six months, outside IR35.
- The rate is £550 to £625 per day.
""",
        {
            "role": "machine-learning-engineer",
            "seniority": "senior",
            "workplace": "remote",
            "eligibility": who(include=["GB"]),
            "employment": ["contract"],
            "places": ["United Kingdom"],
            "skills": ["python", "cpp", "pytorch", "computer-vision"],
            "pay": [pay_said(550, 625, "GBP", "day")],
        },
    ),
]
