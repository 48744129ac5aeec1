"""The one place where the searched rows are derived from postings.

Whatever a posting's list, counts and full text depend on (its fields, places, skills, pay, the
names of its company and role) is read from the database here and written to the live row, its
terms, its pay and the text index. Deriving again changes nothing, so any writer may call it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import router, transaction
from django.db.models import Prefetch

from guides.derived import keep_up
from guides.models import Skill
from guides.synonyms import role_mark, skill_mark
from jobs.eligibility import audience_of
from jobs.models import Listing, LivePosting, PayRange, Place, Posting, TextIndex
from jobs.models.live import new_version
from jobs.places import eligibility_line, lineage, place_line
from jobs.places import spellings as spellings_of_place
from jobs.rates import lock
from jobs.salary import card_text, newest_rates, notation, rank, yearly_cents
from jobs.scales import Employment, Seniority, Workplace, code, country_code
from jobs.signals import postings_changed
from jobs.stamps import changed
from lib import textindex
from lib.fulltext import spellings, tokens
from lib.rows import insert

# Small enough that a transaction stays under the 200 ms that other writers can wait for.
BATCH = 200


# The listings at boards that ask to be named and linked.
GATHERED = Prefetch(
    "listings", Listing.objects.filter(closed_at=None).exclude(via=""), to_attr="gathered"
)


# Raised with each change of what live rows and the full text are.
VERSION = 7


def bring_up_to_date(**kwargs: Any) -> None:
    """After `migrate`: derive the open postings of a database that an older version has written."""
    rows = Posting.objects.filter(state=Posting.State.OPEN).order_by("pk")
    keep_up("postings-index", VERSION, lambda: reindex(rows.values_list("pk", flat=True)))


@dataclass(slots=True)
class Whole:
    """A posting with the rows that hang on it; `tokens` are those of its text, where at hand."""

    posting: Posting
    places: Sequence[Place]
    skills: Sequence[Skill]
    pay: Sequence[PayRange]
    tokens: list[str] | None = None

    def set_lines(self) -> bool:
        """Set what a card says of its places and pay; whether it differs from before."""
        posting = self.posting
        before = posting.place_line, posting.pay_line
        places = sorted(self.places, key=lambda place: (place.name, place.country))
        posting.place_line = place_line(posting, places)[:300]
        posting.pay_line = notation(self.pay, card_text)[:200]
        return before != (posting.place_line, posting.pay_line)


def reindex(ids: Iterable[int], new: Iterable[Whole] = ()) -> None:
    """Derive the searched rows of the postings `ids` again, inside one transaction.

    Call it after their rows, places, skills and pay are written. Postings that are not approved
    lose their live row. `postings_changed` is sent with the roles before and after.

    `new` are made by this very transaction, with what a card says of them: they have no searched
    rows yet and are not read again.
    """
    wanted = list(ids)
    using = router.db_for_write(Posting)
    made = list(new)
    if made:
        with transaction.atomic(using=using):
            lock(using, "SHARE")
            _write(using, made, set(), [one.posting.pk for one in made], are_new=True)
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        with transaction.atomic(using=using):
            _reindex(using, batch)


def _reindex(using: str, ids: Sequence[int]) -> None:
    lock(using, "SHARE")
    before: set[int | None] = set()
    before.update(LivePosting.objects.filter(pk__in=ids).values_list("role_id", flat=True))
    postings = (
        Posting.objects.filter(pk__in=ids)
        .select_related("company", "role")
        .prefetch_related("places", "skills", "pay_ranges", GATHERED)
        .defer("description", "description_html")
    )
    found, differing = [], []
    for posting in postings:
        one = Whole(
            posting,
            list(posting.places.all()),
            list(posting.skills.all()),
            list(posting.pay_ranges.all()),
        )
        via, posting.via = posting.via, via_of(vars(posting)["gathered"])
        if one.set_lines() or via != posting.via:
            differing.append(posting)
        found.append(one)
    if differing:
        Posting.objects.bulk_update(differing, ["place_line", "pay_line", "via"])
    _write(using, found, before, ids)


def via_of(listings: Iterable[Listing]) -> list[dict[str, str]]:
    """Each board that asks to be linked, once."""
    links = {one.via: {"name": one.via, "url": one.url} for one in listings if one.via and one.url}
    return list(links.values())


def _write(
    using: str,
    found: Sequence[Whole],
    before: set[int | None],
    ids: Sequence[int],
    *,
    are_new: bool = False,
) -> None:
    """Write the searched rows of the postings found; `ids` are theirs and those of rows that are
    gone, `before` the roles that they had."""
    live = [one for one in found if one.posting.state == Posting.State.OPEN]
    parents = lineage(place for one in live for place in one.places)
    rates = newest_rates() if any(one.pay for one in live) else {}
    rows = [live_row(one, rates, parents) for one in live]
    if are_new:
        insert(rows)
    else:
        _replace(using, rows, set(ids) - {row.posting_id for row in rows})
    textindex.write(using, TextIndex.TABLE, (text_row(one, parents) for one in live))
    changed(ids)
    roles = {role for role in before | {row.role_id for row in rows} if role is not None}
    postings_changed.send(sender=Posting, role_ids=roles)


def _replace(using: str, rows: Sequence[LivePosting], gone: set[int]) -> None:
    textindex.remove(using, TextIndex.TABLE, gone)
    if gone:
        LivePosting.objects.filter(pk__in=gone).delete()
    LivePosting.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["posting"],
        update_fields=[
            field.name for field in LivePosting._meta.concrete_fields if not field.primary_key
        ],
    )


def confirm(ids: Iterable[int], stale_at: datetime) -> None:
    """Postings seen again as they were: public until `stale_at` at least, nothing else moves.

    `postings_changed` is sent with their roles: what is told of a role names the newest
    confirmation.
    """
    seen = list(ids)
    rows = Posting.objects.filter(pk__in=seen, stale_at__lt=stale_at)
    with transaction.atomic(using=router.db_for_write(Posting)):
        wanted = list(rows.values_list("pk", "expires_at"))
        rows.update(stale_at=stale_at)
        ends = {key: min(expires_at or stale_at, stale_at) for key, expires_at in wanted}
        # Nearly all; a bulk_update has a case for each row.
        last = [key for key, end in ends.items() if end == stale_at]
        # A card says when its posting was last confirmed, so it is made anew.
        version = new_version()
        LivePosting.objects.filter(pk__in=last).update(ends_at=stale_at, version=version)
        LivePosting.objects.bulk_update(
            [
                LivePosting(pk=key, ends_at=end, version=version)
                for key, end in ends.items()
                if end != stale_at
            ],
            ["ends_at", "version"],
        )
        if seen:
            changed(seen)
            live = LivePosting.objects.filter(pk__in=seen, role__isnull=False)
            roles = set(live.order_by().values_list("role_id", flat=True).distinct())
            postings_changed.send(sender=Posting, role_ids=roles)


def live_row(one: Whole, rates: dict[str, Decimal], parents: dict[int, list[Place]]) -> LivePosting:
    posting = one.posting
    assert posting.starts_at is not None, "the database holds no open posting without a start"
    pay = comparable_pay(one.pay)
    audience = audience_of(posting.workplace, posting.eligibility, one.places)
    said = terms(one, parents) | {"audience": audience, "pay": pay}
    return LivePosting(
        posting_id=posting.pk,
        starts_at=posting.starts_at,
        ends_at=posting.ends_at,
        posted_at=posting.posted_at,
        company_id=posting.company_id,
        role_id=posting.role_id,
        seniority=code(Seniority, posting.seniority),
        workplace=code(Workplace, posting.workplace),
        pay_rank=rank(pay, rates),
        terms=json.dumps(said, separators=(",", ":")),
    )


def terms(one: Whole, parents: dict[int, list[Place]]) -> dict[str, list[int]]:
    """The values of each facet that a posting may have several of."""
    found = {
        "employment": {code(Employment, name) for name in one.posting.employment or [""]},
        "country": {country_code(place.country) for place in one.places},
        "place": {part.pk for place in one.places for part in parents[place.pk]},
        "skill": {skill.pk for skill in one.skills},
    }
    return {facet: sorted(values) for facet, values in found.items()}


def comparable_pay(ranges: Iterable[PayRange]) -> dict[str, int]:
    """The best comparable top a year of each currency, in hundredths."""
    best: dict[str, int] = {}
    for pay in ranges:
        cents = yearly_cents(pay)
        if cents is not None:
            best[pay.currency] = max(cents, best.get(pay.currency, 0))
    return best


def text_row(one: Whole, parents: dict[int, list[Place]]) -> textindex.Entry:
    """What the full text knows: the title, and in the body everything else a seeker may type.

    The marks say which role and skills it is linked to, whatever its words call them.
    """
    posting = one.posting
    # In an order of our own: rows at hand and databases have others.
    skills = sorted(one.skills, key=lambda skill: (skill.name, skill.pk))
    text, words = posting.description_text, one.tokens
    body: list[str | list[str]] = [
        posting.company.name,
        posting.role.name if posting.role else "",
        # That no workplace is stated is nothing to find it by.
        posting.place_line
        if posting.workplace
        else " / ".join(place.short_name for place in one.places),
        eligibility_line(posting),
        *names_of_places(part for place in one.places for part in parents[place.pk]),
        *words_of_scales(posting),
        *(skill.name for skill in skills),
        text if words is None else words + spellings(text, words),
    ]
    marks = [skill_mark(skill.pk) for skill in skills]
    if posting.role_id:
        marks.append(role_mark(posting.role_id))
    return posting.pk, posting.title, body, marks


def names_of_places(places: Iterable[Place]) -> list[str]:
    """Their names, and the others that are one word: Munich, München; those of several words
    would find it by words of other places (“Monaco di Baviera”)."""
    found = dict.fromkeys(
        name
        for place in sorted(places, key=lambda place: place.pk)
        for name in (place.name, *spellings_of_place(place))
        if name == place.name or (len(name) > 2 and len(tokens(name)) == 1)
    )
    return list(found)


def words_of_scales(posting: Posting) -> list[str]:
    """The values of its scales, as seekers type them."""
    kinds = [str(Employment(kind).label) for kind in posting.employment]
    where = [str(Workplace(posting.workplace).label)] if posting.workplace else []
    level = [f"{posting.seniority} level"] if posting.seniority else []
    return [*kinds, *where, *level]
