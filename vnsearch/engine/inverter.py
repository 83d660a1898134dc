"""Postings in the order of the text -> postings in the order of the terms, in bounded memory.

What is inverted are terms, and pairs of terms that stand side by side; both are *things* here, and both are sorted as
64-bit numbers. They are collected until a budget is full, sorted, and spilled to a temporary file as a *run*. Records
only ever grow, so the postings of one thing in the end are its slices of all the runs, one behind the other.

Terms are numbered as they are met, and by these numbers things are in order in the runs and in the segment. So all runs
are read side by side from beginning to end, and what is worked on at a time fits in the cache of a processor: most of
the time of putting postings in another order would go into fetching memory.

This is single-pass in-memory indexing (Heinz and Zobel, *Efficient single-pass index construction for text databases*,
2003) with sorting in place of hashing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .places import POSITION_BITS
from .postings import COUNT_BITS, MAX_COUNT
from .stretches import first_of_each, stretches

_CHUNK: Final = 1 << 18
_RUN: Final = 1 << 21
"""So many postings are sorted at once at most: with more, memory is taken and no time is gained."""

TERM_BITS: Final = 20
"""Terms beyond the first 2^20 of a segment are in no pair: two of them and a record must fit in 64 bits. Terms are
numbered as they are met, so these are the rarest."""

_RECORD_BITS: Final = 64 - 2 * TERM_BITS
_PAIR_SHIFT: Final = np.uint64(32)
_LOW: Final = np.uint64(0xFFFFFFFF)

Keys = NDArray[np.uint64]


class Run(NamedTuple):
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


def pair_keys(terms: Keys, places: NDArray[np.uint32], count: int) -> Keys:
    """The pairs of terms at places, to be sorted; uint64[n].

    The first `count` ascend by place. The rest are the values of numbers that are written in groups, which have pairs
    as their first group and as their value.
    """
    values, value_places = terms[count:], places[count:]
    terms, places = terms[:count], places[:count]
    keys = _joined(terms[:-1], terms[1:], places[:-1], places[1:])
    if not len(values):
        return keys
    at = np.searchsorted(places, value_places)
    before, behind = np.maximum(at - 1, 0), np.minimum(at + 1, count - 1)
    return np.concatenate(
        (
            keys,
            _joined(terms[before], values, places[before], value_places),
            _joined(values, terms[behind], value_places, places[behind]),
        )
    )


def _joined(first: Keys, second: Keys, first_places: NDArray[np.uint32], second_places: NDArray[np.uint32]) -> Keys:
    """Pairs of tokens, of those only that stand side by side."""
    fits = second_places - first_places == 1
    if len(first) and int(max(first.max(), second.max())) >> TERM_BITS:
        fits &= (first | second) >> np.uint64(TERM_BITS) == 0
    keys = first << np.uint64(TERM_BITS)
    keys |= second
    keys <<= np.uint64(_RECORD_BITS)
    keys |= first_places >> POSITION_BITS
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
    return _one_behind_the_other(parts)


def _one_behind_the_other(runs: Sequence[Run]) -> Run:
    things, counts, postings = (np.concatenate(arrays) for arrays in zip(*runs, strict=True))
    return Run(things, counts, postings)


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


def halves(things: Keys) -> tuple[Keys, Keys]:
    """The first and the second terms of pairs; uint64[n] both."""
    return things >> _PAIR_SHIFT, things & _LOW


class Inverter:
    """Collects the postings of one kind of things in one field."""

    def __init__(self, folder: Path, budget: int, make_run: Callable[[Keys], Run]) -> None:
        """`budget` is the memory, in bytes, for runs that are not yet spilled; what is yet to be sorted takes up to as
        much again."""
        self._folder = folder
        self._budget = max(budget // 4, 1 << 16)
        self._run_size = min(self._budget // 2, _RUN)
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


class Portion(NamedTuple):
    """Some of the things of a field with all of their postings.

    `things` uint64[t]: ascending, none of them in another portion. `starts` int64[t]: where the postings of each begin
    among `postings` (uint32[n]), which are as runs have them.
    """

    things: Keys
    starts: NDArray[np.int64]
    postings: NDArray[np.uint32]


def merged(runs: Sequence[Run]) -> Iterator[Portion]:
    """The postings of all runs, in the order of the things, a portion at a time.

    All runs are read side by side, each from its beginning to its end. A portion has about a quarter of a million
    postings, so it fits in the cache of a processor, and twice as many at most; of a single thing it has all.
    """
    if not runs:
        return
    cuts = _cuts(runs)
    bounds = [[0, *np.searchsorted(run.things, cuts).tolist(), len(run.things)] for run in runs]
    read = [0] * len(runs)
    for stretch in zip(*map(pairwise, bounds), strict=True):
        parts: list[Run] = []
        for place, (run, (first, last)) in enumerate(zip(runs, stretch, strict=True)):
            counts = run.counts[first:last]
            begin = read[place]
            read[place] += int(counts.sum())
            if first < last:
                parts.append(Run(run.things[first:last], counts, run.postings[begin : read[place]]))
        if parts:
            yield _side_by_side(parts)


def _cuts(runs: Sequence[Run]) -> Keys:
    """Things that part all runs into stretches of about `_CHUNK` postings together, by a sample of each run; ascending,
    and several times where one thing has as many postings as several stretches."""
    step = max(_CHUNK // len(runs), 1)
    sample = [
        run.things[np.searchsorted(np.cumsum(run.counts), np.arange(step, len(run.postings), step), side="right")]
        for run in runs
    ]
    return np.sort(np.concatenate(sample))[len(runs) - 1 :: len(runs)]


def _side_by_side(parts: Sequence[Run]) -> Portion:
    things, counts, postings = _one_behind_the_other(parts)
    order = np.argsort(things, kind="stable")  # those of an earlier run first, which have lower records
    begins = np.cumsum(counts) - counts
    things, counts = things[order], counts[order]
    firsts = np.flatnonzero(first_of_each(things))
    starts = np.cumsum(counts) - counts
    return Portion(things[firsts], starts[firsts], postings.take(stretches(begins[order], counts)))
