"""Adzuna: the search of a board that gathers other boards' jobs, to be linked to where shown.

`{"count": 1, "results": [{"id": "1", "title": "…", "redirect_url": "…", …}]}`: JSON by a mapping.
Its interface wants a key, so its answers are imported from files.
"""

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
        # The town, the state and the country; a county between them would be read as a town.
        "location": ["location.area.3", "location.area.1", "location.area.0"],
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
CONNECTOR = Mapped(
    "adzuna", MAPPING, reading.parse_json, lambda payload: shapes.fits("adzuna", payload)
)
