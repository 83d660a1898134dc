"""A cache that is bounded by the bytes of what it holds, for arrays that are worth keeping between queries.

What is asked for the first time is given a try, and the least recently used goes. What comes back after it had to go
gets in only where it has been asked for more often than what would have to go now, so that a round of queries larger
than the cache does not push out everything before it is asked for again. That is the admission policy of TinyLFU
(Einziger, Friedman and Manes, *TinyLFU: A Highly Efficient Cache Admission Policy*, 2017), with plain counters.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, cast

from numpy.typing import NDArray

MAX_COUNTED: Final = 1 << 14
"""Of so many keys it is counted how often they were asked for."""

Held = TypeVar("Held", bound=tuple[NDArray[Any], ...])


class ArrayCache:
    """Keeps tuples of arrays, those asked for most, within a budget of bytes. Safe for several threads."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._size = 0
        self._held: OrderedDict[Hashable, tuple[NDArray[Any], ...]] = OrderedDict()
        self._asked: Counter[Hashable] = Counter()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Held]) -> Held:
        """What is kept under a key; made where nothing is. One key always stands for one type."""
        with self._lock:
            self._asked[key] += 1
            if len(self._asked) > MAX_COUNTED:
                self._forget()
            known = self._held.get(key)
            if known is not None:
                self._held.move_to_end(key)
                return cast(Held, known)
        made = make()
        size = _bytes(made)
        if size <= self._budget // 4:
            with self._lock:
                if key not in self._held and self._make_room(key, size):
                    self._held[key] = made
                    self._size += size
        return made

    def _make_room(self, key: Hashable, size: int) -> bool:
        """Drop what is in the way of something new; False where that must stay."""
        going: list[Hashable] = []
        room = self._budget - self._size
        for held, arrays in self._held.items():
            if room >= size:
                break
            if self._asked[key] > 1 and self._asked[held] + 1 >= self._asked[key]:
                return False
            going.append(held)
            room += _bytes(arrays)
        for held in going:
            self._size -= _bytes(self._held.pop(held))
        return True

    def _forget(self) -> None:
        """Halve all counts, so that what was asked for long ago does not stay for good."""
        self._asked = Counter({key: count // 2 for key, count in self._asked.items() if count > 1})


def _bytes(arrays: tuple[NDArray[Any], ...]) -> int:
    return 256 + sum(array.nbytes for array in arrays)
