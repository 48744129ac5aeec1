"""Statistics as kept rows, and how they die with their data.

A row goes in the transaction that writes a posting of its role. Between the reading of what is
measured and the writing of the row another writer may have come: the row is then not written, so
none is ever older than the data. A view has no rows; it asks those of its base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import router, transaction
from django.db.models import Q

from guides.models import Stamp
from jobs.models import Posting
from jobs.signals import postings_changed
from jobs.stamps import POSTINGS, RATES
from market.measure import Reading
from market.models import KeptStatistics
from market.statistics import FACETS, Scope, Statistics, dumps, loads

# Raised with each change of what is measured or of how it is written.
VERSION = 2


def connect() -> None:
    postings_changed.connect(drop, sender=Posting, dispatch_uid="market.statistics")


def drop(role_ids: Iterable[int], **kwargs: Any) -> None:
    """Delete what is kept of the roles, inside the transaction that writes their postings."""
    KeptStatistics.objects.filter(role__in=list(role_ids)).delete()


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that is valid. `identity` is another one for each row that replaces it: a row that is
    measured anew after a write has another number, and one that the clock or the rates ended
    another end or other rates. It is None where a writer came between: then nothing is kept.
    """

    scope: Scope
    identity: tuple[Any, ...] | None
    read: Callable[[], Statistics]


def rows_of(
    scopes: Sequence[Scope], stamps: Mapping[str, str], at: datetime
) -> dict[Scope, KeptRow]:
    """The row of each scope, in their order; those that are not kept are measured and kept.

    One statement where all are kept.
    """
    found = kept_rows(scopes, stamps, at)
    if missing := [scope for scope in dict.fromkeys(scopes) if scope not in found]:
        reading = Reading(sorted({scope.role.pk for scope in missing}), stamps, at)
        measured = reading.measure(missing)
        identities = {
            key_of_row(row): identity_of(row.pk, row.valid_until, stamps)
            for row in store(measured, reading)
        }
        for one in measured:
            identity = identities.get(key_of(one.scope))
            found[one.scope] = KeptRow(one.scope, identity, partial(_same, one))
    return {scope: found[scope] for scope in scopes}


def kept_rows(
    scopes: Sequence[Scope], stamps: Mapping[str, str], at: datetime
) -> dict[Scope, KeptRow]:
    """The valid row at `at` of each scope that has one; one statement."""
    asked = {key_of(scope): scope for scope in scopes}
    rows = valid(stamps, at).filter(role__in={scope.role.pk for scope in scopes})
    columns = ("role_id", *FACETS, "pk", "valid_until", "currency", "data")
    found = {}
    for *key, pk, until, currency, data in rows.values_list(*columns):
        if scope := asked.get(tuple(key)):
            identity = identity_of(pk, until, stamps)
            found[scope] = KeptRow(scope, identity, partial(loads, data, scope, currency))
    return found


def identity_of(pk: int, until: datetime | None, stamps: Mapping[str, str]) -> tuple[Any, ...]:
    return (pk, str(until), rates_key(stamps), VERSION)


def _same(one: Statistics) -> Statistics:
    return one


def valid(stamps: Mapping[str, str], at: datetime) -> Any:
    """The kept rows that still say what is so."""
    return KeptStatistics.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=at), rates=rates_key(stamps), version=VERSION
    )


def rates_key(stamps: Mapping[str, str]) -> str:
    """What pay is converted by: the rates and the currency of the site."""
    return f"{settings.BOARD['CURRENCY']} {stamps[RATES]}"


def key_of(scope: Scope) -> tuple[Any, ...]:
    return (scope.role.pk, *(getattr(scope, name) for name in FACETS))


def key_of_row(row: KeptStatistics) -> tuple[Any, ...]:
    return (row.role_id, *(getattr(row, name) for name in FACETS))


def store(measured: Sequence[Statistics], reading: Reading) -> list[KeptStatistics]:
    """Keep what was measured; no rows if postings were written since the reading began."""
    until = {role: reading.valid_until(role) for role in reading.of_roles}
    rows = [
        KeptStatistics(
            role_id=one.scope.role.pk,
            **{name: getattr(one.scope, name) for name in FACETS},
            valid_until=until[one.scope.role.pk],
            currency=one.currency,
            rates=rates_key(reading.stamps),
            version=VERSION,
            data=dumps(one),
        )
        for one in measured
    ]
    token = reading.stamps[POSTINGS].partition(":")[0]
    with transaction.atomic(using=router.db_for_write(KeptStatistics)):
        # Holds every writer of postings until the rows are there for it to delete.
        stamp = Stamp.objects.select_for_update().filter(name=POSTINGS).first()
        if stamp is None or str(stamp.token) != token:
            return []
        return KeptStatistics.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["role", *FACETS],
            update_fields=["valid_until", "currency", "rates", "version", "data"],
        )
