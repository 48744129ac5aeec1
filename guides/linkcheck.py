"""Links of guides and roles that lead nowhere. Nothing is fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch
from django.urls import resolve as match_address

from guides.models import PROSE, Guide, Role
from guides.slugs import resolve
from guides.textform import GuideText, RoleText
from lib import text as markdown


@dataclass(frozen=True, slots=True)
class DeadLink:
    """`str` is a sentence for the editor; not `for_good` is what another's publishing mends."""

    place: str
    address: str
    reason: str
    for_good: bool = True

    def __str__(self) -> str:
        return f"{self.place} links to {self.address or '(nothing)'}: {self.reason}."


def dead_links(text: GuideText | RoleText) -> list[DeadLink]:
    """Each dead link of a text once for each place; the addresses of jobs are judged by shape."""
    own = text.slug if isinstance(text, GuideText) else ""
    seen: dict[str, tuple[str, bool] | None] = {}
    found = []
    for place, source in _places(text):
        for address in markdown.links(source):
            if address not in seen:
                seen[address] = _problem(address, own)
            if problem := seen[address]:
                found.append(DeadLink(place, address, *problem))
    return found


def _places(text: GuideText | RoleText) -> Iterator[tuple[str, str]]:
    if isinstance(text, RoleText):
        for name in PROSE:
            yield name.label, getattr(text, name)
        return
    for section in text.sections:
        yield f"The section “{section.heading}”", section.body
    for claim in text.claims:
        yield f"The claim “{claim.key}”", claim.text


def _problem(address: str, own: str) -> tuple[str, bool] | None:
    """Why an address leads nowhere, and whether for good; None if it does not."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return "that is no address", True
    if parts.scheme or parts.netloc:
        if parts.scheme == "mailto":
            return None
        if parts.scheme not in ("http", "https"):
            return "an address of another site begins with https:// or http://", True
        if not host:
            return "it names no site", True
        return _inside(parts, own) if parts.netloc == urlsplit(settings.SITE_URL).netloc else None
    if parts.path.startswith("/"):
        return _inside(parts, own)
    if parts.path or not (parts.fragment or parts.query):
        return "write it from the start of this site, as in /roles/data-engineer/", True
    return None


def _inside(parts: SplitResult, own: str) -> tuple[str, bool] | None:
    match = _match(unquote(parts.path) or "/")
    if match is None:
        return "there is no such page on this board", True
    if match.view_name == "guides:guide":
        slug = match.kwargs["slug"]
        if slug == own:
            return None
        found = resolve(Guide, slug)
        if found is None:
            return "there is no guide at this address", True
        if not Guide.objects.addressable().filter(pk=found.object.pk).exists():
            return "readers cannot see that guide yet", False
    elif match.view_name == "guides:role" and resolve(Role, match.kwargs["slug"]) is None:
        return "there is no role at this address", True
    elif match.view_name == "guides:compare":
        slugs = match.kwargs["pair"].split("-vs-")
        if len(slugs) != 2 or not all(resolve(Role, slug) for slug in slugs):
            return "there are no two roles of these names to compare", True
    return None


def _match(path: str) -> ResolverMatch | None:
    for one in dict.fromkeys((path, f"{path.rstrip('/')}/")):
        try:
            return match_address(one)
        except Resolver404:
            continue
    return None
