"""The ways to type a query: as given, without marks or some of them, in other spellings of the same, with a slip.

What a form draws at random depends on the seed, the form and the query, and on no other query: a sample of a set, or
its first queries, are typed as they are in the whole set.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

WORD: Final = re.compile(r"[^\W_]+")
"""A word of text in NFC."""

_TONES: Final = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_MARKS: Final = {**_TONES, **dict.fromkeys(map(ord, "\u0302\u0306\u031b"))}
_OPEN: Final = re.compile(r"(?<!q)(?:o[ae]|uy)$", re.IGNORECASE)
"""The rimes whose tone stands on the first vowel in the old style and on the second in the new."""

_HOI, _NGA = "\u0309", "\u0303"
_CONFUSABLE: Final = re.compile("[aeiouy][\u0302\u0306\u031b]*([\u0303\u0309])", re.IGNORECASE)
"""A vowel with hỏi or ngã, in NFD."""


def nfc(text: str) -> str:
    """Text with its characters composed."""
    return unicodedata.normalize("NFC", text)


def bare(text: str) -> str:
    """Text without any mark."""
    return _without(text, _MARKS).replace("đ", "d").replace("Đ", "D")


def toneless(text: str) -> str:
    """Text without tones; vowel marks and đ stay."""
    return _without(text, _TONES)


def moved(text: str) -> str:
    """Text with the tones of open oa, oe, uy on the other vowel: hòa as hoà, hoà as hòa."""
    return WORD.sub(lambda match: _moved(match.group()), nfc(text))


def half(text: str, rng: random.Random) -> str:
    """Text of which each syllable has lost its marks with a probability of one half."""
    return WORD.sub(lambda match: bare(match.group()) if rng.random() < 0.5 else match.group(), nfc(text))


def confused(text: str, rng: random.Random) -> str:
    """Text of which one vowel, where any has hỏi or ngã, has the other."""
    decomposed = unicodedata.normalize("NFD", text)
    places = [match.start(1) for match in _CONFUSABLE.finditer(decomposed)]
    if places:
        place = rng.choice(places)
        other = _NGA if decomposed[place] == _HOI else _HOI
        decomposed = decomposed[:place] + other + decomposed[place + 1 :]
    return nfc(decomposed)


FORMS: Final[Mapping[str, Callable[[str, random.Random], str]]] = {
    "given": lambda text, _: text,
    "unmarked": lambda text, _: bare(text),
    "half": half,
    "toneless": lambda text, _: toneless(text),
    "moved": lambda text, _: moved(text),
    "nfd": lambda text, _: unicodedata.normalize("NFD", text),
    "upper": lambda text, _: text.upper(),
    "confused": confused,
}
"""Form -> how it types a text."""


def typed(form: str, text: str, seed: str) -> str:
    """A query in a form; what is random depends on the seed and the form."""
    return FORMS[form](text, random.Random(f"{seed} {form}"))


def is_bare(text: str) -> bool:
    """Whether text bears no mark, so that it may have been typed without them."""
    text = nfc(text)
    return bare(text) == text


def _without(text: str, marks: Mapping[int, None]) -> str:
    return nfc(unicodedata.normalize("NFD", text).translate(marks))


def _moved(syllable: str) -> str:
    plain = toneless(syllable)
    tones = [c for c in unicodedata.normalize("NFD", syllable) if ord(c) in _TONES]
    found = _OPEN.search(plain)
    if not found or len(tones) != 1:
        return syllable
    first, second = found.start(), found.start() + 1
    if len(plain) != len(syllable) or plain[:first] != syllable[:first]:
        return syllable
    place = first if syllable[first] == plain[first] else second
    return nfc(plain[: place + 1] + tones[0] + plain[place + 1 :])
