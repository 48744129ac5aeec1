"""Reading fields of a stranger's JSON: each function returns a value of one kind or raises
`Malformed` with a sentence that names the field. A field that is absent or null is empty. A field
inside another is named with a point: "location.name".
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from imports.connectors import markup
from imports.connectors.words import is_open_application
from imports.records import Entry, Refused, Skipped
from lib import jsonin, xmlin

LONGEST_TITLE = 500
LONGEST_ID = 200
LONGEST_URL = 1_000
LONGEST_LINE = 500
LONGEST_PLACE = 3_000  # some employers list every state in one text
LONGEST_TEXT = 1_000_000
MOST_ESCAPED = 3  # times that some escape one text
FIRST_YEAR, LAST_YEAR = 2000, 2100

_FLAGS = {"": None, "true": True, "false": False}

Job = Mapping[str, Any]

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_NUMBER = re.compile(r"-?\d{1,19}(?:\.\d+)?(?:[eE]\+?\d{1,2})?", re.ASCII)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = rf"{'|'.join(_MONTHS)}"
_DAY = re.compile(
    r"(?:(?P<day>\d{1,2})(?:\.(?P<month>\d{1,2})\."
    rf"|(?:st|nd|rd|th|\.)?[ -](?P<name>{_NAME})[a-z]*\.?,?[ -])"
    rf"|(?P<first>{_NAME})[a-z]*\.? (?P<after>\d{{1,2}})(?:st|nd|rd|th)?,? )(?P<year>\d{{4}})",
    re.ASCII | re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,3}")
# What stays (an escaped backslash, a whole pair of surrogates), or half a pair alone.
_HALF = re.compile(
    rb"(\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F][0-9a-fA-F]{2}", re.DOTALL
)


class Malformed(ValueError):
    """A field is not what its system says it is."""


def parse_xml(text: bytes) -> xmlin.Element:
    """A payload from an XML text of any size; `ValueError` with a sentence where it is none."""
    return xmlin.loads(text, max_bytes=len(text))


def parse_json(text: bytes) -> Any:
    """A payload from a text of any size; `ValueError` with a sentence where it is none.

    Half a surrogate pair, which is left of an emoji where a text was cut, costs no board: a mark
    stands in its place.
    """
    if any(not found[1] for found in _HALF.finditer(text)):
        text = _HALF.sub(lambda found: found[1] or rb"\ufffd", text)
    return jsonin.loads(text, max_bytes=len(text))


def each(
    jobs: Iterable[Any], identity: Callable[[Job], str], read: Callable[..., Entry]
) -> Iterator[Entry]:
    """Every job through `read(job, id)`, whatever the others are like."""
    for number, job in enumerate(jobs, start=1):
        name = f"#{number}"
        if not isinstance(job, Mapping):
            yield Refused(name, f"entry {name} is {kind_of(job)}, not an object")
            continue
        try:
            name = identity(job)
            yield read(job, name)
        except Malformed as error:
            yield Refused(name, str(error))


def each_board(
    payloads: Iterable[Any],
    recognises: Callable[[Any], bool],
    jobs_of: Callable[[Any], Iterable[Any]],
    identity: Callable[[Job], str],
    read: Callable[..., Entry],
    what: str,
) -> Iterator[Entry]:
    """Every job of every payload; one that is not `what` ("a Greenhouse board") is refused."""
    for payload in payloads:
        if recognises(payload):
            yield from each(jobs_of(payload), identity, read)
        else:
            yield Refused("", f"the payload is not {what}")


@contextmanager
def inside(field: str) -> Iterator[None]:
    """Names the list that a malformed field stands in: "metadata: name is a number …"."""
    try:
        yield
    except Malformed as error:
        raise Malformed(f"{field}: {error}") from None


def get(job: Job, field: str) -> Any:
    """What stands there, of whatever kind; None where it is absent."""
    *outer, last = field.split(".")
    for depth, name in enumerate(outer, start=1):
        job = _object(job.get(name), ".".join(outer[:depth]))
    return job.get(last)


def number_id(job: Job, field: str = "id") -> str:
    """An id that its system counts up."""
    value = job.get(field)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,20}", value):
        return value
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**64:
        raise Malformed(f"{field} is {kind_of(value)}, not a positive number")
    return str(value)


def text_id(job: Job, field: str = "id") -> str:
    """An id made of letters and digits, which may come as a number."""
    value = job.get(field)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise Malformed(f"{field} is {kind_of(value)}, not a text")
    if not (value := value.strip()):
        raise Malformed(f"{field} is empty")
    if len(value) > LONGEST_ID or not value.isprintable():
        raise Malformed(f"{field} is longer than {LONGEST_ID} characters or not printable")
    return value


def title(job: Job, field: str) -> str:
    """The title on one line, at most 500 characters."""
    value = markup.without_tags(line(job, field, longest=None))
    if not value:
        raise Malformed(f"{field} is missing or empty")
    if len(value) > LONGEST_TITLE:
        raise Malformed(f"{field} is longer than {LONGEST_TITLE} characters")
    return value


def company(job: Job, field: str) -> str:
    """The employer's name, of a job on a board that is not its own."""
    value = line(job, field)
    if not value:
        raise Malformed(f"{field} is missing or empty: the job names no employer")
    return value


def skipped_title(name: str, wording: str) -> Skipped | None:
    """The answer for a title that offers no particular job."""
    return Skipped(name, "open application") if is_open_application(wording) else None


def line(job: Job, field: str, *, longest: int | None = LONGEST_LINE) -> str:
    """A text without markup on one line, blanks collapsed, entities resolved."""
    value = text(job, field)
    for _ in range(MOST_ESCAPED):
        value = _ENTITY.sub(lambda found: html.unescape(found[0]), value)
    value = " ".join(markup.visible(value).split())
    if longest is not None and len(value) > longest:
        raise Malformed(f"{field} is longer than {longest} characters")
    return value


def loose_line(job: Job, field: str) -> str:
    """A line of what stands around the jobs; '' where it is no text, for it is no job's fault."""
    try:
        return line(job, field)
    except Malformed:
        return ""


def place(job: Job, field: str) -> str:
    """The text of a location, which may list many places."""
    return line(job, field, longest=LONGEST_PLACE)


def text(job: Job, field: str) -> str:
    """A text as it stands, but for the data of images in it."""
    value = get(job, field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(f"{field} is {kind_of(value)}, not a text")
    value = markup.without_data(value)
    if len(value) > LONGEST_TEXT:
        raise Malformed(f"{field} is longer than {LONGEST_TEXT:,} characters")
    return value


def flag(job: Job, field: str) -> bool | None:
    """True, False, or None where the payload does not say."""
    value = get(job, field)
    if isinstance(value, str):
        value = _FLAGS.get(value.strip().lower(), value)
    if value is None or isinstance(value, bool):
        return value
    raise Malformed(f"{field} is {kind_of(value)}, not true or false")


def obj(job: Job, field: str) -> Job:
    """An object; empty where absent. Some write an empty one as [], or one alone in a list."""
    return _object(get(job, field), field)


def _object(value: Any, field: str) -> Job:
    if isinstance(value, list) and len(value) < 2:
        value = value[0] if value else None
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise Malformed(f"{field} is {kind_of(value)}, not an object")
    return value


def objects(job: Job, field: str) -> list[Job]:
    """A list of objects; empty where absent."""
    values = items(job, field)
    for value in values:
        if not isinstance(value, Mapping):
            raise Malformed(f"{field} holds {kind_of(value)}, not objects only")
    return values


def places(job: Job, field: str) -> list[str]:
    """A list of locations; empty where absent."""
    return lines(job, field, longest=LONGEST_PLACE)


def lines(job: Job, field: str, *, longest: int = LONGEST_LINE) -> list[str]:
    """A list of texts, each on one line; empty where absent."""
    name = field.rpartition(".")[2]
    return [line({name: value}, name, longest=longest) for value in items(job, field)]


def items(job: Job, field: str) -> list[Any]:
    """A list of anything; empty where absent. An object or a text alone is a list of it."""
    value = get(job, field)
    if value is None or value in ({}, ""):
        return []
    if isinstance(value, Mapping | str):
        return [value]
    if not isinstance(value, list):
        raise Malformed(f"{field} is {kind_of(value)}, not a list")
    return value


def urls(job: Job, page: str, form: str = "") -> tuple[str, str]:
    """Addresses of a job's page and of its form to apply; one stands in for the other."""
    at, apply = web_address(job, page), web_address(job, form) if form else ""
    if not (at or apply):
        raise Malformed(f"{page} is missing: the job has no address")
    return at or apply, apply or at


def web_address(job: Job, field: str) -> str:
    """An http or https address."""
    value = text(job, field).strip()
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        fits = False
    if not fits or len(value) > LONGEST_URL or not value.isprintable() or re.search(r"\s", value):
        raise Malformed(f"{field} is not a web address")
    return value


def instant(job: Job, field: str, *, end: bool = False) -> datetime | None:
    """A date and time, to the second, in any form that systems write.

    ISO 8601 and what feeds and mails write ("Tue, 11 Aug 2026 07:30:41 +0000"); seconds or, from
    100,000,000,000 on, milliseconds since 1970; "11 August 2026" and "11.08.2026", but not
    08/11/2026, which is two days. Without a zone it is UTC; a bare date is a day: its start or,
    with `end`, end.
    """
    value = get(job, field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Malformed(f"{field} is {kind_of(value)}, not a date")
    said = str(value).strip()
    try:
        return _sane(_since_1970(said) or _written(said, end), field) if said else None
    except (ValueError, OverflowError, IndexError, TypeError):
        raise Malformed(f"{field} is not a date from {FIRST_YEAR} to {LAST_YEAR}") from None


def _since_1970(said: str) -> datetime | None:
    if not _NUMBER.fullmatch(said):
        return None
    number = float(said)
    seconds = number / 1000 if abs(number) >= 10**11 else number
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _written(said: str, end: bool) -> datetime:
    found, clock = _DATE.fullmatch(said), None
    if found:
        day, clock, zone = found.groups()
        zone = "+00:00" if zone in (None, "Z", "UTC") else zone
        at = datetime.fromisoformat(f"{day}T{clock or time.min.isoformat()}{zone}")
    elif found := _DAY.fullmatch(said):
        name = found["name"] or found["first"]
        month = _MONTHS.index(name.lower()) + 1 if name else int(found["month"])
        at = datetime(int(found["year"]), month, int(found["day"] or found["after"]), tzinfo=UTC)
    else:
        at = parsedate_to_datetime(said)
        clock, at = said, at if at.tzinfo else at.replace(tzinfo=UTC)
    return (at + timedelta(days=1 if end and not clock else 0)).astimezone(UTC)


def _sane(at: datetime, field: str) -> datetime:
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(field)
    return at.replace(microsecond=0)


def language(job: Job, field: str) -> str:
    """A language tag such as "en" or "pt-BR"; '' for anything else."""
    value = line(job, field)
    return value.replace("_", "-") if _LANGUAGE.fullmatch(value) else ""


def kind_of(value: Any) -> str:
    """What kind of value it is, in a person's words."""
    match value:
        case None:
            return "missing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "an object"
