"""Lists of postings: whatever their records and counts, they are read as they were written."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from vnsearch.engine.postings import MAX_COUNT, MAX_RECORDS, decode, decode_all, encode

Plain = list[tuple[int, int]]

records = st.one_of(st.integers(0, 40), st.integers(0, 70_000), st.integers(0, MAX_RECORDS - 1))
counts = st.one_of(st.integers(1, 4), st.integers(1, MAX_COUNT))
lists = st.dictionaries(records, counts, min_size=1, max_size=30).map(lambda held: sorted(held.items()))


def read_plainly(units: list[int], wide: bool) -> Plain:
    """The definition of both forms, a unit at a time."""
    if wide:
        values = [low | high << 16 for low, high in zip(units[0::2], units[1::2], strict=True)]
        return [(value >> 8, value & 255) for value in values]
    found: Plain = []
    record = -1
    for unit in units:
        step, count = unit >> 2, unit & 3
        record += step
        if step and count:
            found.append((record, count))
        elif count:
            found[-1] = (record, found[-1][1] + count)
    return found


@given(st.lists(lists, min_size=1, max_size=6))
@example([[(0, 1)], [(16_382, 1), (16_383, 3), (32_766, 4), (32_767, 6), (65_533, 255)]])
@example([[(16_383, 1), (16_384, 2), (16_385, 1), (49_151, 1), (49_152, 7), (49_153, 1)]])
def test_lists_are_read_as_they_were_written(written: list[Plain]) -> None:
    flat = [posting for one in written for posting in one]
    begins = np.cumsum([0, *map(len, written)])[:-1]
    encoded = encode(
        np.array([record for record, _ in flat], dtype=np.int32),
        np.array([count for _, count in flat], dtype=np.uint8),
        begins,
    )
    bounds = np.cumsum([0, *encoded.sizes.tolist()])
    assert bounds[-1] == len(encoded.units)
    for place, one in enumerate(written):
        units = encoded.units[bounds[place] : bounds[place + 1]]
        assert len(units) <= 2 * len(one)
        found = decode(units, bool(encoded.wide[place]))
        assert list(zip(found.records.tolist(), found.counts.tolist(), strict=True)) == one
        assert read_plainly(units.tolist(), bool(encoded.wide[place])) == one
    every, sizes = decode_all(encoded.units, bounds, encoded.wide)
    assert sizes.tolist() == [len(one) for one in written]
    assert list(zip(every.records.tolist(), every.counts.tolist(), strict=True)) == flat
    assert (every.records.dtype, every.counts.dtype) == (np.int64, np.uint8)


def test_no_lists_at_all() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    encoded = encode(nothing.astype(np.int32), nothing.astype(np.uint8), nothing)
    assert (len(encoded.units), len(encoded.sizes), len(encoded.wide)) == (0, 0, 0)
    every, sizes = decode_all(encoded.units, np.zeros(1, dtype=np.int64), encoded.wide)
    assert (len(every.records), len(sizes)) == (0, 0)


def test_a_frequent_term_takes_a_unit_a_posting() -> None:
    records = np.arange(0, 300_000, 7, dtype=np.int32)
    encoded = encode(records, np.ones(len(records), dtype=np.uint8), np.zeros(1, dtype=np.int64))
    assert len(encoded.units) == len(records)
