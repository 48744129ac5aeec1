"""Adzuna: the search of a board that gathers other boards' jobs, to be linked to where shown.

`{"count": 1, "results": [{"id": "1", "title": "…", "redirect_url": "…", …}]}`: JSON by a mapping.
Its interface wants a key, so its answers are imported from files.
"""

from collections.abc import Mapping
from typing import Any

from imports.connectors import reading, shapes
from imports.connectors.mapped import Mapped

MAPPING = {
    "jobs": "results",
    "fields": {
        "id": "id",
        "title": "title",
        "company": "company.display_name",
        "url": "redirect_url",
        "description": "description",
        "location": ["location.area.1", "location.area.0"],
        "country": "location.area.0",
        "employment": ["contract_time", "contract_type"],
        "pay_min": "salary_min",
        "pay_max": "salary_max",
        "pay_country": "location.area.0",
        "pay_estimated": "salary_is_predicted",
        "posted": "created",
    },
    "values": {"pay_period": "year"},
    "total": "count",
    "via": "Adzuna",
}


class _Adzuna(Mapped):
    """Adzuna's mapping, with the town of a place.

    An area is a country, a state, a county and a town. A county would be read as a town, so the
    third is left out where a town follows, and where it is a county even if it is the last.
    """

    def _row(self, job: Any) -> Any:
        row = super()._row(job)
        place = job.get("location") if isinstance(job, Mapping) else None
        area = place.get("area") if isinstance(place, Mapping) else None
        if isinstance(area, list) and len(area) > 2:
            counties = area[0] in ("US", "UK")
            town = area[3] if len(area) > 3 else "" if counties else area[2]
            if isinstance(town, str) and town:
                row["location"] = ", ".join([town, row.get("location", "")]).strip(", ")
        return row


CONNECTOR = _Adzuna(
    "adzuna", MAPPING, reading.parse_json, lambda payload: shapes.fits("adzuna", payload)
)
