"""Sorting by digits, by which postings are put in order: that takes less time than comparing them.

NumPy sorts numbers of 16 bits by counting them, which leaves equal ones in the order that they had; a digit of so many
bits at a time, the lowest first, comes to the whole (Knuth, *The Art of Computer Programming* 3, section 5.2.5). And
what documents hold comes in the order of the text, so keys of terms and of where they stand need only be put in the
order of the terms.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_DIGIT: Final = 16


def sort_above(keys: NDArray[np.uint64], low: int, bits: int) -> NDArray[np.uint64]:
    """Keys of so many bits, in order. They ascend by their lowest `low` bits as they come; uint64[n].

    The same as `np.sort(keys)`. Linear in the keys, for each 16 bits above.

    >>> sort_above(np.array([0x2_01, 0x1_02, 0x2_03], dtype=np.uint64), 8, 12).tolist() == [0x1_02, 0x2_01, 0x2_03]
    True
    """
    for shift in range(low, bits, _DIGIT):
        digits = (keys >> np.uint64(shift)).astype(np.uint16)  # which leaves out what is above
        keys = keys.take(digits.argsort(kind="stable"))
    return keys


def order_of(numbers: NDArray[np.uint32] | NDArray[np.uint64]) -> NDArray[np.int64]:
    """The places of numbers in ascending order, equal ones in the order that they have; int64[n].

    The same as `np.argsort(numbers, kind="stable")`. Linear in them, for each 16 bits of the largest.
    """
    order: NDArray[np.int64] = numbers.astype(np.uint16).argsort(kind="stable")
    for shift in range(_DIGIT, int(numbers.max(initial=0)).bit_length(), _DIGIT):
        digits = (numbers >> numbers.dtype.type(shift)).astype(np.uint16)
        if digits.any():
            order = order.take(digits.take(order).argsort(kind="stable"))
    return order


def insert(keys: NDArray[np.uint64], few: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sorted keys and a few more, in any order; sorted, uint64[n]."""
    few = np.sort(few)
    return np.insert(keys, keys.searchsorted(few), few)
