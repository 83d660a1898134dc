"""The lock of the one writer of an index.

It is the operating system's lock on an open file, so it goes when its process goes, however that happens; the file
itself stays and means nothing. Between threads of one process a second lock does the same.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ..errors import IndexBusy

_POLL: Final = 0.05
_held: Final[set[str]] = set()
_held_lock: Final = threading.Lock()


class FolderLock:
    """A lock as a context manager. Raises `IndexBusy` where it is not free within `timeout` seconds."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._name = os.path.realpath(path)
        self._timeout = timeout
        self._handle = -1

    def __enter__(self) -> Self:
        until = time.monotonic() + self._timeout
        while not self._try():
            if time.monotonic() >= until:
                raise IndexBusy(
                    f"another writer is at work on the index in '{self._path.parent}'",
                    "wait for it to end, then try again",
                )
            time.sleep(_POLL)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)
        with _held_lock:
            _held.discard(self._name)

    def _try(self) -> bool:
        with _held_lock:
            if self._name in _held:
                return False
            _held.add(self._name)
        handle = -1
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            locked = _lock_file(handle)
        except OSError:
            locked = False
        if locked:
            self._handle = handle
            return True
        if handle >= 0:
            os.close(handle)
        with _held_lock:
            _held.discard(self._name)
        return False


def _lock_file(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
