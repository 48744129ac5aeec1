"""HTML from pieces."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from lib.markup import filled, joined

FORM = '<a title="{}" href="{}">{}</a>'
values = st.one_of(st.text(), st.integers(), st.decimals(), st.text().map(SafeString), st.none())


@given(values, values, values)
def test_it_is_what_format_html_makes(first, second, third):
    made = filled(FORM, first, second, third)
    assert made == format_html(FORM, first, second, third)
    assert isinstance(made, SafeString)


def test_what_is_made_of_pieces_is_not_escaped_again():
    pieces = [filled("<li>{}</li>", one) for one in ("<", Decimal(3), mark_safe("<b>"))]
    assert filled("<ul>{}</ul>", joined(pieces)) == "<ul><li>&lt;</li><li>3</li><li><b></li></ul>"
