"""A cache that is bounded by the bytes of what it holds, for arrays that are worth keeping between queries.

It keeps tuples, of arrays and of numbers that belong to them.

What goes first is what gains least for the room it takes: what was asked for least, weighed by how long it takes to
make, and divided by its size; and of equals what was asked for longest ago. Small arrays are cheap to keep and cost
nearly as much to make as medium ones, so they stay. That is GreedyDual-Size-Frequency (Cherkasova, *Improving WWW
proxies performance with Greedy-Dual-Size-Frequency caching policy*, 1998), with counts that outlive what they count.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, TypeVarTuple

import numpy as np

MAX_COUNTED: Final = 1 << 14
"""Of so many keys it is counted how often they were asked for."""

EFFORT: Final = 1 << 17
"""Making anything takes about as long as making so many bytes more of it."""

PATIENCE: Final = 16
"""What is kept for having been asked for often gives way after this many times as many askings for other things."""

Held = TypeVar("Held", bound=tuple[object, ...])
Given = TypeVarTuple("Given")


class _Entry:
    """What is kept, its bytes, how often they were asked for, and the age of the cache at the last time."""

    __slots__ = ("age", "asked", "made", "size")

    def __init__(self, made: Any, size: int, asked: int, age: float) -> None:
        self.made = made
        self.size = size
        self.asked = asked
        self.age = age

    @property
    def worth(self) -> float:
        return self.age + self.asked * (EFFORT + self.size) / self.size


class ArrayCache:
    """Keeps tuples of arrays (and of numbers) within a budget of bytes. Safe for several threads."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._size = 0
        self._age = 0.0
        self._held: dict[Hashable, _Entry] = {}
        self._queue: list[tuple[float, int, Hashable]] = []
        self._turn = 0
        self._asked: Counter[Hashable] = Counter()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[*Given], Held], *given: *Given) -> Held:
        """What is kept under a key; made of what is given where nothing is. One key always stands for one type."""
        entry = self._held.get(key)
        if entry is None:
            return self._made(key, make(*given))
        entry.asked += 1  # no lock: another thread may count at the same time, and a count be lost
        entry.age = self._age
        found: Held = entry.made
        return found

    def _made(self, key: Hashable, made: Held) -> Held:
        """Keep what was made, where it is worth it."""
        size = 256 + sum(part.nbytes for part in made if isinstance(part, np.ndarray))
        with self._lock:
            self._asked[key] += 1
            if len(self._asked) > MAX_COUNTED:
                self._forget()
            if size <= self._budget // 4 and key not in self._held:
                self._keep(key, _Entry(made, size, self._asked[key], self._age))
        return made

    def _keep(self, key: Hashable, entry: _Entry) -> None:
        """Keep something, where what is worth less makes enough room."""
        while self._size + entry.size > self._budget:
            queued, turn, least = self._queue[0]
            last = self._held[least]
            if last.worth > queued:  # it was asked for meanwhile: its place in the queue is put right only now
                heapq.heapreplace(self._queue, (last.worth, turn, least))
                continue
            once = (EFFORT + entry.size) / entry.size
            if queued + once / 2 >= entry.worth:  # of what is worth about the same, what is there stays
                self._age += once / PATIENCE
                return
            heapq.heappop(self._queue)
            self._age = max(self._age, queued)
            self._size -= last.size
            self._asked[least] = last.asked
            del self._held[least]
        self._held[key] = entry
        self._size += entry.size
        self._turn += 1
        heapq.heappush(self._queue, (entry.worth, self._turn, key))

    def _forget(self) -> None:
        """Halve all counts, so that what was asked for long ago does not stay for good."""
        self._asked = Counter({key: count // 2 for key, count in self._asked.items() if count > 1})
