"""What was made once and may be wanted again, as much of it as there is room for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows the memory it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes."""


S = TypeVar("S", bound=Sized)

#: Bytes that each entry takes besides its arrays: the objects around them, the key and its slot.
_ENTRY = 600


class Cache:
    """Holds immutable values up to a number of bytes, the least recently used forgotten first; for all threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any:
        """Return what is kept under a key, or None."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def keep(self, key: Hashable, value: S) -> S:
        """Keep a value, and return it."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = value
                self._size += value.nbytes + _ENTRY
            while self._size > self._limit and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1].nbytes + _ENTRY
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._size = 0
