"""The place in a list that an address holds."""

import string
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jobs.cursors import LAYOUT, read, written

places = st.tuples(
    st.datetimes(timezones=st.just(UTC)), st.integers(min_value=1, max_value=2**63 - 1)
)
URL_SAFE = set(string.ascii_letters + string.digits + "-_")


@given(places)
def test_a_place_comes_back_to_the_microsecond_from_a_text_that_needs_no_quoting(place):
    text = written(place)
    assert set(text) <= URL_SAFE
    assert read(text) == place


@given(st.one_of(st.text(max_size=30), st.text(sorted(URL_SAFE), min_size=22, max_size=22)))
@example("")
@example("A" * 22)
@example("_" * 22)
def test_no_two_texts_are_one_place_and_every_other_text_is_refused(text):
    try:
        place = read(text)
    except ValueError:
        return
    assert written(place) == text


def refused(text):
    with pytest.raises(ValueError, match="cursor"):
        read(text)


def test_a_text_that_was_changed_is_refused():
    text = written((datetime(2026, 7, 1, tzinfo=UTC), 7))
    for other in (f"{text}=", f"{text}==", f" {text}", f"{text}\n", text[:-1], f"{text}A"):
        refused(other)
    spare = [one for one in URL_SAFE if one != text[-1]]
    taken = [one for one in spare if not _is_refused(text[:-1] + one)]
    assert len(taken) == 3, "of the last character two bits count"


def _is_refused(text):
    try:
        read(text)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(("microseconds", "pk"), [(0, 0), (0, -1), (2**63 - 1, 1), (-(2**63), 1)])
def test_an_instant_or_a_number_that_no_posting_can_have_is_refused(microseconds, pk):
    from base64 import urlsafe_b64encode

    packed = LAYOUT.pack(microseconds, pk)
    refused(urlsafe_b64encode(packed).decode().rstrip("="))
