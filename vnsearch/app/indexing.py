"""Making the index mirror its sources, as the command line and the shell both do it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import IndexNotFound, IndexProblem, SourceNotFound
from ..models import SyncReport
from .messages import Messages
from .progress import Progress
from .surroundings import SEEDS, Surroundings

if TYPE_CHECKING:
    from ..index import Index


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


class Mirrored(NamedTuple):
    """What became of the files, and how many documents the index holds now; not all of them need come from these."""

    report: SyncReport
    documents: int


def mirror(around: Surroundings, paths: Sequence[Path], *, overwrite: bool = False, jobs: int = 0) -> Mirrored:
    """Make the index in the folder mirror the paths, creating it where there is none; what was skipped is told.

    `jobs` is the number of processes, 0 for one a core. Raises KeyboardInterrupt, which says what was done until then.
    """
    index, is_new = _open_or_create(around.folder, overwrite)
    with index:
        progress = Progress(around.terminal, around.say)
        try:
            report = index.sync(paths, progress, jobs=jobs or os.cpu_count() or 1, anew=overwrite)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_interrupted(index, progress, overwrite and is_new, around.say)) from None
        finally:
            around.terminal.status("")
        documents = index.stats().documents
    for skipped in report.skipped:
        from .problems import phrase

        reason = phrase(skipped.reason, around.say)
        around.terminal.talk(around.say("index.skipped", path=skipped.path, reason=reason))
    return Mirrored(report, documents)


def _open_or_create(folder: Path, overwrite: bool) -> tuple[Index, bool]:
    """The index in a folder, and whether it was made just now: where there is none, and where one that is to be
    overwritten cannot be read."""
    from ..index import Index

    try:
        return Index.open(folder), False
    except IndexNotFound:
        return Index.create(folder), True
    except IndexProblem:
        if not overwrite:
            raise
        return Index.create(folder, overwrite=True), True


def _interrupted(index: Index, progress: Progress, lost: bool, say: Messages) -> str:
    """What an interruption left: all of it is in one commit, so either nothing was changed or everything.

    Only an index that could not be read and was to be overwritten is `lost` before that.
    """
    if index.refresh():
        key = "index.interrupted.after"
    elif lost:
        key = "index.interrupted.empty"
    else:
        key = "index.interrupted.before" if progress.total else "index.interrupted.early"
    documents = say.count("index.documents", index.stats().documents)
    return say(key, done=say.number(progress.done), total=say.number(progress.total), documents=documents)


def report_text(mirrored: Mirrored, say: Messages) -> str:
    """How many documents there are, and what became of those of the files, on one line."""
    report = mirrored.report
    return say(
        "index.report",
        documents=say.count("index.documents", mirrored.documents),
        added=say.number(len(report.added)),
        updated=say.number(len(report.updated)),
        deleted=say.number(len(report.deleted)),
        unchanged=say.number(len(report.unchanged)),
    )
