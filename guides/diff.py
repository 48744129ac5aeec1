"""Two texts side by side, line by line, and two lines word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond it two lines are too different, or too long, to be read as one line that was edited.
ALIKE = 0.5
LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    """A line of each text; '' and no number where one has none. `kind`: same, changed, gap."""

    kind: str
    old_number: int | None
    old: str
    new_number: int | None
    new: str


def side_by_side(old: str, new: str, context: int | None = 3) -> list[Row]:
    """The lines of both texts, equal ones beside each other.

    Equal lines further than `context` from a change are left out for a row of kind `gap`, and of
    equal texts nothing is left; with None all of them are there.
    """
    rows = list(_rows(old.split("\n"), new.split("\n")))
    if context is None:
        return rows
    changed = [number for number, row in enumerate(rows) if row.kind != "same"]
    if not changed:
        return []
    near = {n + step for n in changed for step in range(-context, context + 1)}
    shown: list[Row] = []
    for number, row in enumerate(rows):
        if number in near:
            shown.append(row)
        elif not shown or shown[-1].kind != "gap":
            shown.append(Row("gap", None, "", None, ""))
    return shown


def word_by_word(old: str, new: str) -> list[tuple[str, str]]:
    """The pieces (`same`, `gone` or `added`; text) of a line that was edited.

    Lines that have little in common are `gone` and `added` as wholes.
    """
    whole = [("gone", old), ("added", new)]
    if max(len(old), len(new)) > LONGEST:
        return [piece for piece in whole if piece[1]]
    a, b = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [piece for piece in whole if piece[1]]
    pieces = []
    for kind, left, left_end, right, right_end in matcher.get_opcodes():
        gone, added = "".join(a[left:left_end]), "".join(b[right:right_end])
        pieces += [("same", gone)] if kind == "equal" else [("gone", gone), ("added", added)]
    return [piece for piece in pieces if piece[1]]


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        for offset in range(max(a_end - a, b_end - b)):
            left, right = a + offset, b + offset
            has_left, has_right = left < a_end, right < b_end
            yield Row(
                "same" if kind == "equal" else "changed",
                left + 1 if has_left else None,
                old[left] if has_left else "",
                right + 1 if has_right else None,
                new[right] if has_right else "",
            )
