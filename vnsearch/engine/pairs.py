"""In how many records two bare forms stand side by side.

Vietnamese writes a space between syllables, not words, so adjacent syllables are its words. What a pair is worth in
ranking depends on how rare it is, and that is what is stored; where it stands follows from the postings, and is asked
for few records only. Pairs of one record are not stored: they are more than half of all, and as rare as can be.

| array | type | holds |
|---|---|---|
| `pairs.starts` | uint32[B + 1] | for each first bare form, where its pairs begin |
| `pairs.seconds`, `pairs.records` | uint32[n] | the second bare form, ascending, and the number of records |
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .chunk import MAX_POSITIONS, POSITION_BITS
from .container import Container, ContainerWriter

_PORTION: Final = 1 << 21
_NOTHING: Final = np.uint32((1 << 32) - 1)
_SECOND: Final = 1 << 21
"""More bare forms than this cannot be told apart in one key; those beyond have no pairs stored."""


def write_pairs(
    container: ContainerWriter,
    keys: NDArray[np.uint32],
    starts: NDArray[np.int64],
    sizes: NDArray[np.uint16],
    folder: Path,
    budget: int,
) -> None:
    """Write the pairs of a field. `keys` uint32[P] are its postings by bare form, those of form i from starts[i] on;
    `sizes` uint16[R] the tokens of its records.

    Takes 4 bytes a posting in memory, or in a temporary file where that is more than `budget` bytes.
    """
    offsets = np.concatenate(
        (np.zeros(1, dtype=np.int64), np.cumsum(np.minimum(sizes, MAX_POSITIONS) + 1, dtype=np.int64))
    )
    row = _forms_in_order(keys, starts, offsets, folder, budget)
    forms = len(starts) - 1
    counts = np.zeros(forms, dtype=np.uint32)
    container.begin("pairs.seconds", np.uint32)
    records: list[NDArray[np.uint32]] = []
    first = 0
    while first < forms:
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _PORTION, side="right")) - 1)
        seconds, found, held = _count(keys[starts[first] : starts[last]], starts[first : last + 1], offsets, row)
        counts[first:last] = held
        container.append(seconds)
        records.append(found)
        first = last
    container.add("pairs.records", np.concatenate(records) if records else np.zeros(0, dtype=np.uint32))
    container.add("pairs.starts", np.concatenate((np.zeros(1, np.uint32), np.cumsum(counts, dtype=np.uint32))))


def _forms_in_order(
    keys: NDArray[np.uint32], starts: NDArray[np.int64], offsets: NDArray[np.int64], folder: Path, budget: int
) -> NDArray[np.uint32]:
    """The bare form at each place of the text, records behind each other with one empty place between."""
    size = int(offsets[-1]) + 1
    if 4 * size <= budget:
        row = np.full(size, _NOTHING, dtype=np.uint32)
    else:
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".row", delete=False) as file:
            pass
        row = np.memmap(file.name, dtype=np.uint32, mode="w+", shape=(size,))
        row[:] = _NOTHING
    forms = np.diff(starts)
    for low in range(0, len(keys), _PORTION):
        high = min(low + _PORTION, len(keys))
        part = keys[low:high]
        first = int(np.searchsorted(starts, low, side="right")) - 1
        last = int(np.searchsorted(starts, high, side="left"))
        shares = forms[first:last].copy()
        shares[0] = starts[first + 1] - low
        shares[-1] -= starts[last] - high
        if last - first == 1:
            shares[0] = high - low
        row[offsets[part >> POSITION_BITS] + (part & (1 << POSITION_BITS) - 1)] = np.repeat(
            np.arange(first, last, dtype=np.uint32), shares
        )
    return row


def _count(
    keys: NDArray[np.uint32], starts: NDArray[np.int64], offsets: NDArray[np.int64], row: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int64]]:
    """The pairs whose first forms are those of `starts`: seconds, records, and how many pairs each first form has."""
    forms = len(starts) - 1
    found = keys >> POSITION_BITS
    seconds = row[offsets[found] + (keys & (1 << POSITION_BITS) - 1) + 1]
    firsts = np.repeat(np.arange(forms, dtype=np.int64), np.diff(starts))
    paired = seconds < _SECOND
    triple = (firsts[paired] << 21 | seconds[paired]).astype(np.uint64) << np.uint64(22) | found[paired]
    triple.sort()
    triple = triple[np.concatenate(([True], triple[1:] != triple[:-1]))] if len(triple) else triple
    pair = triple >> np.uint64(22)
    begins = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1]))) if len(pair) else np.zeros(0, np.int64)
    records = np.diff(np.append(begins, len(pair)))
    often = records > 1
    pair = pair[begins[often]]
    held = np.bincount((pair >> np.uint64(21)).astype(np.int64), minlength=forms)
    return (pair & np.uint64(_SECOND - 1)).astype(np.uint32), records[often].astype(np.uint32), held


class Pairs:
    """The pairs of a segment."""

    def __init__(self, container: Container) -> None:
        self.starts: NDArray[np.uint32] = container.array("pairs.starts")
        self.seconds: NDArray[np.uint32] = container.array("pairs.seconds")
        self.records: NDArray[np.uint32] = container.array("pairs.records")

    def frequency(self, first: int, second: int) -> int:
        """In how many records two bare forms stand side by side, 1 for one or none."""
        low, high = int(self.starts[first]), int(self.starts[first + 1])
        place = low + int(np.searchsorted(self.seconds[low:high], second))
        return int(self.records[place]) if place < high and self.seconds[place] == second else 1

    def following(self, first: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The bare forms that follow one in more than one record, and in how many."""
        low, high = int(self.starts[first]), int(self.starts[first + 1])
        return self.seconds[low:high], self.records[low:high]
