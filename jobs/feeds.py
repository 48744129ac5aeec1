"""The list of postings as Atom and as JSON Feed: the same filter, always the newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.html import linebreaks
from django.views.decorators.http import require_safe

from guides.stamps import stamps
from jobs.cursors import CursorField, Place, written
from jobs.filters import PostingFilter
from jobs.stated import Stated, stated
from lib.feeds import Atom
from lib.filters import OwnField
from lib.parameters import BadValue, ignored_as_data

ENTRIES = 50
# Raised with each change of what the documents say, so that nobody is told that nothing changed.
VERSION = 2
# A withdrawn posting may be read for so long from the cache of somebody else.
SECONDS = 60


class NewestField(forms.CharField):
    def clean(self, value: Any) -> str:
        if (text := super().clean(value)) not in ("", "newest"):
            raise BadValue("is not for feeds: they have the newest first", "newest")
        return text


class FeedFilter(PostingFilter):
    """A list of postings that goes on behind a `cursor`; it has no pages and one order."""

    page = None  # type: ignore[assignment]  # so django-filter takes a filter away
    sort = OwnField(NewestField, label="Sort by")
    cursor = OwnField(CursorField, label="Cursor")

    SHAPE: ClassVar[tuple[str, ...]] = (*PostingFilter.SHAPE, "cursor")
    ELSEWHERE: ClassVar[Mapping[str, str]] = {
        "page": "is for the pages of the list; a feed goes on behind its cursor"
    }

    @property
    def chosen_sort(self) -> str:
        return "newest"

    def address(
        self,
        drop: tuple[str, str] | None = None,
        add: tuple[str, str] | None = None,
        **changes: str | None,
    ) -> str:
        """As for every list; without `cursor` among the changes the first page is meant."""
        return super().address(drop, add, **({"cursor": None} | changes))


class Feed:
    """One page of a feed, whatever it is written in. As many statements as the filter needs, and
    two for the postings."""

    def __init__(self, asked: FeedFilter, path: str) -> None:
        self.filter, self.path = asked, path
        ids, columns = asked.narrow(), asked.columns
        self.total = len(ids)
        place: Place | None = asked.values.get("cursor")
        if place:
            found = columns.after(ids, place, ENTRIES + 1)
        else:
            found = columns.page(ids, "newest", 0, ENTRIES + 1)
        self.last: Place | None = None
        if len(found) > ENTRIES:
            found = found[:ENTRIES]
            self.last = columns.rows[found[-1]].posted_at, found[-1]
        self.entries = stated(found, asked.at)

    @cached_property
    def title(self) -> str:
        return f"{settings.BOARD['NAME']}, open postings{self.filter.in_words}"

    @property
    def subtitle(self) -> str:
        """How many there are, and what of the address is left out."""
        said = [f"{self.total:,} open posting{'' if self.total == 1 else 's'}, the newest first."]
        for one in self.filter.ignored:
            hint = f"; use {one.suggestion}" if one.suggestion else ""
            asked = f"{one.name}={one.value}" if one.value else one.name
            said.append(f"Left out: {asked} {one.reason.rstrip('.')}{hint}.")
        return " ".join(said)

    @property
    def first_url(self) -> str:
        return f"{settings.SITE_URL}{self.path}{self.filter.address()}"

    @property
    def own_url(self) -> str:
        own = self.filter.data.get("cursor")
        return f"{settings.SITE_URL}{self.path}{self.filter.address(cursor=own)}"

    @property
    def next_url(self) -> str | None:
        if self.last is None:
            return None
        query = self.filter.address(cursor=written(self.last))
        return f"{settings.SITE_URL}{self.path}{query}"

    @property
    def list_url(self) -> str:
        """The page of the same list."""
        return f"{settings.SITE_URL}{reverse('jobs:list')}{self.filter.address()}"

    def unique_id(self, pk: int) -> str:
        """Outlives every address of a posting."""
        return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:posting/{pk}"


def atom_document(feed: Feed) -> HttpResponse:
    document = Atom(
        title=feed.title,
        link=feed.list_url,
        description="",
        subtitle=feed.subtitle,
        feed_url=feed.own_url,
        feed_guid=feed.first_url,
        next_url=feed.next_url,
        author_name=settings.BOARD["NAME"],
        language="en",
    )
    for one in feed.entries:
        document.add_item(
            title=one.headline,
            link=one.url,
            description=linebreaks(one.summary, autoescape=True),
            unique_id=feed.unique_id(one.posting.pk),
            pubdate=one.posting.posted_at,
            updateddate=one.updated_at,
            author_name=one.posting.company.name,
            categories=one.subjects,
        )
    return HttpResponse(document.writeString("utf-8"), content_type=document.content_type)


def json_document(feed: Feed) -> HttpResponse:
    said: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.list_url,
        "feed_url": feed.own_url,
        "language": "en",
        "authors": [{"name": settings.BOARD["NAME"], "url": f"{settings.SITE_URL}/"}],
        "_total": feed.total,
        "_ignored": ignored_as_data(feed.filter.ignored),
        "items": [_item(feed, one) for one in feed.entries],
    }
    if feed.next_url:
        said["next_url"] = feed.next_url
    return JsonResponse(said, content_type="application/feed+json; charset=utf-8")


def _item(feed: Feed, one: Stated) -> dict[str, Any]:
    return {
        "id": feed.unique_id(one.posting.pk),
        "url": one.url,
        "title": one.headline,
        "content_text": one.summary,
        "date_published": one.posting.posted_at.isoformat(),
        "date_modified": one.updated_at.isoformat(),
        "authors": [{"name": one.posting.company.name}],
        "tags": one.subjects,
        "_posting": one.data(),
    }


@require_safe
def atom_feed(request: HttpRequest) -> HttpResponse:
    """The postings of the list as Atom (RFC 4287)."""
    return _answer(request, atom_document)


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """The postings of the list as JSON Feed 1.1."""
    return _answer(request, json_document)


def _answer(request: HttpRequest, write: Callable[[Feed], HttpResponse]) -> HttpResponse:
    now = stamps()
    headers = HttpResponse()
    patch_cache_control(headers, public=True, max_age=SECONDS)
    # What was posted within some days changes with every instant, and no stamp says so. Such a
    # feed has the tag that the middleware makes of its text.
    if "posted_within" not in request.GET:
        parts: Sequence[str] = [settings.SITE_URL, settings.BOARD["NAME"], request.get_full_path()]
        key = repr((VERSION, parts, sorted(now.items())))
        headers["ETag"] = f'"{sha256(key.encode()).hexdigest()[:32]}"'
        found = get_conditional_response(request, headers["ETag"], None, headers)
        if found is not headers:
            return cast(HttpResponse, found)
    response = write(Feed(FeedFilter(request.GET, now=now), request.path))
    for name, value in headers.items():
        response.setdefault(name, value)
    return response
