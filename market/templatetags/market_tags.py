"""The market inside other pages: what a role, a guide or a comparison shows of it."""

from collections.abc import Iterable, Mapping

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

from guides.pages import RoleRef
from guides.stamps import stamps as stamps_now
from guides.values import pieces
from market.figures import Figure
from market.markup import Item, figure_html, items_html
from market.quoted import filled
from market.showing import Shown, market

register = template.Library()


@register.simple_tag
def market_of(roles: Iterable[RoleRef], stamps: Mapping[str, str]) -> Shown:
    """What the postings of the roles say, for the table at a glance and below the text."""
    return market(list(roles), stamps)


@register.simple_tag
def figure(one: Figure, noun: str = "", bare: bool = False) -> SafeString:
    """A figure with a link to its postings and what it rests on."""
    return figure_html(one, noun, bare=bare)


@register.simple_tag
def figures_in_a_cell(items: list[Item], bare: bool = False) -> SafeString:
    return items_html(items, bare=bare)


@register.tag
def figures(parser: Parser, token: Token) -> "FiguresNode":
    """`{% figures stamps %}…{% endfigures %}` fills the marks of values (see guides.values).

    Without stamps, as in a preview, by those of the moment.
    """
    _, *stamps = token.split_contents()
    nodes = parser.parse(("endfigures",))
    parser.delete_first_token()
    return FiguresNode(nodes, parser.compile_filter(stamps[0]) if stamps else None)


class FiguresNode(template.Node):
    def __init__(self, nodelist: NodeList, stamps: FilterExpression | None) -> None:
        self.nodelist, self.stamps = nodelist, stamps

    def render(self, context: template.Context) -> str:
        cut = pieces(self.nodelist.render(context))
        asked = [value for _, value in cut if value]
        if not asked:
            return cut[0][0]
        stamps = self.stamps.resolve(context, ignore_failures=True) if self.stamps else None
        html = filled(asked, stamps or stamps_now())
        return "".join(before + (html[value] if value else "") for before, value in cut)
