"""The kinds of questions that wait for a person, each with its rows and what can be answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from jobs import closing
from jobs.conflicts import settle
from jobs.duplicates import NotPossible, keep_apart, merge
from jobs.models import Conflict, HeldClosing, Pair, Posting
from jobs.review import titles

State = Posting.State
WAITING = (State.OPEN, State.PENDING)
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a table, with the page they lead to, if any; `quote`: words of a stranger."""

    text: str
    url: str = ""
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Kind:
    """`verbs` are (value, words) of the buttons; `act` answers one row, or raises ValueError."""

    slug: str
    label: str
    says: str
    none: str
    columns: tuple[str, ...]
    verbs: tuple[tuple[str, str], ...]
    rows: Callable[[], QuerySet[Any]]
    row: Callable[[Any], Row]
    act: Callable[[Any, str, Any], None]


def posting_cell(posting: Posting) -> Cell:
    address = reverse("admin:jobs_posting_change", args=[posting.pk])
    return Cell(f"{posting} @ {posting.company}", address)


def day(value: Any) -> Cell:
    return Cell(date_format(value, "j F Y") if value else "")


# --- conflicts ------------------------------------------------------------------------------------


def _conflicts() -> QuerySet[Any]:
    rows = Conflict.objects.filter(state=Conflict.State.OPEN, posting__state__in=WAITING)
    return rows.select_related("posting__company")


def _conflict(one: Conflict) -> Row:
    field: Any = Posting._meta.get_field(one.field)
    said = dict(field.flatchoices)
    return Row(
        one.pk,
        (
            posting_cell(one.posting),
            Cell(one.field.capitalize()),
            Cell(str(said.get(one.stated, one.stated))),
            Cell(str(said.get(one.read, one.read))),
            Cell(one.quote, quote=True),
        ),
    )


def _settle(one: Conflict, verb: str, by: Any) -> None:
    settle(one, {"stated": one.stated, "read": one.read}.get(verb, ""), by)


# --- duplicates -----------------------------------------------------------------------------------


def _pairs() -> QuerySet[Any]:
    rows = Pair.objects.filter(
        Q(older__state__in=WAITING) & Q(younger__state__in=WAITING), state=Pair.State.OPEN
    )
    return rows.select_related("older__company", "younger__company")


def _pair(one: Pair) -> Row:
    where = " / ".join(part for part in (one.older.place_line, one.younger.place_line) if part)
    return Row(
        one.pk,
        (
            posting_cell(one.older),
            posting_cell(one.younger),
            Cell(f"{one.likeness:.0%}"),
            Cell(where),
            Cell(one.reason),
        ),
    )


def _decide_pair(one: Pair, verb: str, by: Any) -> None:
    both = [one.older, one.younger]
    if verb == "merge":
        merge(both, by=by)
    else:
        keep_apart(both, by=by)


# --- held closings --------------------------------------------------------------------------------


def _closings() -> QuerySet[Any]:
    return HeldClosing.objects.filter(state=HeldClosing.State.OPEN)


def _closing(one: HeldClosing) -> Row:
    missing = closing.due(one.source, one.at).select_related("posting").order_by("pk")
    named = [row.posting.title for row in missing[:EXAMPLES]]
    return Row(
        one.pk,
        (
            Cell(one.source),
            Cell(f"{missing.count()} of {one.of}"),
            day(one.at),
            Cell(", ".join(named), quote=True),
        ),
    )


def _decide_closing(one: HeldClosing, verb: str, by: Any) -> None:
    if verb == "approve":
        closing.approve(one, by)
    else:
        closing.dismiss(one, by)


# --- held postings --------------------------------------------------------------------------------


def _held() -> QuerySet[Any]:
    rows = Posting.objects.filter(state=State.PENDING).select_related("company", "role")
    return rows.order_by("posted_at", "pk").prefetch_related("listings")


def _held_row(one: Posting) -> Row:
    sources = dict.fromkeys(listing.source for listing in one.listings.all())
    return Row(
        one.pk,
        (
            posting_cell(one),
            Cell(one.role.name if one.role else "None known"),
            Cell(one.place_line),
            Cell(", ".join(sources) or "By hand"),
            day(one.posted_at),
        ),
    )


def _decide_held(one: Posting, verb: str, by: Any) -> None:
    if verb == "approve":
        one.approve()
    else:
        one.reject()


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "conflicts",
            "Source and text disagree",
            "A source's own field says one thing and its words another. Neither is shown: the "
            "field is unknown until it is set, here or in the posting, and held from then on.",
            "No posting contradicts itself.",
            ("Posting", "Field", "The source's field", "Its words", "Quoted"),
            (("stated", "The field is right"), ("read", "The words are right"),
             ("leave", "Leave unknown")),
            _conflicts,
            _conflict,
            _settle,
        ),
        Kind(
            "duplicates",
            "Perhaps the same job",
            "Two postings of one employer under one title. Merged, the younger address leads to "
            "the older one; kept apart, they are not proposed again.",
            "No two postings are doubtful.",
            ("Older", "Younger", "Same words", "Where", "Why it is doubtful"),
            (("merge", "Merge: one job"), ("apart", "Keep apart: two jobs")),
            _pairs,
            _pair,
            _decide_pair,
        ),
        Kind(
            "closings",
            "Many closings at once",
            "A board no longer shows so many postings that it may be broken. Nothing was closed. "
            "Those that come back meanwhile are left out by themselves.",
            "No board has lost many postings at once.",
            ("Board", "Gone", "Since the run of", "Such as"),
            (("approve", "Close them"), ("dismiss", "They are not gone")),
            _closings,
            _closing,
            _decide_closing,
        ),
        Kind(
            "held",
            "Held for approval",
            "Postings of sources that hold what is new. Nobody sees them before they are approved.",
            "No posting waits for approval.",
            ("Posting", "Role", "Where", "Source", "Posted"),
            (("approve", "Approve: public from now on"), ("reject", "Reject")),
            _held,
            _held_row,
            _decide_held,
        ),
    )
}  # fmt: skip


def counts() -> list[tuple[str, str, str, int]]:
    """(slug, label, what it is, how many wait) of each kind, unmatched titles last."""
    found = [(one.slug, one.label, one.says, one.rows().count()) for one in KINDS.values()]
    waiting = len(titles.unmatched())
    return [*found, ("titles", "Titles without a role", TITLES_SAY, waiting)]


TITLES_SAY = (
    "Titles of open postings that name no role of the board, the most frequent first. Made an "
    "alias of a role, a title moves its postings to that role."
)


def answer(kind: Kind, ids: Sequence[int], verb: str, by: Any) -> tuple[int, list[str]]:
    """Answer these rows, each in a transaction of its own: how many, and what went wrong."""
    done, wrong = 0, []
    for pk in ids:
        one = kind.rows().filter(pk=pk).first()
        if one is None:
            continue  # another person was first, or an answer before this one settled it
        try:
            kind.act(one, verb, by)
            done += 1
        except (NotPossible, ValueError) as error:
            wrong.append(str(error))
    return done, wrong
