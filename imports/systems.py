"""The names of the systems that postings come from; what reads them is `imports.connectors`.

Apart, since a board that is only looked at needs the names alone.
"""

SYSTEMS = {
    "greenhouse": "Greenhouse",
    "lever": "Lever",
    "ashby": "Ashby",
    "workable": "Workable",
    "smartrecruiters": "SmartRecruiters",
    "recruitee": "Recruitee",
    "personio": "Personio",
    "teamtailor": "Teamtailor",
    "workday": "Workday",
    "remotive": "Remotive",
    "remoteok": "Remote OK",
    "himalayas": "Himalayas",
    "weworkremotely": "We Work Remotely",
    "adzuna": "Adzuna",
    "jsonld": "A page with JobPosting data",
    "csv": "A table (CSV) with a mapping",
    "json": "JSON with a mapping",
}
# Names that no source may take as its slug.
RESERVED = {*SYSTEMS, "rss"}


def name_of(system: str) -> str:
    """A system's name for people."""
    return SYSTEMS.get(system, system.title())
