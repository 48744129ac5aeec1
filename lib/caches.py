"""A cache in the memory of the process that cannot outgrow it."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter, OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

# Larger values are packed: a page of 130 KB is then 25 KB, and unpacked in a quarter of a ms.
PACKED_ABOVE = 8 * 2**10
ZLIB = 0x78  # its first byte; a pickle begins with another

# The bytes of each value, by the names of the caches: all instances of a process share them, too.
_sizes: dict[str, dict[str, int]] = {}
_held: Counter[str] = Counter()


class BoundedMemoryCache(LocMemCache):
    """Django's LocMemCache, bound by bytes: the OPTIONS name MAX_BYTES of values.

    Large values are packed. What was not asked for longest goes first, and a value that is too
    large by itself is not kept.
    """

    _cache: OrderedDict[str, bytes]
    _lock: Lock
    _has_expired: Callable[[str], bool]

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        self._max_bytes: int = params["OPTIONS"]["MAX_BYTES"]
        # No entry is smaller than a byte: their number binds nothing.
        super().__init__(name, {**params, "OPTIONS": {"MAX_ENTRIES": self._max_bytes + 1}})
        self._name = name
        self._sizes = _sizes.setdefault(name, {})

    def validate_key(self, key: str) -> None:
        """A memory takes any key; Django looks at each of its letters, for memcached."""

    @property
    def held(self) -> int:
        """The bytes of all values, as they were when they were set."""
        return _held[self._name]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                return default
            value = self._cache[key]
            self._cache.move_to_end(key, last=False)
        # Our own pickles, from this very process.
        return pickle.loads(zlib.decompress(value) if value[0] == ZLIB else value)  # noqa: S301

    def _set(self, key: str, value: bytes, timeout: Any = DEFAULT_TIMEOUT) -> None:
        self._delete(key)
        if len(value) > PACKED_ABOVE:
            value = zlib.compress(value, 1)
        if len(value) > self._max_bytes:
            return
        self._sizes[key] = len(value)
        _held[self._name] += len(value)
        super()._set(key, value, timeout)  # type: ignore[misc]
        while self.held > self._max_bytes:
            self._delete(next(reversed(self._cache)))

    def _delete(self, key: str) -> bool:
        _held[self._name] -= self._sizes.pop(key, 0)
        found: bool = super()._delete(key)  # type: ignore[misc]
        return found

    def clear(self) -> None:
        super().clear()
        self._sizes.clear()
        _held[self._name] = 0
