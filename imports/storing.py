"""What boards have answered: kept packed, each body once, for conditional questions and replays."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from imports.models import Answer, Payload, Run, Source

if TYPE_CHECKING:
    from imports.connectors import Request


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it came, or as it is known where the board said that it stays."""

    request: Request
    body: bytes
    etag: str = ""
    last_modified: str = ""
    is_known: bool = False


def question(request: Request) -> str:
    """What tells one request from another, whatever is asked beside it."""
    asked = [request.method, request.url, request.body, sorted(request.headers)]
    return digest(json.dumps(asked, sort_keys=True).encode())


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@transaction.atomic
def store(run: Run, given: Iterable[Given]) -> None:
    """Keep the answers of a run; they are its own from now on."""
    for place, one in enumerate(given):
        payload, _ = Payload.objects.get_or_create(
            source=run.source,
            digest=digest(one.body),
            defaults={"size": len(one.body), "packed": gzip.compress(one.body, 6)},
        )
        Answer.objects.create(
            run=run,
            place=place,
            question=question(one.request),
            url=one.request.url[:2_048],
            etag=one.etag,
            last_modified=one.last_modified,
            payload=payload,
        )
    run.answers_of = run
    run.save(update_fields=["answers_of"])


def body_of(answer: Answer) -> bytes:
    return gzip.decompress(bytes(answer.payload.packed))


def newest(source: Source) -> Run | None:
    """The last run whose own answers are kept, whatever became of it."""
    own = Answer.objects.filter(run=OuterRef("pk"))
    return source.runs.filter(Exists(own)).order_by("-started_at", "-pk").first()


def known(source: Source) -> dict[str, Answer]:
    """The newest answers by their question, without their bodies."""
    run = newest(source)
    if run is None:
        return {}
    rows = run.answers.select_related("payload").defer("payload__packed")
    return {answer.question: answer for answer in rows}


def renew(known: Mapping[str, Answer], given: Iterable[Given]) -> None:
    """Note by what the same answers want to be asked about next time."""
    for one in given:
        answer = known[question(one.request)]
        if (answer.etag, answer.last_modified) != (one.etag, one.last_modified):
            Answer.objects.filter(pk=answer.pk).update(
                etag=one.etag, last_modified=one.last_modified
            )


def texts_of(run: Run) -> list[tuple[str, bytes]]:
    """Addresses and bodies of a run's answers; none where they were forgotten."""
    rows = run.answers.select_related("payload")
    return [(answer.url, body_of(answer)) for answer in rows]


def forget() -> int:
    """Delete answers of runs that began PAYLOAD_DAYS ago, but for each board's newest; how many."""
    before = timezone.now() - timedelta(days=settings.BOARD["PAYLOAD_DAYS"])
    forgotten = 0
    for source in Source.objects.all():
        kept = newest(source)
        old = Answer.objects.filter(run__source=source, run__started_at__lt=before)
        forgotten += old.exclude(run=kept).delete()[0]
    Payload.objects.filter(~Exists(Answer.objects.filter(payload=OuterRef("pk")))).delete()
    return forgotten
