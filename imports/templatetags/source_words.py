"""Where a posting was seen, for pages of apps that do not know `imports`."""

from django import template

from imports.systems import name_of

register = template.Library()


@register.filter
def source_name(source: str) -> str:
    """The key of a source in words: "greenhouse:acme" is "Greenhouse, board acme"."""
    system, _, board = source.partition(":")
    name = name_of(system)
    return f"{name}, board {board}" if board and board != system else name
