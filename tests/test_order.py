"""The order of the lists of terms: a matter of the terms alone."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.engine import order
from vnsearch.engine.order import by_hash, hashes_of

words = st.lists(st.text("aăâbđ", max_size=4), unique=True, max_size=30)


def in_order(tokens: list[str], hashes: order.Hashes) -> list[str]:
    return [tokens[number] for number in by_hash(np.arange(len(tokens)), hashes, tokens).tolist()]


@given(words, st.randoms(use_true_random=False))
def test_it_does_not_hang_on_how_tokens_are_numbered(tokens: list[str], chooser: random.Random) -> None:
    turned = chooser.sample(tokens, len(tokens))
    assert in_order(turned, hashes_of(turned)) == in_order(tokens, hashes_of(tokens))


@given(words)
def test_where_hashes_are_equal_spelling_decides(tokens: list[str]) -> None:
    few = np.array([len(token) for token in tokens], dtype=np.uint32)
    assert in_order(tokens, few) == sorted(tokens, key=lambda token: (len(token), token))


@given(words, st.data())
def test_some_of_the_tokens_are_in_the_order_of_all(tokens: list[str], data: st.DataObject) -> None:
    """So runs that were put in order apart are in order together."""
    some = sorted(data.draw(st.sets(st.sampled_from(range(len(tokens)))))) if tokens else []
    hashes = hashes_of(tokens)
    found = by_hash(np.array(some, dtype=np.int64), hashes, tokens).tolist()
    assert found == [number for number in by_hash(np.arange(len(tokens)), hashes, tokens).tolist() if number in some]


def test_it_is_part_of_the_format() -> None:
    """Another order needs another version of the format: merging takes that of the segments as it is."""
    tokens = ["đường", "phố", "duong", "0"]
    assert in_order(tokens, hashes_of(tokens)) == ["đường", "duong", "phố", "0"]
