"""The table of exchange rates: the ones that ship, the ones imported, and what hangs on them.

The board ships the newest rate of each currency in the European Central Bank's history up to
2026-10-30 (see build_rates). Rates are units of the currency for one euro.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connections, router, transaction

from jobs.ecb import Rate, Refused

DEFAULT = Path(__file__).parent / "data" / "ecb_rates.csv"
BATCH = 1_000


def load_default(using: str = "default", **kwargs: Any) -> None:
    """Fill an empty rate table; a table with any row is somebody's and stays as it is."""
    from jobs.models import ExchangeRate

    rows = ExchangeRate.objects.using(using)
    if rows.exists():
        return
    with DEFAULT.open(newline="") as file:
        rows.bulk_create(
            ExchangeRate(
                currency=row["currency"], date=row["date"], per_euro=Decimal(row["per_euro"])
            )
            for row in csv.DictReader(file)
        )


# --- importing ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Report:
    """Each rate read is new, changed, unchanged, older than another one of its file, or refused."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def line(self) -> str:
        return (
            f"read={self.read} new={self.new} changed={self.changed} unchanged={self.unchanged} "
            f"older={self.older} refused={len(self.refused)}"
        )


def newest_of(found: Iterable[Rate | Refused], report: Report) -> dict[str, Rate]:
    """The newest rate of each currency; the others are counted in the report."""
    newest: dict[str, Rate] = {}
    for one in found:
        report.read += 1
        if isinstance(one, Refused):
            report.refused.append(one)
        elif one.currency not in newest:
            newest[one.currency] = one
        else:
            report.older += 1
            if one.date > newest[one.currency].date:
                newest[one.currency] = one
    return newest


def store(newest: dict[str, Rate], report: Report) -> None:
    """Write the rates and what hangs on them, in one transaction; rates that stand stay."""
    from jobs.models import ExchangeRate

    using = router.db_for_write(ExchangeRate)
    with transaction.atomic(using=using):
        lock(using, "SHARE ROW EXCLUSIVE")
        known: dict[tuple[str, date], Decimal] = {
            (currency, day): per_euro
            for currency, day, per_euro in ExchangeRate.objects.filter(
                currency__in=newest, date__in={one.date for one in newest.values()}
            ).values_list("currency", "date", "per_euro")
        }
        written = []
        for one in newest.values():
            before = known.get((one.currency, one.date))
            if before == one.per_euro:
                report.unchanged += 1
                continue
            report.new += before is None
            report.changed += before is not None
            written.append(
                ExchangeRate(currency=one.currency, date=one.date, per_euro=one.per_euro)
            )
        if written:
            ExchangeRate.objects.bulk_create(
                written,
                update_conflicts=True,
                unique_fields=["currency", "date"],
                update_fields=["per_euro"],
            )
            rates_changed(using)


def lock(using: str, mode: str) -> None:
    """Until the transaction ends, no other one changes rates (SHARE), or none reads them to write
    ranks either (SHARE ROW EXCLUSIVE): a posting written meanwhile would keep its old rank. SQLite
    has one writer at a time anyway."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE jobs_exchangerate IN {mode} MODE")


# --- what hangs on the rates ----------------------------------------------------------------------


def rates_changed(using: str) -> None:
    """Bring the order by pay up to date with the rates, in the transaction that wrote them."""
    from guides.stamps import renew
    from jobs.stamps import RATES, changed

    renew(RATES)
    changed(rerank(using))


def rerank(using: str) -> list[int]:
    """Write `pay_rank` of every live row whose rank is another one by the newest rates: which."""
    from jobs.models import LivePosting
    from jobs.salary import newest_rates, rank

    rates = newest_rates()
    moved: list[int] = []
    live = LivePosting.objects.using(using).order_by("pk")
    last = 0
    while rows := list(live.filter(pk__gt=last).values_list("pk", "terms", "pay_rank")[:BATCH]):
        last = rows[-1][0]
        ranks = {pk: rank(json.loads(terms)["pay"], rates) for pk, terms, _ in rows}
        write_ranks(using, {pk: ranks[pk] for pk, _, before in rows if ranks[pk] != before})
        moved += [pk for pk, _, before in rows if ranks[pk] != before]
    return moved


def write_ranks(using: str, ranks: dict[int, int | None]) -> None:
    """One statement: the ORM's bulk_update compares every row with every case."""
    if not ranks:
        return
    values = ", ".join(["(%s, CAST(%s AS bigint))"] * len(ranks))
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"WITH fresh (id, pay_rank) AS (VALUES {values}) "  # noqa: S608
            "UPDATE jobs_liveposting SET pay_rank = fresh.pay_rank FROM fresh "
            "WHERE jobs_liveposting.posting_id = fresh.id",
            [part for pair in ranks.items() for part in pair],
        )
