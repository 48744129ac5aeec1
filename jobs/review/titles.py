"""Titles that name no role of the board, and what a new alias of a role would move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from extraction.role import Vocabulary
from guides.models import Guide, Role
from guides.revisions import record
from jobs.index import reindex
from jobs.likeness import GENDER
from jobs.models import Event, Listing, Posting
from jobs.vocabulary import role_names
from lib import fulltext

BATCH = 50
# Of so long a beginning two forms of one word are known before the extraction is asked.
STEM = 3
SHOWN = (Posting.State.OPEN, Posting.State.PENDING)
RULE = "role.alias"


@dataclass(slots=True)
class Title:
    """A title without a role: how it is spelled most often, and by how many postings."""

    text: str
    count: int


def unmatched() -> list[Title]:
    """Titles of open and waiting postings that have no role, the most frequent first.

    Spellings that differ by case, marks or "(m/f/d)" are one. A posting whose role a person has
    taken away is not among them.
    """
    spellings: dict[str, Counter[str]] = {}
    rows = Posting.objects.filter(role=None, state__in=SHOWN).order_by("pk")
    for title, held in rows.values_list("title", "held").iterator():
        if "role" not in held:
            spellings.setdefault(plain_title(title), Counter())[title] += 1
    found = [Title(counts.most_common(1)[0][0], counts.total()) for counts in spellings.values()]
    return sorted(found, key=lambda one: (-one.count, one.text.casefold()))


def plain_title(title: str) -> str:
    return " ".join(fulltext.WORD.findall(fulltext.fold(GENDER.sub(" ", title))))


@dataclass(frozen=True, slots=True)
class Move:
    posting: Posting
    before: Role | None


@dataclass(slots=True)
class Preview:
    """What an alias would do; `taken` names the role that has it already."""

    role: Role
    alias: str
    moves: list[Move] = field(default_factory=list)
    guides: list[Guide] = field(default_factory=list)
    taken: str = ""


def preview(role: Role, alias: str) -> Preview:
    """Which postings would have `role` if it were also called `alias`, and whose guides they are.

    Held roles stay. Everything that is or was public and still has a page may move.
    """
    alias = " ".join(alias.split())
    names = role_names()
    now = Vocabulary(names)
    found = Preview(role, alias, taken=now.extract(alias).role)
    then = Vocabulary([(slug, [*known, alias] if slug == role.slug else known)
                       for slug, known in names])  # fmt: skip
    stems = {word[:STEM] for word in fulltext.tokens(alias)}
    rows = Posting.objects.filter(state__in=(*SHOWN, Posting.State.CLOSED))
    moving: dict[str, bool] = {}
    ids = []
    for pk, title, held in rows.values_list("pk", "title", "held").iterator():
        if "role" in held:
            continue
        if title not in moving:
            near = any(word[:STEM] in stems for word in fulltext.tokens(title))
            moving[title] = (
                near and then.extract(title).role == role.slug != now.extract(title).role
            )
        if moving[title]:
            ids.append(pk)
    kept = Posting.objects.filter(pk__in=ids).exclude(role=role)
    found.moves = [
        Move(posting, posting.role)
        for posting in kept.select_related("role", "company")
        .defer("description", "description_html", "description_text")
        .order_by("title", "pk")
    ]
    roles = {role.pk} | {move.before.pk for move in found.moves if move.before}
    found.guides = list(Guide.objects.public().filter(roles__in=roles).distinct().order_by("title"))
    return found


def give_alias(found: Preview, by: Any) -> int:
    """Let the role be called so, with a revision, and move the postings of the preview.

    Batch by batch: what a kill leaves behind is moved by the next import or the same act again.
    """
    with transaction.atomic():
        role = Role.objects.select_for_update().get(pk=found.role.pk)
        if found.alias not in role.aliases:
            role.aliases = [*role.aliases, found.alias]
            role.save()
            record(role, by, f"Also called “{found.alias}”, from the review of titles")
    moved = 0
    ids = [move.posting.pk for move in found.moves]
    for start in range(0, len(ids), BATCH):
        moved += _move(role, ids[start : start + BATCH], found.alias, by)
    return moved


@transaction.atomic
def _move(role: Role, ids: Sequence[int], alias: str, by: Any) -> int:
    rows = Posting.objects.select_for_update().filter(pk__in=ids).exclude(role=role).order_by("pk")
    postings = [posting for posting in rows if "role" not in posting.held]
    for posting in postings:
        posting.role = role
        posting.evidence["role"] = {"evidence": posting.title, "rule": f"{RULE}: {alias}"}
    Posting.objects.bulk_update(postings, ["role", "evidence"])
    # So that the next import finds what it would read itself.
    listings = list(Listing.objects.filter(posting__in=postings).defer("sketch"))
    for row in listings:
        row.stated = {**row.stated, "role": role.slug}
    Listing.objects.bulk_update(listings, ["stated"])
    detail = {"fields": ["role"], "by": by.get_username()}
    now = timezone.now()
    Event.objects.bulk_create(
        Event(posting=posting, kind=Event.Kind.CHANGED, at=now, detail=detail)
        for posting in postings
    )
    reindex(posting.pk for posting in postings)
    return len(postings)
