"""The Vietnamese alphabet: its letters, what each is made of, and a number for each.

The lower-case letters of Vietnamese with their tones, the four letters it borrows (f j w z) and the digits are 103
characters, so a byte holds one and 64 bits hold a syllable (`batch` reads them so).

Every table here is generated from the rules of the script: six vowel letters, which vowel mark each may bear, and six
tones. Sources: the alphabet of 29 letters and its tones as in the Unicode Standard 15, section 7.1 ("Vietnamese"), and
Decision 240/QĐ of the Ministry of Education (1984), which fixes the marks.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from typing import Final


class Tone(IntEnum):
    """The six tones, by their Vietnamese names."""

    NGANG = 0
    HUYEN = 1
    HOI = 2
    NGA = 3
    SAC = 4
    NANG = 5


class VowelMark(IntEnum):
    """The marks that make another vowel of a letter."""

    NONE = 0
    CIRCUMFLEX = 1
    BREVE = 2
    HORN = 3


TONE_MARKS: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""The combining character of each `Tone`."""

VOWEL_MARKS: Final = ("", "\u0302", "\u0306", "\u031b")
"""The combining character of each `VowelMark`."""

MARKED_VOWELS: Final = {"a": (1, 2), "e": (1,), "i": (), "o": (1, 3), "u": (3,), "y": ()}
"""Which vowel marks each vowel letter can bear, beside none."""


def compose(letter: str, mark: int = 0, tone: int = 0) -> str:
    """One character: a plain lower-case letter under a `VowelMark` and a `Tone`."""
    return unicodedata.normalize("NFC", letter + VOWEL_MARKS[mark] + TONE_MARKS[tone])


def _letters() -> dict[str, tuple[str, int, int]]:
    """Every character of the alphabet -> (plain letter, vowel mark, tone)."""
    parts: dict[str, tuple[str, int, int]] = {c: (c, 0, 0) for c in "0123456789abcdefghijklmnopqrstuvwxyz"}
    for vowel, marks in MARKED_VOWELS.items():
        for mark in (0, *marks):
            for tone in Tone:
                parts[compose(vowel, mark, tone)] = (vowel, mark, int(tone))
    parts["đ"] = ("d", 0, 0)
    return parts


LETTERS: Final = _letters()
"""Character -> (plain letter, vowel mark, tone). The stroke of đ is no vowel mark."""

CHARACTERS: Final = "".join(sorted(LETTERS))
"""The 103 characters in the order of Unicode; the code of a character is its place here plus one."""

CODE: Final[dict[str, int]] = {c: i for i, c in enumerate(CHARACTERS, start=1)}
"""Character -> code, 1 to 103. Code 0 is 'no character'."""

TONELESS: Final[dict[str, str]] = {c: compose(b, m) if c != "đ" else "đ" for c, (b, m, _) in LETTERS.items()}
"""Character -> the same without its tone."""

TONE_OF: Final[dict[str, int]] = {c: tone for c, (_, _, tone) in LETTERS.items()}
"""Character -> its tone."""

VOWELS: Final = frozenset(c for c, (b, _, _) in LETTERS.items() if b in MARKED_VOWELS)
"""The characters that are vowels, with any mark and tone."""
