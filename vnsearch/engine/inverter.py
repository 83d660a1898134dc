"""Postings in the order of the text -> postings in the order of the terms, in bounded memory.

What is inverted are terms, and pairs of terms that stand side by side; both are *things* here, and both are sorted as
64-bit numbers. They are collected until a budget is full, sorted, and spilled to a temporary file as a *run*. Records
only ever grow, so the postings of one thing in the end are its slices of all the runs, one behind the other: putting
them together is copying slices to places that the counts determine, and no merge of sorted lists is needed.

This is single-pass in-memory indexing (Heinz and Zobel, *Efficient single-pass index construction for text databases*,
2003) with sorting in place of hashing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .chunk import Stream
from .places import POSITION_BITS
from .postings import COUNT_BITS, MAX_COUNT
from .stretches import first_of_each, stretches

_CHUNK: Final = 1 << 18
_RUN: Final = 1 << 22
"""So many postings are sorted at once at most: with more, memory is taken and no time is gained."""

TERM_BITS: Final = 20
"""Terms beyond the first 2^20 of a segment are in no pair: two of them and a record must fit in 64 bits. Terms are
numbered as they are met, so these are the rarest."""

_RECORD_BITS: Final = 64 - 2 * TERM_BITS
_PAIR_SHIFT: Final = np.uint64(32)
_LOW: Final = np.uint64(0xFFFFFFFF)

Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Run:
    """Sorted postings of things: which occur (uint64[t], ascending), how many postings each has (int64[t]), and the
    postings (uint32[n]), in memory or mapped from a file.

    A term is its number, its postings are places (record << 8 | position). A pair is first << 32 | second, its postings
    are record << 8 | count.
    """

    things: Keys
    counts: NDArray[np.int64]
    postings: NDArray[np.uint32]


def term_keys(terms: Keys, places: NDArray[np.uint32]) -> Keys:
    """Terms at places, to be sorted; uint64[n]."""
    keys: Keys = terms << np.uint64(32) | places
    return keys


def pair_keys(terms: Keys, stream: Stream, base: int) -> Keys:
    """The pairs of a stream, to be sorted; uint64[n].

    `terms` uint64 are those of the stream as the segment numbers them; `base` is the record of its first one. A number
    that is written in groups has pairs as its first group and as its value.
    """
    count = stream.tokens
    places = stream.places[:count]
    keys = _joined(terms[: max(count - 1, 0)], terms[1:count], places[:-1], places[1:], base)
    values, value_places = terms[count:], stream.places[count:]
    if not len(values):
        return keys
    at = np.searchsorted(places, value_places)
    before, behind = np.maximum(at - 1, 0), np.minimum(at + 1, count - 1)
    return np.concatenate(
        (
            keys,
            _joined(terms[before], values, places[before], value_places, base),
            _joined(values, terms[behind], value_places, places[behind], base),
        )
    )


def _joined(
    first: Keys, second: Keys, first_places: NDArray[np.uint32], second_places: NDArray[np.uint32], base: int
) -> Keys:
    """Pairs of tokens, of those only that stand side by side."""
    fits = second_places - first_places == 1
    if len(first) and int(max(first.max(), second.max())) >> TERM_BITS:
        fits &= (first | second) >> np.uint64(TERM_BITS) == 0
    keys = first << np.uint64(TERM_BITS)
    keys |= second
    keys <<= np.uint64(_RECORD_BITS)
    keys |= (first_places >> POSITION_BITS) + np.uint32(base)
    return keys.compress(fits)


def term_run(keys: Keys) -> Run:
    """The run of sorted keys of terms."""
    halves = keys.astype("<u8", copy=False).view("<u4")  # the low half of each, which is its place, and its term
    fresh = first_of_each(keys)
    if not fresh.all():  # a long title holds a term several times at its last place
        halves = keys[fresh].astype("<u8", copy=False).view("<u4")
    terms = halves[1::2]
    begins = np.flatnonzero(first_of_each(terms))
    return Run(terms[begins].astype(np.uint64), np.diff(begins, append=len(terms)), halves[0::2].copy())


def pair_run(keys: Keys) -> Run:
    """The run of sorted keys of pairs; equal keys become a count."""
    parts: list[Run] = []
    first = 0
    while first < len(keys) or not parts:  # stretches that fit in the cache of a processor; no pair is torn
        pair = int(keys[min(first + _CHUNK, len(keys)) - 1]) >> _RECORD_BITS if len(keys) else 0
        last = int(np.searchsorted(keys, np.uint64(pair + 1 << _RECORD_BITS))) if len(keys) else 0
        parts.append(_pair_run(keys[first:last]))
        first = last
    things, counts, postings = zip(*((run.things, run.counts, run.postings) for run in parts), strict=True)
    return Run(np.concatenate(things), np.concatenate(counts), np.concatenate(postings))


def _pair_run(keys: Keys) -> Run:
    begins = np.flatnonzero(first_of_each(keys))
    counts = np.minimum(np.diff(begins, append=len(keys)), MAX_COUNT)
    keys = keys[begins]
    records = (keys & np.uint64((1 << _RECORD_BITS) - 1)).astype(np.uint32)
    postings = records << np.uint32(COUNT_BITS) | counts.astype(np.uint32)
    pairs = keys >> np.uint64(_RECORD_BITS)
    begins = np.flatnonzero(first_of_each(pairs))
    pairs = pairs[begins]
    things = (pairs >> np.uint64(TERM_BITS)) << _PAIR_SHIFT | (pairs & np.uint64((1 << TERM_BITS) - 1))
    return Run(things, np.diff(begins, append=len(keys)), postings)


def renumber_pairs(things: Keys, numbers: Keys) -> Keys:
    """Pairs with other numbers for their terms: `numbers[term]`; uint64[n]."""
    renumbered: Keys = numbers[things >> _PAIR_SHIFT] << _PAIR_SHIFT | numbers[things & _LOW]
    return renumbered


class Inverter:
    """Collects the postings of one kind of things in one field."""

    def __init__(self, folder: Path, budget: int, make_run: Callable[[Keys], Run]) -> None:
        """`budget` is the memory, in bytes, for what is not yet spilled; sorting takes about as much again."""
        self._folder = folder
        self._budget = max(budget // 8, 1 << 16)
        self._run_size = min(self._budget, _RUN)
        self._make_run = make_run
        self._collected = np.empty(0, dtype=np.uint64)
        self._size = 0
        self._kept = 0
        self._runs: list[Run] = []

    def add(self, keys: Keys) -> None:
        """Collect keys; their records are not below any collected before."""
        end = self._size + len(keys)
        if end > len(self._collected):
            room = np.empty(max(end, self._run_size) + len(keys), dtype=np.uint64)
            room[: self._size] = self._collected[: self._size]
            self._collected = room
        self._collected[self._size : end] = keys
        self._size = end
        if self._size >= self._run_size:
            self._keep(self._close_run())

    def add_run(self, run: Run) -> None:
        """Take a run as it is; its records are above all those collected before."""
        if self._size:
            self._keep(self._close_run())
        self._keep(run)

    def runs(self) -> list[Run]:
        """All runs. Nothing can be added afterwards."""
        if self._size:
            self._runs.append(self._close_run())
        self._collected = self._collected[:0].copy()
        return self._runs

    def _keep(self, run: Run) -> None:
        """Keep a run in memory as long as the budget allows, else in a file."""
        self._kept += len(run.postings)
        if self._kept >= self._budget:
            run, self._kept = self._spilled(run), 0
        self._runs.append(run)

    def _close_run(self) -> Run:
        """The run of what was collected, all of it in one room that is used again: fetching a fresh one takes long."""
        keys = self._collected[: self._size]
        self._size = 0
        keys.sort()
        return self._make_run(keys)

    def _spilled(self, run: Run) -> Run:
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".run", delete=False) as file:
            file.write(run.postings.data)
        mapped = np.memmap(file.name, dtype=np.uint32, mode="r") if len(run.postings) else run.postings
        return Run(run.things, run.counts, mapped)


@dataclass(frozen=True, slots=True)
class Inverted:
    """The postings of a field by thing.

    `things` uint64[t]: by their final numbers, ascending. `starts` int64[t + 1]: the postings of thing i are
    postings[starts[i]:starts[i + 1]], as runs have them.
    """

    things: Keys
    starts: NDArray[np.int64]
    postings: NDArray[np.uint32]


def invert(runs: Sequence[Run], number: Callable[[Keys], Keys], folder: Path, budget: int) -> Inverted:
    """Put runs together. `number` gives things their final numbers.

    Takes 4 bytes a posting in memory, or in a temporary file where that is more than `budget` bytes.
    """
    things, targets = _in_order([number(run.things) for run in runs])
    totals = np.zeros(len(things), dtype=np.int64)
    for run, target in zip(runs, targets, strict=True):
        totals[target] += run.counts
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(totals)))
    postings = _room(int(starts[-1]), folder, budget)
    filled = starts[:-1].copy()
    for run, target in zip(runs, targets, strict=True):
        begins = np.cumsum(run.counts) - run.counts
        for first, last in portions(run.counts):
            counts = run.counts[first:last]
            low, high = int(begins[first]), int(begins[last - 1] + counts[-1])
            postings[stretches(filled[target[first:last]], counts)] = run.postings[low:high]
        filled[target] += run.counts
    return Inverted(things, starts, postings)


def _in_order(parts: Sequence[Keys]) -> tuple[Keys, list[NDArray[np.int32]]]:
    """The distinct numbers of things in some arrays, ascending, and the place of each number of each array among them.

    As `np.unique` with its inverse, which takes several times as long: numbers are sorted together with where they
    came from, in 64 bits, so that nothing need be fetched by the order that is found. Memory is used again where it
    can be, since to fetch it takes as long as the work.
    """
    if not parts:
        return np.zeros(0, dtype=np.uint64), []
    ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
    count = int(ends[-1])
    room, low = count.bit_length(), max(_highest(part & _LOW) for part in parts).bit_length()
    if max(_highest(part >> _PAIR_SHIFT) for part in parts).bit_length() + low + room > 64:
        numbers = np.concatenate(parts)
        order = np.argsort(numbers)
        numbers = numbers[order]
        fresh = first_of_each(numbers)
        things = numbers.compress(fresh)
    else:
        keys = np.empty(count, dtype=np.uint64)
        for part, end in zip(parts, ends.tolist(), strict=True):
            keys[end - len(part) : end] = _squeezed(part, low, room, end - len(part))
        keys.sort()
        numbers = keys >> np.uint64(room)
        fresh = first_of_each(numbers)
        things = numbers.compress(fresh)
        things = (things >> np.uint64(low)) << _PAIR_SHIFT | things & np.uint64((1 << low) - 1)
        keys &= np.uint64((1 << room) - 1)
        order = keys.view(np.int64)
    ranks = np.cumsum(fresh, dtype=np.int32)
    ranks -= 1
    places = np.empty(count, dtype=np.int32)
    places[order] = ranks
    return things, np.split(places, ends[:-1])


def _squeezed(things: Keys, low: int, room: int, first: int) -> Keys:
    """Things as numbers without a gap between their halves, and behind each its place, of `room` bits, from `first`."""
    keys = things >> _PAIR_SHIFT
    keys <<= np.uint64(low)
    keys |= things & _LOW
    keys <<= np.uint64(room)
    keys |= np.arange(first, first + len(keys), dtype=np.uint64)
    return keys


def _highest(values: Keys) -> int:
    return int(values.max()) if len(values) else 0


def _room(count: int, folder: Path, budget: int) -> NDArray[np.uint32]:
    if not count or 4 * count <= budget:
        return np.empty(count, dtype=np.uint32)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".keys", delete=False) as file:
        if hasattr(os, "posix_fallocate"):  # of a hole that is written to, a full disk would end the process
            os.posix_fallocate(file.fileno(), 0, 4 * count)
        else:
            file.truncate(4 * count)
    return np.memmap(file.name, dtype=np.uint32, mode="r+", shape=(count,))


def portions(counts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Stretches of things that have about a million postings together."""
    ends = np.cumsum(counts)
    first = 0
    while first < len(counts):
        begun = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, begun + _CHUNK, side="right")))
        yield first, last
        first = last
