from django.apps import AppConfig


class MarketConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "market"
    verbose_name = "Market"

    def ready(self) -> None:
        from market import keeping

        keeping.connect()
