"""Measure every kind on labelled samples: `python -m extraction.measure FOLDER [--show]`.

FOLDER holds `tables/` (salary_strings.csv, linkedin_postings_sample.csv,
data_jobs_sample.csv, location_strings.txt, hn_headers_sample.txt) and `ats/`, whose texts
are the postings of the rates; what is absent is left out. Roles and skills are those of
the content that ships, read as files, or of another folder of that form (`--content`).

What counts as right stands at each figure below. Wrong readings are printed; `--show`
prints every reading of the samples without labels, which are judged by eye. Rates are of
processor time, so that they hold on a machine that is busy with other things.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from extraction import gazetteer, location, role, salary, seniority, skills, workplace
from extraction.kinds import KINDS, Vocabularies

CONTENT = Path(__file__).parent.parent / "guides" / "content"

_PERIOD_NAMED = re.compile(
    r"per|/|\bp\.?a\b|\bp\.?h\b|\bpd\b|hour|annum|year|month|day|week|annual", re.I
)
_TECH = re.compile(
    r"software|developer|\bdata\b|devops|cloud|machine learning|programmer|\bI\.?T\b|\bAI\b|web\b"
    r"|systems|network|security|cyber|database|full.?stack|front.?end|back.?end",
    re.I,
)
_LEVEL_WORD = re.compile(
    r"\b(?:senior|sr|lead|leader|principal|staff|junior|jr|intern(?:ship)?|entry.level|graduate"
    r"|trainee|apprentice|mid.level|intermediate|director|vp|vice president|head of|chief"
    r"|experienced|I{2,3}|lll?|IV|\w+(?:er|st|nt|ve) I)(?!\w)",
    re.I,
)
LEVELS = {
    "Internship": {"entry"},
    "Entry level": {"entry"},
    "Mid-Senior level": {"mid", "senior"},
    "Director": {"executive"},
    "Executive": {"executive"},
}
"""The levels that count as right for an employer's own; "Associate" says too little."""
CLASSES = {
    "data-analyst": {"Data Analyst", "Senior Data Analyst"},
    "business-intelligence-analyst": {"Business Analyst", "Data Analyst", "Senior Data Analyst"},
    "data-engineer": {"Data Engineer", "Senior Data Engineer"},
    "analytics-engineer": {"Data Engineer", "Senior Data Engineer"},
    "data-architect": {"Data Engineer", "Senior Data Engineer"},
    "database-administrator": {"Data Engineer", "Senior Data Engineer"},
    "data-scientist": {"Data Scientist", "Senior Data Scientist"},
    "machine-learning-engineer": {"Machine Learning Engineer"},
    "mlops-engineer": {"Machine Learning Engineer"},
    "ai-engineer": {"Machine Learning Engineer"},
    "software-engineer": {"Software Engineer"},
    "backend-engineer": {"Software Engineer"},
    "platform-engineer": {"Cloud Engineer", "Software Engineer"},
}
"""The classes of the data_jobs sample that each role of the board counts for."""


@dataclass(slots=True)
class Score:
    """Right ones of those answered, of all."""

    right: int = 0
    answered: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, good: bool, answered: bool, told: str) -> None:
        """Count one reading; a wrong one is kept with what is told of it."""
        self.total += 1
        self.answered += answered
        self.right += good and answered
        if answered and not good:
            self.wrong.append(told)

    def say(self, name: str) -> None:
        """Print the figures and the wrong readings."""
        for told in self.wrong:
            print(f"  wrong: {told}")
        answered = f"{self.answered} of {self.total} answered"
        right = f"{self.right} right ({_percent(self.right, self.answered)})"
        print(f"{name}: {answered} ({_percent(self.answered, self.total)}), {right}")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def shipped(folder: Path) -> Vocabularies:
    """The roles and skills of a content folder; what names a view names its base."""
    roles: dict[str, list[str]] = {}
    for path in sorted((folder / "roles").glob("*.md")):
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        names = [front["name"], *(front.get("aliases") or [])]
        roles.setdefault(front.get("base") or front["slug"], []).extend(names)
    listed = yaml.safe_load((folder / "skills.yaml").read_text(encoding="utf-8"))
    terms = [(one["slug"], [one["name"], *(one.get("aliases") or [])]) for one in listed]
    return Vocabularies(role.Vocabulary(list(roles.items())), skills.Vocabulary(terms))


# --- accuracy ------------------------------------------------------------------------


def pay(rows: list[dict[str, str]]) -> Score:
    """Right are minimum, maximum and currency, and the period where the text names one."""
    score = Score()
    for row in rows:
        read = salary.extract(row["text"])
        label = (_decimal(row["min"]), _decimal(row["max"]), row["currency"])
        good = label == (read.minimum, read.maximum, read.currency)
        if row["period"] and _PERIOD_NAMED.search(row["text"]):
            good = good and read.period == row["period"]
        score.add(good, True, f"{row['text']!r} labelled {label}, read {read.as_dict()}")
    return score


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def levels(rows: list[dict[str, str]], tech: bool) -> tuple[Score, list[str]]:
    """Titles with a level word against the employer's own level; answers without such a word."""
    score, unasked = Score(), []
    for row in rows:
        title, label = row["title"], row["experience_level"]
        if tech and not _TECH.search(title):
            continue
        read = seniority.extract(title)
        if not _LEVEL_WORD.search(title):
            if read:
                unasked.append(f"{title!r} read {read.level} by {read.evidence!r}")
        elif label in LEVELS:
            told = f"{title!r} labelled {label}, read {read.level}"
            score.add(read.level in LEVELS[label], bool(read), told)
    return score, unasked


def roles(rows: list[dict[str, str]], known: role.Vocabulary) -> Score:
    """Right is a role that counts for the class of the row (see CLASSES)."""
    score = Score()
    for row in rows:
        read, label = known.extract(row["job_title"]), row["job_title_short"]
        told = f"{row['job_title']!r} labelled {label}, read {read.role}"
        score.add(label in CLASSES.get(read.role, ()), bool(read), told)
    return score


def countries(
    rows: list[dict[str, str]], place: str, land: Callable[[dict[str, str]], str]
) -> Score:
    """Right is the one country of the row, alone."""
    score = Score()
    for row in rows:
        wanted = gazetteer.find_country(land(row))
        if wanted and row[place] not in ("", "Anywhere"):
            read = location.extract(row[place])
            told = f"{row[place]!r} labelled {wanted.country}, read {list(read.countries)}"
            score.add(list(read.countries) == [wanted.country], True, told)
    return score


def silence(texts: list[str]) -> Score:
    """Right is no pay, on titles and places without a sign of money."""
    score = Score()
    for text in texts:
        if not re.search(r"[$€£]|\d[kK]\b", text):
            read = salary.extract(text)
            score.add(not read, True, f"{text!r} read {read.evidence!r}")
    return score


def unquoted(asked: list[Mapping[str, str]], known: Vocabularies) -> int:
    """How many answers of all kinds quote what is not in their input."""
    missing = 0
    for one in asked:
        for answer in KINDS.values():
            said = answer(one, known)
            quotes = [said["evidence"], *_inner(said)]
            missing += sum(
                bool(quote) and not any(str(quote) in text for text in one.values())
                for quote in quotes
            )
    return missing


def _inner(said: Mapping[str, Any]) -> Iterator[object]:
    for name in ("ranges", "quotes"):
        yield from (each["evidence"] for each in said.get(name, ()))


# --- rates ---------------------------------------------------------------------------


def rate(read: Callable[[Any], object], inputs: list[Any]) -> float:
    """Inputs read a second of processor time, the best of three rounds."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for one in inputs:
            read(one)
        best = min(best, time.process_time() - start)
    return len(inputs) / best if best else 0.0


def postings(folder: Path, size: int = 5_000) -> list[str]:
    """Texts of that many characters, from the long texts of JSON files."""
    texts = []
    for path in sorted(folder.glob("*.json")):
        for text in _strings(json.loads(path.read_text(encoding="utf-8"))):
            if len(text) > 1_500:
                bare = re.sub(r"<(?:br|p|li|div|h\d)\b[^>]*>", "\n", html.unescape(text))
                texts.append(re.sub(r"<[^>]+>", "", bare))
    whole = "\n".join(dict.fromkeys(texts))
    return [whole[at : at + size] for at in range(0, len(whole) - size, size)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield html.unescape(value)
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def rates(lines: list[Mapping[str, str]], texts: list[str], known: Vocabularies) -> None:
    """Print short lines a second for each kind and whole postings a second for all."""
    for name, answer in KINDS.items():
        print(f"{name}: {rate(lambda one, a=answer: a(one, known), lines):,.0f} lines a second")  # type: ignore[misc]
    if texts:
        asked = [
            {"title": "Senior Data Engineer", "location": "Berlin, Germany", "text": text}
            for text in texts
        ]

        def everything(one: Mapping[str, str]) -> None:
            for name, answer in KINDS.items():
                answer({"text": one["location"]} if name == "location" else one, known)

        print(f"all kinds: {rate(everything, asked):,.0f} postings of 5 kB a second")


# --- the script ----------------------------------------------------------------------


def main() -> None:
    """Print accuracy and rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--content", type=Path, default=CONTENT, help="skills.yaml and roles/")
    parser.add_argument("--show", action="store_true", help="print readings to judge by eye")
    options = parser.parse_args()
    known = shipped(options.content)
    tables: Path = options.folder / "tables"
    stated = _rows(tables / "salary_strings.csv")
    linkedin = _rows(tables / "linkedin_postings_sample.csv")
    jobs = _rows(tables / "data_jobs_sample.csv")
    spots = _lines(tables / "location_strings.txt")
    headers = [line.partition("\t")[2] for line in _lines(tables / "hn_headers_sample.txt")]
    titles = [row["title"] for row in linkedin] + [row["job_title"] for row in jobs]

    pay(stated).say("salary")
    silence(titles + spots).say("salary, texts without pay")
    for name, tech in (("all titles", False), ("tech and data titles", True)):
        score, unasked = levels(linkedin, tech)
        score.say(f"seniority, {name} with a level word")
        print(f"seniority, {name} without one: {len(unasked)} answered")
        for told in unasked:
            print(f"  {told}")
    roles(jobs, known.roles).say("role")
    countries(jobs, "job_location", lambda row: row["job_country"]).say("country, data_jobs")
    countries(linkedin, "location", lambda _: "US").say("country, LinkedIn")
    _by_eye(spots, headers, options.show)
    asked: list[Mapping[str, str]] = [
        *({"text": row["text"]} for row in stated),
        *({"title": title, "text": title} for title in titles),
        *({"text": spot, "location": spot} for spot in spots),
        *({"text": header, "location": header} for header in headers),
    ]
    texts = postings(options.folder / "ats")
    whole = [{"title": "Data Engineer", "location": "Remote", "text": text} for text in texts]
    print(f"quotes that are not in their input: {unquoted([*asked, *whole], known)}")
    rates(asked, texts, known)


def _by_eye(spots: list[str], headers: list[str], show: bool) -> None:
    """Counts of what is judged by eye, and with `show` every reading."""
    for text in spots if show else ():
        read = location.extract(text)
        print(f"  {text} => {', '.join([*read.countries, *read.areas]) or '-'}")
    named = sum(bool(location.extract(text)) for text in spots)
    print(f"location: {named} of {len(spots)} name a place")
    for text in headers if show else ():
        where = workplace.extract("", text)
        print(f"  {text} => {where.workplace or '-'} {where.evidence!r}")
    told = sum(bool(workplace.extract("", text)) for text in headers)
    print(f"workplace: {told} of {len(headers)} headers name one")


if __name__ == "__main__":
    main()
