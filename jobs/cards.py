"""A posting in a list, kept as HTML until the posting or what its links say has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.links import RoleLink, link_of, role_guides
from guides.stamps import keep, recall
from jobs.models import PayRange, Posting
from jobs.parts import for_cards
from jobs.salary import Yearly, a_year

META = '<p class="card__meta"><time datetime="{}">'


@dataclass(frozen=True, slots=True)
class Card:
    """HTML around what passes with time and is written anew each time: the posting's age, and
    when it was last confirmed, where that is another day; and its comparable pay."""

    pk: int
    before: SafeString
    meta: SafeString
    posted_at: datetime
    confirmed_at: datetime | None
    after: SafeString
    pay: tuple[Yearly, ...] = ()


def cards(live: Iterable[tuple[int, int]], stamp: str, level: int = 2) -> list[Card]:
    """Cards of live rows, given as (posting id, version), in their order.

    `stamp` is that of guides, whose names and addresses they link; `level` is that of the
    heading in each. One statement for those that are not kept, and one for the links if guides
    have changed; a posting that is gone since is left out.
    """
    rows = list(live)
    keys = {pk: f"card:{pk}:{version}:{level}:{stamp}" for pk, version in rows}
    found: dict[str, Card] = recall(keys.values())
    if missing := [pk for pk, key in keys.items() if key not in found]:
        made = for_cards(missing)
        own = role_guides(stamp).own
        new = {keys[pk]: card_of(*one, own, level) for pk, one in made.items()}
        keep(new)
        found |= new
    return [found[key] for key in keys.values() if key in found]


def card_of(
    posting: Posting,
    confirmed_at: datetime | None,
    pay: Iterable[PayRange],
    own: Mapping[int, RoleLink],
    level: int = 2,
) -> Card:
    """The card of a posting with company and role at hand; `own` as `role_guides` gives it."""
    link = link_of(posting.role, own) if posting.role else None
    context = {"posting": posting, "link": link, "level": level}
    is_later = confirmed_at and confirmed_at - posting.posted_at >= timedelta(days=1)
    return Card(
        posting.pk,
        render_to_string("jobs/_card_before.html", context),
        format_html(META, posting.posted_at.isoformat(timespec="seconds")),
        posting.posted_at,
        confirmed_at if is_later else None,
        render_to_string("jobs/_card_after.html", context),
        tuple(yearly for one in pay if (yearly := a_year(one))),
    )
