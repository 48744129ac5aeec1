"""The one place where the searched texts of guides and roles are derived.

Each published revision is indexed by its id, so that a schedule takes effect by the clock: a
search asks for the revisions that are in effect now. Roles are indexed as their profile stands.
Deriving again changes nothing, so any writer may call it; names that a text shows are followed
from here, in the transaction that saves them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import router
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save

from guides.derived import keep_up
from guides.models import (
    PROSE,
    GuideIndex,
    Revision,
    Role,
    RoleIndex,
    RoleTerm,
    Skill,
    Topic,
)
from guides.synonyms import role_mark, skill_mark
from lib import textindex
from lib.text import plain
from lib.textindex import Body, Entry

# Raised with each change of what the rows of the full text are.
VERSION = 3


def bring_up_to_date(**kwargs: Any) -> None:
    """After `migrate`: derive the full text of a database that an older version has written."""
    keep_up("guides-index", VERSION, index_all)


def index_all() -> None:
    index_roles(Role.objects.values_list("pk", flat=True))
    index_revisions(Revision.objects.published().values_list("pk", flat=True))


def index_revisions(ids: Iterable[int]) -> None:
    """Derive the index rows of these revisions; one that is not published has none."""
    wanted = set(ids)
    if not wanted:
        return
    using = router.db_for_write(Revision)
    found = Revision.objects.published().filter(pk__in=wanted).prefetch_related("roles", "topics")
    rows = [revision_entry(revision) for revision in found]
    textindex.remove(using, GuideIndex.TABLE, wanted - {key for key, *_ in rows})
    textindex.write(using, GuideIndex.TABLE, rows)


def index_roles(ids: Iterable[int]) -> None:
    """Derive the index rows of these roles; one that is gone has none."""
    wanted = set(ids)
    if not wanted:
        return
    using = router.db_for_write(Role)
    found = Role.objects.filter(pk__in=wanted).prefetch_related("terms__skill")
    rows = [role_entry(role) for role in found]
    textindex.remove(using, RoleIndex.TABLE, wanted - {key for key, *_ in rows})
    textindex.write(using, RoleIndex.TABLE, rows)


def revision_entry(revision: Any) -> Entry:
    """What the full text knows of a published revision: the title, and all that its page says."""
    shown = revision.rendered
    body: Body = [
        shown["subtitle"],
        shown["summary"],
        *(role.name for role in revision.roles.all()),
        *(topic.name for topic in revision.topics.all()),
    ]
    for section in shown["sections"]:
        body += [section["heading"], _plain(section["parts"])]
    for note in shown["notes"]:
        body += [plain(note["text_html"]), note["title"], note["publisher"]]
    marks = [role_mark(role.pk) for role in revision.roles.all()]
    return revision.pk, shown["title"], body, marks


def role_entry(role: Any) -> Entry:
    """What the full text knows of a role: its names, and in the body its profile."""
    body: Body = [
        role.summary,
        *(term.skill.name if term.skill else term.name for term in role.terms.all()),
        *(_plain(role.rendered.get(aspect, [])) for aspect in PROSE),
    ]
    skills = [term.skill_id for term in role.terms.all() if term.skill_id]
    marks = [role_mark(role.pk), *map(skill_mark, skills)]
    return role.pk, "\n".join([role.name, *role.aliases]), body, marks


def _plain(parts: Iterable[dict[str, str]]) -> str:
    return plain("".join(part.get("html", "") for part in parts))


# --- following what is saved elsewhere --------------------------------------------------------


def connect() -> None:
    for model in (Role, Skill, Topic):
        pre_save.connect(note_name, sender=model, dispatch_uid=f"guides.note.{model.__name__}")
        post_save.connect(follow, sender=model, dispatch_uid=f"guides.follow.{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(follow_term, sender=RoleTerm, dispatch_uid="guides.term")
    for gone, table in ((Role, RoleIndex.TABLE), (Revision, GuideIndex.TABLE)):
        post_delete.connect(
            _remover(table), sender=gone, weak=False, dispatch_uid=f"guides.gone.{table}"
        )


def note_name(sender: type[Model], instance: Any, using: str, **kwargs: Any) -> None:
    """Keep the stored name as `name_before` on what is saved; None for a new row."""
    rows = sender._default_manager.using(using).filter(pk=instance.pk)
    instance.name_before = rows.values_list("name", flat=True).first() if instance.pk else None


def is_renamed(instance: Any) -> bool:
    return instance.name_before not in (None, instance.name)


def follow(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    if sender is Role:
        index_roles([instance.pk])
    if is_renamed(instance):
        index_roles(_roles_naming(instance))
        index_revisions(_revisions_naming(instance))


def _roles_naming(instance: Any) -> Iterator[int]:
    if isinstance(instance, Skill):
        yield from instance.terms.values_list("role_id", flat=True)


def _revisions_naming(instance: Any) -> Iterator[int]:
    if isinstance(instance, Role):
        yield from Revision.objects.published().filter(roles=instance).values_list("pk", flat=True)
    if isinstance(instance, Topic):
        yield from Revision.objects.published().filter(topics=instance).values_list("pk", flat=True)


def follow_term(sender: type[Model], instance: RoleTerm, **kwargs: Any) -> None:
    index_roles([instance.role_id])


def _remover(table: str) -> Any:
    def remove(sender: type[Model], instance: Any, using: str, **kwargs: Any) -> None:
        textindex.remove(using, table, [instance.pk])

    return remove
