"""Posting lists: how they lie in a file, at about two bytes a posting, and how a whole list is read at once.

A posting says that something (a term, a pair of terms) stands in a record, and how often: 1 to 255 times. A list of
postings, ascending by record, is written in 16-bit units, in the shorter of two forms:

- *narrow*: `step << 2 | count`, where the step leads from the record of the posting before (from -1 to the first) and
  the count is 1 to 3. A unit of count 0 is no posting: it only leads further on. A unit of step 0 adds its count to the
  posting before it. So any step and any count can be told, and nearly all postings take one unit.
- *wide*: two units, the halves of `record << 8 | count`, the lower one first. Shorter only for what is rare.

Reading a narrow list is a cumulative sum; `decode` says it in array operations, and `tests/test_postings.py` has the
plain definition beside it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .stretches import stretches

COUNT_BITS: Final = 8
MAX_COUNT: Final = (1 << COUNT_BITS) - 1
MAX_RECORDS: Final = 1 << 32 - COUNT_BITS
"""How many records a segment holds at most, since a record and a byte fit in 32 bits."""

_STEP: Final = (1 << 14) - 1
_MOST: Final = 3


class Postings(NamedTuple):
    """The records that something stands in, ascending (int64[n]), and how often in each (uint8[n])."""

    records: NDArray[np.int64]
    counts: NDArray[np.uint8]


NONE: Final = Postings(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8))


class Encoded(NamedTuple):
    """Lists as written: all their units (uint16[u]), how many each list has (int64[lists]), and which are wide
    (bool[lists])."""

    units: NDArray[np.uint16]
    sizes: NDArray[np.int64]
    wide: NDArray[np.bool_]


def encode(records: NDArray[np.int32], counts: NDArray[np.uint8], begins: NDArray[np.int64]) -> Encoded:
    """Lists that stand one behind the other, none of them empty; `begins` int64[lists] says where each begins."""
    lengths = np.diff(begins, append=len(records))
    steps = np.diff(records, prepend=np.int32(-1))
    steps[begins] = records[begins] + 1
    odd = np.flatnonzero((steps > _STEP) | (counts > _MOST))  # few postings take more than a unit
    leading = (steps[odd] - 1) // _STEP
    adding = (counts[odd].astype(np.int32) - 1) // _MOST
    takes = np.ones(len(records), dtype=np.int32)
    takes[odd] += leading + adding
    last = np.cumsum(takes, dtype=np.int64)
    sizes = np.diff(last[begins + lengths - 1], prepend=0)
    wide = sizes >= 2 * lengths
    np.copyto(sizes, 2 * lengths, where=wide)
    is_wide = np.repeat(wide, lengths)
    wides, narrow = np.flatnonzero(is_wide), np.flatnonzero(~is_wide[odd])
    odd, leading, adding = odd[narrow], leading[narrow], adding[narrow]
    takes[wides] = 2
    np.cumsum(takes, out=last)
    last -= 1  # now the last unit of each posting
    units = np.empty(int(sizes.sum()), dtype=np.uint16)
    units[last] = steps.astype(np.uint16) << 2 | counts
    at = last[odd]
    units[stretches(at - adding - leading, leading)] = _STEP << 2
    units[at - adding] = (steps[odd] - leading * _STEP) << 2 | counts[odd] - _MOST * adding
    units[stretches(at - adding + 1, adding)] = _MOST
    at = last[wides]
    values = (records[wides] << COUNT_BITS).view(np.uint32) | counts[wides]
    units[at - 1] = values
    units[at] = values >> 16
    return Encoded(units, sizes, wide)


def decode(units: NDArray[np.uint16], wide: bool) -> Postings:
    """One list. Linear in its length: about two nanoseconds a posting."""
    if wide:
        values = units[0::2] | units[1::2].astype(np.int64) << 16
        return Postings(values >> COUNT_BITS, (values & MAX_COUNT).astype(np.uint8))
    counts = (units & 3).astype(np.uint8)
    records = np.cumsum(units >> 2, dtype=np.int64)
    records -= 1
    odd = np.flatnonzero((counts == 0) | (units <= _MOST))
    if not len(odd):
        return Postings(records, counts)
    adding = odd[counts[odd] > 0]
    owners = adding - np.searchsorted(odd, adding) - 1  # their places when all that is odd is gone
    more = counts[adding]
    keep = np.ones(len(units), dtype=bool)
    keep[odd] = False
    records, counts = records[keep], counts[keep]
    np.add.at(counts, owners, more)
    return Postings(records, counts)


def decode_all(
    units: NDArray[np.uint16], bounds: NDArray[np.int64], wide: NDArray[np.bool_]
) -> tuple[Postings, NDArray[np.int64]]:
    """Many lists, list i being units[bounds[i]:bounds[i + 1]], and how many postings each has (int64[lists])."""
    sizes = np.diff(bounds)
    is_wide = np.repeat(wide, sizes)
    counts = (units & 3).astype(np.uint8)
    steps = (units >> 2).astype(np.int64)
    steps[is_wide] = 0
    sums = np.cumsum(steps)
    before = np.concatenate((np.zeros(1, dtype=np.int64), sums))[bounds[:-1]]
    records = sums - np.repeat(before, sizes) - 1
    fresh = (steps > 0) & (counts > 0)
    low = np.flatnonzero(is_wide)[0::2]
    fresh[low] = True
    values = units[low] | units[low + 1].astype(np.int64) << 16
    records[low] = values >> COUNT_BITS
    counts[low] = values & MAX_COUNT
    counts[low + 1] = 0
    begins = np.flatnonzero(fresh)
    held = np.add.reduceat(counts, begins) if len(begins) else counts[:0]
    edges = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(fresh)))[bounds]
    return Postings(records[begins], held.astype(np.uint8)), np.diff(edges)
