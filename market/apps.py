from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

READER = ["view_survey", "view_surveytitle"]


class MarketConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "market"
    verbose_name = "Market"

    def ready(self) -> None:
        from guides.values import KEYS
        from market import keeping, surveys
        from market.figures import FIGURES

        keeping.connect()
        KEYS.update((key, one.label) for key, one in FIGURES.items())
        surveys.connect()
        post_migrate.connect(surveys.bring_up_to_date, sender=self, dispatch_uid="market.surveys")
        post_migrate.connect(grant_rights, sender=self, dispatch_uid="market.rights")


def grant_rights(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Who keeps roles or postings may see which titles of a survey name no role."""
    from guides.groups import grant

    for group in ("Editor", "Moderator"):
        grant(group, sender, READER, using)
    grant("Moderator", sender, ["change_survey"], using)
