"""The shape of a syllable, and the one place of its tone mark."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from strategies import SYLLABLES, alphabetic, syllables, tone_placements, wild

from vnsearch.text.alphabet import TONE_OF, TONELESS, Tone
from vnsearch.text.syllable import assemble, is_syllable, parse, place_tone

# (as written, the canonical spelling)
PLACED = [
    # the two styles
    *[("hoà", "hòa"), ("hòa", "hòa"), ("thuý", "thúy"), ("thúy", "thúy"), ("khoẻ", "khỏe"), ("khỏe", "khỏe")],
    *[("uỷ", "ủy"), ("ủy", "ủy"), ("toạ", "tọa"), ("xoè", "xòe"), ("huỷ", "hủy"), ("luỹ", "lũy")],
    # after the glide of qu and gi
    *[("qủa", "quả"), ("qúy", "quý"), ("gìa", "già"), ("gỉa", "giả"), ("gíup", "giúp"), ("qùy", "quỳ"), ("qúi", "quí")],
    # misplaced
    *[("nghiã", "nghĩa"), ("hòan", "hoàn"), ("giừơng", "giường"), ("gừơng", "gường"), ("mừơi", "mười")],
    *[("chuỵên", "chuyện"), ("cuả", "của"), ("muà", "mùa"), ("tùân", "tuần"), ("ngừơi", "người"), ("huýnh", "huýnh")],
    *[("khủyu", "khuỷu"), ("ngòeo", "ngoèo"), ("tuý", "túy"), ("qúôc", "quốc"), ("gíêng", "giếng"), ("gỉêng", "giểng")],
    # typed with vowel marks missing, the tone in its place
    *[("duờng", "duờng"), ("dùơng", "duờng"), ("giưòng", "giừong"), ("hòang", "hoàng"), ("tíêng", "tiếng")],
]

# right as they are, and close to what the rules above move
UNTOUCHED = """
quý quỳ quỷ quỹ quỵ quả quà quá quốc quyết giá già giả giã giếng giường giữa gì mùa múa của thuở lúa mía bìa nghĩa
khuya khuỷu khuỳnh ngoèo hoài khoái thoải người rượu tuổi cửu hươu yến ý ở ủy ỷ hoàng loét tuyết chuyện tuần suýt
""".split()

FOREIGN = "oasis café résumé báda aísle qún qúc qủng hanội đ ñ đc x b2b năm2018 ŵ 東京 москва ábá".split()


@pytest.mark.parametrize(("written", "meant"), PLACED)
def test_tone_marks_move_to_their_place(written: str, meant: str) -> None:
    assert place_tone(written) == meant


@pytest.mark.parametrize("word", UNTOUCHED)
def test_right_spellings_stay(word: str) -> None:
    assert place_tone(word) == word
    assert is_syllable(word)


@pytest.mark.parametrize("word", FOREIGN)
def test_what_is_no_syllable_stays(word: str) -> None:
    assert place_tone(word) == word
    assert not is_syllable(word)


def test_there_are_thousands_of_syllables_and_each_is_its_own_canonical_spelling() -> None:
    assert 15_000 < len(SYLLABLES) < 25_000
    assert [s for s in SYLLABLES if place_tone(s) != s] == []


def test_the_tone_may_stand_on_any_vowel_of_any_syllable() -> None:
    wrong = [(w, s, place_tone(w)) for s in SYLLABLES for w in tone_placements(s) if place_tone(w) != s]
    assert wrong == []


def test_every_syllable_is_assembled_from_its_parts() -> None:
    for syllable in SYLLABLES:
        parts = parse(syllable)
        assert parts is not None
        assert assemble(*parts) == syllable
        assert len(syllable) <= 7


@pytest.mark.parametrize(
    ("token", "onset", "rime", "tone"),
    [
        ("đường", "đ", "ương", Tone.HUYEN),
        ("nghiêng", "ngh", "iêng", Tone.NGANG),
        ("giếng", "gi", "êng", Tone.SAC),
        ("già", "gi", "a", Tone.HUYEN),
        ("gì", "g", "i", Tone.HUYEN),
        ("gin", "g", "in", Tone.NGANG),
        ("quý", "qu", "y", Tone.SAC),
        ("quỳnh", "qu", "ynh", Tone.HUYEN),
        ("yến", "", "yên", Tone.SAC),
        ("duờng", "d", "uơng", Tone.HUYEN),
        ("duong", "d", "uong", Tone.NGANG),
    ],
)
def test_parts(token: str, onset: str, rime: str, tone: Tone) -> None:
    assert parse(token) == (onset, rime, tone)


@pytest.mark.parametrize(
    "token", ["", "ng", "test", "xyz", "đườngg", "fa", "za", "wa", "a1", "1", "bábá", "qu", "hoèng"]
)
def test_what_has_no_parts(token: str) -> None:
    assert parse(token) is None


@pytest.mark.parametrize("token", ["bac", "hoc", "bàc", "học̀", "nhất ", "viet", "viêt", "duờng", "dong2", "ĐƯỜNG", ""])
def test_what_is_no_complete_syllable(token: str) -> None:
    assert not is_syllable(token)


@given(alphabetic)
def test_placing_the_tone_changes_nothing_else(token: str) -> None:
    placed = place_tone(token)
    assert place_tone(placed) == placed
    assert [TONELESS[c] for c in placed] == [TONELESS[c] for c in token]
    assert sorted(filter(None, map(TONE_OF.get, placed))) == sorted(filter(None, map(TONE_OF.get, token)))


@given(wild | syllables)
def test_anything_may_be_asked(token: str) -> None:
    parts = parse(token)
    if parts is None:
        assert place_tone(token) == token
    else:
        assert unicodedata.is_normalized("NFC", assemble(*parts))
    assert not is_syllable(token) or parts is not None
