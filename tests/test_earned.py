"""What features give: two ways to keep it that say the same, and one that says it on average."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.search import earned
from vnsearch.search.earned import Flat, Listed, Spread, add_flat, kept, sum_up

COUNT = 60
GIVEN = st.dictionaries(st.integers(0, COUNT - 1), st.floats(1 / 64, 20, width=32), max_size=COUNT)


@given(GIVEN, st.floats(0.25, 2), st.lists(st.integers(0, COUNT - 1), unique=True, max_size=20).map(sorted))
def test_both_ways_give_what_was_given(scores: dict[int, float], share: float, asked: list[int]) -> None:
    units = np.array(sorted(scores), dtype=np.int64)
    values = np.array([scores[unit] for unit in units.tolist()], dtype=np.float32)
    wanted = [share * scores.get(unit, 0.0) for unit in range(COUNT)]
    near = share * max(scores.values(), default=0.0) / 65_000
    for made in (kept(units, values, COUNT), kept(units, values, 100 * COUNT)):
        assert isinstance(made, Spread if made.size * earned.MANY >= COUNT and len(made.shares) == COUNT else Listed)
        assert made.size == len(scores)
        assert made.highest == pytest.approx(max(scores.values(), default=0.0), rel=1e-6)
        cells = np.zeros(COUNT if isinstance(made, Listed) else len(made.shares), dtype=np.float32)
        made.add_to(cells, share)
        assert cells[:COUNT].tolist() == pytest.approx(wanted, abs=near)
        found = sum_up([(made, share)], np.array(asked, dtype=np.int64))
        assert found.tolist() == pytest.approx([wanted[unit] for unit in asked], abs=near)


@given(GIVEN.filter(bool), st.lists(st.integers(0, COUNT - 1), max_size=20))
def test_flat_gives_all_the_average(scores: dict[int, float], asked: list[int]) -> None:
    units = np.array(sorted(scores), dtype=np.int64)
    values = np.array([scores[unit] for unit in units.tolist()], dtype=np.float32)
    average = sum(scores.values()) / len(scores)
    for count in (COUNT, 100 * COUNT):
        found = np.ones(len(asked), dtype=np.float32)
        add_flat([(Flat.of(kept(units, values, count), count), 0.5)], np.array(asked, dtype=np.int64), found)
        expected = [1 + (average / 2 if unit in scores else 0.0) for unit in asked]
        assert found.tolist() == pytest.approx(expected, rel=1e-3, abs=1e-3)


def test_what_nothing_is_given() -> None:
    none = kept(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), COUNT)
    assert (none.size, none.highest) == (0, 0.0)
    scores = sum_up([(none, 1.0)], np.arange(3))
    add_flat([(Flat.of(none, COUNT), 1.0)], np.arange(3), scores)
    assert scores.tolist() == [0.0, 0.0, 0.0]
