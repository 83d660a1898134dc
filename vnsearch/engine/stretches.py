"""Steps that array code takes again and again: where a new value begins, what is distinct, the numbers of stretches."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

_MANY: Final = 1 << 14
_LONG: Final = 3
"""From so many numbers on, and so many a stretch, the longer way is the quicker one."""

Scalar = TypeVar("Scalar", bound=np.generic)


def first_of_each(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a new value begins in an array whose equal values stand together; bool[n]."""
    first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def distinct(values: NDArray[Scalar]) -> NDArray[Scalar]:
    """The values in order, each once. `np.unique` would first load all of NumPy's masked arrays."""
    ordered = np.sort(values, axis=None)
    return ordered[first_of_each(ordered)]


def stretches(begins: NDArray[Any], lengths: NDArray[Any]) -> NDArray[np.int64]:
    """The whole numbers of stretches, of which each has so many from its beginning on, one behind the other; int64[n].

    >>> stretches(np.array([10, 3]), np.array([2, 3])).tolist()
    [10, 11, 3, 4, 5]
    """
    ends = lengths.cumsum(dtype=np.int64)
    count = int(ends[-1]) if len(ends) else 0
    if count >= _MANY and count >= _LONG * len(ends) and lengths.all():
        return _summed_steps(begins, lengths, ends)
    numbers: NDArray[np.int64] = (begins - ends + lengths).repeat(lengths)
    numbers += np.arange(count)
    return numbers


def _summed_steps(begins: NDArray[Any], lengths: NDArray[Any], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """As `stretches`, for many numbers in long stretches: each is the one before and 1, but for the first of each.

    A third of the time, and other threads have their turn meanwhile, which `repeat` leaves them none of."""
    steps = np.ones(int(ends[-1]), dtype=np.int64)
    steps[0] = begins[0]
    signed = begins.astype(np.int64, copy=False)
    steps[ends[:-1]] = signed[1:] - signed[:-1] - lengths[:-1].astype(np.int64, copy=False) + 1
    return steps.cumsum(out=steps)
