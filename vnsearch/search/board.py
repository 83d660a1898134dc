"""Adding up what features give: one array for all units, of which few cells are looked at."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self

import numpy as np

from ..engine.bm25 import Scores
from .earned import Earned, Units
from .scoring import Scorer

BLOCK: Final = 128
"""High cells are found by the highest of so many."""

_TINY: Final = float(np.finfo(np.float32).tiny)


class Board:
    """Sums of scores by unit (`cells` float32[units]), as a context manager. The array goes from one search to the
    next, as zeros."""

    def __init__(self, scorer: Scorer) -> None:
        self._units = scorer.matcher.units
        self._spare = scorer.snapshot.spare[scorer.group]
        self._size = -(-self._units // BLOCK)  # of blocks; a block is every `_size`-th cell
        self._highest: Scores | None = None

    def __enter__(self) -> Self:
        try:
            self._cells = self._spare.pop()
        except IndexError:
            self._cells = np.zeros(self._size * BLOCK, dtype=np.float32)
        self.cells: Scores = self._cells[: self._units]
        return self

    def add(self, earned: Earned, share: float) -> None:
        """Add a share of what something gives."""
        earned.add_to(self.cells, share)
        self._highest = None

    @property
    def highest(self) -> Scores:
        """The highest cell of each block; float32[blocks]."""
        if self._highest is None:
            self._highest = self._cells.reshape(BLOCK, self._size).max(axis=0)
        return self._highest

    def reaching(self, least: float) -> Units:
        """The units that have at least so much, and not nothing; int64[n], ascending."""
        least = max(least, _TINY)
        blocks = (self.highest >= least).nonzero()[0]
        if 8 * len(blocks) > self._size:
            return (self._cells >= least).nonzero()[0]
        rows, columns = (self._cells.reshape(BLOCK, self._size)[:, blocks] >= least).nonzero()
        units: Units = rows * self._size + blocks[columns]
        units.sort()
        return units

    def leading(self, count: int) -> tuple[Units, float]:
        """At least `count` units, or all that have anything, and a score that no other unit reaches."""
        place = self._size - count
        least = float(np.partition(self.highest, place)[place]) if place > 0 else 0.0
        return self.reaching(least), least

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._cells.view(np.uint8).fill(0)  # a quarter of the time that it takes to fill cells
            self._spare.append(self._cells)
