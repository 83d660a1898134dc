"""The alphabet of 103 characters, and tokens packed into 64 bits."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import alphabetic, syllables

from vnsearch.text.alphabet import (
    BARE_TABLE,
    CHARACTERS,
    CODE,
    LETTERS,
    MARK_TABLE,
    MAX_PACKED,
    STROKE_TABLE,
    TONE_OF,
    TONE_TABLE,
    TONELESS,
    VOWELS,
    Tone,
    VowelMark,
    bare_packed,
    compose,
    pack,
    unpack,
)


def test_the_alphabet_is_what_vietnamese_is_written_with() -> None:
    assert len(CHARACTERS) == 103
    assert set("aăâbcdđeêghiklmnoôơpqrstuưvxy") <= set(CHARACTERS)
    assert set("fjwz0123456789") <= set(CHARACTERS)
    assert len(VOWELS) == 12 * len(Tone)


def test_every_character_is_one_code_point_in_lower_case_and_nfc() -> None:
    for character in CHARACTERS:
        assert len(character) == 1
        assert character == character.lower() == unicodedata.normalize("NFC", character)


def test_parts_of_a_letter() -> None:
    assert LETTERS["ự"] == ("u", VowelMark.HORN, Tone.NANG)
    assert LETTERS["ẫ"] == ("a", VowelMark.CIRCUMFLEX, Tone.NGA)
    assert LETTERS["ắ"] == ("a", VowelMark.BREVE, Tone.SAC)
    assert LETTERS["đ"] == ("d", VowelMark.NONE, Tone.NGANG)
    assert TONELESS["ự"] == "ư" and TONELESS["đ"] == "đ"
    assert TONE_OF["ỳ"] == Tone.HUYEN


def test_a_letter_composes_from_its_parts() -> None:
    for character, parts in LETTERS.items():
        if character != "đ":
            assert compose(*parts) == character


def test_tables_say_what_the_dictionaries_say() -> None:
    for character, code in CODE.items():
        plain, mark, tone = LETTERS[character]
        assert CHARACTERS[BARE_TABLE[code] - 1] == plain
        assert (MARK_TABLE[code], TONE_TABLE[code], STROKE_TABLE[code]) == (mark, tone, character == "đ")


def test_tables_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        BARE_TABLE[1] = 0


@given(alphabetic)
def test_unpack_undoes_pack(token: str) -> None:
    packed = pack(token)
    assert packed is not None and 0 <= packed < 1 << 63
    assert unpack(packed) == token


@given(alphabetic, alphabetic)
def test_packed_tokens_sort_as_their_strings(one: str, other: str) -> None:
    a, b = pack(one), pack(other)
    assert a is not None and b is not None
    assert (a < b, a == b) == (one < other, one == other)


@given(st.text(alphabet=CHARACTERS, min_size=1, max_size=5), alphabetic)
def test_tokens_with_a_common_prefix_stand_in_one_range(prefix: str, token: str) -> None:
    low, packed = pack(prefix), pack(token)
    assert low is not None and packed is not None
    high = low + (1 << 7 * (MAX_PACKED - len(prefix)))
    assert (low <= packed < high) == token.startswith(prefix)


@pytest.mark.parametrize("token", ["nghiêngngh", "ñ", "đ.", "Đ", "a\u0301", "東", "\ud800", "\0", " "])
def test_what_is_too_long_or_foreign_has_no_packed_form(token: str) -> None:
    assert pack(token) is None


def test_the_longest_token_that_packs() -> None:
    packed = pack("ỹ" * MAX_PACKED)
    assert packed is not None
    assert unpack(packed) == "ỹ" * MAX_PACKED
    assert pack("ỹ" * (MAX_PACKED + 1)) is None


@given(st.lists(st.one_of(alphabetic, syllables), max_size=20))
def test_bare_packed_is_the_packed_form_of_the_bare_letters(tokens: list[str]) -> None:
    packed = np.array([pack(token) for token in tokens], dtype=np.uint64)
    bare = ["".join(LETTERS[c][0] for c in token) for token in tokens]
    found = bare_packed(packed)
    assert found.dtype == np.uint64
    assert [unpack(int(b)) for b in found] == bare
    assert [int(b) for b in found] == [pack(b) for b in bare]
    assert [unpack(int(p)) for p in packed] == tokens, "the argument is left alone"
