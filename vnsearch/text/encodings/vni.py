"""VNI-Windows: a letter and, after it, one character for all of its marks.

The VNI fonts draw the second byte as a mark over the letter before it: `aâ` is â, `aá` is ấ, `öô` is ươ. The marks of
one vowel family differ only in tone, so the whole encoding is three short rows (after a plain vowel, with a circumflex,
with a breve) and nine letters that fit in one byte. Capitals are the same characters in capitals.

Source: the keyboard and font convention of VNI Software (VNI-Times, VNI-Helve ...), as published with its fonts.
"""

from __future__ import annotations

import re
from typing import Final

from ..alphabet import Tone, VowelMark, compose

_TONES: Final = (Tone.SAC, Tone.HUYEN, Tone.HOI, Tone.NGA, Tone.NANG)
PLAIN: Final = dict(zip("ùøûõï", _TONES, strict=True))
CIRCUMFLEX: Final = dict(zip("âáàåãä", (Tone.NGANG, *_TONES), strict=True))
BREVE: Final = dict(zip("êéèúüë", (Tone.NGANG, *_TONES), strict=True))
SINGLE: Final = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))
"""The letters that VNI writes in one character."""


def _pairs() -> dict[str, str]:
    small: dict[str, str] = {}
    for vowels, marks, vowel_mark in (
        ("aeouy", PLAIN, VowelMark.NONE),
        ("aeo", CIRCUMFLEX, VowelMark.CIRCUMFLEX),
        ("a", BREVE, VowelMark.BREVE),
    ):
        for vowel in vowels:
            small |= {vowel + mark: compose(vowel, vowel_mark, tone) for mark, tone in marks.items()}
    for vowel, letter in (("ô", "o"), ("ö", "u")):
        small |= {vowel + mark: compose(letter, VowelMark.HORN, tone) for mark, tone in PLAIN.items()}
    small |= SINGLE
    every = dict(small)
    for written, letter in small.items():
        every[written.upper()] = letter.upper()
        # A capital letter with a small mark is common: the mark is drawn the same.
        every[written[0].upper() + written[1:]] = letter.upper()
    return every


VNI: Final = _pairs()
"""One or two Western characters -> the letter they draw."""

_WRITTEN: Final = re.compile("|".join(sorted(VNI, key=len, reverse=True)))


def read_vni(text: str) -> str:
    """Western text as VNI-Windows.

    >>> read_vni("Coäng hoaø xaõ hoäi chuû nghóa"), read_vni("ÑÖÔØNG AÂu")
    ('Cộng hoà xã hội chủ nghĩa', 'ĐƯỜNG Âu')
    """
    return _WRITTEN.sub(lambda written: VNI[written[0]], text)
