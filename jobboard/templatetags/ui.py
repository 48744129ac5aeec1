"""Small tags of the page that belong to no app; built into every template."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from lib.markup import filled
from lib.panels import facet_panel
from lib.parameters import Ignored, Sieve

register = template.Library()
register.simple_tag(facet_panel)


@register.filter
def grouped(number: int) -> str:
    """12,345: what `floatformat:"0g"` says of a whole number, without asking for the locale."""
    return f"{number:,}"


@register.filter(expects_localtime=True)
def dated(moment: datetime, form: str = "long") -> SafeString:
    """A day as an element that holds the very instant: 3 November 2026, `short` 3 Nov 2026.

    Django's `date` takes several times as long, and one posting has a dozen of them.
    """
    month = f"{moment:%B}" if form == "long" else f"{moment:%b}"
    return filled(
        '<time datetime="{}">{} {} {}</time>', moment.isoformat(), moment.day, month, moment.year
    )


@register.simple_tag
@cache
def style_sheets() -> SafeString:
    """The icon and the style sheets of every page; they follow from the files alone."""
    return render_to_string("_style_sheets.html")


@register.simple_tag
@cache
def script(path: str) -> SafeString:
    """A script of our own, which runs once the page is read."""
    return filled('<script src="{}" defer></script>', static(path))


@cache
def sections() -> list[tuple[str, str]]:
    """The address and the name of each part of the board."""
    return [
        (reverse("guides:index"), "Guides"),
        (reverse("guides:roles"), "Roles"),
        (reverse("guides:compare_pick"), "Compare"),
        (reverse("jobs:list"), "Jobs"),
        (reverse("market:salaries"), "Salaries"),
    ]


@register.simple_tag
def site_header(path: str) -> SafeString:
    """The head of every page, with the part of the board marked that the page is in."""
    home = reverse("home")
    here = next((address for address, _ in sections() if path.startswith(address)), "")
    return _site_header(home if path == home else here, is_itself=path in (home, here))


@cache
def _site_header(here: str, is_itself: bool) -> SafeString:
    context = {"sections": sections(), "here": here, "current": "page" if is_itself else "true"}
    return render_to_string("_site_header.html", context | {"name": settings.BOARD["NAME"]})


@register.simple_tag
def address(asked: Sieve, **changes: str | int | None) -> str:
    """The same list with changes; `None` removes a parameter."""
    texts = {name: None if value is None else str(value) for name, value in changes.items()}
    return asked.address(None, None, **texts) or "?"


@register.simple_tag
def suggested(asked: Sieve, ignored: Ignored) -> str:
    """The same list with an ignored value in its suggested form; empty if that changes nothing."""
    return asked.instead(ignored)


@register.simple_tag
def ways_to_mend(asked: Sieve, ignored: Ignored) -> list[tuple[str, str]]:
    return asked.ways_to_mend(ignored)


@register.filter
def label_of(asked: Sieve, ignored: Ignored) -> str:
    """What the page calls the parameter; empty where it has none of that name."""
    return asked.label(ignored.name)


@register.simple_tag
def page_numbers(page: Page) -> Iterator[int | str]:
    """The first, the last and the nearest pages, with an ellipsis for the rest."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def is_number(value: object) -> bool:
    return isinstance(value, int)
