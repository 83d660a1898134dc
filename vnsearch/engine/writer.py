"""Writing: documents in, one atomic commit out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from ..errors import DocumentError, IndexProblem
from ..models import Document, FieldValue
from .batch import Batch
from .budget import DEFAULT_BUDGET
from .builder import Builder
from .chunk import Analyser, Chunk
from .merge import merge, plan, plan_one
from .metadata import Card, check_name, kind_of
from .store import Store
from .toc import SegmentEntry, Toc

BATCH: Final = 1 << 22
"""Documents are analysed in batches of about this many characters: the postings of each are a run, and the fewer of
these, the less it takes to merge them."""

MAX_ID: Final = 1000

OWN: Final = 0
"""Names the writer's own analyser."""


class Writer:
    """The one writer of an index, as a context manager: commits at the end, rolls back on an exception.

    Raises `IndexBusy` where another process or thread is writing for longer than `timeout` seconds. `memory` bounds, in
    bytes, what building takes for postings. With `anew` all that was committed before goes with this commit. `before`
    is the last commit, which no other writer changes meanwhile.
    """

    def __init__(
        self, store: Store, timeout: float = 10.0, memory: int = DEFAULT_BUDGET, *, anew: bool = False
    ) -> None:
        self._store = store
        self._lock = store.lock(timeout)
        self._memory = memory
        self._anew = anew
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(self._lock)
        try:
            self._store.clean()
            self._toc = self._store.toc()
            self._generation = self._toc.generation + 1
            self.before = self._store.snapshot()
            self._kinds = {} if self._anew else dict(self._toc.fields)
            self._deleted: set[int] = set()
            self._optimized = False
            self._ids: set[str] = set()
            self._batch: list[tuple[Document, Card]] = []
            self._batch_size = 0
            self._builder: Builder | None = None
            self._analyser = Analyser()
            self._numbers: dict[int, NDArray[np.uint64]] = {}
        except BaseException:
            self._stack.close()
            raise
        return self

    def put(self, document: Document, source: Mapping[str, Any] | None = None) -> None:
        """Add a document; one with the same id that was committed before is replaced.

        Raises `DocumentError` where the document cannot be indexed.
        """
        check_document(document)
        self.accept(document.id, document.fields)
        self._batch.append((document, Card.of(document, source)))
        self._batch_size += len(document.text) + len(document.title)
        if self._batch_size >= BATCH:
            self._flush()

    def accept(self, document_id: str, fields: Mapping[str, FieldValue]) -> None:
        """Make room for a document: the one with its id is deleted, and its fields are known from now on.

        Raises `DocumentError` where the id was put before, or a field holds another kind of value than it does in
        this index.
        """
        if document_id in self._ids:
            raise DocumentError(f"two documents are called '{document_id}'", "give each its own id")
        if fields:
            check_kinds(document_id, fields, self._kinds)
            self._kinds.update((field, kind_of(field, value)) for field, value in fields.items())
        self._ids.add(document_id)
        self.delete(document_id)

    def put_chunk(self, chunk: Chunk, cards: Sequence[Card], analyser: int) -> None:
        """Add documents that were accepted and analysed; `analyser` names whose vocabulary the chunk goes on with."""
        if self._builder is None:
            self._builder = Builder(self._store.segment_path(self._generation), self._memory)
        known = self._numbers.get(analyser, np.zeros(0, dtype=np.uint64))
        known = np.concatenate((known, self._builder.terms.numbers(chunk.tokens)))
        self._numbers[analyser] = known
        self._builder.add_chunk(chunk, known[chunk.terms], cards)

    def delete(self, document_id: str) -> bool:
        """Delete a document that was committed before. Returns whether there was one."""
        number = self.before.find(document_id)
        if number is None:
            return False
        self._deleted.add(number)
        return True

    def optimize(self) -> None:
        """Merge all segments into one with this commit, and leave nothing of what was deleted."""
        self._optimized = True

    def _flush(self) -> None:
        """Analyse the batch, and add it to the segment that is being built."""
        if self._batch:
            chunk = self._analyser.analyse([document for document, _ in self._batch])
            self.put_chunk(chunk, [card for _, card in self._batch], OWN)
            self._batch, self._batch_size = [], 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            committed = False
            try:
                if kind is None:
                    self._flush()
                    self._commit()
                    committed = True
            finally:
                if not committed:
                    self._give_up()

    def _give_up(self) -> None:
        """Leave nothing behind, whatever failed, and wherever."""
        if self._builder is not None:
            self._builder.abort()
        with suppress(IndexProblem, OSError):
            self._store.clean()

    def _commit(self) -> None:
        if self._builder is None and not (self._deleted or self._optimized or self._anew):
            return
        entries = [] if self._anew else self._delete_committed()
        if self._builder is not None:
            entries.append(self._builder.finish())
            self._builder = None
        groups = plan_one(entries) if self._optimized and entries else plan(entries)
        entries = merge(self._store, groups, self._generation, self._memory, tidy=self._optimized)
        self._store.commit(Toc(self._generation, self._kinds, tuple(entries)))

    def _delete_committed(self) -> list[SegmentEntry]:
        """The segments of the commit before, with what was deleted since."""
        entries: list[SegmentEntry] = []
        for place, entry in enumerate(self._toc.segments):
            gone = self.before.locals_of(place, self._deleted)
            if len(gone):
                known = self._store.read_deleted(entry)
                all_gone = np.union1d(known, gone).astype(np.uint32)
                if len(all_gone) == entry.documents:
                    continue
                entry = self._store.write_deleted(entry, self._generation, place, all_gone)
            entries.append(entry)
        return entries


def check_document(document: Document) -> None:
    """Raise `DocumentError` where something cannot be indexed as a document."""
    if not isinstance(document, Document):
        raise DocumentError(f"a {type(document).__name__} is no document", "give a vnsearch.Document")
    name = document.id
    if not isinstance(name, str) or not name:
        raise DocumentError(f"a document has the id {name!r}", "an id is a text of at least one character")
    if len(name) > MAX_ID:
        raise DocumentError(f"the id '{name[:40]}…' is too long", f"an id has at most {MAX_ID:,} characters")
    for part in ("text", "title"):
        if not isinstance(getattr(document, part), str):
            raise DocumentError(f"the {part} of document '{name}' is no text", "give a str")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise DocumentError(f"the id {name!r} is not valid Unicode", "leave out lone surrogates") from None
    if not (document.path is None or isinstance(document.path, str)):
        raise DocumentError(f"the path of document '{name}' is no text", "give a str, or None")
    if not isinstance(document.fields, Mapping):
        raise DocumentError(f"the fields of document '{name}' are no mapping", "give a dict of names and values")
    if not (isinstance(document.borders, (tuple, list)) and all(isinstance(b, int) for b in document.borders)):
        raise DocumentError(f"the borders of document '{name}' are no offsets", "give a tuple of whole numbers")
    for field, value in document.fields.items():
        check_name(field)
        kind_of(field, value)


def check_kinds(document_id: str, fields: Mapping[str, FieldValue], kinds: Mapping[str, str]) -> None:
    """Raise `DocumentError` where a field holds another kind of value than `kinds` says."""
    for field, value in fields.items():
        kind = kind_of(field, value)
        known = kinds.get(field, kind)
        if known != kind:
            what = f"field '{field}' of document '{document_id}' is a {kind}, but it is a {known} in this index"
            raise DocumentError(what, "use one kind of value for one field")


def batches(documents: Iterable[Document]) -> Iterator[Batch]:
    """Documents in batches of about `BATCH` characters."""
    batch = Batch()
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text) + len(document.title)
        if size >= BATCH:
            yield batch
            batch, size = Batch(), 0
    if batch:
        yield batch
