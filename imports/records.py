"""What a connector says about a job: plain data, the contract between connectors and the run.

A connector turns each job of a payload into exactly one of `Record` (import it), `Skipped`
(well-formed but nothing to import) or `Refused` (malformed). Nothing here is derived from prose:
a field that the payload does not state in a field of its own stays empty.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Pay:
    """One stated range of pay.

    At least one of `minimum` and `maximum` is set, in units of the currency (never cents), as
    stated (never annualised). `currency` is ISO 4217 or '' when not said; `period` is hour, day,
    week, month, year or '' when not said; `kind` is base, ote, bonus or estimate. `text` is the
    payload's own wording, or its JSON where the range is given in numbers only. `rule` says what
    was put right: bounds given in thousands, an hour's pay given as a month's.
    """

    minimum: Decimal | None
    maximum: Decimal | None
    currency: str
    period: str
    kind: str
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One job as its payload states it.

    `external_id` is the job's id at its source, as text. `company` is '' where the payload does
    not name one. `html` is real HTML, unescaped but *not sanitised*. `locations` are the texts of
    its places in the payload's order, `countries` ISO 3166-1 alpha-2 codes from structured fields
    only. `workplace` is onsite, hybrid, remote or ''; `employment` values of the employment scale,
    empty where unknown. With `pay_hidden` the payload forbids to show pay: `pay` is empty, and the
    caller must not take pay from the text either. The instants are aware, in UTC; `expires_at` is
    the first instant at which the job is no longer open; `days_old` is how many days before the
    payload was fetched the job was posted, where the payload knows no date. `language` is a
    BCP 47 tag or ''. `seniority` is a level of the scale or ''. `eligible` are the payload's
    wordings of where a remote worker may live, "Worldwide" among them, `timezones` those of the
    hours to work. `via` is the name of a board that is no employer's own and asks to be linked,
    `requisition` the employer's own number of the vacancy, or ''.
    """

    external_id: str
    title: str
    company: str
    url: str
    apply_url: str
    html: str
    locations: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    workplace: str = ""
    employment: tuple[str, ...] = ()
    pay: tuple[Pay, ...] = ()
    pay_hidden: bool = False
    posted_at: datetime | None = None
    expires_at: datetime | None = None
    days_old: int | None = None
    language: str = ""
    seniority: str = ""
    eligible: tuple[str, ...] = ()
    timezones: tuple[str, ...] = ()
    via: str = ""
    requisition: str = ""


def joined(first: Record, again: Record) -> Record:
    """One job that its source lists once for each of its places: the places of both."""
    return replace(
        first,
        locations=tuple(dict.fromkeys(first.locations + again.locations)),
        countries=tuple(dict.fromkeys(first.countries + again.countries)),
        eligible=tuple(dict.fromkeys(first.eligible + again.eligible)),
    )


@dataclass(frozen=True, slots=True)
class Skipped:
    """A well-formed entry that is no job to import, and why ("not listed")."""

    external_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A malformed entry: its id, or "#3" for the third one of its payload, and what is wrong."""

    external_id: str
    reason: str


Entry = Record | Skipped | Refused
