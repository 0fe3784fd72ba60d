"""What a thread made last and is about to want again."""

from __future__ import annotations

import threading
from typing import Any, TypeVar

from indexer.cache import Sized

S = TypeVar("S", bound=Sized)


class Latest(threading.local):
    """Holds what each thread made last, up to a number of values and of bytes; what is forgotten first was made first.

    A value is found by the object that it was made of, not by one that is equal: the parts of what a thread is at work
    on are the same objects again and again, and to compare them would take longer than to make some of the values.
    """

    def __init__(self, most: int, limit: int) -> None:
        self._most = most
        self._limit = limit
        self._size = 0
        # With each value its object, so that no other is given the same number.
        self._kept: dict[int, tuple[object, Any]] = {}

    def get(self, made_of: object) -> Any:
        """Return what was made of an object, or None."""
        kept = self._kept.get(id(made_of))
        return None if kept is None else kept[1]

    def keep(self, made_of: object, value: S) -> S:
        """Keep a value that is not here, and return it."""
        kept = self._kept
        kept[id(made_of)] = (made_of, value)
        self._size += value.nbytes
        while len(kept) > self._most or (self._size > self._limit and len(kept) > 1):
            self._size -= kept.pop(next(iter(kept)))[1].nbytes
        return value
