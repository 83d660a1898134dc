"""Characters as found -> characters as meant, and which of them make a token.

Real text writes one letter in many ways: decomposed (NFD), with its marks in any order, with deprecated marks, with Ð
(U+00D0, Icelandic) for Đ, full-width, as mathematical bold, with an invisible character inside. This module knows
characters only; `canonical` knows tokens and `syllable` knows syllables.

Sources: UAX #15 (normalization forms), UAX #29 section 4 (what extends a character), UTS #39 (look-alike letters),
The Unicode Standard 15, table 7.1 (deprecated tone marks U+0340, U+0341).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

SPELLED: Final = {
    "\u00d0": "Đ",  # Ð eth, the Đ of older newspapers and of Windows-1258 fonts
    "\u00f0": "đ",
    "\u0189": "Đ",  # Ɖ African D
    "\u0256": "đ",
}
"""Letters that are only ever another spelling of Vietnamese ones; what Unicode itself decomposes (deprecated U+0340 and
U+0341, say) needs no line here."""

_TONE_ORDER: Final = "\u0300\u0301\u0303\u0309\u0323"
_VOWEL_ORDER: Final = "\u0302\u0306\u031b"
_STROKE: Final = "\u0335\u0336"
MAX_MARKS: Final = 8
"""How many combining marks of one letter are read; the rest is decoration and is dropped."""

_CYRILLIC: Final = dict(zip("авеєіјкмнорсѕтухһԁԛԝ", "abeeijkmhopcstyxhdqw", strict=True))
_GREEK: Final = dict(zip("αβγεηικνορτυχω", "abyenikvoptuxw", strict=True))
LOOKALIKES: Final = _CYRILLIC | _GREEK
"""Lower-case Cyrillic and Greek letters that are drawn like a Latin one -> that letter."""


def is_invisible(character: str) -> bool:
    """Whether a character has no shape of its own: soft hyphen, zero-width and bidi characters, variation selectors,
    the fillers of Hangul."""
    if unicodedata.category(character) == "Cf" or character in "\u034f\u115f\u1160\u3164\uffa0":
        return True
    return "\ufe00" <= character <= "\ufe0f"


def is_mark(character: str) -> bool:
    """Whether a character combines with the one before it."""
    return unicodedata.category(character)[0] == "M"


@lru_cache(maxsize=4096)
def is_ideograph(character: str) -> bool:
    """Whether a character is a word of its own in text without spaces: Han, Hiragana, Katakana."""
    point = ord(character)
    return (
        0x3400 <= point <= 0x4DBF
        or 0x4E00 <= point <= 0x9FFF
        or 0x3041 <= point <= 0x30FF
        or 0x31F0 <= point <= 0x31FF
        or 0xF900 <= point <= 0xFAFF
        or 0x20000 <= point <= 0x3FFFF
    )


def is_pictograph(character: str) -> bool:
    """Whether a character is an emoji that can be searched for."""
    return 0x1F1E6 <= ord(character) <= 0x1FAFF


def _order_marks(marks: list[str]) -> str:
    """Marks of one letter in the order that composes: vowel mark, then tone, then what is foreign."""
    vowels = [m for m in marks if m in _VOWEL_ORDER]
    tones = [m for m in marks if m in _TONE_ORDER]
    foreign = [m for m in marks if m not in _VOWEL_ORDER and m not in _TONE_ORDER]
    return "".join(dict.fromkeys((*vowels, *tones, *foreign)))


def repair(text: str) -> str:
    """Text with every character as it was meant, composed (NFC); case and spelling stay.

    Compatibility forms become the plain ones (UAX #15, NFKC), invisible characters vanish, combining marks may come in
    any order and number. Linear in the length of the text; `repair(repair(t)) == repair(t)`.

    >>> repair("Ð\u200da\u0309ng"), repair("e\u0301\u0302"), repair("\uff34\uff30")
    ('Đảng', 'ế', 'TP')
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text)
    for found, meant in SPELLED.items():
        text = text.replace(found, meant)
    composed: list[str] = []
    marks: list[str] = []
    for character in text:
        if is_mark(character):
            if composed and len(marks) < MAX_MARKS and not is_invisible(character):
                marks.append(character)
            continue
        if is_invisible(character):
            continue
        if marks:
            _close(composed, marks)
        composed.append(character)
    if marks:
        _close(composed, marks)
    return unicodedata.normalize("NFC", "".join(composed))


def _close(composed: list[str], marks: list[str]) -> None:
    """Put the collected marks on the last letter."""
    if composed[-1] in "dD" and any(m in _STROKE for m in marks):
        composed[-1] = "đ" if composed[-1] == "d" else "Đ"
        marks[:] = [m for m in marks if m not in _STROKE]
    composed.append(_order_marks(marks))
    marks.clear()
