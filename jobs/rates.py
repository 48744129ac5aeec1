"""The exchange rates that the board ships: the newest of each currency in the European Central
Bank's reference rates up to 2026-10-30. Units of the currency for one euro."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).parent / "data" / "ecb_rates.csv"


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
