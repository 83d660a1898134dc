"""Arithmetic on occurrences: where does any of these stand, where do these stand side by side, or near each other?

Occurrences are sorted numbers, `record << 8 | position` (see `engine.snapshot`); each has a weight between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.places import POSITION_BITS
from ..engine.postings import Postings
from ..engine.snapshot import Occurrences
from ..engine.stretches import first_of_each

Weights = NDArray[np.float32]


class Found(NamedTuple):
    """Where something stands: sorted occurrences (int64[n]) and the weight of each (float32[n])."""

    places: Occurrences
    weights: Weights


Records = NDArray[np.int64]


class Hits(NamedTuple):
    """In which records something stands (int64[n], ascending), and the sum of its weights there (float32[n])."""

    records: Records
    frequencies: Weights


NOTHING = Found(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
NOWHERE = Hits(*NOTHING)


def evenly(places: Occurrences, weight: float) -> Found:
    """Occurrences of one weight, which is stored once."""
    return Found(places, np.broadcast_to(np.float32(weight), len(places)))


def weakened(found: Found, weight: float) -> Found:
    """Occurrences that count for a share of what they did."""
    if weight == 1 or not len(found.places):
        return found
    return Found(found.places, found.weights * np.float32(weight))


def union(parts: Sequence[Found]) -> Found:
    """Occurrences of any of the parts; where two stand at one place the heavier counts."""
    parts = [part for part in parts if len(part.places)]
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    parts.sort(key=lambda part: len(part.places))
    places, weights = parts[-1]
    others = _merged(parts[:-1])
    # Most often one spelling stands far more often than all others: these are put in where they belong.
    at = np.searchsorted(places, others.places)
    places = np.insert(places, at, others.places)
    weights = np.insert(weights, at, others.weights)
    first = first_of_each(places)
    if first.all():
        return Found(places, weights)
    begins = np.flatnonzero(first)
    return Found(places[begins], np.maximum.reduceat(weights, begins))


def _merged(parts: Sequence[Found]) -> Found:
    """Occurrences of several parts in order."""
    places = np.concatenate([part.places for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    order = np.argsort(places, kind="stable")
    return Found(places[order], weights[order])


def in_order(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """The distinct numbers in some arrays, ascending. For sorted arrays much faster than hashing."""
    if not parts:
        return np.zeros(0, dtype=np.int64)
    whole = np.sort(np.concatenate(parts), kind="stable")
    return whole[first_of_each(whole)]


def in_row(slots: Sequence[Sequence[Found]]) -> Found:
    """Where the slots stand side by side and in order: the places of the first. A slot is any of its parts.

    Linear in the rarest slot, and logarithmic in the others.
    """
    sizes = [sum(len(part.places) for part in slot) for slot in slots]
    if not all(sizes):
        return NOTHING
    order = sorted(range(len(slots)), key=sizes.__getitem__)
    rarest = order[0]
    places, weights = union(slots[rarest])
    for other in order[1:]:
        wanted = places + other - rarest if other >= rarest else places - (rarest - other)
        found = np.zeros(len(wanted), dtype=np.float32)
        for part in slots[other]:
            at = np.searchsorted(part.places, wanted)
            at[at == len(part.places)] = 0
            np.maximum(found, part.weights[at], out=found, where=part.places[at] == wanted)
        hit = found > 0
        places, weights = places[hit], np.minimum(weights[hit], found[hit])
    return Found(places - rarest, weights)


def within(slots: Sequence[tuple[Found, int]], slop: int) -> Found:
    """Where all the slots stand, each so many times, in any order, in a window of their number plus `slop` that ends
    with the record: the window's first place."""
    if not all(len(slot.places) for slot, _ in slots):
        return NOTHING
    count = sum(times for _, times in slots)
    places, weights = union([slot for slot, _ in slots])
    ends = np.minimum(places + count + slop, (places | (1 << POSITION_BITS) - 1) + 1)
    # Each wants a place of its own, though one word may fit several slots.
    keep = np.searchsorted(places, ends) - np.arange(len(places)) >= count
    places, weights, ends = places[keep], weights[keep], ends[keep]
    for slot, times in slots:
        at = np.searchsorted(slot.places, places)
        keep = at + times <= len(slot.places)
        keep[keep] = slot.places[at[keep] + times - 1] < ends[keep]
        places, weights, ends, at = places[keep], weights[keep], ends[keep], at[keep]
        for nth in range(times):
            weights = np.minimum(weights, slot.weights[at + nth])
    return Found(places, weights)


def by_record(found: Found) -> Hits:
    """Occurrences summed up by record."""
    if not len(found.places):
        return NOWHERE
    records = found.places >> POSITION_BITS
    begins = np.flatnonzero(first_of_each(records))
    frequencies: Weights
    if found.weights.strides == (0,):  # all of one weight: counting is enough
        frequencies = np.diff(begins, append=len(records)).astype(np.float32) * found.weights[0]
    else:
        frequencies = np.add.reduceat(found.weights, begins, dtype=np.float32)
    held: Records = np.asarray(records[begins])
    return Hits(held, frequencies)


def common(parts: Sequence[Records]) -> Records:
    """The records that are in all of the parts, each ascending. Linear in the shortest, logarithmic in the others."""
    shortest, *others = sorted(parts, key=len)
    for other in others:
        at = np.searchsorted(other, shortest)
        at[at == len(other)] = 0
        shortest = shortest[other[at] == shortest] if len(other) else other
    return shortest


def sum_hits(parts: Sequence[Hits], count: int, *, repeated: bool = False) -> Hits:
    """Hits in several parts as one; `count` is how many records, or whatever units they are, there are.

    With `repeated` a part may name a record several times, though still in order. Linear in the hits, and in `count`
    where they are many.
    """
    held = [hits for hits in parts if len(hits.records)]
    if not held or (len(held) == 1 and not repeated):
        return held[0] if held else NOWHERE
    if 8 * sum(len(hits.records) for hits in held) > count:
        sums = np.zeros(count, dtype=np.float32)
        for hits in held:
            np.add.at(sums, hits.records, hits.frequencies)
        records = np.flatnonzero(sums > 0)
        return Hits(records, sums[records])
    records, frequencies = held[0]
    if len(held) > 1:
        records = np.concatenate([hits.records for hits in held])
        order = np.argsort(records, kind="stable")
        records = records[order]
        frequencies = np.concatenate([hits.frequencies for hits in held])[order]
    begins = np.flatnonzero(first_of_each(records))
    return Hits(records[begins], np.add.reduceat(frequencies, begins, dtype=np.float32))


def weighed(postings: Postings, weight: float) -> Hits:
    """Postings of one weight."""
    frequencies: Weights = postings.counts * np.float32(weight)
    return Hits(postings.records, frequencies)
