"""Bytes of an old encoding written out as the characters that a Western reader shows for them.

Every old Vietnamese encoding lives in one byte, and every file in one has at some time been opened as Windows-1252. So
that is the common ground here: a byte 0xB5 is `µ`, whether it comes from a file or stands in a text that somebody
already saved as UTF-8. All tables of this package map such *Western text* to Vietnamese; one table serves both cases.

Source: Microsoft code page 1252; its five undefined bytes are read as the C1 controls of the same number, which is what
browsers do (WHATWG Encoding Standard) and which keeps the reading lossless.
"""

from __future__ import annotations

from typing import Final


def _character(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


WESTERN: Final = "".join(map(_character, range(256)))
"""Byte -> the character shown for it."""

_FROM_C1: Final = {byte: WESTERN[byte] for byte in range(0x80, 0xA0)}
_TO_LATIN: Final = {ord(c): byte for byte, c in enumerate(WESTERN)}


def read_western(data: bytes) -> str:
    """Bytes -> Western text, one character a byte; nothing is lost.

    >>> read_western(b"Vi\\xd6t \\x93Nam\\x94")
    'ViÖt “Nam”'
    """
    return data.decode("latin-1").translate(_FROM_C1)


def to_latin(text: str) -> str:
    """Western text with every character whose byte is known replaced by the character of that number; others stay.

    >>> to_latin("á»‡")
    'á»\\x87'
    """
    return text.translate(_TO_LATIN)


def table(placed: dict[int, str]) -> dict[int, str]:
    """Byte -> Vietnamese letter, as a table for `str.translate` over Western text."""
    return {ord(WESTERN[byte]): letter for byte, letter in placed.items() if letter != WESTERN[byte]}


def rows(start: int, letters: str) -> dict[int, str]:
    """A stretch of a code chart: the letters in order from byte `start`, with `.` for a place that stays as it is.

    White space between them is for the eye.
    """
    return {start + place: letter for place, letter in enumerate("".join(letters.split())) if letter != "."}
