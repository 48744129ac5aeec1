from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page may say of the board: `board_name`, `site_url`, `demo`."""
    return {
        "board_name": settings.BOARD["NAME"],
        "site_url": settings.SITE_URL,
        "demo": settings.DEMO,
    }
