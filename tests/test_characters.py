"""Characters as found become characters as meant."""

from __future__ import annotations

import unicodedata
from itertools import permutations

import pytest
from hypothesis import example, given
from strategies import INVISIBLE, texts_and_rewritings, wild

from vnsearch.text.characters import (
    LOOKALIKES,
    MAX_MARKS,
    is_ideograph,
    is_invisible,
    is_mark,
    is_pictograph,
    repair,
)

REPAIRED = [
    ("Ðảng", "Đảng"),
    ("ðường", "đường"),
    ("Ɖường ɖi", "Đường đi"),
    ("d\u0335i D\u0336i", "đi Đi"),
    ("to\u0340i ca\u0341", "tòi cá"),
    ("e\u0301\u0302", "ế"),
    ("ê\u0301", "ế"),
    ("é\u0302", "ế"),
    ("o\u0323\u031b", "ợ"),
    ("a\u0323\u0306", "ặ"),
    ("ＴＰ．ＨＣＭ １２３", "TP.HCM 123"),
    ("𝐇à 𝑵ội", "Hà Nội"),
    ("ﬃ ﬁ", "ffi fi"),
    ("m² ½", "m2 1⁄2"),
    ("a\u00a0b", "a b"),
    ("kinh\u00adtế", "kinhtế"),
    ("a\u200bb\u200cc\u200dd\u2060e\ufefff", "abcdef"),
    ("\u202evb\u202c", "vb"),
    ("❤\ufe0f", "❤"),
    ("“đúng” – ‘sai’ — …", "“đúng” – ‘sai’ — ..."),
    ("café niño", "café niño"),
    ("", ""),
]


@pytest.mark.parametrize(("found", "meant"), REPAIRED)
def test_repair(found: str, meant: str) -> None:
    assert repair(found) == meant


@pytest.mark.parametrize("letter", ["ế", "Ợ", "ặ", "ữ", "Ẫ"])
def test_marks_come_in_any_order_with_invisible_characters_between(letter: str) -> None:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    for order in permutations(marks):
        for between in ("", *INVISIBLE):
            assert repair(base + between.join(("", *order))) == letter


def test_the_same_mark_twice_is_one_mark() -> None:
    assert repair("a\u0301\u0301\u0301") == "á"


def test_a_mark_without_a_letter_vanishes_at_the_start_and_stays_on_what_is_before_it() -> None:
    assert repair("\u0301") == ""
    assert repair("\u0301\u0302a\u0301") == "á"
    assert repair("- \u0301") == "- \u0301"


def test_only_so_many_marks_of_a_letter_are_read() -> None:
    assert repair("a" + "\u0301" * 100_000) == "á"
    many = "".join(chr(c) for c in range(0x305, 0x305 + 100))
    assert len(unicodedata.normalize("NFD", repair("b" + many + "c"))) == MAX_MARKS + 2


def test_modifier_eth_is_repaired_at_once() -> None:
    """NFKC makes ð of U+1D9E; the spelling of ð must be looked at after it, not before."""
    assert repair("\u1d9e") == "đ"


@given(wild)
@example("a\u0302\u0306\u0301")  # two vowel marks keep their order
def test_repair_is_idempotent(text: str) -> None:
    assert repair(repair(text)) == repair(text)


@given(wild)
def test_repaired_text_is_composed_and_visible(text: str) -> None:
    repaired = repair(text)
    assert unicodedata.is_normalized("NFC", repaired)
    assert text.isascii() or not any(is_invisible(c) for c in repaired)


@given(texts_and_rewritings())
def test_all_writings_of_a_text_repair_to_one(pair: tuple[str, str]) -> None:
    text, written = pair
    assert repair(written) == repair(text)


def test_every_code_point_repairs_to_something_stable() -> None:
    planes = [*range(0x3400), *range(0xA000, 0xAC10), *range(0xD7A0, 0x11000), *range(0x1D000, 0x20000)]
    changed = [hex(point) for point in planes if repair(once := repair(chr(point))) != once]
    assert changed == []


def test_classes_of_characters() -> None:
    assert all(map(is_invisible, INVISIBLE))
    assert all(map(is_invisible, "\u115f\u1160\u3164\uffa0"))
    assert not any(map(is_invisible, "a đ\u00a0-\u0301東🇻\0\ud800"))
    assert all(map(is_mark, "\u0300\u0341\u0323")) and not is_mark("a")
    assert all(map(is_ideograph, "東京かカ㐀豈𠀀")) and not any(map(is_ideograph, "ađ한ก。、"))
    assert all(map(is_pictograph, "🇻👍🏽🤖")) and not any(map(is_pictograph, "a☎東"))


def test_a_lookalike_is_one_lower_case_letter_for_one() -> None:
    for strange, latin in LOOKALIKES.items():
        assert strange.islower() and latin.isascii() and latin.islower() and len(latin) == 1
