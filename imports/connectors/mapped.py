"""CSV and JSON of any make, read by a mapping of its fields to ours.

A mapping is JSON of its own:

    {"jobs": "results",                       where the list of jobs stands; JSON only
     "fields": {"id": "id", "title": "title", "company": "company.display_name",
                "location": ["city", "country"], ...},
     "values": {"pay_currency": "EUR"},       what holds for every job
     "total": "count",                        how many jobs there are in all, if it says so
     "via": "Adzuna"}                         the board that asks for a link to each posting

A field is the name of a column or the path to a value, its parts joined with points, a number for
the place in a list; a list of them is joined with commas, what is missing left out. The fields
are those of `FIELDS`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extraction import employment
from imports.connectors import markup, pay, places, reading, words
from imports.connectors.reading import Job, Malformed
from imports.connectors.requests import Request, nothing_more
from imports.records import Entry, Pay, Record, Refused, Skipped

FIELDS = {
    "id": "the job's id at its source (required)",
    "title": "its title (required)",
    "url": "the address of its page (required, or apply_url)",
    "apply_url": "the address to apply at",
    "company": "the employer (required, among the fields or the values)",
    "description": "the text, as HTML or plain",
    "location": "its place or places; several with semicolons",
    "country": "a country's code or name",
    "workplace": "remote, hybrid or on-site",
    "remote": "whether it is remote: yes or no",
    "eligible": "where a remote worker may live",
    "employment": "full time, part time, contract …",
    "seniority": "its level",
    "pay": "pay as a text",
    "pay_min": "the lowest pay",
    "pay_max": "the highest pay",
    "pay_currency": "a currency's code",
    "pay_country": "the country whose currency the pay is in, where no currency is stated",
    "pay_period": "hour, day, week, month or year",
    "pay_estimated": "whether the pay is an estimate of the source: yes or no",
    "posted": "when it was posted",
    "expires": "when it closes",
    "language": "the language of its text",
    "listed": "whether it may be shown: yes or no",
}
BROKEN = "\nbroken"  # no name of a column: what is wrong with a row of a table
REQUIRED = ("id", "title")
_KEYS = {"jobs", "fields", "values", "total", "via"}
_YES = {"1", "true", "yes", "y", "ja", "oui", "si", "sí", "x"}
_NO = {"", "0", "false", "no", "n", "nein", "non", "none", "null", "n/a", "-"}
_DELIMITERS = ",;\t|"
_LONGEST_HEADER = 64 * 1024
_LONGEST_LINE = 2 * reading.LONGEST_TEXT


class MappingRefused(ValueError):
    """A mapping that nothing can be read by; the message says what is wrong with it."""


@dataclass
class Mapped:
    """The connector of one mapping."""

    SYSTEM: str
    mapping: Mapping[str, Any]
    parse: Callable[[bytes], Any]
    looks_right: Callable[[Any], bool] = lambda payload: True

    def first(self, board: str) -> Request:
        """The board is the address of the file; `ValueError` for what is none."""
        url = board if "://" in board else f"https://{board}"
        try:
            return Request(reading.web_address({"board": url}, "board"))
        except Malformed as error:
            raise ValueError(f"{board[:100]!r} is not the address of a file") from error

    def follow(self, request: Request, payload: Any) -> Iterable[Request]:
        """Nothing: the file is all there is."""
        return nothing_more(request, payload)

    def board_of(self, url: str) -> str | None:
        """None: any address can hold such a file, so none tells."""
        return None

    def recognises(self, payload: Any) -> bool:
        """Whether the list of jobs is where the mapping says."""
        return self.looks_right(payload) and self._jobs(payload) is not None

    def is_whole(self, payloads: Sequence[Any]) -> bool:
        """Whether there are as many jobs as the payload says in all, where it says so."""
        seen = sum(len(self._jobs(payload) or ()) for payload in payloads)
        totals = [_found(payload, self.mapping.get("total", "")) for payload in payloads]
        return seen >= max((one for one in totals if type(one) is int), default=0)

    def read(self, payloads: Sequence[Any], board: str = "") -> Iterator[Entry]:
        """Every job of the payloads."""
        try:
            check(self.mapping)
        except MappingRefused as error:
            yield Refused("", f"the source's mapping cannot be used: {error}")
            return
        for payload in payloads:
            jobs = self._jobs(payload)
            if jobs is None:
                yield Refused("", f"there is no list of jobs at {self.mapping.get('jobs', '')!r}")
                continue
            yield from reading.each(map(self._row, jobs), _identity, self._job)

    def _jobs(self, payload: Any) -> list[Any] | None:
        path = self.mapping.get("jobs", "")
        found = _found(payload, path) if path else payload
        return found if isinstance(found, list) else None

    def _row(self, job: Any) -> Any:
        """Our fields with what the job says in theirs, as texts."""
        if not isinstance(job, Mapping):
            return job
        row = dict(self.mapping.get("values", {}))
        for name, path in self.mapping["fields"].items():
            if said := _said(job, path):
                row[name] = said
        if BROKEN in job:
            row[BROKEN] = job[BROKEN]
        if None in job:  # where the csv reader puts what is beyond the header
            row["too_many"] = True
        return row

    def _job(self, job: Job, name: str) -> Entry:
        if job.get("too_many"):
            raise Malformed("the row has more cells than the header")
        if not _flag(job, "listed", otherwise=True):
            return Skipped(name, "not listed")
        title = reading.title(job, "title")
        url, apply_url = reading.urls(job, "url", "apply_url")
        wheres = reading.place(job, "location").split(";")
        # Some write the way of working where another writes yes or no.
        ways = (words.workplace(reading.line(job, field)) for field in ("workplace", "remote"))
        workplace = next((way for way in ways if way), "")
        return reading.skipped_title(name, title) or Record(
            external_id=name,
            title=title,
            company=reading.company(job, "company"),
            url=url,
            apply_url=apply_url,
            html=markup.real_html(reading.text(job, "description")),
            locations=places.unique(where.strip(" ,") for where in wheres),
            countries=places.unique([places.country(reading.line(job, "country"))]),
            workplace=workplace or ("remote" if _flag(job, "remote") else ""),
            employment=employment.stated(reading.line(job, "employment")),
            seniority=words.level(reading.line(job, "seniority")),
            pay=_pay(job),
            posted_at=reading.instant(job, "posted"),
            expires_at=reading.instant(job, "expires", end=True),
            language=reading.language(job, "language"),
            eligible=places.unique([reading.place(job, "eligible")]),
            via=str(self.mapping.get("via", "")),
        )


def check(mapping: Any) -> None:
    """Raise `MappingRefused` for what is no mapping."""
    if not isinstance(mapping, Mapping):
        raise MappingRefused("it is no object, such as {“fields”: {…}}.")
    if unknown := mapping.keys() - _KEYS:
        raise MappingRefused(f"{sorted(unknown)[0]!r} is none of {', '.join(sorted(_KEYS))}.")
    fields, values = mapping.get("fields"), mapping.get("values", {})
    if not isinstance(fields, Mapping) or not isinstance(values, Mapping):
        raise MappingRefused("“fields” must be an object, and so must “values”.")
    for name in [*fields, *values]:
        if name not in FIELDS:
            raise MappingRefused(f"{name!r} is no field of ours: {', '.join(FIELDS)}.")
    for name, path in fields.items():
        parts = path if isinstance(path, list) else [path]
        if not parts or not all(isinstance(part, str) and part for part in parts):
            raise MappingRefused(f"{name!r} must name a field of theirs, or a list of fields.")
    for name in REQUIRED:
        if name not in fields:
            raise MappingRefused(f"{name!r} is missing from “fields”.")
    if not {"url", "apply_url"} & {*fields}:
        raise MappingRefused("“url” is missing from “fields”: a posting needs an address.")
    if "company" not in {**fields, **values}:
        raise MappingRefused("“company” is missing from “fields” and from “values”.")
    for name in ("jobs", "total", "via"):
        if not isinstance(mapping.get(name, ""), str):
            raise MappingRefused(f"{name!r} must be a text.")


def parse_csv(text: bytes) -> list[Any]:
    """The rows of a CSV text by the names of its header; `ValueError` with a sentence."""
    header = text[:_LONGEST_HEADER].decode("utf-8-sig", "ignore").lstrip().partition("\n")[0]
    if not header:
        raise ValueError("The text is empty where a table was expected.")
    said = re.fullmatch(r"sep=(.)\r?", header)  # Excel's own first line
    if said:
        text = text.partition(b"\n")[2]
    delimiter = said[1] if said else max(_DELIMITERS, key=header.count)
    csv.field_size_limit(reading.LONGEST_TEXT)
    rows = csv.DictReader(_lines(text), delimiter=delimiter, strict=True)
    try:
        names = [name.strip() for name in rows.fieldnames or ()]
        named = [name for name in names if name]
        if len(set(named)) < len(named):
            raise ValueError("Two columns of the table have the same name.")
        rows.fieldnames = names
        return _rows(rows)
    except UnicodeDecodeError:
        raise ValueError(
            f"The text is not UTF-8 after line {rows.line_num}: save the table as CSV UTF-8."
        ) from None
    except csv.Error as error:
        raise ValueError(f"The table breaks at line {rows.reader.line_num}: {error}.") from None


def _rows(reader: "csv.DictReader[str]") -> list[Any]:
    """The rows that say anything. One that breaks stands as its error, unless it swallows the rest
    of the table or there is no other."""
    rows: list[Any] = []
    error: csv.Error | None = None
    while True:
        try:
            row: Any = next(reader)
        except StopIteration:
            break
        except csv.Error as broken:
            if "end of data" in str(broken):
                raise
            error = error or broken
            row = {BROKEN: f"the table breaks at line {reader.reader.line_num}: {broken}"}
        if any(cell and cell != [""] for cell in row.values()):
            rows.append(row)
    if error and not any(BROKEN not in row for row in rows):
        raise error
    return rows


def _lines(text: bytes) -> Iterator[str]:
    """The lines of a table, decoded one by one: whole it would take four times its size for one
    odd letter in it."""
    lines = io.TextIOWrapper(io.BytesIO(text), "utf-8-sig", newline="")
    while line := lines.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise ValueError(f"A line of the table is longer than {_LONGEST_LINE:,} characters.")
        yield line.replace("\0", "")


# --- reading a row -----------------------------------------------------------------------------


def _found(job: Any, path: str) -> Any:
    """What stands at a path: a key as it is, else its parts one after another."""
    if isinstance(job, Mapping) and path in job:
        return job[path]
    for part in path.split("."):
        if isinstance(job, Mapping):
            job = job.get(part)
        elif isinstance(job, list) and part.lstrip("-").isdecimal() and len(part) < 6:
            at = int(part)
            job = job[at] if -len(job) <= at < len(job) else None
        else:
            return None
    return job


def _said(job: Job, path: Any) -> str:
    """One text of what stands at a path or at several."""
    if isinstance(path, list):
        return ", ".join(said for one in path if (said := _said(job, one)))
    value = _found(job, path)
    several = value if isinstance(value, list) else [value]
    texts = []
    for one in several:
        if isinstance(one, bool):
            texts.append("true" if one else "false")
        elif isinstance(one, (str, int, float)) and str(one).strip():
            texts.append(str(one).strip())
    return "; ".join(texts)


def _identity(job: Job) -> str:
    if BROKEN in job:
        raise Malformed(job[BROKEN])
    return reading.text_id(job)


def _flag(job: Job, field: str, *, otherwise: bool = False) -> bool:
    said = reading.line(job, field).casefold().removesuffix(".0")
    if not said:
        return otherwise
    if said not in _YES | _NO:
        raise Malformed(f"{field} is {said[:40]!r}, not yes or no")
    return said in _YES


def _pay(job: Job) -> tuple[Pay, ...]:
    code = pay.currency_code(reading.line(job, "pay_currency"))
    # Babel is large, and few sources leave the currency to the country.
    from babel.numbers import get_territory_currencies

    if not code and (land := places.country(reading.line(job, "pay_country"))):
        code = next(iter(get_territory_currencies(land)), "")
    period = words.period([reading.line(job, "pay_period")])
    kind = "estimate" if _flag(job, "pay_estimated") else "base"
    # "n/a" and "negotiable" are no amounts, and no mistakes.
    amounts = {name: job.get(name, "") for name in ("pay_min", "pay_max")}
    stated = pay.stated(
        {name: said for name, said in amounts.items() if re.search(r"\d", str(said))},
        low="pay_min",
        high="pay_max",
        code=code,
        period=period,
        kind=kind,
    )
    said = pay.said(reading.line(job, "pay"), code=code, period=period)
    return pay.unique([stated]) or said
