"""Guides and comparisons as readers see them: pieces of HTML, kept until what they say changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from guides import comparing, pages
from guides.models import Guide, Role
from guides.pages import RoleRef
from guides.slugs import resolve
from guides.stamps import kept

# Entries of the contents list that are no section of the text.
MOVES = ("guide-moves", "Moving between the two")
NOTES = ("guide-notes", "Notes and sources")
STEPS = ("steps", "Career steps")
# What the page's template puts below the text; see market.showing.
MARKET = ("guide-market", "In the open postings")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The page is at `url` instead, for good or for now."""

    url: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A page without its frame and without postings; `title` and `description` are plain text."""

    title: str
    description: str
    roles: list[RoleRef]
    indexed: bool
    head: SafeString
    header: SafeString
    digest: SafeString
    text: SafeString
    onwards: SafeString


def guide_shown(slug: str, stamp: str) -> Shown | Elsewhere | None:
    """The guide at `slug` as it is in effect now; where nothing is kept, five statements."""
    return kept("guide", (slug, stamp, settings.SITE_URL), partial(_guide, slug))


def _guide(slug: str) -> Shown | Elsewhere | None:
    found = resolve(Guide.objects.addressable().with_rendered(), slug)
    if found is None:
        return None
    stored: Any = found.object
    if found.moved:
        return Elsewhere(stored.get_absolute_url(), permanent=True)
    return article(
        pages.guide_page(stored.rendered),
        guide=stored,
        retired=stored.state == Guide.State.RETIRED,
        related=lambda roles: pages.related_guides(roles, stored),
    )


def article(
    page: pages.GuidePage,
    *,
    guide: Any,
    retired: bool = False,
    preview: bool = False,
    related: Callable[[Sequence[Role]], list[pages.RelatedGuide]] = lambda roles: [],
) -> Shown:
    """A guide's text with what its roles say together."""
    compared = _compared(page.roles)
    contents = [(section.anchor, section.heading) for section in page.sections]
    if compared["ways"]:
        contents.append(MOVES)
    if page.notes:
        contents.append(NOTES)
    if not preview:
        contents.append(MARKET)
    context = {
        **compared,
        "guide": guide,
        "page": page,
        "retired": retired,
        "preview": preview,
        "contents": contents,
        "related": related(page.roles),
        "canonical": guide.get_absolute_url(),
    }
    return _shown("guide", page.title, page.summary, not (retired or preview), context)


def comparison_shown(a: str, b: str, stamp: str) -> Shown | Elsewhere | None:
    """Two roles by their slugs, side by side; where nothing is kept, five statements."""
    parts = (a, b, stamp, settings.SITE_URL)
    return kept("comparison", parts, partial(_comparison, a, b))


def _comparison(a: str, b: str) -> Shown | Elsewhere | None:
    roles = pages.roles_called([a, b])
    if a >= b or len(roles) < 2:
        pair = pair_of(a, b)
        return Elsewhere(compare_url(*pair), permanent=True) if pair else None
    first, second = roles
    own = Guide.objects.public().about(first, second, only=True).newest_first().first()
    if own:
        return Elsewhere(own.get_absolute_url(), permanent=False)
    profile = pages.profile(roles)
    compared = _compared(roles)
    contents: list[tuple[str, str]] = [(rows.aspect, rows.label) for rows in profile]
    indexed = comparing.is_worth_indexing(roles)
    context = {
        **compared,
        "profile": profile,
        "contents": [*contents, *([MOVES] if compared["ways"] else []), MARKET],
        "related": pages.related_guides(roles),
        "canonical": compare_url(first, second),
        "noindex": not indexed,
    }
    title = f"{first.name} vs. {second.name}"
    description = (
        f"{first.name} and {second.name} side by side: what each does, what both ask for, and "
        "what sets them apart."
    )
    return _shown("compare", title, description, indexed, context)


def role_shown(slug: str, stamp: str) -> Shown | Elsewhere | None:
    """The page of a role; where nothing is kept, six statements."""
    return kept("role", (slug, stamp, settings.SITE_URL), partial(_role, slug))


def _role(slug: str) -> Shown | Elsewhere | None:
    roles = pages.roles_called([slug])
    if not roles:
        found = resolve(Role, slug)
        return Elsewhere(found.object.get_absolute_url(), permanent=True) if found else None
    [role] = roles
    profile = pages.profile([role])
    steps = comparing.steps_of([role])
    contents: list[tuple[str, str]] = [(rows.aspect, rows.label) for rows in profile]
    context = {
        "roles": [role],
        "role": role,
        "profile": profile,
        "steps": [step for step in steps if step.role_id == role.pk],
        "steps_here": [step for step in steps if step.to_id == role.pk],
        "contents": [*contents, *([STEPS] if steps else []), MARKET],
        "guides": pages.guide_cards(Guide.objects.public().about(role)),
        "others": Role.objects.all(),
        "canonical": role.get_absolute_url(),
    }
    return _shown("role", role.name, role.summary or role.name, True, context, "_role_onwards")


def pair_of(a: str, b: str) -> tuple[Role, Role] | None:
    """Two roles by their present or old slugs."""
    first, second = resolve(Role, a), resolve(Role, b)
    return (first.object, second.object) if first and second else None


def compare_url(first: Role, second: Role) -> str:
    """The one address of a comparison: slugs in alphabetical order; of one role its page."""
    if first.pk == second.pk:
        return first.get_absolute_url()
    a, b = sorted((first.slug, second.slug))
    return reverse("guides:compare", args=[f"{a}-vs-{b}"])


def _compared(roles: Sequence[Role]) -> dict[str, Any]:
    """What a page says of its roles together, in one statement more than they took."""
    steps = comparing.steps_of(roles)
    ways = comparing.gaps(roles, steps)
    return {
        "roles": roles,
        "glance": comparing.at_a_glance(roles),
        "ways": ways,
        "overlap": comparing.overlap(ways),
        "neighbours": [
            (f"{mine.name} vs. {other.name}", compare_url(mine, other))
            for mine, other in comparing.neighbours(roles, steps)
        ],
    }


def _shown(
    kind: str,
    title: str,
    description: str,
    indexed: bool,
    context: dict[str, Any],
    onwards: str = "_onwards",
) -> Shown:
    context |= {
        "title": title,
        "description": description,
        "site_url": settings.SITE_URL,
        "board_name": settings.BOARD["NAME"],
    }

    def piece(name: str) -> SafeString:
        return render_to_string(f"guides/{name}.html", context)

    return Shown(
        title,
        description,
        [RoleRef.of(role) for role in context["roles"]],
        indexed,
        head=piece("_head"),
        header=piece(f"_{kind}_header"),
        digest=piece("_digest_rows"),
        text=piece(f"_{kind}_text"),
        onwards=piece(onwards),
    )
