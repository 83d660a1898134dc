"""One spelling for every token: canonical, bare, and the key under which equal spellings meet.

Three forms of a token, each a function of the one before:

* **canonical**: characters repaired, lower case, tone mark in its place, look-alike letters read as Latin. Two tokens
  with equal canonical forms are the same word typed on different keyboards.
* **key**: i for y where a syllable ends in that sole vowel (kỹ = kĩ, lý = lí, never tay = tai). It serves matching and
  is never shown.
* **bare**: the key without any mark, as one types in a hurry (đường -> duong, kỹ -> ki).

Sources: Decision 240/QĐ (1984) for i in place of y after a consonant; unidecode for letters of other scripts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .alphabet import LETTERS
from .characters import LOOKALIKES, is_ideograph, repair
from .syllable import parse, place_tone

MAX_TERM: Final = 255
"""Longer tokens are cut to this many characters: nobody types them, and an index need not hold them."""

_BARE: Final = str.maketrans({c: b for c, (b, _, _) in LETTERS.items()})
_WHOLE: Final = frozenset(LETTERS)
_Y_TO_I: Final = {"y": "i", "ý": "í", "ỳ": "ì", "ỷ": "ỉ", "ỹ": "ĩ", "ỵ": "ị"}


def canonical(token: str) -> str:
    """The canonical form of one token, as `tokens.tokenize` cuts it. Empty where nothing visible is left.

    >>> canonical("HOÀ"), canonical("Ðảng"), canonical("Việt"), canonical("Nаm")  # the last with a Cyrillic а
    ('hòa', 'đảng', 'việt', 'nam')
    """
    if token.isascii():
        return token.lower()[:MAX_TERM]
    return _canonical(token) if len(token) <= 64 else _spell(token[: 4 * MAX_TERM])


def _spell(token: str) -> str:
    letters = token.lower()
    if not _WHOLE.issuperset(letters):  # most are spelled with whole letters of the alphabet
        letters = repair(repair(token[: 4 * MAX_TERM]).lower())
        if not letters.isascii():
            letters = _read_lookalikes(letters)
    return place_tone(letters)[:MAX_TERM]


_canonical = lru_cache(maxsize=65536)(_spell)


def _read_lookalikes(letters: str) -> str:
    """Cyrillic or Greek letters inside a Latin word become the Latin letters they look like; others stay."""
    strange = [c for c in letters if c in LOOKALIKES]
    if not strange:
        return letters
    others = [c for c in letters if c not in LOOKALIKES and c.isalpha()]
    if not others or not all(c in LETTERS for c in others):
        return letters
    return repair("".join(LOOKALIKES.get(c, c) for c in letters))


@lru_cache(maxsize=65536)
def key(canonical_token: str) -> str:
    """The canonical token with a final y that is the sole vowel of its syllable read as i.

    >>> key("kỹ"), key("quý"), key("tay"), key("thúy"), key("y")
    ('kĩ', 'quí', 'tay', 'thúy', 'y')
    """
    final = _Y_TO_I.get(canonical_token[-1:])
    if final is None or len(canonical_token) < 2:
        return canonical_token
    # The shape is read off the bare letters, so that all markings of a syllable keep one bare form.
    parts = parse(canonical_token.translate(_BARE))
    if parts is None or parts.rime != "y":
        return canonical_token
    return canonical_token[:-1] + final


@lru_cache(maxsize=65536)
def fold(canonical_token: str) -> str:
    """A canonical token without its marks, y kept: what a reader calls the unaccented spelling.

    Letters outside the Vietnamese alphabet go through unidecode, ideographs stay as they are.

    >>> fold("đường"), fold("kỹ"), fold("café"), fold("москва"), fold("東")
    ('duong', 'ky', 'cafe', 'moskva', '東')
    """
    folded = canonical_token.translate(_BARE)
    if folded.isascii():
        return folded
    return _fold_foreign(folded)


def _fold_foreign(token: str) -> str:
    # unidecode takes a moment to import and few tokens need it.
    from unidecode import unidecode

    def plain(character: str) -> str:
        if is_ideograph(character) or character.isascii():
            return character
        if "\ud800" <= character <= "\udfff":
            return ""  # half a character, of which unidecode would warn
        return "".join(c for c in unidecode(character).lower() if c.isalnum())

    return "".join(map(plain, token))[:MAX_TERM] or token


def bare(canonical_token: str) -> str:
    """The form under which all markings of a syllable meet: `key(fold(token))`.

    >>> bare("đường"), bare("kỹ"), bare("kĩ")
    ('duong', 'ki', 'ki')
    """
    return key(fold(canonical_token))
