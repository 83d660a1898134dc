"""Reading: one commit of an index, as arrays.

A snapshot never changes; the index hands out a new one after a commit. Records (header or passage) and documents are
numbered from 0. An *occurrence* is one token at one place, and one number: `record << 24 | position`. Everything that a
search asks (which records, how often, side by side?) is arithmetic on sorted arrays of occurrences.
"""

from __future__ import annotations

from functools import lru_cache
from threading import RLock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..models import Document
from ..text.canonical import bare
from . import schema

POSITION_BITS: Final = 24

Occurrences = NDArray[np.int64]
"""Sorted `record << 24 | position`."""

NOWHERE: Final[Occurrences] = np.zeros(0, dtype=np.int64)


class Snapshot:
    """The documents of one commit.

    `header_of` int64[documents]: the header record of each document, ascending.
    `document_of` int64[records]: the document of each record, -1 where it is deleted.
    `starts`, `ends` int64[records]: where a passage lies in its document's text; -1 on headers.
    `sizes` float64[records]: tokens of a passage, or of the title on headers.
    """

    def __init__(self, index: Any) -> None:
        self._lock = RLock()
        # Asked before the files are opened: a commit in between then is only seen anew, never missed.
        self.generation: int = index.latest_generation()
        self._searcher = index.searcher()
        self._reader = reader = self._searcher.reader()
        self.kinds = schema.field_kinds(reader.schema)
        self.records: int = reader.doc_count_all()
        self.starts = self._column("start")
        self.ends = self._column("end")
        self.sizes = self._column("size").astype(np.float64)
        alive = np.ones(self.records, dtype=bool)
        for record in range(self.records) if reader.has_deletions() else ():
            alive[record] = not reader.is_deleted(record)
        headers = (self.starts < 0) & alive
        self.header_of: NDArray[np.int64] = np.flatnonzero(headers)
        self.document_of = np.where(alive, np.cumsum(headers) - 1, -1)
        self.documents = len(self.header_of)
        self.passages = int(alive.sum()) - self.documents
        self.postings = lru_cache(maxsize=4096)(self._postings)
        self.document = lru_cache(maxsize=256)(self._document)
        self._vocabularies: dict[str, dict[str, tuple[str, ...]]] = {}

    def _column(self, name: str) -> NDArray[np.int64]:
        column = np.zeros(self.records, dtype=np.int64)
        if self.records:
            for leaf, offset in self._reader.leaf_readers():
                values = leaf.column_reader(name, translate=False)
                count = leaf.doc_count_all()
                column[offset : offset + count] = [values[i] for i in range(count)]
        return column

    def _postings(self, field: str, term: str) -> Occurrences:
        """Where a term stands in a field; sorted int64, empty where it stands nowhere."""
        with self._lock:
            encoded = term.encode("utf-8", "surrogatepass")
            if (field, encoded) not in self._reader:
                return NOWHERE
            matcher = self._reader.postings(field, encoded)
            found: list[NDArray[np.int64]] = []
            while matcher.is_active():
                places = np.array(matcher.value_as("positions"), dtype=np.int64)
                found.append(places | matcher.id() << POSITION_BITS)
                matcher.next()
        return np.concatenate(found) if found else NOWHERE

    def variants(self, field: str, bare_form: str) -> tuple[str, ...]:
        """The canonical terms of a field that share a bare form, in order."""
        return self.vocabulary(field).get(bare_form, ())

    def vocabulary(self, field: str) -> dict[str, tuple[str, ...]]:
        """Bare form -> the canonical terms of a field under it. Made once a snapshot; linear in the vocabulary."""
        with self._lock:
            known = self._vocabularies.get(field)
            if known is None:
                groups: dict[str, list[str]] = {}
                for term in self.terms(field):
                    groups.setdefault(bare(term), []).append(term)
                known = self._vocabularies[field] = {form: tuple(terms) for form, terms in groups.items()}
        return known

    def terms(self, field: str) -> list[str]:
        """All terms of a field in order."""
        with self._lock:
            if not self.records or field not in self._reader.schema:
                return []
            return [term.decode("utf-8", "surrogatepass") for term in self._reader.lexicon(field)]

    def _document(self, document: int) -> Document:
        return self._record(document)[0]

    def source(self, document: int) -> dict[str, Any] | None:
        """What `Writer.put` was told of the file behind a document."""
        return self._record(document)[1]

    def _record(self, document: int) -> tuple[Document, dict[str, Any] | None]:
        with self._lock:
            stored = self._reader.stored_fields(int(self.header_of[document]))
        return schema.load(stored["record"])

    def find(self, document_id: str) -> int | None:
        """The number of the document with an id, or None. Costs one look-up."""
        with self._lock:
            encoded = document_id.encode("utf-8", "surrogatepass")
            if not self.records or ("id", encoded) not in self._reader:
                return None
            matcher = self._reader.postings("id", encoded)
            return int(self.document_of[matcher.id()]) if matcher.is_active() else None

    def select(self, query: Any) -> NDArray[np.bool_]:
        """The documents that a Whoosh query over the metadata matches; bool[documents]."""
        chosen = np.zeros(self.documents, dtype=bool)
        if self.records:
            with self._lock:
                records = np.fromiter(query.docs(self._searcher), dtype=np.int64)
            chosen[self.document_of[records]] = True
        return chosen

    def close(self) -> None:
        """Release the files."""
        with self._lock:
            self._searcher.close()
