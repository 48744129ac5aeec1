from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from jobs.rates import load_default

MODERATOR = [
    *(
        f"{verb}_{model}"
        for model in ("posting", "payrange", "company", "place")
        for verb in ("add", "change", "view")
    ),
    "delete_payrange",
    "view_listing",
    "view_event",
    "view_exchangerate",
    "view_report",
    "change_report",
]
READER = ["view_posting", "view_company", "view_place"]


class JobsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "jobs"

    def ready(self) -> None:
        from jobs import index, renames, stamps

        renames.connect()
        stamps.connect()
        post_migrate.connect(stamps.make_row_of_postings, sender=self, dispatch_uid="jobs.stamp")
        post_migrate.connect(index.bring_up_to_date, sender=self, dispatch_uid="jobs.index")
        post_migrate.connect(load_default, sender=self, dispatch_uid="jobs.rates")
        post_migrate.connect(grant_rights, sender=self, dispatch_uid="jobs.rights")


def grant_rights(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Moderators keep postings; authors and editors may look at them."""
    from guides.groups import grant

    grant("Moderator", sender, MODERATOR, using)
    for group in ("Author", "Editor"):
        grant(group, sender, READER, using)
