"""Bytes of a file -> text, whatever Vietnamese encoding they are in.

In the order of how much each step proves: a byte order mark; the zero bytes of UTF-16; well-formed UTF-8, which no
other encoding produces by chance; then the old one-byte encodings, of which the one that makes the most syllables wins.
"""

from __future__ import annotations

import codecs
from typing import Final

from .evidence import BYTE_READINGS, weigh
from .repair import Decoded, repair
from .western import read_western

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PAGES: Final = (0x00, 0x01, 0x03, 0x1E, 0x20)
"""The pages of Unicode that Vietnamese text is in: Latin, combining marks, punctuation."""

_HEAD: Final = 1 << 12
_SAMPLE: Final = 1 << 20
_DAMAGE: Final = 0.02
"""The share of broken sequences up to which a file is still UTF-8."""


def decode(data: bytes) -> Decoded:
    """The text of a file, whatever Vietnamese encoding it is in; never raises, and drops a byte order mark.

    Well-formed Unicode goes through `repair`. What cannot be told is read as Windows-1252, so that no byte is lost, and
    called "latin-1" where it looks like Western text, else "unknown".

    >>> decode("Tiếng Việt".encode("utf-16")).encoding
    'utf-16-le'
    >>> decode(b"C\\xe9ng ho\\xb5 x\\xb7 h\\xe9i")
    Decoded(text='Cộng hoà xã hội', encoding='tcvn3', certain=True)
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_unicode(data[len(mark) :], encoding)
    wide = _wide(data[:_HEAD])
    if wide:
        return _decode_unicode(data, wide)
    try:
        return _repaired(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_bytes(data)


def _decode_unicode(data: bytes, encoding: str) -> Decoded:
    try:
        return _repaired(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), encoding, False)


def _repaired(text: str, encoding: str) -> Decoded:
    found = repair(text)
    if found.encoding == "utf-8":
        return Decoded(found.text, encoding, found.certain)
    return found


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: all letters of Vietnamese are in a few pages of Unicode, and half of them in page 0."""
    pairs = len(head) // 2
    if 0 not in head or pairs < 2:
        return None
    even, odd = head[0 : 2 * pairs : 2], head[1 : 2 * pairs : 2]
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if (
            high.count(0) >= 0.4 * pairs
            and sum(map(high.count, _PAGES)) >= 0.9 * pairs
            and low.count(0) <= 0.05 * pairs
        ):
            return encoding
    return None


def _decode_bytes(data: bytes) -> Decoded:
    if _is_nearly_utf8(data):
        return Decoded(repair(data.decode("utf-8", "replace")).text, "utf-8", False)
    text = read_western(data)
    best = max(weigh(text[:_SAMPLE], BYTE_READINGS), key=lambda evidence: evidence.score)
    if best.sure:
        return Decoded(best.reading.read(text), best.reading.name, True)
    western = not any(c < "\t" or "\x0e" <= c < "\x20" or "\x7f" <= c < "\xa0" for c in text[:_HEAD])
    return Decoded(text, "latin-1" if western else "unknown", False)


def _is_nearly_utf8(data: bytes) -> bool:
    """UTF-8 that was cut within a letter, or has a few broken bytes among many whole letters."""
    sample = data[:_SAMPLE].decode("utf-8", "replace")
    broken = sample.count("\ufffd")
    whole = len(sample) - len(sample.encode("ascii", "ignore")) - broken
    if whole and broken <= _DAMAGE * whole:
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError:
        return False
    return whole > 0
