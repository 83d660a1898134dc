"""Making the index mirror its sources, as the command line and the shell both do it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import IndexNotFound, SourceNotFound
from ..models import SyncReport
from .messages import Messages
from .surroundings import SEEDS, Surroundings
from .terminal import Terminal

if TYPE_CHECKING:
    from ..index import Index

PROGRESS_INTERVAL: Final = 0.1
"""Seconds between two reports of progress."""


def sources(paths: Sequence[Path], say: Messages) -> list[Path]:
    """The paths to index, by default the seeds. Raises `SourceNotFound` where one of them is not there."""
    if not paths:
        if not SEEDS.is_dir():
            raise SourceNotFound(say("index.no-seeds", folder=f"{SEEDS}/"), say("index.no-seeds.hint"))
        return [SEEDS]
    for path in paths:
        if not path.exists():
            raise SourceNotFound(say("index.no-source", path=path), say("index.no-source.hint"))
    return list(paths)


def mirror(around: Surroundings, paths: Sequence[Path], *, overwrite: bool = False, jobs: int = 0) -> SyncReport:
    """Make the index in the folder mirror the paths, creating it where there is none; what was skipped is told.

    `jobs` is the number of processes, 0 for one a core.
    """
    with _open_or_create(around.folder, overwrite) as index:
        try:
            report = index.sync(paths, _progress(around.terminal, around.say), jobs=jobs or os.cpu_count() or 1)
        finally:
            around.terminal.status("")
    for skipped in report.skipped:
        from .problems import phrase

        reason = phrase(skipped.reason, around.say)
        around.terminal.talk(around.say("index.skipped", path=skipped.path, reason=reason))
    return report


def _open_or_create(folder: Path, overwrite: bool) -> Index:
    from ..index import Index

    if overwrite:
        return Index.create(folder, overwrite=True)
    try:
        return Index.open(folder)
    except IndexNotFound:
        return Index.create(folder)


def _progress(terminal: Terminal, say: Messages) -> Callable[[int, int], None]:
    last = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PROGRESS_INTERVAL:
            last = now
            terminal.status(say("index.progress", done=done, total=total))

    return report


def report_text(report: SyncReport, say: Messages) -> str:
    """What became of the documents, on one line."""
    return say(
        "index.report",
        documents=say.count("index.documents", report.total),
        added=len(report.added),
        updated=len(report.updated),
        deleted=len(report.deleted),
        unchanged=len(report.unchanged),
    )
