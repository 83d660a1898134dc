"""The index folder: making it, opening it, committing to it, and telling a good one from a bad one.

A commit writes new files beside the old ones, makes sure that they are on the disk, and then replaces the table of
contents in one rename. A reader sees one commit or the next, never something between; a writer that is killed leaves
files that no table of contents names, and the next writer removes them.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Final
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexBusy, IndexDamaged, IndexExists, IndexProblem
from .container import Container, ContainerWriter
from .lock import FolderLock
from .segment import Segment
from .snapshot import Snapshot
from .toc import FILE, SegmentEntry, Toc, read_toc, write_toc

EXPLAINED: Final = frozenset(("README.md", ".gitignore", ".gitkeep"))
"""Files that may stand in an index folder without belonging to the index."""

_OTHER: Final = "is not the one that was committed"
_OURS: Final = (FILE, "segment-", "deleted-", "build-", "write.lock")
_TRIES: Final = 5

Deleted = NDArray[np.uint32]


class Store:
    """An index folder. Safe for several threads; segments are opened once and shared between snapshots."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._segments: WeakValueDictionary[str, Segment] = WeakValueDictionary()  # as long as a snapshot needs them
        self._lock = RLock()

    @classmethod
    def create(cls, folder: Path, overwrite: bool = False) -> Store:
        """Make an empty index in a folder, which is made too.

        Raises `IndexExists` where there is an index and `overwrite` is false, or where the folder holds something else,
        and `IndexBusy` where a writer is at work on what would be overwritten.
        """
        if folder.exists() and not folder.is_dir():
            raise IndexExists(f"'{folder}' is a file", "name a folder for the index")
        if (folder / FILE).exists() and not overwrite:
            raise IndexExists(f"there is an index in '{folder}' already", "open it, or ask to overwrite it")
        if folder.is_dir():
            foreign = sorted(i.name for i in folder.iterdir() if i.name not in EXPLAINED and not _is_ours(i.name))
            if foreign:
                what = f"the folder '{folder}' is not empty (it holds '{foreign[0]}')"
                raise IndexExists(what, "name an empty folder")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            store = cls(folder)
            with store.lock():
                write_toc(folder, Toc(generation=store.next_generation()))
                store.clean()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise IndexProblem(f"no index can be made in '{folder}': {reason}", "choose another folder") from None
        return store

    def next_generation(self) -> int:
        """The number of the commit to come; above that of an index that is overwritten, so that its readers see it."""
        try:
            return self.toc().generation + 1
        except IndexProblem:
            return 0

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the index in a folder. Raises `IndexNotFound`, `IndexVersion` or `IndexDamaged`."""
        read_toc(folder)
        return cls(folder)

    def lock(self, timeout: float = 10.0) -> FolderLock:
        """The lock of the one writer, to be used as a context manager. It raises `IndexBusy`."""
        return FolderLock(self.folder / "write.lock", timeout)

    def toc(self) -> Toc:
        """The last commit."""
        return read_toc(self.folder)

    def snapshot(self) -> Snapshot:
        """The last commit, open for reading. Raises `IndexDamaged` where a file of it is missing or cut short."""
        for attempt in range(_TRIES):
            toc = self.toc()
            try:
                return self.open_commit(toc)
            except IndexDamaged:
                # A writer may have replaced the commit, and removed its files, while we were opening them.
                if attempt == _TRIES - 1 or self.toc().generation == toc.generation:
                    raise
        raise IndexDamaged(f"the index in '{self.folder}' keeps changing", "try again")

    def open_commit(self, toc: Toc) -> Snapshot:
        """A commit, open for reading."""
        with self._lock:
            opened = [(self.open_segment(entry), self.read_deleted(entry)) for entry in toc.segments]
        return Snapshot(toc.generation, opened, dict(toc.fields))

    def open_segment(self, entry: SegmentEntry) -> Segment:
        """A segment of a commit, opened once. Raises `IndexDamaged` where it is not the file that was committed."""
        segment = self._segments.get(entry.name)
        if segment is None or segment.container.sum != entry.sum:
            segment = self._segments[entry.name] = Segment(self.folder / entry.name)
        if (segment.container.sum, segment.records, segment.documents) != (entry.sum, entry.records, entry.documents):
            raise segment.container.damage(_OTHER)
        return segment

    def read_deleted(self, entry: SegmentEntry) -> Deleted:
        """The deleted documents of a segment, ascending."""
        if entry.deleted is None:
            return np.zeros(0, dtype=np.uint32)
        container = Container(self.folder / entry.deleted)
        if container.sum != entry.deleted_sum:
            raise container.damage(_OTHER)
        documents: Deleted = container.array("documents")
        if documents.dtype != np.uint32 or (
            len(documents) and (documents[-1] >= entry.documents or not (documents[1:] > documents[:-1]).all())
        ):
            raise container.damage("names documents that its segment does not have")
        return documents

    def write_deleted(self, entry: SegmentEntry, generation: int, place: int, documents: Deleted) -> SegmentEntry:
        """Write the deleted documents of a segment, uint32 ascending; returns the entry that names them."""
        name = f"deleted-{generation}-{place}.vns"
        with ContainerWriter(self._fresh(name)) as container:
            container.add("documents", documents)
        return replace(entry, deleted=name, deleted_sum=container.sum)

    def segment_path(self, generation: int, place: int = 0) -> Path:
        """Where a commit writes a new segment."""
        return self._fresh(f"segment-{generation}-{place}.vns")

    def _fresh(self, name: str) -> Path:
        path = self.folder / name
        path.unlink(missing_ok=True)  # left by a writer that was killed
        return path

    def commit(self, toc: Toc) -> None:
        """Make a commit the last one, and remove the files that it does not name."""
        write_toc(self.folder, toc)
        self.clean()

    def clean(self) -> None:
        """Remove the files that the last commit does not name. The caller holds the lock."""
        import shutil  # a search does without

        named = self.toc().files()
        for item in self.folder.iterdir():
            if _is_ours(item.name) and item.name not in named and item.name != "write.lock":
                with suppress(OSError):  # Windows keeps a file that a reader has open; the next writer tries again
                    shutil.rmtree(item) if item.is_dir() else item.unlink()

    def size(self) -> int:
        """The bytes that the files of the last commit take."""
        total = 0
        for name in self.toc().files():
            with suppress(FileNotFoundError):  # a writer committed meanwhile
                total += os.path.getsize(self.folder / name)
        return total

    def modified(self) -> float:
        """When the last commit was made, in seconds since 1970."""
        return os.path.getmtime(self.folder / FILE)

    def check(self) -> list[IndexDamaged]:
        """What is wrong with the files of the last commit. Reads all of them."""
        problems: list[IndexDamaged] = []
        for name in sorted(self.toc().files() - {FILE}):
            problems += Container(self.folder / name).problems()
        return problems


def _is_ours(name: str) -> bool:
    return name.startswith(_OURS)


__all__ = ["Deleted", "FolderLock", "IndexBusy", "Store"]
