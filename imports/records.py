"""What a connector says about a job: plain data, the contract between connectors and the run.

A connector turns each job of a payload into exactly one of `Record` (import it), `Skipped`
(well-formed but nothing to import) or `Refused` (malformed). Nothing here is derived from prose:
a field that the payload does not state in a field of its own stays empty.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Pay:
    """One stated range of pay.

    At least one of `minimum` and `maximum` is set, in units of the currency (never cents), as
    stated (never annualised). `currency` is ISO 4217 or '' when not said; `period` is hour, day,
    week, month, year or '' when not said; `kind` is base, ote, bonus or estimate. `text` is the
    payload's own wording, or its JSON where the range is given in numbers only.
    """

    minimum: Decimal | None
    maximum: Decimal | None
    currency: str
    period: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One job as its payload states it.

    `external_id` is the job's id at its source, as text. `company` is '' where the payload does
    not name one. `html` is real HTML, unescaped but *not sanitised*. `locations` are the texts of
    its places in the payload's order, `countries` ISO 3166-1 alpha-2 codes from structured fields
    only. `workplace` is onsite, hybrid, remote or ''; `employment` values of the employment scale,
    empty where unknown. With `pay_hidden` the payload forbids to show pay: `pay` is empty, and the
    caller must not take pay from the text either. The instants are aware, in UTC; `expires_at` is
    the first instant at which the job is no longer open. `language` is a BCP 47 tag or ''.
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
    language: str = ""


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
