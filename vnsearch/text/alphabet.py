"""The Vietnamese alphabet as numbers, and the syllable as one of them.

The lower-case letters of Vietnamese with their tones, the four letters it borrows (f j w z) and the digits are 103
characters, so seven bits hold one and 63 bits hold nine. `pack` writes up to nine of them into one unsigned 64-bit
integer, the first character in the highest bits. Codes follow the order of Unicode, so packed tokens sort exactly as
their strings do, and all tokens with a common prefix stand in one range.

Every table here is generated from the rules of the script: six vowel letters, which vowel mark each may bear, and six
tones. Sources: the alphabet of 29 letters and its tones as in the Unicode Standard 15, section 7.1 ("Vietnamese"), and
Decision 240/QĐ of the Ministry of Education (1984), which fixes the marks.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray


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

MAX_PACKED: Final = 9
"""The most characters that one packed token holds."""

BITS: Final = 7


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
"""Character -> (plain letter, vowel mark, tone). The stroke of đ is not a vowel mark: see `STROKE`."""

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


def _table(values: dict[str, int]) -> NDArray[np.uint8]:
    table = np.zeros(1 << BITS, dtype=np.uint8)
    for character, value in values.items():
        table[CODE[character]] = value
    table.setflags(write=False)
    return table


BARE_TABLE: Final = _table({c: CODE[b] for c, (b, _, _) in LETTERS.items()})
"""Code -> code of the plain letter; uint8[128]."""

TONE_TABLE: Final = _table(TONE_OF)
"""Code -> `Tone`; uint8[128]."""

MARK_TABLE: Final = _table({c: mark for c, (_, mark, _) in LETTERS.items()})
"""Code -> `VowelMark`; uint8[128]."""

STROKE_TABLE: Final = _table({c: int(c == "đ") for c in LETTERS})
"""Code -> 1 for đ, else 0; uint8[128]."""


def pack(token: str) -> int | None:
    """The packed form of a canonical token, or None where it is too long or holds a character outside the alphabet.

    >>> pack("a") < pack("an") < pack("đường")
    True
    """
    if len(token) > MAX_PACKED:
        return None
    packed = 0
    for character in token:
        code = CODE.get(character)
        if code is None:
            return None
        packed = packed << BITS | code
    return packed << BITS * (MAX_PACKED - len(token))


def unpack(packed: int) -> str:
    """The token that `pack` wrote.

    >>> unpack(pack("nghiêng"))
    'nghiêng'
    """
    token = []
    for place in range(MAX_PACKED - 1, -1, -1):
        code = packed >> BITS * place & 0x7F
        if not code:
            break
        token.append(CHARACTERS[code - 1])
    return "".join(token)


def bare_packed(packed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The packed bare form of each packed token; uint64[n] -> uint64[n].

    Nine table look-ups over the whole array, whatever its length.
    """
    bare = np.zeros_like(packed)
    for place in range(MAX_PACKED):
        shift = np.uint64(BITS * place)
        codes = (packed >> shift).astype(np.uint8) & np.uint8(0x7F)
        bare |= BARE_TABLE[codes].astype(np.uint64) << shift
    return bare
