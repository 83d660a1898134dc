"""Making an index mirror files: what is new, what changed, what is gone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from .engine import Snapshot, Writer
from .errors import DocumentError, SourceError, SourceNotFound
from .models import Skipped, SyncReport
from .sources import find, read_document


class Known(NamedTuple):
    """What the index remembers of a file: the document's id, and the file as it was when it was read."""

    id: str
    root: str
    size: int
    modified: int
    digest: str


def sync(
    engine: Any,
    snapshot: Snapshot,
    paths: Sequence[Path],
    progress: Callable[[int, int], None] | None = None,
) -> SyncReport:
    """Carry out `Index.sync`, in one commit.

    A file whose size and time of change are as remembered is not read again; one whose content is as remembered is not
    indexed again.
    """
    files = {os.path.abspath(file): (file, root) for root in paths for file in find([root])}
    known, owners = _remembered(snapshot)
    added: list[str] = []
    updated: list[str] = []
    unchanged: list[str] = []
    skipped: list[Skipped] = []
    with Writer(engine) as writer:
        deleted = [old.id for path, old in known.items() if path not in files and _is_gone(path, old, paths)]
        for document_id in deleted:
            writer.delete(document_id)
            owners.pop(document_id, None)
        for done, (place, (file, root)) in enumerate(files.items(), start=1):
            old = known.get(place)
            try:
                fate, document_id = _sync_file(writer, place, file, root, old, owners)
            except SourceNotFound:
                fate, document_id = "", ""  # it went away while we looked
            except (SourceError, DocumentError) as error:
                skipped.append(Skipped(str(file), error.message))
                fate = ""
            if fate:
                {"added": added, "updated": updated, "unchanged": unchanged}[fate].append(document_id)
            if progress is not None:
                progress(done, len(files))
    return SyncReport(tuple(added), tuple(updated), tuple(deleted), tuple(unchanged), tuple(skipped))


def _remembered(snapshot: Snapshot) -> tuple[dict[str, Known], dict[str, str]]:
    """File -> what is known of it, and document id -> its file ("" for a document that came from no file)."""
    known: dict[str, Known] = {}
    owners: dict[str, str] = {}
    for number in range(snapshot.documents):
        document_id, source = snapshot.document(number).id, snapshot.source(number)
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


def _sync_file(
    writer: Writer, place: str, file: Path, root: Path, old: Known | None, owners: dict[str, str]
) -> tuple[str, str]:
    """Bring one file up to date; returns what became of it and its document's id."""
    try:
        state = file.stat()
    except OSError:
        state = None
    if old is not None and state is not None and (old.size, old.modified) == (state.st_size, state.st_mtime_ns):
        return "unchanged", old.id
    document = read_document(file, root=root if root.is_dir() else None)
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    if old is not None and old.digest == digest:
        return "unchanged", old.id
    document_id = old.id if old is not None else _free_id(document.id, place, root, owners)
    owners[document_id] = place
    source = {
        "place": place,
        "root": os.path.abspath(root),
        "size": state.st_size if state else 0,
        "modified": state.st_mtime_ns if state else 0,
        "digest": digest,
    }
    writer.put(replace(document, id=document_id), source)
    return ("added" if old is None else "updated"), document_id


def _free_id(wanted: str, place: str, root: Path, owners: dict[str, str]) -> str:
    """An id that no other file's document has: the path in the folder, with the folder's name, or the whole path."""
    for candidate in (wanted, f"{Path(os.path.abspath(root)).name}/{wanted}", place):
        if candidate not in owners or owners[candidate] == place:
            return candidate
    return place
