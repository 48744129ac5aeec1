"""What reaches the searched rows from rows that are not postings.

Roles and skills belong to `guides`, which knows no postings, so their new names are followed
from here, in the transaction that saves them. The text of a live row that is deleted goes with
it: the full text table has no foreign key.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save

from guides.models import Role, Skill
from jobs.index import reindex
from jobs.models import LivePosting, TextIndex
from lib import fulltext


def connect() -> None:
    for model in (Role, Skill):
        pre_save.connect(note_name, sender=model, dispatch_uid=f"jobs.name.{model.__name__}")
        post_save.connect(follow_name, sender=model, dispatch_uid=f"jobs.name.{model.__name__}")
    post_delete.connect(remove_text, sender=LivePosting, dispatch_uid="jobs.text")


def note_name(sender: type[Model], instance: Any, using: str, **kwargs: Any) -> None:
    rows = sender._default_manager.using(using).filter(pk=instance.pk)
    instance.name_before = rows.values_list("name", flat=True).first() if instance.pk else None


def follow_name(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if instance.name_before not in (None, instance.name):
        reindex(instance.postings.values_list("pk", flat=True))


def remove_text(sender: type[Model], instance: LivePosting, using: str, **kwargs: Any) -> None:
    fulltext.remove(using, TextIndex.TABLE, [instance.pk])
