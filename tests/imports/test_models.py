import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from imports.models import Source


@pytest.mark.parametrize("slug", ["greenhouse", "lever", "ashby", "workable", "rss"])
def test_the_name_of_a_system_is_no_name_of_a_source(db, slug):
    source = Source(slug=slug, system="lever", board="acme")
    with pytest.raises(ValidationError, match="reserved for a system"):
        source.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        source.save()


def test_a_board_is_one_source(db):
    Source.objects.create(slug="a", system="lever", board="acme")
    again = Source(slug="b", system="lever", board="acme")
    with pytest.raises(ValidationError, match="This board is a source already"):
        again.full_clean()


def test_listings_name_a_source_by_system_and_board():
    assert Source(slug="a", system="lever", board="acme").key == "lever:acme"
