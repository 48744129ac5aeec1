"""What reaches the searched rows from rows that are not postings.

Roles and skills belong to `guides`, which knows no postings, so their new names are followed
from here, in the transaction that saves them. The text of a live row that is deleted goes with
it: the full text table has no foreign key.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from guides.index import is_renamed
from guides.models import Role, Skill
from jobs.index import reindex
from jobs.models import LivePosting, TextIndex
from jobs.stamps import changed
from lib import textindex


def connect() -> None:
    for model in (Role, Skill):
        post_save.connect(follow_name, sender=model, dispatch_uid=f"jobs.name.{model.__name__}")
    post_delete.connect(remove, sender=LivePosting, dispatch_uid="jobs.gone")


def follow_name(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if is_renamed(instance):
        reindex(instance.postings.values_list("pk", flat=True))


def remove(sender: type[Model], instance: LivePosting, using: str, **kwargs: Any) -> None:
    textindex.remove(using, TextIndex.TABLE, [instance.pk])
    changed([instance.pk])
