"""The rows of audiences: made where missing, and looked up for counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jobs.eligibility import area_codes, areas, key, number
from jobs.models import Audience, AudienceArea, Posting

# An audience never changes and its id follows from its set, so what was read once stays true.
_known: dict[int, list[int]] = {}


def audience_of(posting: Posting) -> str:
    """The key of the audience of a posting, whose places are at hand."""
    places = [(place.country, place.region) for place in posting.places.all()]
    return key(areas(posting.workplace, posting.eligibility, places))


def make_audiences(keys: Iterable[str]) -> None:
    """Make the audiences that are missing; three statements at most, one if none is.

    In the order of their ids, so that two writers of the same sets wait and never deadlock.
    """
    wanted = {number(text): text for text in keys}
    there = set(Audience.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    missing = sorted(set(wanted) - there)
    if not missing:
        return
    Audience.objects.bulk_create(
        [Audience(pk=pk, key=wanted[pk]) for pk in missing], ignore_conflicts=True
    )
    AudienceArea.objects.bulk_create(
        [
            AudienceArea(audience_id=pk, area=area)
            for pk in missing
            for area in area_codes(wanted[pk])
        ],
        ignore_conflicts=True,
    )


def areas_of(audiences: Iterable[int]) -> Mapping[int, list[int]]:
    """The stored areas of each audience; a statement only where one is met for the first time."""
    if missing := set(audiences) - _known.keys():
        rows = Audience.objects.filter(pk__in=missing).values_list("pk", "key")
        _known.update((pk, area_codes(text)) for pk, text in rows)
    return _known
