"""The one place where the searched rows are derived from postings.

Whatever a posting's list, counts and full text depend on (its fields, places, skills, pay, the
names of its company and role) is read from the database here and written to the live row, its
terms, its pay and the text index. Deriving again changes nothing, so any writer may call it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import router, transaction

from jobs.audiences import audience_of, make_audiences
from jobs.eligibility import number
from jobs.models import (
    LivePay,
    LivePosting,
    LiveTerm,
    PayRange,
    Place,
    Posting,
    TextIndex,
)
from jobs.places import eligibility_line, lineage, place_line
from jobs.rates import lock
from jobs.salary import card_text, newest_rates, notation, rank, yearly_cents
from jobs.scales import Employment, Seniority, Workplace, code, country_code
from jobs.signals import postings_changed
from jobs.stamps import renew_postings
from lib import fulltext
from lib.text import plain

# Small enough that a transaction stays under the 200 ms that other writers can wait for.
BATCH = 200


def reindex(ids: Iterable[int]) -> None:
    """Derive the searched rows of the postings `ids` again, inside one transaction.

    Call it after their rows, places, skills and pay are written. Postings that are not approved
    lose their live row. `postings_changed` is sent with the roles before and after.
    """
    wanted = list(ids)
    using = router.db_for_write(Posting)
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        with transaction.atomic(using=using):
            _reindex(using, batch)


def _reindex(using: str, ids: Sequence[int]) -> None:
    lock(using, "SHARE")
    before = set(LivePosting.objects.filter(pk__in=ids).values_list("role_id", flat=True))
    # The rows that hang on a live row go by hand: cascades would fetch them one by one.
    LiveTerm.objects.filter(live__in=ids).delete()
    LivePay.objects.filter(live__in=ids).delete()
    postings = list(
        Posting.objects.filter(pk__in=ids)
        .select_related("company", "role")
        .prefetch_related("places", "skills", "pay_ranges")
    )
    parents = lineage(place for posting in postings for place in posting.places.all())
    for posting in postings:
        posting.place_line = place_line(posting, posting.places.all())[:300]
        posting.pay_line = notation(posting.pay_ranges.all(), card_text)[:200]
    Posting.objects.bulk_update(postings, ["place_line", "pay_line"])

    live = [posting for posting in postings if posting.state == Posting.State.OPEN]
    rates = newest_rates() if any(posting.pay_ranges.all() for posting in live) else {}
    make_audiences(map(audience_of, live))
    rows = [live_row(posting, rates) for posting in live]
    gone = set(ids) - {row.posting_id for row in rows}
    fulltext.remove(using, TextIndex.TABLE, gone)
    LivePosting.objects.filter(pk__in=gone).delete()
    LivePosting.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["posting"],
        update_fields=[
            field.name for field in LivePosting._meta.concrete_fields if not field.primary_key
        ],
    )
    LiveTerm.objects.bulk_create(
        LiveTerm(live_id=posting.pk, facet=facet, value=value)
        for posting in live
        for facet, value in sorted(set(terms(posting, parents)))
    )
    LivePay.objects.bulk_create(
        LivePay(live_id=posting.pk, currency=currency, top=cents)
        for posting in live
        for currency, cents in comparable_pay(posting.pay_ranges.all()).items()
    )
    fulltext.write(using, TextIndex.TABLE, (text_row(posting) for posting in live))
    renew_postings()
    changed = {role for role in before | {row.role_id for row in rows} if role is not None}
    postings_changed.send(sender=Posting, role_ids=changed)


def confirm(ids: Iterable[int], stale_at: datetime) -> None:
    """Postings seen again as they were: public until `stale_at` at least, nothing else moves."""
    rows = Posting.objects.filter(pk__in=list(ids), stale_at__lt=stale_at)
    with transaction.atomic(using=router.db_for_write(Posting)):
        wanted = list(rows.values_list("pk", "expires_at"))
        rows.update(stale_at=stale_at)
        LivePosting.objects.bulk_update(
            [
                LivePosting(pk=key, ends_at=min(expires_at or stale_at, stale_at))
                for key, expires_at in wanted
            ],
            ["ends_at"],
        )
        if wanted:
            renew_postings()


def live_row(posting: Posting, rates: dict[str, Decimal]) -> LivePosting:
    assert posting.starts_at is not None, "the database holds no open posting without a start"
    pay = comparable_pay(posting.pay_ranges.all())
    return LivePosting(
        posting_id=posting.pk,
        starts_at=posting.starts_at,
        ends_at=posting.ends_at,
        posted_at=posting.posted_at,
        company_id=posting.company_id,
        role_id=posting.role_id,
        seniority=code(Seniority, posting.seniority),
        workplace=code(Workplace, posting.workplace),
        audience_id=number(audience_of(posting)),
        pay_rank=rank(pay, rates),
    )


def terms(posting: Posting, parents: dict[int, list[Place]]) -> Iterator[tuple[int, int]]:
    """The (facet, value) pairs under which a posting is found and counted."""
    facet = LiveTerm.Facet
    for name in posting.employment or [""]:
        yield facet.EMPLOYMENT, code(Employment, name)
    for place in posting.places.all():
        yield facet.COUNTRY, country_code(place.country)
        for part in parents[place.pk]:
            yield facet.PLACE, part.pk
    for skill in posting.skills.all():
        yield facet.SKILL, skill.pk


def comparable_pay(ranges: Iterable[PayRange]) -> dict[str, int]:
    """The best comparable top a year of each currency, in hundredths."""
    best: dict[str, int] = {}
    for pay in ranges:
        cents = yearly_cents(pay)
        if cents is not None:
            best[pay.currency] = max(cents, best.get(pay.currency, 0))
    return best


def text_row(posting: Posting) -> tuple[int, str, str]:
    """What the full text knows: the title, and in the body everything else a seeker may type."""
    body = [
        posting.company.name,
        posting.role.name if posting.role else "",
        posting.place_line,
        eligibility_line(posting),
        *(skill.name for skill in posting.skills.all()),
        plain(posting.description_html),
    ]
    return posting.pk, posting.title, "\n".join(body)
