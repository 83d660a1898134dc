"""Text that was UTF-8, was read as Windows-1252 or Latin-1, and saved again: `Tiáº¿ng Viá»‡t`.

The bytes are all still there, one a character; writing the characters back as bytes and reading those as UTF-8 undoes
it. That is done sequence by sequence, so that a text of which only parts were hurt comes out whole.

Source: RFC 3629 (well-formed UTF-8). A lead byte without what must follow is never touched.
"""

from __future__ import annotations

import re
from typing import Final

from .western import WESTERN, to_latin

_TAIL: Final = "[" + "".join(re.escape(c) for c in {*WESTERN[0x80:0xC0], *map(chr, range(0x80, 0xC0))}) + "]"
SEQUENCE: Final = re.compile(f"[Â-ß]{_TAIL}|[à-ï]{_TAIL}{{2}}|[ð-ô]{_TAIL}{{3}}")
"""The Western look of one UTF-8 sequence of two to four bytes."""

_LAYERS: Final = 3


def _undo(sequence: re.Match[str]) -> str:
    try:
        return to_latin(sequence[0]).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:  # over-long, a surrogate, past U+10FFFF
        return sequence[0]


def read_mojibake(text: str) -> str:
    """UTF-8 that was read as Windows-1252 or Latin-1, once or a few times over, read rightly.

    >>> read_mojibake("Tiáº¿ng Viá»‡t"), read_mojibake("caf\xc3\xa9"), read_mojibake("XÃ HỘI")
    ('Tiếng Việt', 'café', 'XÃ HỘI')
    """
    for _ in range(_LAYERS):
        read = SEQUENCE.sub(_undo, text)
        if read == text:
            break
        text = read
    return text
