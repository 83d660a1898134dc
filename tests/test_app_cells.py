"""Lines break by the cells of the terminal, and lose no word."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from vnsearch.app.cells import cells, wrap
from vnsearch.app.inert import inert

texts = st.text(st.sampled_from("aắđ  東京\u0301\u0323x·") | st.characters()).map(inert)


@given(texts)
def test_cells_are_those_of_wcwidth(text: str) -> None:
    assert cells(text) == sum(max(wcwidth(character), 0) for character in text)


@given(texts, st.integers(2, 30))
def test_lines_fit_and_hold_every_word(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    assert all(cells(text[begin:end]) <= width for begin, end in lines)
    assert all(a[1] <= b[0] for a, b in pairwise(lines))
    joined = "".join("".join(text[begin:end].split()) for begin, end in lines)
    visible = "".join(word for word in text.split() if cells(word))
    assert joined == visible or joined == "".join(text.split())


@given(texts, st.integers(2, 30))
def test_no_line_begins_inside_a_character(text: str, width: int) -> None:
    for begin, _ in wrap(text, width):
        broken = begin and not text[begin - 1].isspace()
        assert not (broken and unicodedata.combining(text[begin]))


def test_words_are_broken_only_where_they_must_be() -> None:
    text = "học tập và làm theo"
    assert [text[b:e] for b, e in wrap(text, 10)] == ["học tập và", "làm theo"]
    assert [text[b:e] for b, e in wrap("nghiêngngả ơi", 7) for text in ["nghiêngngả ơi"]] == ["nghiêng", "ngả ơi"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_form_of_unicode_does_not_change_the_lines(form: str) -> None:
    text = unicodedata.normalize(form, "Đảng bộ thành phố đã tổ chức hội nghị tổng kết")
    lines = [unicodedata.normalize("NFC", text[b:e]) for b, e in wrap(text, 16)]
    assert lines == ["Đảng bộ thành", "phố đã tổ chức", "hội nghị tổng", "kết"]
