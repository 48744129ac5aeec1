"""A file that a person names is read, or the person is told why not."""

import pytest
from django.core.management import CommandError

from lib.files import given


def test_of_a_larger_file_one_byte_more_than_the_most_is_read(tmp_path):
    path = tmp_path / "rates.csv"
    path.write_bytes(b"12345")
    assert [given(path, most) for most in (3, 4, 5, 6)] == [b"1234", *[b"12345"] * 3]


@pytest.mark.parametrize("name", ["", "missing.csv"])
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path, name):
    with pytest.raises(CommandError, match=r"cannot be read: \w+"):
        given(tmp_path / name, 10)
