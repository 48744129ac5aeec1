"""Rows of `jobs`, for tests and for the demo board alike."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from jobs.index import reindex
from jobs.models import Company, Event, Listing, PayRange, Place, Posting
from jobs.places import country_name


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = Company
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda n: f"Company {n}")


class PlaceFactory(DjangoModelFactory):
    """A country by its code: `PlaceFactory(country="DE")`; a city with `city=True, name=…`."""

    class Meta:
        model = Place
        django_get_or_create = ("kind", "name", "country", "region")

    class Params:
        city = factory.Trait(
            kind=Place.Kind.CITY,
            name=factory.Sequence(lambda n: f"City {n}"),
            parent=factory.SubFactory(
                "tests.factories.jobs.PlaceFactory", country=factory.SelfAttribute("..country")
            ),
        )

    kind = Place.Kind.COUNTRY
    country = "DE"
    name = factory.LazyAttribute(lambda place: country_name(place.country))
    region = ""


class PayRangeFactory(DjangoModelFactory):
    class Meta:
        model = PayRange

    minimum: Any = Decimal(80_000)
    maximum: Any = Decimal(100_000)
    currency = "USD"
    period = "year"


class PostingFactory(DjangoModelFactory):
    """An open posting; `pending`, `closed`, `expired`, … are its other standings.

    `places`, `skills` and `pay` (dicts of PayRangeFactory) are set before it is indexed.
    """

    class Meta:
        model = Posting
        skip_postgeneration_save = True

    class Params:
        pending = factory.Trait(state=Posting.State.PENDING, starts_at=None)
        rejected = factory.Trait(state=Posting.State.REJECTED, starts_at=None)
        future = factory.Trait(starts_at=factory.LazyFunction(lambda: days_from_now(2)))
        expired = factory.Trait(expires_at=factory.LazyFunction(lambda: days_from_now(-1)))
        unconfirmed = factory.Trait(stale_at=factory.LazyFunction(lambda: days_from_now(-1)))
        closed = factory.Trait(
            state=Posting.State.CLOSED,
            closed_at=factory.LazyFunction(timezone.now),
            close_reason="filled",
        )
        withdrawn = factory.Trait(
            state=Posting.State.WITHDRAWN, closed_at=factory.LazyFunction(timezone.now)
        )

    title = factory.Sequence(lambda n: f"Posting {n}")
    company = factory.SubFactory(CompanyFactory)
    description = "What the work is."
    apply_url = "https://jobs.example.org/apply"
    state = Posting.State.OPEN
    posted_at = factory.LazyFunction(lambda: days_from_now(-3))
    starts_at = factory.SelfAttribute("posted_at")
    stale_at = factory.LazyFunction(lambda: days_from_now(30))

    @factory.post_generation
    def places(self: Posting, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.places.set(extracted)

    @factory.post_generation
    def skills(self: Posting, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.skills.set(extracted)

    @factory.post_generation
    def pay(self: Posting, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            for fields in extracted or ():
                PayRangeFactory(posting=self, **fields)

    @classmethod
    def _after_postgeneration(
        cls, instance: Posting, create: bool, results: dict[str, Any] | None = None
    ) -> None:
        if create:
            reindex([instance.pk])
            instance.refresh_from_db()


class ListingFactory(DjangoModelFactory):
    class Meta:
        model = Listing

    posting = factory.SubFactory(PostingFactory)
    source = "greenhouse:example"
    external_id = factory.Sequence(str)
    payload_hash = factory.Sequence(lambda n: f"{n:064x}")
    first_seen = factory.LazyFunction(lambda: days_from_now(-3))
    last_confirmed = factory.LazyFunction(timezone.now)


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    posting = factory.SubFactory(PostingFactory)
    kind = Event.Kind.FIRST_SEEN


def days_from_now(days: float) -> Any:
    return timezone.now() + timedelta(days=days)
