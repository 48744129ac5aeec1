"""Kept parts of pages, and how they die with their data.

A part is kept under a key that holds the stamp of what it is made of. The stamp changes in the
transaction that changes the data, and with each instant at which something takes effect by the
clock, so a kept part is never older than the data and no job has to throw it away.
"""

import logging
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from django.apps import AppConfig
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone

from lib import prepared

logger = logging.getLogger(__name__)

T = TypeVar("T")

GUIDES = "guides"
# For each subject SQL for the next instant, after the parameter, at which something of it takes
# effect by the clock. An app that keeps parts of its own adds its subject when it is ready.
HORIZONS = {
    GUIDES: "SELECT MIN(effective_at) FROM guides_revision WHERE effective_at > %s",
}
# Only to free memory: what has died is not asked for any more.
KEPT_SECONDS = 24 * 3600


def renew(subject: str) -> int:
    """Say that what pages show of `subject` may have changed; inside the writing transaction.

    Returns the new token. From here to the end of the transaction other writers wait.

    The new token is random, so that one from a transaction that was undone never comes back.
    """
    from guides.models import Stamp

    token = secrets.randbits(62)
    if not Stamp.objects.filter(name=subject).update(token=token):
        _, is_new = Stamp.objects.get_or_create(name=subject, defaults={"token": token})
        if not is_new:  # somebody else was first
            return renew(subject)
    return token


def stamps(at: datetime | None = None) -> dict[str, str]:
    """The stamp of each subject at the instant `at` (now); one statement for all of them.

    Written in SQL because the ORM takes longer to build it than a database to answer it.
    """
    moment = connection.ops.adapt_datetimefield_value(at or timezone.now())
    cases = " ".join(f"WHEN '{name}' THEN ({sql})" for name, sql in HORIZONS.items())
    with connection.cursor() as cursor:
        prepared.execute(
            cursor,
            f"SELECT name, token, CASE name {cases} END FROM guides_stamp",  # noqa: S608
            [moment] * cases.count("%s"),
        )
        found = {
            name: f"{token}:{horizon}".replace(" ", "T")  # a key of a cache has no blanks
            for name, token, horizon in cursor.fetchall()
        }
    # Without its row nothing would say that a subject has changed: then nothing of it is kept.
    return {name: found.get(name) or secrets.token_hex(8) for name in HORIZONS}


def kept(name: str, parts: tuple[Any, ...], make: Callable[[], T]) -> T:
    """`make()`, or what it made before for the same parts, among them the stamps it depends on."""
    key = f"kept:{name}:{sha256(repr(parts).encode()).hexdigest()}"
    if (found := recall([key]).get(key)) is not None:
        return found
    made = make()
    keep({key: made})
    return made


def kept_newest(name: str, parts: tuple[Any, ...], by: Any, make: Callable[[], T]) -> T:
    """`make()`, or what it made before for the same parts and an equal `by`.

    What is made by another one takes its place, so that large pieces that are made anew after each
    write do not push out all that is kept beside them.
    """
    key = f"newest:{name}:{sha256(repr(parts).encode()).hexdigest()}"
    found: tuple[Any, T] | None = recall([key]).get(key)
    if found and found[0] == by:
        return found[1]
    made = make()
    keep({key: (by, made)})
    return made


# By its name what `kept_here` made last, with the parts that it was made for.
_here: dict[str, tuple[Any, Any]] = {}


def kept_here(name: str, parts: tuple[Any, ...], make: Callable[[], T]) -> T:
    """As `kept`, for what is small and asked by most pages: it stays in the process as it is, where
    unpacking it would cost more than asking it. Not to be changed; what was made for other parts
    goes."""
    found = _here.get(name)
    if found is None or found[0] != parts:
        found = _here[name] = parts, make()
    made: T = found[1]
    return made


def recall(keys: Iterable[str]) -> dict[str, Any]:
    """What is kept under these keys; nothing, and a line in the log, if the cache is down."""
    try:
        return cache.get_many(keys)
    except Exception as error:  # each cache has its own family of errors
        logger.warning("the cache does not answer: %s", error)
        return {}


def keep(parts: dict[str, Any], seconds: int = KEPT_SECONDS) -> None:
    """Keep parts under their keys, if the cache answers."""
    try:
        cache.set_many(parts, seconds)
    except Exception as error:
        logger.warning("the cache does not answer: %s", error)


def connect(app: AppConfig) -> None:
    """Renew the stamp of guides at every write of a model that pages are made of."""
    from guides.models import Comment, Stamp

    for model in app.get_models():
        if model in (Stamp, Comment):
            continue
        for signal in (post_save, post_delete):
            signal.connect(_renew_guides, sender=model, dispatch_uid="guides.stamp")
        for field in model._meta.local_many_to_many:
            through = field.remote_field.through
            m2m_changed.connect(_renew_guides, sender=through, dispatch_uid="guides.stamp")


def _renew_guides(**kwargs: Any) -> None:
    renew(GUIDES)


def make_row(subject: str = GUIDES, **kwargs: Any) -> None:
    """After `migrate` and after a flush: the row that a stamp is read from."""
    from guides.models import Stamp

    if Stamp._meta.db_table in connection.introspection.table_names():
        renew(subject)
