"""Files that the shell writes: whole or not at all, and never over another unasked."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
USUAL: Final = 0o666
"""Who may read and write a new file, before the mask of the process."""


def write_whole(path: Path, text: str, mode: int = USUAL, *, over: bool = False) -> None:
    """Write a file beside its place first, then into it by one rename.

    Raises `FileExistsError` where there is something and `over` is false, or where it is no plain file; else OSError.
    """
    path = path.resolve()
    if os.path.lexists(path) and not (over and path.is_file()):
        raise FileExistsError(str(path))
    beside = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text)
        os.replace(beside, path)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError):
            error.filename = str(path)  # what was asked for, not what stood beside it
        raise
