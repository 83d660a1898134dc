"""The cache of arrays: bounded by bytes, what gains least for its room goes first, and threads may share it."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vnsearch.engine.cache import ArrayCache

OVERHEAD = 256
"""What an entry counts beside its arrays."""


def of(size: int) -> tuple[NDArray[np.uint8]]:
    return (np.zeros(size, dtype=np.uint8),)


def unwanted() -> tuple[NDArray[np.uint8]]:
    raise AssertionError("made again")


def test_what_is_kept_is_not_made_again() -> None:
    cache = ArrayCache(10_000)
    made = cache.get("a", lambda: of(10))
    assert cache.get("a", unwanted) is made


def test_what_was_asked_for_least_goes_first() -> None:
    cache = ArrayCache(4 * (100 + OVERHEAD))
    for key in "abcd":
        cache.get(key, lambda: of(100))
    for key in "acd":
        cache.get(key, unwanted)
    for _ in range(2):
        cache.get("e", lambda: of(100))
    for key in "acde":
        cache.get(key, unwanted)
    assert sorted(cache._held) == list("acde")


def test_what_was_asked_for_often_long_ago_goes_in_time() -> None:
    cache = ArrayCache(4 * (100 + OVERHEAD))
    for _ in range(50):
        cache.get("old", lambda: of(100))
    for turn in range(300):
        for key in range(8):
            cache.get((turn // 50, key), lambda: of(100))
    assert "old" not in cache._held


def test_small_arrays_stay_before_large_ones() -> None:
    """They take nearly as long to make, and hundreds of them were pushed out by a few large ones."""
    cache = ArrayCache(1 << 20)
    for _ in range(3):
        for key in range(100):
            cache.get(key, lambda: of(1_000))
        for key in range(100, 120):
            cache.get(key, lambda: of(100_000))
    assert all(key in cache._held for key in range(100))


def test_a_round_larger_than_the_cache_leaves_something_in_it() -> None:
    """With plain least-recently-used, a round of one key more than there was room for never found anything."""
    cache = ArrayCache(8 * (100 + OVERHEAD))
    made: list[int] = []

    def make(key: int) -> tuple[NDArray[np.uint8]]:
        made.append(key)
        return of(100)

    for _ in range(10):
        for key in range(12):
            cache.get(key, lambda key=key: make(key))  # type: ignore[misc]
    assert len(made) < 80


def test_counts_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnsearch.engine.cache.MAX_COUNTED", 16)
    cache = ArrayCache(4 * (100 + OVERHEAD))
    for key in range(1_000):
        cache.get(key, lambda: of(100))
        assert len(cache._asked) <= 17


def test_what_would_take_a_quarter_of_the_room_is_not_kept() -> None:
    cache = ArrayCache(4_000)
    cache.get("small", lambda: of(100))
    large = [cache.get("large", lambda: of(1_000)) for _ in range(2)]
    assert large[0] is not large[1]
    cache.get("small", unwanted)


def test_an_exception_keeps_nothing() -> None:
    cache = ArrayCache(4_000)
    for _ in range(2):
        try:
            cache.get("a", unwanted)
        except AssertionError:
            continue
    assert not cache._held


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 600)), max_size=60))
def test_the_bytes_are_counted_and_bounded(asked: list[tuple[int, int]]) -> None:
    cache = ArrayCache(3_000)
    for key, size in asked:
        held = cache.get(key, lambda size=size: of(size))  # type: ignore[misc]
        assert held[0].dtype == np.uint8
        assert cache._size == sum(OVERHEAD + entry.made[0].nbytes for entry in cache._held.values()) <= 3_000


def test_threads_share_it() -> None:
    cache = ArrayCache(20_000)
    failures: list[BaseException] = []

    def work(seed: int) -> None:
        try:
            for number in range(500):
                key = (seed * number) % 37
                (array,) = cache.get(key, lambda key=key: of(key + 100))  # type: ignore[misc]
                assert len(array) == key + 100
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert cache._size == sum(OVERHEAD + entry.made[0].nbytes for entry in cache._held.values()) <= 20_000
