"""The lock of the one writer of an index.

It is the operating system's lock on an open file, so it goes when its process goes, however that happens; the file
itself stays and means nothing. Between threads of one process a second lock does the same. A process that is forked
meanwhile gets no part in the lock.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ..errors import IndexBusy, IndexProblem

_POLL: Final = 0.05
_held: Final[dict[str, int]] = {}  # the locks of this process, and the files that they are on: path -> open file
_held_lock = threading.Lock()


class FolderLock:
    """A lock as a context manager. Raises `IndexBusy` where it is not free within `timeout` seconds, and `IndexProblem`
    where its file cannot be written."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._name = os.path.realpath(path)
        self._timeout = timeout

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
        with _held_lock:
            handle = _held.pop(self._name, None)
            if handle is not None:
                os.close(handle)

    def _try(self) -> bool:
        with _held_lock:
            if self._name in _held:
                return False
            try:
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as error:
                what = f"the index in '{self._path.parent}' cannot be written: {error.strerror}"
                raise IndexProblem(what, "check the permissions of its folder") from None
            if not _lock_file(handle):
                os.close(handle)
                return False
            _held[self._name] = handle
            return True


def _let_go() -> None:
    """In a process that was forked: close the files of the locks that its parent holds, or it would hold them too."""
    global _held_lock
    _held_lock = threading.Lock()
    for handle in _held.values():
        os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):  # Windows does not fork
    os.register_at_fork(after_in_child=_let_go)


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
