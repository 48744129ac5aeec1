"""The cache in memory keeps what is asked for, and never more than it may."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.caches import PACKED_ABOVE, BoundedMemoryCache

MOST = 1_000


@pytest.fixture
def cache() -> Iterator[BoundedMemoryCache]:
    made = another()
    made.clear()
    yield made
    made.clear()


def another() -> BoundedMemoryCache:
    return BoundedMemoryCache("bounded", {"OPTIONS": {"MAX_BYTES": MOST}})


def sizes(cache: BoundedMemoryCache) -> int:
    return sum(map(len, cache._cache.values()))


def test_what_was_not_asked_for_longest_goes_first(cache):
    for name in "abc":
        cache.set(name, b"x" * 250)
    assert cache.get("a")
    cache.set("d", b"x" * 300)
    assert [name for name in "abcd" if name in cache] == ["a", "c", "d"]


def test_a_value_that_is_too_large_is_not_kept_and_takes_its_old_one_away(cache):
    cache.set("a", b"x")
    cache.set("b", b"x")
    cache.set("a", b"x" * MOST)
    assert cache.get("a") is None
    assert cache.get("b") == b"x"


@pytest.mark.parametrize("size", [PACKED_ABOVE - 100, PACKED_ABOVE + 1, 50 * PACKED_ABOVE])
def test_a_large_value_comes_back_as_it_was_and_takes_less(cache, monkeypatch, size):
    monkeypatch.setattr(cache, "_max_bytes", PACKED_ABOVE)
    value = {"html": "<p>again and again</p>" * (size // 22)}
    cache.set("a", value)
    assert cache.get("a") == value
    assert 0 < cache.held == sizes(cache) <= PACKED_ABOVE


def test_instances_of_one_name_share_what_they_hold(cache):
    cache.set("a", b"x" * 600)
    another().set("b", b"x" * 600)
    assert "a" not in cache
    assert cache.held == another().held == sizes(cache)


def test_what_is_counted_is_bound_with_the_rest(cache):
    cache.set("count", 9)
    for _ in range(1_000):
        cache.incr("count")
    assert cache.get("count") == 1_009
    cache.delete("count")
    assert cache.held == 0


acts = st.lists(
    st.tuples(
        st.sampled_from(["set", "add", "get", "delete", "expire", "clear"]),
        st.sampled_from("abcdef"),
        st.integers(0, 1_200),
    ),
    max_size=40,
)


@given(acts=acts)
def test_whatever_happens_it_knows_what_it_holds_and_holds_no_more(acts):
    cache = another()
    cache.clear()
    for act, key, size in acts:
        if act in ("set", "add"):
            getattr(cache, act)(key, b"x" * size)
        elif act == "expire":
            cache.set(key, b"x" * size, timeout=-1)
        elif act == "clear":
            cache.clear()
        else:
            getattr(cache, act)(key)
        assert cache.held == sizes(cache) <= MOST
