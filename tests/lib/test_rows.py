"""Rows that are inserted without the ORM's expressions are those that it would have made."""

from decimal import Decimal

from django.utils import timezone

from jobs.models import Listing, PayRange, Place
from lib.rows import PARAMETERS, insert
from tests.factories import PostingFactory

AT = timezone.now()


def listings(posting, source: str, count: int) -> list[Listing]:
    return [
        Listing(posting=posting, source=source, external_id=str(number), url="", payload_hash="x",
                stated={"places": [["Zürich", None]]}, first_seen=AT, last_confirmed=AT,
                likeness_key=-number, sketch=bytes([0, 255, number % 256]))
        for number in range(count)
    ]  # fmt: skip


def test_inserted_rows_are_what_bulk_create_makes(db):
    posting = PostingFactory()
    count = PARAMETERS // 10
    insert(listings(posting, "ours", count))
    Listing.objects.bulk_create(listings(posting, "theirs", count))
    names = [one.name for one in Listing._meta.fields if one.name not in ("id", "source")]
    ours, theirs = (
        [
            (row.pop("external_id"), bytes(row.pop("sketch")), row)
            for row in Listing.objects.filter(source=source).order_by("pk").values(*names)
        ]
        for source in ("ours", "theirs")
    )
    assert ours == theirs
    assert len(ours) == count


def test_each_inserted_row_has_its_own_key(db):
    rows = listings(PostingFactory(), "ours", PARAMETERS // 5)
    insert(rows)
    stored = dict(Listing.objects.values_list("pk", "external_id"))
    assert {row.pk: row.external_id for row in rows} == stored
    rows[0].url = "https://example.org"
    rows[0].save()
    assert Listing.objects.count() == len(rows)


def test_a_row_names_what_was_stored_after_it_was_made(db):
    country = Place(name="Germany", kind="country", country="DE", slug="germany")
    city = Place(name="Berlin", kind="city", country="DE", slug="berlin", parent=country)
    insert([country])
    insert([city])
    assert Place.objects.get(name="Berlin").parent == country


def test_an_amount_keeps_its_digits_and_nothing_is_inserted_of_nothing(db):
    insert([PayRange(posting=PostingFactory(), minimum=Decimal("1.10"), maximum=None)])
    insert([])
    stored = PayRange.objects.get()
    assert (stored.minimum, stored.maximum) == (Decimal("1.10"), None)
