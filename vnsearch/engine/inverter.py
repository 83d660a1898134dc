"""Postings in the order of the text -> postings in the order of the terms, in bounded memory.

Postings are collected until a budget is full, sorted, and spilled to a temporary file as a *run*. Records only ever
grow, so the postings of one term in the end are its slices of all the runs, one behind the other: putting them together
is copying slices to places that the counts determine, and no merge of sorted lists is needed.

This is single-pass in-memory indexing (Heinz and Zobel, *Efficient single-pass index construction for text databases*,
2003) with sorting in place of hashing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .chunk import POSITION_BITS

_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Run:
    """Sorted postings: the terms that occur (uint32[t], ascending), how often each does (int64[t]), and the postings
    without their terms (uint32[n]: record << 10 | position), in memory or mapped from a file."""

    terms: NDArray[np.uint32]
    counts: NDArray[np.int64]
    keys: NDArray[np.uint32]


class Inverter:
    """Collects the postings of one field."""

    def __init__(self, folder: Path, budget: int) -> None:
        """`budget` is the memory, in bytes, for postings that are not yet spilled; sorting takes as much again."""
        self._folder = folder
        self._budget = max(budget // 8, 1 << 16)
        self._held: list[NDArray[np.uint64]] = []
        self._size = 0
        self._taken = 0
        self._runs: list[Run] = []

    def add(self, postings: NDArray[np.uint64]) -> None:
        """Collect postings; their records are not below any collected before."""
        self._held.append(postings)
        self._size += len(postings)
        if self._size >= self._budget:
            self._runs.append(self._spilled(self._close_run()))

    def add_run(self, run: Run) -> None:
        """Take a run as it is; its records are above all those collected before."""
        if self._size:
            self._runs.append(self._close_run())
        self._taken += len(run.keys)
        if self._taken >= self._budget:
            run, self._taken = self._spilled(run), 0
        self._runs.append(run)

    def runs(self) -> list[Run]:
        """All runs. Nothing can be added afterwards."""
        if self._size:
            self._runs.append(self._close_run())
        return self._runs

    def _close_run(self) -> Run:
        postings = np.concatenate(self._held)
        self._held, self._size = [], 0
        postings.sort()
        return make_run(postings)

    def _spilled(self, run: Run) -> Run:
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".run", delete=False) as file:
            run.keys.tofile(file)
        return Run(run.terms, run.counts, np.memmap(file.name, dtype=np.uint32, mode="r"))


def make_run(postings: NDArray[np.uint64]) -> Run:
    """Sorted postings as a run."""
    halves = postings.astype("<u8", copy=False).view("<u4")  # the low half of each, which is its key, and its term
    terms = halves[1::2]
    first = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1]))) if len(terms) else np.zeros(0, np.int64)
    counts = np.diff(first, append=len(terms))
    return Run(terms[first], counts, halves[0::2].copy())


@dataclass(frozen=True, slots=True)
class Inverted:
    """The postings of a field by term.

    `present` uint32[t]: the term numbers in their final order. `starts` uint64[t + 1]: the postings of term i are
    keys[starts[i]:starts[i + 1]]. `frequencies` uint32[t]: in how many records each term stands.
    """

    present: NDArray[np.uint32]
    starts: NDArray[np.uint64]
    keys: NDArray[np.uint32]
    frequencies: NDArray[np.uint32]


def invert(runs: list[Run], order: NDArray[np.int64], folder: Path, budget: int) -> Inverted:
    """Put runs together. `order` int64[terms] gives the place of each term number in the final order.

    Takes 4 bytes a posting in memory, or in a temporary file where that is more than `budget` bytes.
    """
    totals = np.zeros(len(order), dtype=np.int64)
    for run in runs:
        totals[order[run.terms]] += run.counts
    used = np.flatnonzero(totals)
    place = np.zeros(len(order), dtype=np.int64)
    place[used] = np.arange(len(used))
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(totals[used])))
    keys = _room(int(starts[-1]), folder, budget)
    filled = starts[:-1].copy()
    for run in runs:
        targets = place[order[run.terms]]
        begins = np.cumsum(run.counts) - run.counts
        for first, last in _portions(run.counts):
            counts = run.counts[first:last]
            low, high = int(begins[first]), int(begins[last - 1] + counts[-1])
            shift = np.repeat(filled[targets[first:last]] - begins[first:last], counts)
            keys[shift + np.arange(low, high)] = run.keys[low:high]
        filled[targets] += run.counts
    numbers = np.zeros(len(order), dtype=np.uint32)
    numbers[order] = np.arange(len(order), dtype=np.uint32)
    return Inverted(numbers[used], starts.astype(np.uint64), keys, _frequencies(keys, starts))


def _room(count: int, folder: Path, budget: int) -> NDArray[np.uint32]:
    if 4 * count <= budget:
        return np.empty(count, dtype=np.uint32)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".keys", delete=False) as file:
        file.truncate(4 * count)
    return np.memmap(file.name, dtype=np.uint32, mode="r+", shape=(count,))


def _portions(counts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Stretches of terms that have about `_CHUNK` postings together."""
    ends = np.cumsum(counts)
    first = 0
    while first < len(counts):
        begun = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, begun + _CHUNK, side="right")))
        yield first, last
        first = last


def _frequencies(keys: NDArray[np.uint32], starts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """In how many records each term stands."""
    found = np.zeros(len(starts) - 1, dtype=np.uint32)
    for first, last in _portions(np.diff(starts)):
        low, high = int(starts[first]), int(starts[last])
        records = keys[low:high] >> np.uint32(POSITION_BITS)
        fresh = np.ones(len(records), dtype=np.uint32)
        fresh[1:] = records[1:] != records[:-1]
        inner = starts[first:last] - low
        fresh[inner] = 1
        found[first:last] = np.add.reduceat(fresh, inner)
    return found
