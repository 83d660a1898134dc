"""The queries typed before, kept in a file of the user and never in the way: where it cannot be written, it is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory


def history_path(environ: Mapping[str, str]) -> Path:
    """The file of the history in the user's folder for state. Raises RuntimeError where the user has no home.

    Source: XDG Base Directory Specification 0.8; on Windows the local application data.
    """
    asked = environ.get("XDG_STATE_HOME", "")
    if os.path.isabs(asked):
        return Path(asked) / "vnsearch" / "history"
    if sys.platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"]) / "vnsearch" / "history"
    return Path.home() / ".local" / "state" / "vnsearch" / "history"


class _ForgivingHistory(FileHistory):
    """A history file whose disk may be full, and whose content may be anything."""

    def load_history_strings(self) -> Iterable[str]:
        with suppress(OSError):
            return list(super().load_history_strings())
        return []

    def store_string(self, string: str) -> None:
        with suppress(OSError, UnicodeError):
            super().store_string(string)


def open_history(environ: Mapping[str, str]) -> History:
    """The history of the user, readable by nobody else; one that lives in memory where no file can be had."""
    try:
        path = history_path(environ)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600))
    except (OSError, RuntimeError):
        return InMemoryHistory()
    return _ForgivingHistory(str(path))
