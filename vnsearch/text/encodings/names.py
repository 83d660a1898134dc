"""Conversion by name, for callers that know what they have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from .evidence import BYTE_READINGS, ENTITIES, MOJIBAKE, VIQR
from .western import read_western

_OLD: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {reading.name: reading.read for reading in (*BYTE_READINGS, VIQR, MOJIBAKE, ENTITIES)}
)
_UNICODE: Final = ("utf-8", "utf-16-le", "utf-16-be")

ENCODINGS: Final = tuple(sorted((*_UNICODE, *_OLD)))
"""The names that `convert` knows and `decode` and `repair` give."""


def convert(text_or_bytes: str | bytes, encoding: str) -> str:
    """Text of a known encoding as Unicode (NFC where it was an old one).

    Bytes are read as they are; a str is text that was opened as Windows-1252, as old-font text on the Web is. Broken
    sequences become U+FFFD. Raises `ValueError` for a name that is not in `ENCODINGS`.

    >>> convert("Tieáng Vieät", "vni"), convert(b"Ti\\xd5ng Vi\\xd6t", "tcvn3")
    ('Tiếng Việt', 'Tiếng Việt')
    """
    if encoding in _UNICODE:
        if isinstance(text_or_bytes, str):
            return text_or_bytes
        return text_or_bytes.decode(encoding, "replace").removeprefix("\ufeff")
    read = _OLD.get(encoding)
    if read is None:
        raise ValueError(f"no encoding is called {encoding!r}; known are {', '.join(ENCODINGS)}")
    return read(text_or_bytes if isinstance(text_or_bytes, str) else read_western(text_or_bytes))
