"""Factories for every model; tests and the demo board use the same ones."""

from tests.factories.guides import (
    CareerStepFactory,
    ClaimFactory,
    CommentFactory,
    GuideFactory,
    GuideImageFactory,
    PublishedGuideFactory,
    RoleFactory,
    RoleTermFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    TopicFactory,
    ViewFactory,
)
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
    "CareerStepFactory",
    "ClaimFactory",
    "CommentFactory",
    "CompanyFactory",
    "EventFactory",
    "GuideFactory",
    "GuideImageFactory",
    "ListingFactory",
    "PayRangeFactory",
    "PlaceFactory",
    "PostingFactory",
    "PublishedGuideFactory",
    "RoleFactory",
    "RoleTermFactory",
    "SectionFactory",
    "SkillFactory",
    "SourceFactory",
    "TopicFactory",
    "ViewFactory",
    "days_from_now",
]
