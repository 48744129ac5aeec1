from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from lib.tasks import every
from work.models import Errand


@every(timedelta(hours=6))
def forget_errands() -> None:
    """Delete what was over WORK_KEPT_DAYS ago."""
    before = timezone.now() - timedelta(days=settings.BOARD["WORK_KEPT_DAYS"])
    Errand.objects.filter(due_at=None, finished_at__lt=before).delete()
