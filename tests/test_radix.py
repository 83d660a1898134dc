"""Sorting by digits gives what NumPy's sorts give."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.engine.radix import insert, order_of, sort_above

numbers = st.lists(
    st.one_of(st.integers(0, 9), st.integers(0, 2**64 - 1), st.integers(0, 2**20).map(lambda n: n << 30))
)


@given(numbers)
def test_the_order_is_that_of_a_stable_sort(held: list[int]) -> None:
    keys = np.array(held, dtype=np.uint64)
    for unsorted in (keys, (keys >> np.uint64(32)).astype(np.uint32)):
        assert order_of(unsorted).tolist() == np.argsort(unsorted, kind="stable").tolist()
        assert order_of(unsorted).dtype == np.int64


@given(numbers, st.integers(0, 64))
def test_keys_that_ascend_by_their_lowest_bits_are_sorted(held: list[int], low: int) -> None:
    keys = np.array(sorted(held, key=lambda key: key % (1 << low)), dtype=np.uint64)
    for bits in (64, max((key.bit_length() for key in held), default=0)):
        assert sort_above(keys, low, bits).tolist() == sorted(held)


@given(numbers, numbers)
def test_a_few_more_are_put_in_their_places(held: list[int], few: list[int]) -> None:
    keys = np.array(sorted(held), dtype=np.uint64)
    assert insert(keys, np.array(few, dtype=np.uint64)).tolist() == sorted(held + few)
