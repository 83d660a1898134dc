"""The vectorised tokenizer says what the plain one says."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.text.batch import PLANES, WHITE, Tokenizer, class_of
from vnsearch.text.tokens import numbers, tokenize
from vnsearch.text.vocabulary import Vocabulary

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
TRICKY = "aăđạÐ\u0323\u0301\u00ad\u200b\u200d \n\t.,-0123456789东京😀👍🏽🇻🇳ﬁＴxýY_'кİſK𠀀\U000e0100\ud800ⅫŒ²\u0345"


def assert_equal(tokenizer: Tokenizer, texts: list[str]) -> None:
    batch = tokenizer.tokenize(texts)
    names = tokenizer.vocabulary.tokens
    assert len(batch.bounds) == len(texts) + 1
    for i, text in enumerate(texts):
        first, last = int(batch.bounds[i]), int(batch.bounds[i + 1])
        plain = list(tokenize(text))
        fast = [
            (names[batch.terms[p]], int(batch.begins[p]), int(batch.ends[p]), bool(batch.joined[p]))
            for p in range(first, last)
        ]
        assert fast == [tuple(token) for token in plain], text
        fast_numbers = [
            (names[term], int(place) - first, int(end))
            for place, term, end in zip(batch.number_tokens, batch.number_terms, batch.number_ends, strict=True)
            if first <= place < last
        ]
        assert fast_numbers == [(n.value, n.token, n.end) for n in numbers(text, plain)], text


@given(st.lists(st.text(st.characters(), max_size=40), max_size=5))
def test_equals_the_plain_tokenizer_on_any_text(texts: list[str]) -> None:
    assert_equal(Tokenizer(), texts)


@given(st.lists(st.text(st.sampled_from(TRICKY), max_size=30), max_size=4))
def test_equals_the_plain_tokenizer_on_tricky_text(texts: list[str]) -> None:
    assert_equal(Tokenizer(), texts)


def test_equals_the_plain_tokenizer_on_the_seeds_with_a_used_vocabulary() -> None:
    tokenizer = Tokenizer()
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    for batch in (texts, texts[::-1], texts[:1], []):
        assert_equal(tokenizer, batch)


def test_numbers_in_groups() -> None:
    assert_equal(Tokenizer(), ["từ 1.000 đến 1,000,000đ, 500.000đ; 18.1.2022; 1.2.3; 0912.345.678; 12.345,678"])


def test_texts_do_not_run_into_each_other() -> None:
    tokenizer = Tokenizer()
    assert_equal(tokenizer, ["a", "b", "", "\u0301c", "1", ".000"])
    assert not tokenizer.tokenize(["a", "b"]).joined.any()


def test_memory_of_many_spellings_grows_and_stays_right() -> None:
    vocabulary = Vocabulary()
    tokenizer = Tokenizer(vocabulary)
    chooser = random.Random(7)
    words = [f"{chooser.choice('bcdghklmnt')}{i}" for i in range(70_000)]
    text = " ".join(words)
    once = tokenizer.tokenize([text]).terms
    again = tokenizer.tokenize([text]).terms
    assert np.array_equal(once, again)
    assert [vocabulary.tokens[term] for term in once[-100:]] == words[-100:]


def test_numbers_follow_the_order_of_first_occurrence() -> None:
    tokenizer = Tokenizer()
    tokenizer.tokenize(["hai một hai ba"])
    assert tokenizer.vocabulary.tokens == ["hai", "một", "ba"]


@pytest.mark.parametrize("character", ["\u0345", "\U0001f600", "\U00020000", "\U000e0100", "\U0010ffff", "\ud800"])
def test_every_character_has_a_class(character: str) -> None:
    assert 0 <= class_of(character) < 128
    assert_equal(Tokenizer(), [f"a{character}b", character, f" {character} "])


def test_white_space_is_what_python_calls_so() -> None:
    white = {chr(point) for point in range(PLANES) if class_of(chr(point)) <= WHITE}
    assert white == {chr(point) for point in range(0x110000) if chr(point).isspace()}


def test_runs_of_no_token_of_one_and_of_several() -> None:
    assert_equal(Tokenizer(), ["\u200bmột hai\u200b", "\u200b", "một東京hai \u0301 ba 🇻🇳🇻🇳", "\u200bmột"])


def test_digits_far_behind_a_number_make_no_group() -> None:
    assert_equal(Tokenizer(), ["1.", "12.3", "1.00", "1.000", "1-000", "1..000", "1.000" * 3, "1.٠٠٠", "1.000đ"])


def test_classes_reach_beyond_the_table() -> None:
    assert_equal(Tokenizer(), [chr(PLANES - 1) + "a" + chr(PLANES) + "b" + chr(0x2A6D6)])


@pytest.mark.parametrize(
    "text",
    ["a" * 1_000_000, "đ" * 1_000_000, "a\u0301" * 200_000, "a" + "\u0301" * 200_000, "\0" * 1_000_000, "東" * 100_000],
    ids=["long ascii token", "long token", "decomposed token", "stacked marks", "nul", "ideographs"],
)
def test_one_huge_line(text: str) -> None:
    batch = Tokenizer().tokenize([text])
    plain = list(tokenize(text))
    assert len(batch.terms) == len(plain)
    assert batch.begins.tolist() == [token.begin for token in plain]
    assert batch.ends.tolist() == [token.end for token in plain]


def test_many_unknown_words_are_numbered_as_they_come() -> None:
    """More of them than are learned at once, whose places in the table of hashes meet."""
    chooser = random.Random(3)
    words = [f"{chooser.choice('bcdghklmnt')}{i}" for i in range(30_000)]
    tokenizer = Tokenizer()
    tokenizer.tokenize([" ".join([*words, *reversed(words)])])
    assert tokenizer.vocabulary.tokens == words
