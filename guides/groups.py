"""The groups of people who work on the board, and what each may do."""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions

WRITE = ("add", "change", "view")
OWN = (*WRITE, "delete")
PARTS = ("section", "source", "claim", "guiderole", "guideimage")

RIGHTS = {
    "Author": [
        *(f"{verb}_guide" for verb in WRITE),
        *(f"{verb}_{part}" for part in PARTS for verb in OWN),
        "view_role",
        "view_skill",
        "view_roleterm",
        "view_careerstep",
        "view_topic",
        "view_revision",
        "add_comment",
        "view_comment",
    ],
    "Editor": [
        "publish_guide",
        *(
            f"{verb}_{model}"
            for model in ("guide", *PARTS, "role", "roleterm", "careerstep", "skill", "topic")
            for verb in OWN
        ),
        "add_comment",
        "view_comment",
        "view_revision",
    ],
    "Moderator": ["view_role", "view_skill"],
}


def grant(group: str, app: AppConfig, codenames: Iterable[str], using: str = "default") -> None:
    """Give `group`, made if it is missing, these rights on the models of `app`.

    For post_migrate: it makes the rights first, whichever receiver runs earlier, and takes
    nothing away, so an operator's additions stay.
    """
    from django.contrib.auth.models import Group, Permission

    create_permissions(app, verbosity=0, using=using)
    wanted = set(codenames)
    rights = Permission.objects.using(using).filter(
        content_type__app_label=app.label, codename__in=wanted
    )
    if missing := wanted - {right.codename for right in rights}:
        raise LookupError(f"{app.label} has no right named {', '.join(sorted(missing))}")
    Group.objects.using(using).get_or_create(name=group)[0].permissions.add(*rights)


def make_groups(sender: AppConfig, using: str, **kwargs: Any) -> None:
    for group, codenames in RIGHTS.items():
        grant(group, sender, codenames, using)
