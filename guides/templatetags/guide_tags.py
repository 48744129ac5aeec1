"""Filters of the pages of guides."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.core.files.storage import default_storage
from django.utils.safestring import SafeString
from django.utils.text import get_text_list

from guides import values
from lib import text

register = template.Library()


@register.filter
def trusted(stored: str | Iterable[Mapping[str, str]]) -> SafeString:
    """Stored parts or HTML of our renderer, printed as they are."""
    return text.trusted(stored)


@register.filter
def value_mark(words: str) -> str:
    """What stands for a value until the page's template fills it."""
    return values.mark(words)


@register.filter
def stored_at(name: str) -> str:
    """The address of a stored file."""
    return default_storage.url(name)


@register.filter
def plain(html: str) -> str:
    return text.plain(html)


@register.filter
def names(things: Iterable[Any]) -> list[str]:
    return [str(thing.name) for thing in things]


@register.filter
def in_words(texts: Sequence[str], most: int = 5) -> str:
    """A list as people say it: "A, B and C"; what goes beyond `most` is counted."""
    shown = list(texts[:most])
    if len(texts) > most:
        shown.append(f"{len(texts) - most} more")
    return get_text_list(shown, "and")
