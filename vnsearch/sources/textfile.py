"""One file -> its text.

The text is kept as it was decoded, line ends and all, since offsets refer to it; only the byte order mark goes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..errors import SourceNotFound, SourceNotText, SourceUnreadable
from ..text.encodings import decode

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest file that is read, unless the caller says otherwise."""

_STRANGE: Final = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), 0x7F, 0xFFFD))
"""Control characters that no text needs, and the sign for what could not be decoded."""

_MOST_STRANGE: Final = 0.1
_CHECKED: Final = 1 << 16


def read_text(path: Path, *, max_bytes: int = MAX_BYTES) -> str:
    """The text of a file.

    Raises `SourceNotFound` where there is no such file, `SourceUnreadable` where it is too large or the system refuses
    it, and `SourceNotText` where it is empty or no text.
    """
    data = read_bytes(path, max_bytes=max_bytes)
    try:
        text = decode_bytes(data)
    except SourceNotText as error:
        raise SourceNotText(f"{path} {error.message}", error.hint) from None
    if not text.strip("\ufeff \t\r\n\v\f\xa0"):
        raise SourceNotText(f"{path} is empty", "there is nothing in it to find")
    return text


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The content of a file, read no further than one byte beyond `max_bytes`."""
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except (FileNotFoundError, ValueError):  # ValueError: a zero byte in the path
        raise SourceNotFound(f"{path} does not exist", "check the path, or where you are") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceUnreadable(
            f"{path} cannot be read: {reason}", "check that it is a file and its permissions"
        ) from None
    if len(data) > max_bytes:
        raise SourceUnreadable(f"{path} is larger than {_size(max_bytes)}", "split it")
    return data


def decode_bytes(data: bytes) -> str:
    """The text that the content of a file means: Unicode, or any of the old encodings that
    `vnsearch.text.encodings.decode` knows; what an old font or a wrong reading did to it is undone.

    Raises `SourceNotText` where it means none; the message then lacks the name of the file.
    """
    found = decode(data)
    text = found.text
    if "\0" in text:
        raise _not_text("it holds zero bytes")
    if found.encoding == "unknown" and not _is_utf8(data):
        raise _not_text("its encoding is unknown")
    opening = text[:_CHECKED]
    if len(opening) - len(opening.translate(_STRANGE)) > _MOST_STRANGE * len(opening):
        raise _not_text("it is full of control characters")
    return text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _not_text(why: str) -> SourceNotText:
    return SourceNotText(f"is not text: {why}", "save it as UTF-8 text, or leave it out")


def _size(size: int) -> str:
    return f"{size / (1 << 20):g} MiB" if size >= 1 << 20 else f"{size} bytes"
