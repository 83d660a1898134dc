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


class Hits(NamedTuple):
    """In which records something stands (int64[n], ascending), and the sum of its weights there (float32[n])."""

    records: NDArray[np.int64]
    frequencies: Weights


NOTHING = Found(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.float32))


def evenly(places: Occurrences, weight: float) -> Found:
    """Occurrences of one weight."""
    return Found(places, np.full(len(places), weight, dtype=np.float32))


def union(parts: Sequence[Found]) -> Found:
    """Occurrences of any of the parts; where two stand at one place the heavier counts."""
    parts = [part for part in parts if len(part.places)]
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    places = np.concatenate([part.places for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    order = np.argsort(places, kind="stable")
    places, weights = places[order], weights[order]
    first = first_of_each(places)
    if first.all():
        return Found(places, weights)
    begins = np.flatnonzero(first)
    return Found(places[begins], np.maximum.reduceat(weights, begins))


def first_of_each(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a new value begins in a sorted array; bool[n]."""
    first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def in_row(slots: Sequence[Found]) -> Found:
    """Where the slots stand side by side and in order: the places of the first. Linear in the rarest slot."""
    if any(len(slot.places) == 0 for slot in slots):
        return NOTHING
    order = sorted(range(len(slots)), key=lambda i: len(slots[i].places))
    rarest = order[0]
    places, weights = slots[rarest]
    for other in order[1:]:
        wanted = places + other - rarest if other >= rarest else places - (rarest - other)
        held = slots[other]
        at = np.searchsorted(held.places, wanted)
        at[at == len(held.places)] = 0
        hit = held.places[at] == wanted
        places = places[hit]
        weights = np.minimum(weights[hit], held.weights[at[hit]])
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
        return Hits(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
    records = found.places >> POSITION_BITS
    begins = np.flatnonzero(first_of_each(records))
    frequencies: Weights = np.add.reduceat(found.weights, begins, dtype=np.float32)
    return Hits(records[begins].astype(np.int64), frequencies)
