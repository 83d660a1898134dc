"""The part of BM25 that follows from how long a record is and how often something stands in it.

BM25 as Robertson and Zaragoza give it (*The Probabilistic Relevance Framework: BM25 and Beyond*, 2009, section 3.4):

    score = idf * (k1 + 1) * saturation,
    saturation = tf / (tf + k1 * (1 - b + b * size / average size)),
    idf = ln(1 + (N - df + 0.5) / (df + 0.5))

A segment stores the highest saturation of each term, so that a search knows what a term can add at most.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

K1: Final = 1.2
B: Final = 0.72

PAIR_K1: Final = 0.5
"""For pairs: that two words stand side by side once says nearly all."""

_STRETCH: Final = 1 << 14

Scores = NDArray[np.float32]


def norms(sizes: NDArray[Any], average: float) -> Scores:
    """k1 * (1 - b + b * size / average size) of records of some sizes, in tokens; float32[n]."""
    held = np.empty(len(sizes), dtype=np.float32)
    for first in range(0, len(sizes), _STRETCH):  # what is between stays small: new memory takes longer than sums
        stretch = slice(first, first + _STRETCH)
        held[stretch] = K1 * (1 - B) + K1 * B / average * sizes[stretch]
    return held


def saturation(frequencies: NDArray[Any], held: Scores) -> Scores:
    """tf / (tf + norm), between 0 and 1; float32[n]."""
    tf = frequencies.astype(np.float32, copy=False)
    shares: Scores = tf / (tf + held)
    return shares


def average_size(sizes: NDArray[Any]) -> float:
    """The average number of tokens of some records, 1 where there are none or nearly none."""
    return average(int(sizes.sum()), len(sizes))


def average(tokens: int, records: int) -> float:
    """The same of the number of all their tokens, and their number."""
    return max(tokens / records, 1.0) if records else 1.0


def inverse_frequency(count: int, frequency: float) -> float:
    """The idf of something that stands in `frequency` of `count` records."""
    return math.log1p((count - frequency + 0.5) / (frequency + 0.5))
