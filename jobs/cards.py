"""A posting in a list, kept as HTML until the posting or what its links say has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString

from guides.links import RoleLink, link_of, role_guides
from guides.models import Role
from guides.stamps import keep, recall
from jobs.excerpts import Excerpt
from jobs.models import PayRange, Posting
from jobs.parts import for_cards
from jobs.salary import DOT, NO_BREAK, Yearly, a_year
from lib.markup import filled, joined

# Not templates: twenty cards that are not kept took a fifth of a list page.
HEAD = (
    '<li class="card" data-posting="{0}">\n'
    '<h{1} class="card__title"><a href="{2}">{3}</a></h{1}>\n'
    '<p class="card__where"><span class="card__company">@ {4}</span> | {5}</p>\n{6}'
)
FACTS = '<p class="card__facts">{}</p>\n'
CONVERTED = '<p class="card__facts card__facts--converted">{}</p>\n'
ITEM = '{}{}<p class="card__meta"><time datetime="{}">{}</time>{}{}{}</li>\n'
LINK = DOT + '<a href="{}">{}: {}</a>'
BOARD = DOT + '<a href="{}" rel="noopener">via {}</a>'


class Card(NamedTuple):
    """HTML around what passes with time and is written anew each time: the posting's age, and
    when it was last confirmed, where that is another day; and its comparable pay."""

    pk: int
    before: SafeString
    posted_at: datetime
    confirmed_at: datetime | None
    after: SafeString
    pay: tuple[Yearly, ...] = ()

    def html(self, converted: str = "", excerpt: Excerpt | None = None) -> SafeString:
        """The card as an item of a list, with its pay in the list's currency and its excerpt."""
        said = filled(CONVERTED, unbroken(converted)) if converted else ""
        posted = self.posted_at.isoformat(timespec="seconds"), age(self.posted_at)
        seen = f"{DOT}confirmed {age(self.confirmed_at)}" if self.confirmed_at else ""
        return filled(ITEM, self.before, said, *posted, seen, self.after, marked(excerpt))


def age(moment: datetime) -> str:
    """`today`, `yesterday`, `12 days ago`, `3 months ago`: how old a posting is, by the days that
    are shown beside it."""
    days = (timezone.now().date() - moment.date()).days
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 60:
        return f"{days} days ago"
    if (months := days // 30) < 24:
        return f"{months} months ago"
    return f"{days // 365} year{'s' if days >= 730 else ''} ago"


def marked(excerpt: Excerpt | None) -> SafeString:
    """An excerpt with its matches marked; nothing where there is none.

    Where the text has a new line, it has a dot: a heading is no part of the next sentence.
    """
    if not excerpt:
        return SafeString()
    pieces = (
        filled("<mark>{}</mark>" if is_match else "{}", text.replace("\n", " · "))
        for text, is_match in excerpt
    )
    return filled('<p class="excerpt">{}</p>', joined(pieces))


def unbroken(text: object) -> SafeString:
    """Words with each range of pay on one line: a browser breaks behind its hyphen, whatever space
    follows."""
    pieces = (
        filled('<span class="unbroken">{}</span>' if f"{NO_BREAK}-" in piece else "{}", piece)
        for piece in str(text).split(" ")
    )
    return SafeString(" ".join(pieces))


def cards(live: Iterable[tuple[int, int]], stamp: str, level: int = 2) -> list[Card]:
    """Cards of live rows, given as (posting id, version), in their order.

    `stamp` is that of guides, whose names and addresses they link; `level` is that of the
    heading in each. One statement for those that are not kept, and one for the links if guides
    have changed; a posting that is gone since is left out.
    """
    rows = list(live)
    keys = {pk: f"posting:{pk}:{version}:{level}:{stamp}" for pk, version in rows}
    found: dict[str, Card] = recall(keys.values())
    if missing := [pk for pk, key in keys.items() if key not in found]:
        made = for_cards(missing)
        own = role_guides(stamp).own
        new = {keys[pk]: card_of(*one, own, level) for pk, one in made.items()}
        keep(new)
        found |= new
    return [found[key] for key in keys.values() if key in found]


def link_to(role: Role, own: Mapping[int, RoleLink]) -> SafeString:
    """The way to a role's guide, else to its page; short, since a list has twenty of them."""
    link = link_of(role, own)
    return filled(LINK, link.url, "Guide" if link.is_guide else "Role", role.name)


def card_of(
    posting: Posting,
    confirmed_at: datetime | None,
    pay: Iterable[PayRange],
    own: Mapping[int, RoleLink],
    level: int = 2,
) -> Card:
    """The card of a posting with company and role at hand; `own` as `role_guides` gives it."""
    facts = posting.facts
    is_later = confirmed_at and confirmed_at - posting.posted_at >= timedelta(days=1)
    return Card(
        posting.pk,
        filled(
            HEAD,
            posting.pk,
            level,
            posting.get_absolute_url(),
            posting.title,
            posting.company.name,
            posting.place_line,
            filled(FACTS, unbroken(facts)) if facts else "",
        ),
        posting.posted_at,
        confirmed_at if is_later else None,
        filled(
            "{}{}</p>\n",
            link_to(posting.role, own) if posting.role else "",
            joined(filled(BOARD, board["url"], board["name"]) for board in posting.via),
        ),
        tuple(yearly for one in pay if (yearly := a_year(one))),
    )
