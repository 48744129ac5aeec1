"""Factories for every model; tests and the demo board use the same ones."""

from tests.factories.jobs import (
    CompanyFactory,
    EventFactory,
    ListingFactory,
    PayRangeFactory,
    PlaceFactory,
    PostingFactory,
    days_from_now,
)

__all__ = [
    "CompanyFactory",
    "EventFactory",
    "ListingFactory",
    "PayRangeFactory",
    "PlaceFactory",
    "PostingFactory",
    "days_from_now",
]
