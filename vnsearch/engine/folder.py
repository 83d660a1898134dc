"""The index folder: making it, opening it, and telling a good one from a bad one.

Beside the files that Whoosh writes lies `vnsearch.json`, which says what wrote the folder and in which version of the
format. It is written last when an index is made, so a folder without it holds no index.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from whoosh import index as whoosh_index

from ..errors import IndexDamaged, IndexExists, IndexNotFound, IndexProblem, IndexVersion
from .schema import FORMAT, base_schema

MANIFEST: Final = "vnsearch.json"
EXPLAINED: Final = frozenset(("README.md", ".gitignore", ".gitkeep"))
"""Files that may stand in an index folder without belonging to the index."""


def create(path: Path, overwrite: bool = False) -> Any:
    """Make an empty index in `path`, which is made too; returns the `whoosh.index.Index`.

    Raises `IndexExists` where there is an index and `overwrite` is false, or where the folder holds something else.
    """
    if (path / MANIFEST).exists():
        if not overwrite:
            raise IndexExists(f"there is an index in '{path}' already", "open it, or ask to overwrite it")
        _clear(path)
    elif path.exists():
        if not path.is_dir():
            raise IndexExists(f"'{path}' is a file", "name a folder for the index")
        if any(_is_ours(item) for item in path.iterdir()):
            _clear(path)  # the remains of an index that was never finished
        foreign = sorted(item.name for item in path.iterdir() if item.name not in EXPLAINED)
        if foreign:
            raise IndexExists(f"the folder '{path}' is not empty (it holds '{foreign[0]}')", "name an empty folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
        whoosh_index.create_in(path, base_schema())
        beside = path / f"{MANIFEST}.new"
        beside.write_text(json.dumps({"engine": "vnsearch", "format": FORMAT}) + "\n", encoding="utf-8")
        os.replace(beside, path / MANIFEST)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise IndexProblem(f"no index can be made in '{path}': {reason}", "choose another folder for it") from None
    # What `create_in` gives would read the schema from memory ever after: the fields of a commit that was rolled back
    # would stay, and those of other writers be missed.
    return open_folder(path)


def open_folder(path: Path) -> Any:
    """Open the index in `path`; returns the `whoosh.index.Index`.

    Raises `IndexNotFound`, `IndexVersion` or `IndexDamaged`, each with what to do about it.
    """
    rebuild = rebuilding(path)
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        version = manifest["format"]
    except (FileNotFoundError, NotADirectoryError):
        raise IndexNotFound(
            f"there is no index in '{path}'", f"make one: vnsearch --index {path} index FOLDER"
        ) from None
    except (ValueError, KeyError, TypeError):
        raise IndexDamaged(f"'{path / MANIFEST}' is damaged", rebuild) from None
    if version != FORMAT:
        raise IndexVersion(f"the index in '{path}' has format {version}, this vnsearch reads format {FORMAT}", rebuild)
    try:
        return whoosh_index.open_dir(path)
    except Exception as error:  # Whoosh raises whatever its unpickling meets
        raise IndexDamaged(f"the index in '{path}' cannot be opened: {type(error).__name__}", rebuild) from error


def rebuilding(path: Path) -> str:
    """The hint that says how to rebuild a damaged index."""
    return f"rebuild it: vnsearch --index {path} index --overwrite"


def files(path: Path) -> list[os.stat_result]:
    """The state of each file of an index. A file that a writer removes meanwhile is passed over."""
    found = []
    for item in path.iterdir():
        if item.is_file() and item.name not in EXPLAINED:
            with suppress(FileNotFoundError):
                found.append(item.stat())
    return found


def _is_ours(item: Path) -> bool:
    return item.name.startswith(("MAIN_", "_MAIN_", MANIFEST))


def _clear(path: Path) -> None:
    """Remove the files of an index, the manifest first, and nothing else."""
    (path / MANIFEST).unlink(missing_ok=True)
    for item in path.iterdir():
        if _is_ours(item):
            shutil.rmtree(item) if item.is_dir() else item.unlink()
