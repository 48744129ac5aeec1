from datetime import timedelta

from django.conf import settings

from guides.models import Source
from guides.sources import check
from lib.tasks import every


@every(timedelta(days=1))
def check_sources() -> None:
    """What `manage.py check_sources` does."""
    check(Source.objects.with_address().due(settings.BOARD["SOURCE_CHECK_DAYS"]))
