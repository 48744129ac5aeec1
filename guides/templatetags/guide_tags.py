"""Filters of the pages of guides."""

from collections.abc import Iterable, Mapping

from django import template
from django.core.files.storage import default_storage
from django.utils.safestring import SafeString

from lib import text

register = template.Library()


@register.filter
def trusted(stored: str | Iterable[Mapping[str, str]]) -> SafeString:
    """Stored parts or HTML of our renderer, printed as they are."""
    return text.trusted(stored)


@register.filter
def stored_at(name: str) -> str:
    """The address of a stored file."""
    return default_storage.url(name)


@register.filter
def plain(html: str) -> str:
    return text.plain(html)
