"""What one feature of a query (a word, a phrase, a pair) gives to units, as it is kept from one search to the next.

What stands in few units is *listed*: the units, ascending, and the share of each. What stands in many is *spread*: a
share for every unit there is, which is quicker to add up and to look up, and takes no more room from a third of them
on. Both say the same; shares are of the highest score and take two bytes, exact to 1 in 100,000. Where it matters
little how much each unit is given, all that are given anything are given the same: that is *flat*, and takes a bit a
unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.bm25 import Scores

Units = NDArray[np.int64]

_WHOLE: Final = np.iinfo(np.uint16).max
_BIT: Final = np.packbits(np.eye(8, dtype=bool), axis=1)[:, 0]
MANY: Final = 4
"""What one in so many units holds is spread: from there on that is the quicker one."""


class Listed(NamedTuple):
    """The units (int32[n], ascending), the share of each (uint16[n]), and what a share of 1 is worth."""

    units: NDArray[np.int32]
    shares: NDArray[np.uint16]
    worth: float

    @property
    def size(self) -> int:
        """How many units are given anything."""
        return len(self.units)

    @property
    def highest(self) -> float:
        """The most that a unit is given."""
        return self.worth * _WHOLE

    def add_to(self, cells: Scores, share: float) -> None:
        """Add a share of what is given to sums of scores by unit (float32[units]). A nanosecond for each unit held."""
        np.add.at(cells, self.units, _given(self.shares, share * self.worth))

    def at(self, units: NDArray[np.int32], share: float) -> Scores:
        """A share of what some units are given; float32[n]. Logarithmic for each, and much less where they ascend."""
        if not len(self.units):
            return np.zeros(len(units), dtype=np.float32)
        at = self.units.searchsorted(units)
        shares = self.shares.take(at, mode="clip")
        shares *= self.units.take(at, mode="clip") == units
        return shares * np.float32(share * self.worth)


class Spread(NamedTuple):
    """The share of every unit (uint16[units]), how many of them are given anything, and what a share of 1 is worth."""

    shares: NDArray[np.uint16]
    size: int
    worth: float

    @property
    def highest(self) -> float:
        """The most that a unit is given."""
        return self.worth * _WHOLE

    def add_to(self, cells: Scores, share: float) -> None:
        """As `Listed.add_to`. A fifth of a nanosecond for each unit there is."""
        cells += _given(self.shares, share * self.worth)

    def at(self, units: NDArray[np.int32], share: float) -> Scores:
        """As `Listed.at`. A look-up for each unit."""
        return self.shares.take(units) * np.float32(share * self.worth)


def _given(shares: NDArray[np.uint16], worth: float) -> Scores:
    """What shares come to, a share of 1 being worth so much."""
    given = shares.astype(np.float32)  # to do the two in one takes longer
    given *= np.float32(worth)
    return given


Earned = Listed | Spread


class Flat(NamedTuple):
    """Which units are given anything (a bit each, uint8[units / 8]), and what each of them is given."""

    bits: NDArray[np.uint8]
    worth: float

    @classmethod
    def of(cls, earned: Earned, count: int) -> Flat:
        """What is earned by some of `count` units, on average."""
        held = np.zeros(count, dtype=bool)
        if isinstance(earned, Listed):
            held[earned.units] = True
        else:
            np.greater(earned.shares, 0, out=held)
        average = float(earned.shares.sum(dtype=np.int64)) / max(earned.size, 1)
        return cls(np.packbits(held), average * earned.worth)


def sum_up(given: Iterable[tuple[Earned, float]], units: Units, scores: Scores | None = None) -> Scores:
    """What some units (int64[n]) are given in all, each by its share, beside what they have; float32[n]."""
    short = units.astype(np.int32)  # once for all that is looked up
    scores = np.zeros(len(units), dtype=np.float32) if scores is None else scores
    for earned, share in given:
        scores += earned.at(short, share)
    return scores


def add_flat(given: Collection[tuple[Flat, float]], units: Units, scores: Scores) -> None:
    """Add what is given flat, each by its share, to what some units (int64[n]) have (float32[n])."""
    if not given:
        return
    places, bits = units >> 3, _BIT.take(units & 7)  # once for all that is looked up
    for flat, share in given:
        scores += ((flat.bits.take(places) & bits) != 0) * np.float32(share * flat.worth)


def kept(units: Units, scores: Scores, count: int) -> Earned:
    """What some units (int64[n], ascending) of `count` are given: so much each (float32[n])."""
    highest = float(scores.max(initial=0))
    worth = highest / _WHOLE
    shares = np.rint(scores / np.float32(worth)).astype(np.uint16) if highest else np.zeros(len(units), dtype=np.uint16)
    if MANY * len(units) < count:
        return Listed(units.astype(np.int32), shares, worth)
    spread = np.zeros(count, dtype=np.uint16)
    spread[units] = shares
    return Spread(spread, len(units), worth)
