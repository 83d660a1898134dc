"""Runs: postings in the order of the terms, kept in bounded memory until all of them are merged.

What is inverted are terms, and pairs of terms that stand side by side; both are *things* here. Each chunk of documents
comes as a run of its own (`inverter`), and so does a segment that is merged into another. Runs are kept in memory until
a budget is full, and then spilled to a temporary file. Records only ever grow, so the postings of one thing in the end
are its slices of all the runs, one behind the other.

Terms are numbered as the segment meets them, but in every run and in the segment they lie in the order of their
*ranks*, which any process can tell (`order`). So all runs are read side by side from beginning to end, and what is
worked on at a time fits in the cache of a processor: most of the time of putting postings in another order would go
into fetching memory.

This is single-pass in-memory indexing (Heinz and Zobel, *Efficient single-pass index construction for text databases*,
2003) with sorting in place of hashing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .radix import order_of
from .stretches import first_of_each, stretches

RECORD_SHIFT: Final = 8
"""Where the record begins in a posting, of terms and of pairs."""

_CHUNK: Final = 1 << 19
_PAIR_SHIFT: Final = np.uint64(32)
_LOW: Final = np.uint64(0xFFFFFFFF)

Keys = NDArray[np.uint64]


class Run(NamedTuple):
    """Sorted postings of things: which occur (uint64[t], by rank), how many postings each has (uint32[t], none 0), and
    the postings (uint32[n]), in memory or mapped from a file.

    A term is its number, its postings are places (record << 8 | position). A pair is first << 32 | second, its postings
    are record << 8 | count. Records are numbered from `base` on.
    """

    things: Keys
    counts: NDArray[np.uint32]
    postings: NDArray[np.uint32]
    base: int = 0


def pair(first: Keys, second: Keys) -> Keys:
    """Pairs of terms as things; uint64[n]."""
    things: Keys = first << _PAIR_SHIFT | second
    return things


def halves(things: Keys) -> tuple[Keys, Keys]:
    """The first and the second terms of pairs; uint64[n] both."""
    return things >> _PAIR_SHIFT, things & _LOW


class Runs:
    """The runs of one kind of things in one field, as they come."""

    def __init__(self, folder: Path, budget: int) -> None:
        """`budget` is the memory, in bytes, for runs that are not spilled."""
        self._folder = folder
        self._budget = budget
        self._kept = 0
        self.all: list[Run] = []

    def add(self, run: Run) -> None:
        """Keep a run, whose records are above all those of the ones before: in memory as long as the budget allows,
        else in a file."""
        self._kept += sum(array.nbytes for array in _arrays(run))
        if self._kept >= self._budget:
            run, self._kept = self._spilled(run), 0
        self.all.append(run)

    def _spilled(self, run: Run) -> Run:
        arrays = _arrays(run)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".run", delete=False) as file:
            for array in arrays:
                file.write(np.ascontiguousarray(array).data)
        if not len(run.things):
            return run  # there is nothing to be mapped
        whole = np.memmap(file.name, dtype=np.uint8, mode="r")
        bounds = pairwise(accumulate((array.nbytes for array in arrays), initial=0))
        things, counts, postings = (
            whole[begin:end].view(array.dtype) for array, (begin, end) in zip(arrays, bounds, strict=True)
        )
        return Run(things, counts, postings, run.base)


def _arrays(run: Run) -> tuple[NDArray[Any], ...]:
    return run.things, run.counts, run.postings


class Portion(NamedTuple):
    """Some of the things of a field with all of their postings.

    `things` uint64[t]: ascending, none of them in another portion; of terms by their ranks. `starts` int64[t]: where
    the postings of each begin among `postings` (uint32[n]), which are as runs have them.
    """

    things: Keys
    starts: NDArray[np.int64]
    postings: NDArray[np.uint32]


Ranked = Callable[[Keys], Keys]
"""What tells things by the ranks of their terms from things by their numbers; the order stays."""


def sections(runs: Sequence[Run], ranked: Ranked) -> Iterator[list[Run]]:
    """The postings of all runs, in the order of the things, a section at a time: the parts that runs have of it, none
    of them empty. `side_by_side` makes portions of them, of several at the same time if need be.

    All runs are read side by side, each from its beginning to its end. A section has about half a million postings, so
    it fits in a cache of the processor, and twice as many at most; of a single thing it has all.
    """
    if not runs:
        return
    cuts = _cuts(runs, ranked)
    bounds = [[0, *_places(run.things, cuts, ranked).tolist(), len(run.things)] for run in runs]
    read = [0] * len(runs)
    for stretch in zip(*map(pairwise, bounds), strict=True):
        parts: list[Run] = []
        for place, (run, (first, last)) in enumerate(zip(runs, stretch, strict=True)):
            counts = run.counts[first:last]
            begin = read[place]
            read[place] += int(counts.sum())
            if first < last:
                parts.append(Run(run.things[first:last], counts, run.postings[begin : read[place]], run.base))
        if parts:
            yield parts


def _cuts(runs: Sequence[Run], ranked: Ranked) -> Keys:
    """Things that part all runs into stretches of about `_CHUNK` postings together, by a sample of each run; ascending,
    and several times where one thing has as many postings as several stretches."""
    step = max(_CHUNK // len(runs), 1)
    sample = [
        run.things[np.searchsorted(run.counts.cumsum(), np.arange(step, len(run.postings), step), side="right")]
        for run in runs
    ]
    return np.sort(ranked(np.concatenate(sample)))[len(runs) - 1 :: len(runs)]


def _places(things: Keys, cuts: Keys, ranked: Ranked) -> NDArray[np.int64]:
    """As `np.searchsorted(ranked(things), cuts)`, for which all things would have to be told by rank; int64[cuts]."""
    low, high = np.zeros(len(cuts), dtype=np.int64), np.full(len(cuts), len(things))
    while (is_open := low < high).any():
        middle = (low + high) // 2
        is_below = ranked(things.take(middle, mode="clip")) < cuts
        low = np.where(is_open & is_below, middle + 1, low)
        high = np.where(is_open & ~is_below, middle, high)
    return low


def side_by_side(parts: Sequence[Run], ranked: Ranked) -> Portion:
    """The portion of parts of runs."""
    things, counts = (
        np.concatenate(arrays) for arrays in zip(*((part.things, part.counts) for part in parts), strict=True)
    )
    postings = np.concatenate([part.postings + np.uint32(part.base << RECORD_SHIFT) for part in parts])
    things = ranked(things)
    begins = counts.cumsum(dtype=np.int64) - counts
    order = order_of(things - things.min())
    things, counts = things[order], counts[order]
    firsts = np.flatnonzero(first_of_each(things))
    starts = counts.cumsum(dtype=np.int64) - counts
    return Portion(things[firsts], starts[firsts], postings.take(stretches(begins[order], counts)))
