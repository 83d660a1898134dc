"""Passages of a batch are those of each of its texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import wild

from vnsearch.text.batch import Tokenizer
from vnsearch.text.batch_passages import cut_all
from vnsearch.text.passages import cut
from vnsearch.text.tokens import tokenize

SEEDS = [path.read_text() for path in sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))]

ENDS = ("\n", "\n\n", "\r\n", " \n", "\n \t", "\x0b", "\u2028", "\x85", "\x1c", " \u00a0\n\u3000", ".\n", ":\n", "")
lines = st.tuples(
    st.sampled_from(("A", "a", "đ", "Đ", "…", "(")),
    st.sampled_from((0, 1, 8, 19, 30, 61, 150, 201)),
    st.sampled_from(ENDS),
).map(lambda parts: f"{parts[0]}" + " từ" * parts[1] + parts[2])
documents = st.one_of(wild, st.lists(lines, max_size=12).map("".join))


def plainly(text: str, borders: Sequence[int]) -> list[tuple[int, int]]:
    begins = [token.begin for token in tokenize(text)]
    return [(begin, end) for begin, end in cut(text, borders) if any(begin <= place < end for place in begins)]


def compare(texts: Sequence[str], borders: Sequence[Sequence[int]]) -> None:
    tokens = Tokenizer().tokenize(texts)
    spans, counts, firsts = cut_all(texts, borders, tokens)
    assert (spans.dtype, counts.dtype, spans.shape) == (np.int64, np.int64, (counts.sum(), 2))
    offsets = np.repeat(tokens.whole.offsets, counts)
    places = tokens.begins + np.repeat(tokens.whole.offsets, np.diff(tokens.bounds))
    assert firsts.tolist() == np.searchsorted(places, spans[:, 0] + offsets).tolist()
    assert firsts[:1].tolist() == [0] * (len(places) > 0), "no token is before the first passage"
    begin = 0
    for text, given_borders, count in zip(texts, borders, counts.tolist(), strict=True):
        found = [(first, last) for first, last in spans[begin : begin + count].tolist()]
        assert found == plainly(text, given_borders)
        begin += count


@given(st.lists(documents, max_size=4))
@example([" \n… ", "", "một"])
@example(["A" + " từ" * 61 + "\nB" + " từ" * 15 + "\nC" + " từ" * 190])
def test_passages_are_those_of_each_text(texts: list[str]) -> None:
    compare(texts, [()] * len(texts))


def test_the_seeds_and_texts_with_borders() -> None:
    compare(SEEDS, [()] * len(SEEDS))
    begins = [token.begin for token in tokenize(SEEDS[0])]
    compare([SEEDS[0], SEEDS[1], SEEDS[0]], [(begins[20], begins[90]), (), ()])
