from django.apps import AppConfig


class MarketConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "market"
    verbose_name = "Market"

    def ready(self) -> None:
        from guides.values import KEYS
        from market import keeping
        from market.figures import FIGURES

        keeping.connect()
        KEYS.update((key, one.label) for key, one in FIGURES.items())
