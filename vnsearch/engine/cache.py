"""A cache that is bounded by the bytes of what it holds, for arrays that are worth keeping between queries."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

from numpy.typing import NDArray

Held = TypeVar("Held", bound=tuple[NDArray[Any], ...])


class ArrayCache:
    """Keeps tuples of arrays, the ones used last, within a budget of bytes. Safe for several threads."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._size = 0
        self._held: OrderedDict[Hashable, tuple[NDArray[Any], ...]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Held]) -> Held:
        """What is kept under a key; made where nothing is. One key always stands for one type."""
        with self._lock:
            known = self._held.get(key)
            if known is not None:
                self._held.move_to_end(key)
                return cast(Held, known)
        made = make()
        size = _bytes(made)
        if size <= self._budget // 4:
            with self._lock:
                if key not in self._held:
                    self._held[key] = made
                    self._size += size
                while self._size > self._budget:
                    _, dropped = self._held.popitem(last=False)
                    self._size -= _bytes(dropped)
        return made


def _bytes(arrays: tuple[NDArray[Any], ...]) -> int:
    return 256 + sum(array.nbytes for array in arrays)
