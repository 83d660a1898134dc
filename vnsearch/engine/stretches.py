"""Steps that array code takes again and again: where a new value begins, what is distinct, the numbers of stretches."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

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
    numbers: NDArray[np.int64] = (begins - ends + lengths).repeat(lengths)
    numbers += np.arange(len(numbers))
    return numbers
