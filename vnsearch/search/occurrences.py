"""Arithmetic on occurrences: where does any of these stand, where do these stand side by side, or near each other?

Occurrences are sorted numbers, `record << 10 | position` (see `engine.snapshot`); each has a weight between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.chunk import POSITION_BITS
from ..engine.snapshot import Occurrences

Weights = NDArray[np.float32]


class Found(NamedTuple):
    """Where something stands: sorted occurrences (uint32 or uint64 [n]) and the weight of each (float32[n])."""

    places: Occurrences
    weights: Weights


Records = NDArray[np.unsignedinteger[Any]]


class Hits(NamedTuple):
    """In which records something stands (uint32 or uint64 [n], each once), and the sum of its weights there
    (float32[n])."""

    records: Records
    frequencies: Weights


NOTHING = Found(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.float32))


def evenly(places: Occurrences, weight: float) -> Found:
    """Occurrences of one weight, which is stored once."""
    return Found(places, np.broadcast_to(np.float32(weight), len(places)))


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


def first_of_each(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a new value begins in a sorted array; bool[n]."""
    first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


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


def within(slots: Sequence[Found], slop: int, repeats: Sequence[int] = ()) -> Found:
    """Where all the slots stand, in any order, in a window of their number plus `slop`: the window's first place.

    `repeats` tells for each slot how many equal ones are before it: that many more times it must stand there.
    """
    if any(len(slot.places) == 0 for slot in slots):
        return NOTHING
    width = len(slots) + slop
    starts = union(slots)
    # Each wants a place of its own, though one word may fit several slots.
    keep = np.searchsorted(starts.places, starts.places + width) - np.arange(len(starts.places)) >= len(slots)
    weights = starts.weights.copy()
    for slot, before in zip(slots, repeats or [0] * len(slots), strict=True):
        at = np.searchsorted(slot.places, starts.places) + before
        inside = at < len(slot.places)
        at[~inside] = 0
        keep &= inside & (slot.places[at] - starts.places < width)
        weights = np.minimum(weights, slot.weights[at])
    return Found(starts.places[keep], weights[keep])


def by_record(found: Found) -> Hits:
    """Occurrences summed up by record."""
    if not len(found.places):
        return Hits(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.float32))
    records = found.places >> POSITION_BITS
    begins = np.flatnonzero(first_of_each(records))
    frequencies: Weights
    if found.weights.strides == (0,):  # all of one weight: counting is enough
        frequencies = np.diff(begins, append=len(records)).astype(np.float32) * found.weights[0]
    else:
        frequencies = np.add.reduceat(found.weights, begins, dtype=np.float32)
    held: Records = np.asarray(records[begins])
    return Hits(held, frequencies)


def add_up(parts: Sequence[Hits]) -> Hits:
    """Hits of several things that never stand at one place, summed up by record; the records are in no order."""
    parts = sorted((part for part in parts if len(part.records)), key=lambda part: len(part.records))
    if len(parts) <= 1:
        return parts[0] if parts else by_record(NOTHING)
    records, frequencies = parts[-1].records, parts[-1].frequencies.copy()
    fresh: list[Hits] = []
    for part in parts[:-1]:
        at = np.searchsorted(records, part.records)
        at[at == len(records)] = 0
        known = records[at] == part.records
        frequencies[at[known]] += part.frequencies[known]
        fresh.append(Hits(part.records[~known], part.frequencies[~known]))
    others = np.concatenate([part.records for part in fresh])
    if not len(others):
        return Hits(records, frequencies)
    distinct, place = np.unique(others, return_inverse=True)
    sums = np.bincount(place, np.concatenate([part.frequencies for part in fresh])).astype(np.float32)
    return Hits(np.concatenate((records, distinct)), np.concatenate((frequencies, sums)))
