"""What readers are told of a guide's changes: its published texts, each beside the one before.

Only what a published page showed is compared. Drafts in between, scheduled texts, and what the
text form holds for editors alone (claims that no section refers to, the date of the next review)
have no part in it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guides.diff import Row, side_by_side, word_by_word
from guides.frontmatter import split
from guides.models import Aspect, Revision, Role
from lib.text import plain

HEAD, NOTES = "About the guide", "Notes and sources"
CONTEXT = 1
A_PAGE = 10

# A part of a guide is known by its heading and by how many of that heading stand before it.
Parts = dict[tuple[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """`kind` as of guides.diff.Row; `pieces` are (`same`, `gone` or `added`; text)."""

    kind: str
    pieces: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A section, or what stands around the sections; `lines` are its changes and their context."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Change:
    """One published text. `is_first`: there was none before it, so there is nothing to compare."""

    effective_at: datetime
    reason: str
    author: str
    is_first: bool
    parts: list[ChangedPart]


def changes(revisions: Sequence[Revision], shown: int) -> list[Change]:
    """The first `shown` of these revisions, newest first, each compared with the next one.

    So one more is asked for than is shown, where there is one. One statement, for the roles' names.
    """
    wanted = {key for revision in revisions for key in _rendered(revision)["roles"]}
    names = dict(Role.objects.filter(pk__in=wanted).values_list("pk", "name"))
    texts = [readers_text(revision, names) for revision in revisions]
    found = []
    for number, revision in enumerate(revisions[:shown]):
        before = texts[number + 1] if number + 1 < len(texts) else None
        found.append(
            Change(
                effective_at=revision.effective_at,  # type: ignore[arg-type]
                reason=revision.reason,
                author=_rendered(revision)["author"],
                is_first=before is None,
                parts=[] if before is None else compared(before, texts[number]),
            )
        )
    return found


def compared(old: Parts, new: Parts) -> list[ChangedPart]:
    """The parts that differ, in the order of the new text; those that are gone come last."""
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key, []), new.get(key, [])
        if before != after:
            rows = side_by_side("\n".join(before), "\n".join(after), CONTEXT)
            found.append(ChangedPart(key[0], [_line(row) for row in rows]))
    return found


def readers_text(revision: Revision, names: Mapping[int, str]) -> Parts:
    """What readers saw of a published revision: lines, none empty, under the headings they saw."""
    shown = _rendered(revision)
    headings = [section["heading"] for section in shown["sections"]]
    parts: Parts = {(HEAD, 0): list(_head(shown, names, headings))}
    taken = Counter([HEAD])
    for section, body in zip(
        shown["sections"], _bodies(revision.text, shown["sections"]), strict=True
    ):
        heading, aspect = section["heading"], section["aspect"]
        lines = [f"Beside each other: {Aspect(aspect).label}"] if aspect else []
        parts[heading, taken[heading]] = [*lines, *body]
        taken[heading] += 1
    parts[NOTES, taken[NOTES]] = [_note(note) for note in shown["notes"]]
    return parts


def _rendered(revision: Revision) -> dict[str, Any]:
    assert revision.rendered is not None, "only published revisions have a public history"
    return revision.rendered


def _head(
    shown: Mapping[str, Any], names: Mapping[int, str], headings: Iterable[str]
) -> Iterable[str]:
    said = {
        "Title": shown["title"],
        "Subtitle": shown["subtitle"],
        "Author": shown["author"],
        "Reviewer": shown["reviewer"],
        "Reviewed on": shown["reviewed_on"],
        "Roles": ", ".join(names[key] for key in shown["roles"] if key in names),
        "Topics": ", ".join(shown.get("topics", [])),
        "Sections": ", ".join(headings),
    }
    yield from (f"{label}: {value}" for label, value in said.items() if value)
    yield from (f"Summary: {line}" for line in shown["summary"].splitlines() if line.strip())


def _note(note: Mapping[str, Any]) -> str:
    source = [note["title"], note["publisher"], note["url"]]
    dates = {"published": note["published"], "read": note["accessed"],
             "to be checked again by": note["review_on"]}  # fmt: skip
    told = [*source, *(f"{words} {date}" for words, date in dates.items() if date)]
    said = plain(note["text_html"]).replace("\n", " ")
    return f"[^{note['key']}] {said} — " + ", ".join(part for part in told if part)


def _bodies(text: str, sections: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The lines of each section that say something, in the Markdown that was written."""
    bodies: list[list[str]] = [[] for _ in sections]
    number = -1
    for line in split(text)[1].split("\n"):
        following = sections[number + 1] if number + 1 < len(sections) else None
        if following and line in (
            f"## {following['heading']}",
            f"## {following['heading']} {{aspect={following['aspect']}}}",
        ):
            number += 1
        elif line.strip() and number >= 0:
            bodies[number].append(line)
    return bodies


def _line(row: Row) -> Line:
    if row.kind == "changed":
        return Line("changed", word_by_word(row.old, row.new))
    return Line(row.kind, [("same", row.new)])
