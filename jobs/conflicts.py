"""Fields that a source's own field and its words say differently, kept for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from jobs.index import reindex
from jobs.models import Conflict, Event, Posting
from jobs.offers import Offer


def note_conflicts(pairs: Sequence[tuple[Posting, Offer]], *, are_new: bool = False) -> None:
    """Keep what the offers of these postings contradict themselves in, inside a transaction.

    A contradiction that a person has decided stays decided until the source says something else.
    One that is gone leaves the queue.
    """
    said = {posting.pk: offer.disagreements for posting, offer in pairs}
    if are_new and not any(said.values()):
        return
    known = {
        (row.posting_id, row.field): row
        for row in ([] if are_new else Conflict.objects.filter(posting__in=said))
    }
    made, moved = [], []
    for posting, offer in pairs:
        for one in offer.disagreements:
            old = known.pop((posting.pk, one.field), None)
            if one.field in posting.held:
                continue
            values = {"stated": one.stated[:200], "read": one.read[:200], "quote": one.quote}
            if old is None:
                made.append(Conflict(posting=posting, field=one.field, **values))
            elif (old.stated, old.read) != (values["stated"], values["read"]):
                for name, value in values.items():
                    setattr(old, name, value)
                old.state = Conflict.State.OPEN
                moved.append(old)
    Conflict.objects.bulk_create(made)
    if moved:
        Conflict.objects.bulk_update(moved, ["stated", "read", "quote", "state"])
    gone = [row.pk for row in known.values() if row.state == Conflict.State.OPEN]
    if gone:
        Conflict.objects.filter(pk__in=gone).delete()


def settle(conflict: Conflict, value: str, by: Any) -> None:
    """Set the field to one of the two values and hold it; '' leaves it unknown, and the next
    import free. A third value is set in the posting's own form."""
    if value not in (conflict.stated, conflict.read, ""):
        raise ValueError(f"Neither the source nor its words say {value!r}.")
    with transaction.atomic():
        if value:
            posting = Posting.objects.select_for_update().get(pk=conflict.posting_id)
            setattr(posting, conflict.field, value)
            posting.held = sorted({*posting.held, conflict.field})
            posting.evidence[conflict.field] = {
                "evidence": conflict.quote or f"{conflict.stated} / {conflict.read}",
                "rule": "set by a person",
            }
            posting.store()
            posting.events.create(
                kind=Event.Kind.CHANGED,
                detail={"fields": [conflict.field], "by": by.get_username()},
            )
            reindex([posting.pk])
        state = Conflict.State.SETTLED if value else Conflict.State.LEFT
        conflict.decide(state, by)
