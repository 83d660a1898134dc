"""Which files a list of files and folders stands for.

A folder gives its text files at any depth, in the order of their names, so that two walks of the same folder agree on
every system. What a person hides (names that begin with a dot) stays hidden. A symbolic link inside a folder is passed
over: what it points to inside the folder is found under its own name, and what lies outside is not part of the folder.
A file that is named outright is always taken, whatever its name and through any link.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from ..errors import SourceEmpty, SourceNotFound, SourceUnreadable

EXTENSIONS: Final = frozenset({"", ".txt", ".text", ".md"})
"""The extensions of files that a folder gives, in lower case; a file without one counts as text."""


def find(paths: Sequence[Path]) -> Iterator[Path]:
    """The files of `paths`, which are files and folders, in their order; each file once.

    Every path and folder is looked at before the first file is given.

    Raises `SourceNotFound` for a path that does not exist, `SourceEmpty` for a folder without a text file, and
    `SourceUnreadable` for a folder that the system refuses to list.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(_place(file), file)
    return iter(found.values())


def _files(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            path.stat()
            return [path]
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise SourceNotFound(f"{path} does not exist", "check the path, or where you are") from None
    except OSError as error:
        raise SourceUnreadable(f"{path} cannot be opened: {error.strerror}", "check its permissions") from None
    files = list(_walk(path))
    if not files:
        kinds = ", ".join(sorted(filter(None, EXTENSIONS)))
        raise SourceEmpty(
            f"{path} holds no text file", f"a folder gives its {kinds} files; name any other file outright"
        )
    return files


def _walk(folder: Path) -> Iterator[Path]:
    """The text files below a folder, by name; the folders to visit stand on a stack, so that no depth is too deep."""
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            with os.scandir(path) as entries:
                kept = sorted((entry for entry in entries if _is_wanted(entry)), key=_by_name, reverse=True)
        except OSError as error:
            raise SourceUnreadable(f"{path} cannot be listed: {error.strerror}", "check its permissions") from None
        waiting.extend((path / entry.name, entry.is_dir()) for entry in kept)


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.is_symlink():
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    return entry.is_file(follow_symlinks=False) and Path(entry.name).suffix.lower() in EXTENSIONS


def _by_name(entry: os.DirEntry[str]) -> tuple[str, str]:
    # Systems disagree on NFC or NFD in names; the order must not.
    return unicodedata.normalize("NFC", entry.name), entry.name


def _place(file: Path) -> Path:
    try:
        return file.resolve()
    except (OSError, RuntimeError):
        return file
