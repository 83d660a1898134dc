"""The table of contents: which segments make up the last commit. JSON, replaced as a whole by one rename.

    {"engine": "vnsearch", "format": 3, "generation": 7, "fields": {"date": "date"},
     "segments": [{"name": "segment-3-0.vns", "records": 68, "documents": 5, "sum": 1766205829,
                   "deleted": "deleted-7-0.vns", "deleted_sum": 3320402519}]}

`fields` are the metadata fields and their kinds. `deleted` names a container with the deleted documents of a segment.
The sums are those of the directories of the containers: a file of another commit is told from the one that is meant.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, field
from pathlib import Path
from typing import Any, Final

from ..errors import IndexDamaged, IndexNotFound, IndexVersion
from ..records import record
from .container import rebuild_hint
from .metadata import KINDS

FILE: Final = "vnsearch.json"
FORMAT: Final = 3
"""The version of the index format; another version is refused."""

_NAME: Final = re.compile(r"[a-z0-9-]+\.vns", re.ASCII)
"""What the files of a commit are called."""


@record(frozen=True, slots=True)
class SegmentEntry:
    """A segment of a commit: its file, its size, and the file of its deletions; of both files the sum."""

    name: str
    records: int
    documents: int
    sum: int
    deleted: str | None = None
    deleted_sum: int = 0


@record(frozen=True, slots=True)
class Toc:
    """One commit."""

    generation: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    segments: tuple[SegmentEntry, ...] = ()

    def files(self) -> set[str]:
        """The names of the files that belong to the commit."""
        return {FILE, *(s.name for s in self.segments), *(s.deleted for s in self.segments if s.deleted)}


def read_toc(folder: Path) -> Toc:
    """The last commit in a folder. Raises `IndexNotFound`, `IndexVersion` or `IndexDamaged`."""
    path = folder / FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        version = data["format"]
    except (FileNotFoundError, NotADirectoryError):
        hint = f"make one: vnsearch --index {folder} index FOLDER"
        raise IndexNotFound(f"there is no index in '{folder}'", hint) from None
    except OSError as error:
        raise IndexDamaged(f"'{path}' cannot be read: {error.strerror}", "check its permissions") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise IndexDamaged(f"'{path}' is damaged", rebuild_hint(folder)) from None
    if version != FORMAT:
        raise IndexVersion(
            f"the index in '{folder}' has format {version}, this vnsearch reads format {FORMAT}", rebuild_hint(folder)
        )
    try:
        toc = Toc(
            generation=int(data["generation"]),
            fields={str(name): KINDS[KINDS.index(kind)] for name, kind in data["fields"].items()},
            segments=tuple(_entry(entry) for entry in data["segments"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise IndexDamaged(f"'{path}' is damaged", rebuild_hint(folder)) from None
    return toc


def _entry(data: dict[str, Any]) -> SegmentEntry:
    records, documents, total, deleted_total = (int(data[x]) for x in ("records", "documents", "sum", "deleted_sum"))
    entry = SegmentEntry(str(data["name"]), records, documents, total, data["deleted"], deleted_total)
    for name in (entry.name, entry.deleted):
        if name is not None and not _NAME.fullmatch(name):  # a name with a path would lead out of the folder
            raise ValueError(name)
    return entry


def write_toc(folder: Path, toc: Toc) -> None:
    """Make a commit the last one: durable, and all or nothing."""
    data = {"engine": "vnsearch", "format": FORMAT, **asdict(toc)}
    beside = folder / f"{FILE}.new"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / FILE)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make sure that the names of the files in a folder are on the disk, where the system knows how."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows cannot open a folder
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
