"""Making an index mirror files: what is new, what changed, what is gone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from .engine import Snapshot, Store, Writer
from .engine.chunk import PIECE, Analyser, Chunk
from .engine.metadata import Card
from .engine.workers import work_on
from .engine.writer import BATCH, check_document, check_kinds
from .errors import DocumentError, SourceError, SourceNotFound
from .models import Document, Skipped, SyncReport
from .sources import find, read_document

MAX_FILES: Final = 1000
"""A batch has at most so many files."""

SHARES: Final = 16
"""Files are taken in so many batches at least, unless these would be small."""


class Known(NamedTuple):
    """What the index remembers of a file: the document's id, and the file as it was when it was read."""

    id: str
    root: str
    size: int
    modified: int
    digest: str


class Task(NamedTuple):
    """A file to look at: where it is, the path it was found under, and what is known of it."""

    place: str
    file: Path
    root: Path
    old: Known | None


class Outcome(NamedTuple):
    """What became of a task: a document without its text, where it is to be indexed; else why not."""

    document: Document | None
    source: dict[str, Any]
    error: str | None = None


class Read(NamedTuple):
    """What a process read: an outcome for each task, and the chunk of their documents."""

    outcomes: list[Outcome]
    chunk: Chunk
    analyser: int


def sync(
    store: Store,
    paths: Sequence[Path],
    progress: Callable[[int, int], None] | None = None,
    jobs: int = 1,
    anew: bool = False,
) -> SyncReport:
    """Carry out `Index.sync`, in one commit.

    A file whose size and time of change are as remembered is not read again; one whose content is as remembered is not
    indexed again. With `anew` nothing is remembered.
    """
    skipped: list[Skipped] = []
    with Writer(store, anew=anew) as writer:  # first of all: what others write until then is known, and its ids taken
        files = {os.path.abspath(file): (file, root) for root in paths for file in find([root])}
        with writer.before as before:
            known, owners = ({}, {}) if anew else _remembered(before)
        tasks = [Task(place, file, root, known.get(place)) for place, (file, root) in files.items()]
        fates = {t.place: ("unchanged", t.old.id) for t in tasks if t.old is not None and _is_untouched(t)}
        fresh = [task for task in tasks if task.place not in fates]
        done = len(fates)
        deleted = [old.id for place, old in known.items() if place not in files and _is_gone(place, old, paths)]
        for document_id in deleted:
            writer.delete(document_id)
            owners.pop(document_id, None)
        for batch, read in work_on(partial(Reading, {} if anew else before.kinds, jobs), _batches(fresh), jobs):
            cards: list[Card] = []
            for task, outcome in zip(batch, read.outcomes, strict=True):
                if outcome.document is not None:
                    document_id = task.old.id if task.old else _free_id(outcome.document.id, task, owners)
                    owners[document_id] = task.place
                    fates[task.place] = ("updated" if task.old else "added", document_id)
                    writer.accept(document_id, outcome.document.fields)
                    cards.append(Card.of(replace(outcome.document, id=document_id), outcome.source))
                elif outcome.error is not None:
                    skipped.append(Skipped(str(task.file), outcome.error))
                elif task.old is not None:
                    fates[task.place] = ("unchanged", task.old.id)
                done += 1
                if progress is not None:
                    progress(done, len(tasks))
            if cards:
                writer.put_chunk(read.chunk, cards, read.analyser)
    in_order = [fates[task.place] for task in tasks if task.place in fates]
    added, updated, unchanged = (
        tuple(document_id for fate, document_id in in_order if fate == wanted)
        for wanted in ("added", "updated", "unchanged")
    )
    return SyncReport(added, updated, tuple(deleted), unchanged, tuple(skipped))


def _batches(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """Tasks in batches of about `BATCH` bytes of files; of few files in smaller ones, down to a piece of a chunk, so
    that there are some for each process."""
    states = [_state(task.file) for task in tasks]
    sizes = [state.st_size if state else 0 for state in states]
    enough = min(BATCH, max(PIECE, sum(sizes) // SHARES))
    batch: list[Task] = []
    held = 0
    for task, size in zip(tasks, sizes, strict=True):
        batch.append(task)
        held += size
        if held >= enough or len(batch) >= MAX_FILES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _state(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None


def _is_untouched(task: Task) -> bool:
    state = _state(task.file)
    old = task.old
    return old is not None and state is not None and (old.size, old.modified) == (state.st_size, state.st_mtime_ns)


class Reading:
    """Reads files and analyses what is in them, for an index with these kinds of fields; for `workers.work_on`."""

    def __init__(self, kinds: Mapping[str, str], jobs: int) -> None:
        self._kinds = kinds
        self._analyser = Analyser(alone=jobs <= 1)

    def __call__(self, tasks: Sequence[Task]) -> Read:
        """An outcome for each task, and the chunk of the documents that are to be indexed."""
        outcomes: list[Outcome] = []
        documents: list[Document] = []
        for task in tasks:
            outcome, document = _read(task, self._kinds)
            outcomes.append(outcome)
            if document is not None:
                documents.append(document)
        return Read(outcomes, self._analyser.analyse(documents), os.getpid())


def _read(task: Task, kinds: Mapping[str, str]) -> tuple[Outcome, Document | None]:
    state = _state(task.file)
    try:
        document = read_document(task.file, root=task.root if task.root.is_dir() else None)
        check_document(document)
        check_kinds(document.id, document.fields, kinds)
    except SourceNotFound:
        return Outcome(None, {}), None  # it went away while we looked
    except (SourceError, DocumentError) as error:
        return Outcome(None, {}, error.message), None
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    if task.old is not None and task.old.digest == digest:
        return Outcome(None, {}), None
    source = {
        "place": task.place,
        "root": os.path.abspath(task.root),
        "size": state.st_size if state else 0,
        "modified": state.st_mtime_ns if state else 0,
        "digest": digest,
    }
    return Outcome(replace(document, text=""), source), document


def _remembered(snapshot: Snapshot) -> tuple[dict[str, Known], dict[str, str]]:
    """File -> what is known of it, and document id -> its file ("" for a document that came from no file)."""
    known: dict[str, Known] = {}
    owners: dict[str, str] = {}
    for number in range(snapshot.documents):
        card = snapshot.card(number)
        document_id, source = card.id, card.source
        owners[document_id] = source["place"] if source else ""
        if source:
            known[source["place"]] = Known(
                document_id, source["root"], source["size"], source["modified"], source["digest"]
            )
    return known, owners


def _is_gone(place: str, old: Known, paths: Sequence[Path]) -> bool:
    """Whether a file that a walk did not find belonged to one of the folders walked, and is no longer there."""
    roots = {os.path.abspath(path) for path in paths if path.is_dir()}
    return old.root in roots or any(place.startswith(root + os.sep) for root in roots)


def _free_id(wanted: str, task: Task, owners: Mapping[str, str]) -> str:
    """An id that no other file's document has: the path in the folder, with the folder's name, or the whole path."""
    for candidate in (wanted, f"{Path(os.path.abspath(task.root)).name}/{wanted}", task.place):
        if candidate not in owners or owners[candidate] == task.place:
            return candidate
    return task.place
