"""The alphabet of 103 characters."""

from __future__ import annotations

import unicodedata

from vnsearch.text.alphabet import (
    CHARACTERS,
    CODE,
    LETTERS,
    TONE_OF,
    TONELESS,
    VOWELS,
    Tone,
    VowelMark,
    compose,
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


def test_codes_are_a_byte_each_and_0_is_none() -> None:
    assert sorted(CODE.values()) == list(range(1, 104))
    assert [CHARACTERS[code - 1] for code in CODE.values()] == list(CODE)
