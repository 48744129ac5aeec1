"""What is derived from rows, made anew when the code that derives it has changed."""

from collections.abc import Callable

from django.db import connection


def keep_up(name: str, version: int, derive: Callable[[], None]) -> None:
    """After `migrate`: `derive()`, unless this database has had it from this version on.

    A killed run derives again. The version stands beside the stamps, under `name`.
    """
    from guides.models import Stamp

    if Stamp._meta.db_table not in connection.introspection.table_names():
        return
    done = Stamp.objects.filter(name=name).values_list("token", flat=True).first()
    if done is None or done < version:
        derive()
        Stamp.objects.update_or_create(name=name, defaults={"token": version})
