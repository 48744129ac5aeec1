from django.apps import AppConfig
from django.db.models.signals import post_migrate

from guides.groups import make_groups


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = "Guides"

    def ready(self) -> None:
        from guides import index, stamps

        index.connect()
        stamps.connect(self)
        post_migrate.connect(make_groups, sender=self)
        post_migrate.connect(stamps.make_row, sender=self)
        post_migrate.connect(index.bring_up_to_date, sender=self)
