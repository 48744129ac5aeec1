from django.apps import AppConfig
from django.db.models.signals import post_migrate

from jobs.rates import load_default


class JobsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "jobs"

    def ready(self) -> None:
        post_migrate.connect(load_default, sender=self, dispatch_uid="jobs.rates")
