"""Windows-1258: vowels with their vowel marks in one byte, tones as combining bytes after them.

Python knows the code page; what it decodes is half composed (ê + U+0323), so it is normalised to NFC.

Source: Microsoft code page 1258. Bytes that it leaves undefined stay as in Windows-1252.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from .western import table


def _chart() -> dict[int, str]:
    chart = {}
    for byte in range(0x80, 0x100):
        letter = bytes([byte]).decode("cp1258", "ignore")
        if letter:
            chart[byte] = letter
    return chart


WINDOWS_1258: Final = table(_chart())
"""Western character -> what the code page means by it."""


def read_windows_1258(text: str) -> str:
    """Western text as Windows-1258, composed.

    >>> read_windows_1258("Ti\xea\xecng Vi\xea\xf2t")
    'Tiếng Việt'
    """
    return unicodedata.normalize("NFC", text.translate(WINDOWS_1258))
