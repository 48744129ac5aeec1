"""Revisions: what a guide or role said when, what readers see, and who edits at once.

A revision is a text form. Saving the rows records one; publishing stores one with its rendered
parts and the instant from which readers see it.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from guides import textform, values
from guides.apply import apply_guide, apply_role
from guides.index import index_revisions
from guides.linkcheck import dead_links
from guides.models import Guide, Revision, Role
from guides.textform import GuideText, TextFormError
from lib import text as markdown

Images = Mapping[str, Mapping[str, Any]]
NO_IMAGES: Images = {}
IMAGE = ("file", "alt", "width", "height")
User = AbstractBaseUser | AnonymousUser | None

# Ids that the page has for itself.
TAKEN = re.compile(r"main|content|contents|notes|note-\d+|guide-.*|section")


class PublishError(ValueError):
    """Why a guide cannot be published: `problems` is a list of sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class Clash(Exception):
    """The text was changed since the editor began; `began` is None if that is not known."""

    def __init__(self, began: Revision | None, newest: Revision) -> None:
        super().__init__("Somebody else has changed this text since you began.")
        self.began = began
        self.newest = newest


def newest(owner: Guide | Role) -> Revision | None:
    return owner.revisions.order_by("-pk").first()


def text_of(owner: Guide | Role) -> str:
    """The canonical text of the working copy."""
    return textform.dump(owner) if isinstance(owner, Guide) else textform.dump_role(owner)


@transaction.atomic
def record(owner: Guide | Role, user: User = None, reason: str = "") -> Revision | None:
    """Keep the working copy as a revision; None if the newest one says the same already.

    Raises TextFormError for rows that have no text form.
    """
    text = text_of(owner)
    before = newest(owner)
    if before and before.text == text:
        return None
    return Revision.objects.create(
        **_owned(owner), text=text, created_by=_stored(user), reason=reason
    )


def check_began_from(owner: Guide | Role, revision_id: int | None) -> None:
    """Raise Clash unless `revision_id` is still the newest (None: there was none).

    Call it inside the transaction that writes: it locks the owner's row, so of two editors who
    save at once one is told.
    """
    type(owner)._default_manager.select_for_update().filter(pk=owner.pk).first()
    latest = newest(owner)
    if latest and latest.pk != revision_id:
        raise Clash(owner.revisions.filter(pk=revision_id or 0).first(), latest)


@transaction.atomic
def restore(revision: Revision, user: User = None, why: str = "") -> Guide | Role:
    """Make the working copy say again what the revision says, and record that.

    What readers see stays as it is. Raises TextFormError if the text names what is gone.
    """
    reason = f"Restored from {revision.created_at:%Y-%m-%d %H:%M}" + (f": {why}" if why else "")
    if revision.guide is not None:
        owner: Guide | Role = apply_guide(textform.parse(revision.text), revision.guide)
    else:
        owner = apply_role(textform.parse_role(revision.text), revision.role)
    record(owner, user, reason)
    return owner


# --- publishing -------------------------------------------------------------------------------


@transaction.atomic
def publish(
    guide: Guide,
    *,
    at: datetime | None = None,
    user: User = None,
    reason: str = "",
    check_links: bool = False,
) -> Revision:
    """Store the working copy as what readers see from `at` (now) on; the guide is published.

    An earlier revision scheduled for later gives way: it would put an older text back. The same
    text published again is the revision that is in effect. Raises PublishError; with
    `check_links` for a dead link too, which a set of guides that link each other cannot have.
    """
    text, parsed = ready(guide, check_links=check_links)
    now = timezone.now()
    rendered = render_guide(parsed, images_of(guide))
    roles = [key for _, key in _role_ids(parsed)]
    guide.state = Guide.State.PUBLISHED
    guide.save(update_fields=["state"])
    effective_at = at or now

    pending = guide.revisions.filter(effective_at__gt=max(effective_at, now))
    given_way = list(pending.values_list("pk", flat=True))
    pending.update(effective_at=None, rendered=None)
    index_revisions(given_way)
    present = guide.revisions.filter(effective_at__lte=effective_at)
    current = present.order_by("-effective_at", "-pk").first()
    if current and current.text == text and current.rendered == rendered:
        return current
    revision = Revision.objects.create(
        guide=guide,
        text=text,
        created_by=_stored(user),
        reason=reason,
        effective_at=effective_at,
        rendered=rendered,
    )
    revision.roles.set(roles)
    revision.topics.set(guide.topics.all())
    index_revisions([revision.pk])
    return revision


def ready(guide: Guide, *, check_links: bool = False) -> tuple[str, GuideText]:
    """The text of a guide that can be published, written and parsed. Raises PublishError."""
    try:
        text = text_of(guide)
        parsed = textform.parse(text)
    except TextFormError as error:
        raise PublishError([f"The text cannot be stored: {error}."]) from error
    problems = publish_problems(parsed, images_of(guide))
    if check_links:
        problems += [str(link) for link in dead_links(parsed) if link.for_good]
    if problems:
        raise PublishError(problems)
    return text, parsed


def images_of(guide: Guide) -> Images:
    """What a page shows of each image of a stored guide, by its key."""
    rows: Any = guide.images.values("key", *IMAGE)
    return {row.pop("key"): row for row in rows}


def publish_problems(guide: GuideText, images: Images = NO_IMAGES) -> list[str]:
    """Why this text is not ready for readers, each a sentence for the editor."""
    problems = []
    if not guide.roles:
        problems.append("Name at least one role that the guide is about.")
    if not guide.summary.strip():
        problems.append("Write the summary: it is what lists and search engines show.")
    if not guide.sections:
        problems.append("Write at least one section.")
    if settings.BOARD["CLAIMS_NEED_SOURCES"]:
        problems.extend(
            f"The claim “{claim.key}” has no source: choose where it comes from."
            for claim in guide.claims
            if not claim.source
        )
    claims = {claim.key for claim in guide.claims}
    for section in guide.sections:
        if not section.body and not section.aspect:
            problems.append(f"The section “{section.heading}” is empty.")
        for key in markdown.note_keys(section.body):
            if key not in claims:
                problems.append(
                    f"The section “{section.heading}” refers to [^{key}], but the guide has no "
                    "claim with this key."
                )
        for key in markdown.figure_keys(section.body):
            if key not in images:
                problems.append(
                    f"The section “{section.heading}” shows the image “{key}”, but the guide has "
                    "no image with this key."
                )
    return problems + values.unknown_values(guide)


def render_guide(guide: GuideText, images: Images = NO_IMAGES) -> dict[str, Any]:
    """What a page shows of a text, as JSON: see Revision.rendered.

    Notes are numbered in the order in which the sections first refer to them; a claim that
    nothing refers to has no note. Dates are ISO strings or None.
    """
    claims = {claim.key: claim for claim in guide.claims}
    sources = {source.key: source for source in guide.sources}
    numbers: dict[str, int] = {}
    for section in guide.sections:
        for key in markdown.note_keys(section.body):
            if key in claims:
                numbers.setdefault(key, len(numbers) + 1)

    references: dict[str, str] = {}
    is_known = values.known()
    sections, taken, words = [], set[str](), 0
    for section in guide.sections:
        anchor = _anchor(section.heading, taken)
        body = markdown.render(
            section.body, notes=numbers, prefix=f"{anchor}--", figures=images, values=is_known
        )
        for key in body.notes:
            references.setdefault(key, f"{anchor}--ref-{numbers[key]}")
        words += body.words
        sections.append(
            {
                "heading": section.heading,
                "anchor": anchor,
                "aspect": section.aspect,
                "parts": with_images(body.parts, images),
            }
        )

    notes = []
    for key, number in numbers.items():
        claim = claims[key]
        source = sources.get(claim.source)
        notes.append(
            {
                "number": number,
                "key": key,
                "ref": references[key],
                "text_html": markdown.render(claim.text, prefix=f"note-{number}--").html,
                "title": source.title if source else "",
                "publisher": source.publisher if source else "",
                "url": source.url if source else "",
                "published": _iso(source.published) if source else None,
                "accessed": _iso(source.accessed) if source else None,
                "review_on": _iso(claim.review_on),
            }
        )
    return {
        "title": guide.title,
        "subtitle": guide.subtitle,
        "summary": guide.summary,
        "author": guide.author,
        "reviewer": guide.reviewer,
        "reviewed_on": _iso(guide.reviewed_on),
        "roles": [key for _, key in _role_ids(guide)],
        "topics": list(guide.topics),
        "sections": sections,
        "notes": notes,
        "words": words,
    }


def with_images(parts: list[dict[str, str]], images: Images) -> list[dict[str, Any]]:
    """Parts whose figures have all that a page shows of them."""
    return [{**part, **images.get(part.get("figure", ""), {})} for part in parts]


def _anchor(heading: str, taken: set[str]) -> str:
    base = slugify(heading) or "part"
    if TAKEN.fullmatch(base):
        base = f"on-{base}"
    anchor, count = base, 1
    while anchor in taken:
        count += 1
        anchor = f"{base}-{count}"
    taken.add(anchor)
    return anchor


def _role_ids(guide: GuideText) -> list[tuple[str, int]]:
    ids = dict(Role.objects.filter(slug__in=guide.roles).values_list("slug", "pk"))
    return [(slug, ids[slug]) for slug in guide.roles if slug in ids]


def _owned(owner: Guide | Role) -> dict[str, Any]:
    return {"guide": owner} if isinstance(owner, Guide) else {"role": owner}


def _stored(user: User) -> Any:
    return user if user is not None and user.is_authenticated else None


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None
