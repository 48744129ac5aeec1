"""What has aged in the guides that readers see, for the editors' queue.

It looks at the working copy, because that is what an editor mends. What is mended there and not
published yet is not forgotten: then the guide itself is in the queue, until readers see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format

from guides.models import Claim, Guide, Revision, Source


@dataclass(frozen=True, slots=True)
class Stale:
    """Something to look at again: what it is, why and since when; mended at `anchor` of the form.

    `kind` is one of a queue's kinds: claim, source, review, unpublished, openings, figure.
    """

    kind: str
    guide: Guide
    what: str
    reason: str
    since: date
    anchor: str = ""


def stale(at: datetime | None = None) -> list[Stale]:
    """What has aged in public guides at the instant `at` (now); four statements."""
    at = at or timezone.now()
    return [*_claims(at), *_sources(at), *_reviews(at), *_unpublished(at)]


def _claims(at: datetime) -> Iterator[Stale]:
    public = Guide.objects.public(at).values("pk")
    rows = Claim.objects.filter(guide__in=public, review_on__lte=at.date())
    for claim in rows.select_related("guide"):
        assert claim.review_on is not None
        reason = "Its review date has passed."
        yield Stale("claim", claim.guide, str(claim), reason, claim.review_on, "claims-group")


def _sources(at: datetime) -> Iterator[Stale]:
    public = Guide.objects.public(at).values("pk")
    for source in Source.objects.gone().filter(guide__in=public).select_related("guide"):
        assert source.failing_since is not None
        since = source.failing_since.date()
        yield Stale("source", source.guide, str(source), source.problem, since, "sources-group")


def _reviews(at: datetime) -> Iterator[Stale]:
    for guide in Guide.objects.public(at).filter(review_due__lte=at.date()):
        assert guide.review_due is not None
        reviewed = guide.reviewed_on
        reason = (
            f"It was last reviewed on {date_format(reviewed, 'j F Y')}."
            if reviewed
            else "It was never reviewed."
        )
        yield Stale("review", guide, "The whole guide", reason, guide.review_due, "id_review_due")


def _unpublished(at: datetime) -> Iterator[Stale]:
    own = Revision.objects.filter(guide=OuterRef("pk"))
    later = own.filter(pk__gt=OuterRef("revision_id")).order_by("pk")
    shown = own.filter(pk=OuterRef("revision_id"))
    waiting = own.filter(effective_at__gt=at, text=OuterRef("newest_text"))
    guides: Any = (
        Guide.objects.public(at)
        .annotate(
            newest_text=Subquery(own.order_by("-pk").values("text")[:1]),
            shown_text=Subquery(shown.values("text")[:1]),
            changed_at=Subquery(later.values("created_at")[:1]),
        )
        .exclude(newest_text=F("shown_text"))
        .filter(~Exists(waiting))
    )
    for guide in guides:
        since = guide.changed_at or guide.revised_at
        shown_on = date_format(guide.revised_at, "j F Y")
        reason = f"Readers see the text of {shown_on}; later changes are not published yet."
        yield Stale("unpublished", guide, "Changes of the working copy", reason, since.date())
