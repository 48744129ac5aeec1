"""A figure as HTML, the same wherever it stands.

Not a template, since a page has more than a hundred of them, and they took half of its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from lib.markup import filled, joined
from market.figures import Figure

FIGURE = '<span data-figure="{}" data-n="{}" data-as-of="{}"><a href="{}">{}</a>{}</span>'
BASIS = ' <span class="fig__basis">{}</span>'
FEW = '<span class="fig--few">{}<a href="{}">{}</a>{}</span>'
NONE = '<span class="fig--few">{}</span>'
WORD = '<span class="fig__word">{}</span> {}'


@dataclass(frozen=True, slots=True)
class Item:
    """A figure with the word before it (a level, a place) and the noun that is counted."""

    figure: Figure
    word: str = ""
    noun: str = ""


def figure_html(figure: Figure, noun: str = "", *, bare: bool = False) -> SafeString:
    """The value with a link to its postings, and unless `bare` with what it rests on.

    Where the sample is too small: that, with the number that there is.
    """
    if not figure.text:
        if not figure.n:
            return filled(NONE, "none yet")
        return filled(FEW, "too few to tell: ", figure.url, f"{figure.n:,}", "")
    basis = "" if bare or not figure.basis else filled(BASIS, figure.basis)
    return _value(figure, f"{figure.text} {noun}".rstrip(), basis)


def quoted_html(figure: Figure | None) -> SafeString:
    """A figure in the middle of a sentence."""
    if figure is None:
        return filled(NONE, "(a figure that is not kept any more)")
    if not figure.text:
        few = f"{figure.n:,}"
        return filled(FEW, "too few postings to tell (", figure.url, few, ")")
    basis = filled(BASIS, f"({figure.basis})") if figure.basis else ""
    return _value(figure, figure.text, basis)


def items_html(items: Sequence[Item], *, bare: bool = False) -> SafeString:
    """The figures of one cell, a list where there are several."""
    pieces = [
        filled(WORD, one.word, html) if one.word else html
        for one in items
        for html in [figure_html(one.figure, one.noun, bare=bare)]
    ]
    if not pieces:
        return filled(NONE, "too few to tell")
    if len(pieces) == 1:
        return pieces[0]
    lines = joined(filled("<li>{}</li>", piece) for piece in pieces)
    return filled('<ul class="figs">{}</ul>', lines)


def _value(figure: Figure, text: str, basis: SafeString | str) -> SafeString:
    as_of = figure.as_of.isoformat() if figure.as_of else ""
    return filled(FIGURE, figure.key, figure.n, as_of, figure.url, text, basis)
