"""The HTML of a filter panel's facets."""

from functools import lru_cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from lib.filters import Facet

FACET = (
    '<details class="facet"{}>\n<summary class="facet__name">{}</summary>\n<fieldset>\n'
    '<legend class="visually-hidden">{}</legend>\n{}{}{}{}</fieldset>\n</details>'
)
FACET_VALUE = (
    '<label><input type="checkbox" name="{0}" value="{1}" '
    'data-facet="{0}" data-value="{1}" data-count="{2}"{3}><span>{4}</span> '
    "<small>{5}</small></label>\n"
)
ALL_VALUES = (
    '<p class="facet__more"><a href="{}"{}>Show all {}'
    '<span class="visually-hidden"> of {}</span></a></p>\n'
)
FEWER = (
    '<p class="facet__more">{} more with fewer {}; '
    "a keyword or another filter brings them up.</p>\n"
)
# Few words come again and again: values of facets, their names, and numbers. Each takes 140 bytes.
escaped = lru_cache(maxsize=2_000)(escape)


def facet_panel(
    facet: Facet,
    open: bool = False,
    things: str = "postings",
    before: SafeString | str = "",
    after: SafeString | str = "",
    all_values: str = "",
    searched: bool = True,
) -> SafeString:
    """A facet's checkboxes in their fold, between other controls; a zero is shown where chosen.

    `all_values` is the page of every value, `searched` whether scripts bring its search here;
    without such a page the number of `things` tells why a value is not shown.

    Not a template: nine facets with ninety values took half the time of a list page.
    """
    name, label = escaped(facet.name), escaped(facet.label)
    values = format_html_join(
        "",
        FACET_VALUE,
        (
            (name, escaped(one.value), escaped(str(one.count)), " checked" if one.chosen else "",
             escaped(one.label), escaped(_grouped(one.count)))
            for one in facet.values
            if one.count or one.chosen
        ),
    )  # fmt: skip
    more: SafeString | str = ""
    if facet.more and all_values:
        search = format_html(' data-facet-search="{}"', name) if searched else ""
        more = format_html(
            ALL_VALUES, all_values, search, _grouped(len(facet.values) + facet.more), label
        )
    elif facet.more:
        more = format_html(FEWER, _grouped(facet.more), things)
    is_open = " open" if open or facet.is_chosen else ""
    return format_html(FACET, is_open, label, label, before, values, more, after)


def _grouped(number: int) -> str:
    return f"{number:,}"
