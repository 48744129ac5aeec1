"""The list of guides as Atom."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.http import http_date

from guides.filters import GuideFilter
from guides.pages import GuideCard
from lib.feeds import Atom

ENTRIES = 50


def guide_feed(asked: GuideFilter, cards: Sequence[GuideCard], path: str) -> Atom:
    """The guides of `cards`, which `asked` has found; the id of an entry outlives its address."""
    site, query = settings.SITE_URL, asked.address()
    narrowed = ", ".join(one.label for one in asked.chosen())
    feed = Atom(
        title=f"{settings.BOARD['NAME']}: guides" + (f" ({narrowed})" if narrowed else ""),
        link=f"{site}{reverse('guides:index')}{query}",
        feed_url=f"{site}{path}{query}",
        description="Guides that say what careers ask for and how they differ.",
        author_name=settings.BOARD["NAME"],
    )
    for card in cards:
        feed.add_item(
            title=card.title,
            link=f"{site}{card.url}",
            description=linebreaks(card.summary, autoescape=True),
            unique_id=f"tag:{urlsplit(site).hostname},2026:guide/{card.pk}",
            pubdate=card.published_at,
            updateddate=card.revised_at,
            author_name=card.author or None,
        )
    return feed


def atom_response(feed: Atom, cards: Sequence[GuideCard]) -> HttpResponse:
    """The document with what a conditional request is answered by."""
    response = HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
    if cards:
        response["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return response
