"""Hypothesis strategies for the language: syllables, texts, other writings of the same text, and any Unicode."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from vnsearch.text.alphabet import CHARACTERS, LETTERS, Tone
from vnsearch.text.syllable import ONSETS, RIMES, assemble, is_syllable, place_tone

_MADE: Final = {assemble(onset, rime, tone) for onset in ("", *ONSETS) for rime in RIMES for tone in Tone}
SYLLABLES: Final = sorted(s for s in _MADE if is_syllable(s) and place_tone(s) == s)
"""Every complete syllable that onsets, rimes and tones make, but for g + ia, which is read gi + a (gìa is già)."""

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u2060\ufe0f\ufeff\u034f"
"""Soft hyphen, zero-width and bidi characters, a variation selector, the grapheme joiner."""

SEPARATORS: Final = (
    " ",
    "  ",
    "\u00a0",
    "\u2009",
    "\n",
    "\t",
    ", ",
    ". ",
    " – ",
    "—",
    "-",
    "/",
    "…",
    "_",
    "” “",
    "’",
    "'",
)
"""What may stand between two tokens; some of it is white space, some is not."""

VARIANTS: Final = {plain: [c for c in CHARACTERS if LETTERS[c][0] == plain] for plain in sorted(set(CHARACTERS))}
"""Plain letter -> the letters of the alphabet that are it under any mark and tone."""

PIECES: Final = (
    *("\ud800", "\udc00", "\udfff", "\0", "\x1b[31m", "\x85", "\u2028", "\r\n", "\u0378", "\U000e0001", "\U0010ffff"),
    *("İ", "ı", "ß", "ẞ", "ŉ", "ǰ", "ᶞ", "ΐ", "Σ", "ϲ", "ﬃ", "㎏", "½", "²", "ª", "Ð", "ð", "Ɖ", "ɖ"),
    *("\u0340", "\u0341", "\u0344", "\u0300", "\u0309", "\u0303", "\u0323", "\u0302", "\u0306", "\u031b", "\u0335"),
    *("東", "京", "か", "カ", "ｶ", "ﾞ", "豈", "한", "각", "\u1100\u1161", "ก", "ำ", "ا", "ﷺ", "𝐇", "Ｔ", "１"),
    *(
        "🇻🇳",
        "🇻",
        "👍🏽",
        "👨\u200d👩\u200d👧",
        "❤\ufe0f",
        "\u200d",
        "\u200b",
        "\u00ad",
        "\u034f",
        "\u115f",
        "\U000e0100",
    ),
    *("1.000.000", "18/1/2022", "TP.HCM", "đường", "QUÝ", "аbс", "ky", "kỹ", "qúý", "qưy", "кы", " ", ".", "-"),
)
"""What is known to be troublesome."""

syllables: SearchStrategy[str] = st.sampled_from(SYLLABLES)

alphabetic: SearchStrategy[str] = st.text(alphabet=CHARACTERS, max_size=9)
"""Short strings of the letters and digits of Vietnamese, most of them no syllables."""

wild: SearchStrategy[str] = st.lists(
    st.one_of(st.text(alphabet=st.characters(exclude_categories=()), max_size=6), st.sampled_from(PIECES)), max_size=12
).map("".join)
"""Any Unicode: lone surrogates, unassigned code points, controls, and what is known to be troublesome."""


@st.composite
def texts(draw: DrawFn, max_size: int = 8) -> str:
    """Vietnamese text in NFC: syllables in any case between separators of any kind."""
    cases = st.sampled_from((str.lower, str.upper, str.title))
    words = [draw(cases)(syllable) for syllable in draw(st.lists(syllables, max_size=max_size))]
    return "".join(word + draw(st.sampled_from(SEPARATORS)) for word in words)


@st.composite
def rewritten(draw: DrawFn, text: str) -> str:
    """Another writing of the same text: each letter composed, decomposed, or half so, its marks in any order, the tone
    marks deprecated, invisible characters in between."""
    written: list[str] = []
    for character in text:
        letters = _forms(draw, character)
        for letter in letters:
            written.append(letter)
            if draw(st.integers(0, 5)) == 5:
                written.append(draw(st.sampled_from(INVISIBLE)))
    return "".join(written)


def _forms(draw: DrawFn, character: str) -> Sequence[str]:
    if draw(st.booleans()):
        return character
    if character in "đĐ":
        return draw(st.sampled_from(("ð", "ɖ", "d\u0335") if character == "đ" else ("Ð", "Ɖ", "D\u0335")))
    base, *marks = list(unicodedata.normalize("NFD", character))
    deprecated = {"\u0300": "\u0340", "\u0301": "\u0341"}
    if not marks:
        return character
    return [base, *(deprecated.get(m, m) if draw(st.booleans()) else m for m in draw(st.permutations(marks)))]


@st.composite
def texts_and_rewritings(draw: DrawFn) -> tuple[str, str]:
    """A Vietnamese text in NFC, and another writing of it."""
    text = draw(texts())
    decomposed = unicodedata.normalize("NFD", text)
    return text, draw(st.one_of(st.just(decomposed), rewritten(text)))


@st.composite
def markings(draw: DrawFn, count: int = 2) -> list[str]:
    """Strings with the same plain letters under different marks; now a syllable's letters, now any letters."""
    token = draw(st.one_of(syllables, alphabetic))
    return ["".join(draw(st.sampled_from(VARIANTS[LETTERS[c][0]])) for c in token) for _ in range(count)]


@st.composite
def tone_anywhere(draw: DrawFn) -> tuple[str, str]:
    """A syllable in canonical spelling, and the same with its tone on any of its vowels."""
    syllable = draw(syllables)
    return syllable, draw(st.sampled_from(tone_placements(syllable)))


def tone_placements(syllable: str) -> list[str]:
    """The spellings of a syllable with its tone mark on each of its vowels in turn; of a level one, itself."""
    plain = [unicodedata.normalize("NFD", c) for c in syllable]
    tones = [m for letter in plain for m in letter if m in "\u0300\u0301\u0303\u0309\u0323"]
    if not tones:
        return [syllable]
    toneless = ["".join(m for m in letter if m not in tones) for letter in plain]
    return [
        unicodedata.normalize("NFC", "".join(toneless[: i + 1]) + tones[0] + "".join(toneless[i + 1 :]))
        for i, letter in enumerate(toneless)
        if letter[0] in "aeiouy"
    ]
