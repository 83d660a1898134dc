"""Stretches of whole numbers, one behind the other, whichever way they are made."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.engine import stretches as module
from vnsearch.engine.stretches import stretches

KINDS = (np.int64, np.uint32, np.uint8)


@given(
    held=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9)), max_size=30),
    begin_kind=st.sampled_from(KINDS),
    length_kind=st.sampled_from(KINDS),
    many=st.sampled_from([1, 20, 1 << 14]),
)
def test_each_has_so_many_numbers_from_its_beginning_on(
    held: list[tuple[int, int]], begin_kind: type[np.integer], length_kind: type[np.integer], many: int
) -> None:
    begins = np.array([begin for begin, _ in held], dtype=begin_kind)
    lengths = np.array([length for _, length in held], dtype=length_kind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MANY", many)
        found = stretches(begins, lengths)
    assert found.dtype == np.int64
    assert found.tolist() == [number for begin, length in held for number in range(begin, begin + length)]
