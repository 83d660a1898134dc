"""Documents into passages."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from strategies import wild

from vnsearch.text.passages import ENOUGH, FULL, REMAINDER, cut
from vnsearch.text.tokens import tokenize

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def size(text: str, span: tuple[int, int]) -> int:
    """How many tokens, so about how many syllables, a passage holds."""
    return sum(1 for _ in tokenize(text[slice(*span)]))


def paragraph(words: int, sentence: int = 15) -> str:
    """A paragraph of so many words, in sentences of so many."""
    made = [f"Từ{i}" for i in range(words)]
    for place in range(sentence - 1, words, sentence):
        made[place] += "."
    return " ".join(made)


@st.composite
def documents(draw: DrawFn) -> tuple[str, list[int]]:
    """A document of paragraphs of all sizes, and borders at the beginnings of some of its words."""
    counts = draw(st.lists(st.one_of(st.integers(1, 12), st.integers(1, 450)), max_size=8))
    sentence = draw(st.sampled_from((5, 15, 60, 250, 1000)))
    text = draw(st.sampled_from(("\n", "\n\n", "\r\n"))).join(paragraph(words, sentence) for words in counts)
    begins = [token.begin for token in tokenize(text)]
    borders = draw(st.lists(st.sampled_from(begins), max_size=4)) if begins else []
    return text, sorted(borders)


def check(text: str, borders: list[int]) -> None:
    """What holds for the passages of any document whose borders do not tear a token."""
    passages = cut(text, borders)
    begins = [begin for begin, _ in passages]
    assert all(begin < end for begin, end in passages)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(passages)), "in order and disjoint"
    for token in tokenize(text):
        begin, end = passages[bisect_right(begins, token.begin) - 1]
        assert begin <= token.begin and token.end <= end, "every token lies in one passage"
    for begin, end in passages:
        assert bisect_right(borders, begin) == bisect_right(borders, end - 1), "no border is crossed"
    sizes = [size(text, passage) for passage in passages]
    assert all(count <= FULL for count in sizes)
    for place, (one, other) in enumerate(pairwise(sizes)):
        (begin, _), (following, _) = passages[place : place + 2]
        parted = bisect_right(borders, begin) < bisect_right(borders, following)
        assert parted or one >= ENOUGH or one + other > FULL, "short without need"
        assert parted or other >= REMAINDER or one + other > FULL, "a remainder left alone"


@given(documents())
def test_passages_of_any_document(document: tuple[str, list[int]]) -> None:
    check(*document)


@given(wild)
def test_passages_of_any_text(text: str) -> None:
    check(text, [])


@given(wild, st.lists(st.integers(-5, 100), max_size=5).map(sorted))
def test_borders_may_stand_anywhere(text: str, borders: list[int]) -> None:
    passages = cut(text, borders)
    assert all(0 <= begin < end <= len(text) for begin, end in passages)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(passages))
    for begin, end in passages:
        assert not any(begin < border < end for border in borders)
    assert sum(len("".join(text[a:b].split())) for a, b in passages) == len("".join(text.split())), "nothing is lost"


def test_a_short_text_is_one_passage() -> None:
    assert cut("Một dòng.") == [(0, 9)]
    assert cut("  Một.\n\nHai.\n ") == [(2, 12)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028"])
def test_no_text_has_no_passage(text: str) -> None:
    assert cut(text) == []


def test_a_heading_stays_with_its_text() -> None:
    text = f"{paragraph(80)}\nĐiều 5\n{paragraph(80)}"
    assert [text[a:b].splitlines()[0].split()[0] for a, b in cut(text)] == ["Từ0", "Điều"]


def test_short_paragraphs_are_gathered_until_they_are_enough() -> None:
    text = "\n".join(paragraph(25) for _ in range(7))
    assert [size(text, span) for span in cut(text)] == [75, 75, 25]


def test_a_small_remainder_joins_the_passage_before_it_but_not_over_a_border() -> None:
    text = "\n".join((paragraph(100), paragraph(REMAINDER - 1)))
    border = text.index("\n") + 1
    assert [size(text, span) for span in cut(text)] == [119]
    assert [size(text, span) for span in cut(text, [border])] == [100, 19]


def test_a_passage_closes_before_it_grows_too_long() -> None:
    text = "\n".join((paragraph(50), paragraph(180)))
    assert [size(text, span) for span in cut(text)] == [50, 180]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = paragraph(450)
    found = cut(text)
    assert all(text[a:b].endswith(".") for a, b in found)
    assert all(ENOUGH <= size(text, span) <= FULL for span in found[:-1])


def test_a_sentence_without_end_is_cut_into_equal_pieces() -> None:
    text = paragraph(1001, sentence=2000)
    assert {size(text, span) for span in cut(text)} <= {166, 167}


def test_a_border_parts_what_would_be_one_passage() -> None:
    text = "Bài một.\nBài hai.\nBài ba."
    assert cut(text) == [(0, 25)]
    assert cut(text, [9]) == [(0, 8), (9, 25)]
    assert cut(text, [0, 9, 9, 18, 25, 99]) == [(0, 8), (9, 17), (18, 25)]


@pytest.mark.parametrize("seed", SEEDS, ids=[seed.stem[:3] for seed in SEEDS])
def test_the_seeds(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")
    check(text, [])
    count = size(text, (0, len(text)))
    assert count / FULL <= len(cut(text)) <= count / ENOUGH + 1


def test_there_are_five_seeds() -> None:
    assert len(SEEDS) == 5


def test_ten_megabytes_on_one_line() -> None:
    spaced = "nghiê nghiê " * 833_334
    begins = range(0, len(spaced), 6)
    sizes = {(end - begin + 1) / 6 for begin, end in cut(spaced, begins=begins)}
    assert max(sizes) <= FULL and min(sizes) > ENOUGH
    whole = "nghiêngđường" * 833_334
    assert cut(whole) == [(0, len(whole))]


@given(documents())
def test_tokens_that_are_known_need_not_be_found_again(document: tuple[str, list[int]]) -> None:
    text, borders = document
    assert cut(text, borders, begins=[token.begin for token in tokenize(text)]) == cut(text, borders)


def test_text_without_spaces_is_cut_too() -> None:
    text = "東京" * 500
    assert {size(text, span) for span in cut(text)} == {FULL}
