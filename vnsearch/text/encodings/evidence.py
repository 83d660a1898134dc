"""How sure is it that a text is written in an old encoding? Count what becomes Vietnamese.

A text is a bag of chunks (what stands between white space). A *reading* turns the whole text into another; a chunk is

* **valid** when every word in it that bears a mark is a Vietnamese syllable after the reading,
* **gained** when it is valid now and was not as it stood,
* **strange** when it is gained and looks like nothing else one meets: `ViÖt`, `hoaø`, `Viá»‡t`, `Vie^.t`.

A reading is believed when nearly all chunks that it is about are valid, at least one is strange, gained and strange
ones add up to `ENOUGH`, and the words without marks look Vietnamese too. French or German never comes near: its letters
é à ô ... mean other letters in the old encodings, and its words do not become syllables. Correct Vietnamese cannot gain
what it already has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from ...records import record
from ..alphabet import TONELESS
from ..syllable import is_syllable
from . import entities, mojibake, viqr
from .tcvn import read_tcvn3, read_tcvn5712
from .viscii import read_viscii
from .vni import read_vni
from .vps import read_vps
from .windows1258 import read_windows_1258

ENOUGH: Final = 4
"""How much evidence a text must give: a gained chunk is one, a strange one more (see `Reading.weight`)."""

VALID_SHARE: Final = 0.75
"""The share of chunks with marks that must be Vietnamese after a reading; the rest is names and misprints."""

PLAIN_SHARE: Final = 0.5
"""The share of all words that must be possible syllables where the other evidence is short."""

LONGEST: Final = 7
"""The letters of the longest syllables (nghiêng)."""

PLENTY: Final = 8
"""Gained chunks from which on a text may have many foreign words without marks: program text, or a word list."""

_CHUNK: Final = re.compile(r"[^ \t\r\n]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_PIERCED: Final = re.compile(r"[^\W\d_][\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf][^\x00-\x40]")
"""A sign in the middle of a word, where a byte of UTF-8 or of a font shows."""
_UNREAD: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""Control characters: bytes that a reading has no letter for."""
_NAMED: Final = re.compile(r"&[A-Za-z]+;")
_MARKED: Final = re.compile(r"[^\t\n\r\x20-\x7e]")
"""Anything but plain ASCII: three of the old encodings put rare capitals on control characters."""


@record(frozen=True, slots=True)
class Reading:
    """One way to read a text: what it is called, how it reads, and what its text looks like.

    `about` finds the chunks it can say something of; `strange` those that look like nothing else, each worth `weight`
    more than a gained one.
    """

    name: str
    read: Callable[[str], str]
    strange: re.Pattern[str]
    weight: int = 2
    about: re.Pattern[str] = _MARKED


@record(frozen=True, slots=True)
class Evidence:
    """What a text says about one reading. All counts are of distinct chunks."""

    reading: Reading
    valid: int
    invalid: int
    gained: int
    strange: int
    plain: int
    """Words without marks."""
    plain_valid: int
    """... of which possible syllables."""

    @property
    def score(self) -> int:
        """By which readings of one text are compared."""
        return self.valid - self.invalid

    @property
    def fits(self) -> bool:
        """Whether what becomes of the text is Vietnamese."""
        if self.valid < VALID_SHARE * (self.valid + self.invalid):
            return False
        foreign = self.plain - self.plain_valid
        if foreign <= (1 - PLAIN_SHARE) * (self.gained + self.plain):
            return True
        return self.gained >= PLENTY and self.gained * 4 >= foreign

    @property
    def amount(self) -> int:
        """How much there is of it."""
        bonus = 1 if self.plain and self.plain == self.plain_valid else 0
        return self.gained + self.reading.weight * self.strange + bonus

    @property
    def sure(self) -> bool:
        """Whether to believe it."""
        return bool(self.strange) and self.fits and self.amount >= ENOUGH


# A letter and then a character that no word has there, or a small letter and then a capital: the bytes of TCVN3.
_TCVN3_STRANGE: Final = re.compile(r"[A-Za-zÀ-ÿ](?:[µ¶¸¼½¾¨¬®\xad]|[«»][a-z])|®[a-zß-ÿ]|[a-z][À-ß]|[A-Z][à-ÿ][A-Z]")
# Two vowels of which the second bears what VNI writes for circumflex or huyền; ươ.
_VNI_STRANGE: Final = re.compile(r"[aeoAEO][âáàåãäÂÁÀÅÃÄ]|[aeouyôöAEOUYÔÖ][øØ]|[öÖ][ôÔùïÙÏ]")
_MOJIBAKE_STRANGE: Final = re.compile(
    r"áº[^\x00-\x7f]|á»[^\x00-\x7f]|Ä[‘\x90\x91]|Æ[°¡]|Ã¡Â[º»]|Ã„[‘’\x90-\x92]|Ã†Â[°¡]"
)
_ENTITY_STRANGE: Final = re.compile(r"[A-Za-z]&[#A-Za-z0-9]+;|&[#A-Za-z0-9]+;[A-Za-z]")

VIQR: Final = Reading("viqr", viqr.read_viqr, viqr.STRANGE, about=viqr.CLEAR)
ENTITIES: Final = Reading("html", entities.read_entities, _ENTITY_STRANGE, weight=3, about=entities.REFERENCE)
MOJIBAKE: Final = Reading("mojibake", mojibake.read_mojibake, _MOJIBAKE_STRANGE, weight=3, about=mojibake.SEQUENCE)
TCVN3: Final = Reading("tcvn3", read_tcvn3, _TCVN3_STRANGE)
VNI: Final = Reading("vni", read_vni, _VNI_STRANGE)

BYTE_READINGS: Final = (
    Reading("windows-1258", read_windows_1258, _MARKED, weight=1),
    TCVN3,
    VNI,
    Reading("viscii", read_viscii, _MARKED, weight=1),
    Reading("vps", read_vps, _MARKED, weight=1),
    Reading("tcvn5712", read_tcvn5712, _MARKED, weight=1),
)
"""The encodings a file may be in. Of two that explain it equally well the first wins: the nearest to Latin-1 leads."""


def weigh(text: str, readings: Iterable[Reading]) -> list[Evidence]:
    """The evidence of a text for each reading. Time is linear in the text; each distinct chunk is read once."""
    chunks = sorted(set(_CHUNK.findall(text)))
    found = []
    sides: dict[re.Pattern[str], tuple[list[str], int, int]] = {}
    for reading in readings:
        if reading.about not in sides:
            sides[reading.about] = _sides(chunks, reading.about)
        found.append(_weigh(reading, *sides[reading.about]))
    return found


def _sides(chunks: list[str], about: re.Pattern[str]) -> tuple[list[str], int, int]:
    """The chunks that a reading is about; of the others the words without marks, and how many may be syllables."""
    concerned: list[str] = []
    plain: set[str] = set()
    for chunk in chunks:
        if about.search(chunk):
            concerned.append(chunk)
        elif chunk.isascii():
            # Abbreviations and names of characters are words of no language.
            words = _WORD.findall(_NAMED.sub(" ", chunk) if "&" in chunk else chunk)
            plain.update(word.lower() for word in words if len(word) == 1 or not word.isupper())
    return concerned, len(plain), sum(map(_is_syllable, plain))


def _weigh(reading: Reading, chunks: list[str], plain: int, plain_valid: int) -> Evidence:
    valid = invalid = gained = strange = 0
    # No reading makes or takes a line end, so all chunks are read in one call.
    read = unicodedata.normalize("NFC", reading.read("\n".join(chunks))).split("\n") if chunks else []
    for chunk, after in zip(chunks, read, strict=True):
        if _UNREAD.search(after):
            invalid += 1
            continue
        words = _WORD.findall(after)
        marked = [word for word in words if not word.isascii()]
        if not marked:
            continue
        if not all(map(_is_word, marked)):
            invalid += 1
            continue
        valid += 1
        # One letter proves nothing (© is â, · is ã), nor does a syllable beside a foreign word (Meán-Ollainnis).
        if after == chunk or max(map(len, marked)) == 1 or not all(map(_may_be_written, words)):
            continue
        if not _stands(chunk):
            gained += 1
            strange += bool(reading.strange.search(chunk))
    return Evidence(reading, valid, invalid, gained, strange, plain, plain_valid)


def _is_word(word: str) -> bool:
    """Whether a word with marks is Vietnamese. No syllable ends in ă or â, which stand only as names of letters."""
    small = word.lower()
    return _is_syllable(small) and (len(word) == 1 or TONELESS[small[-1]] not in "ăâ")


@lru_cache(maxsize=65536)
def _is_short_syllable(word: str) -> bool:
    return is_syllable(word)


def _is_syllable(word: str) -> bool:
    # Rubbish has words of any length, which must not fill caches.
    return len(word) <= LONGEST and _is_short_syllable(word)


def _may_be_written(word: str) -> bool:
    """Whether a writer of Vietnamese may have meant a word: a syllable or an abbreviation, its capitals in order."""
    if word.isupper() or len(word) == 1:
        return True
    return word[1:].islower() and (not word.isascii() or _is_syllable(word.lower()))


def _stands(chunk: str) -> bool:
    """Whether a chunk is Vietnamese as it stands. (Hoà Lan is, though VNI would read hồ.)"""
    words = [word for word in _WORD.findall(chunk) if not word.isascii()]
    return (
        bool(words) and not _PIERCED.search(chunk) and all(_is_word(word) and _may_be_written(word) for word in words)
    )
