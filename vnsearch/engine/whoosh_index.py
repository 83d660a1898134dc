"""An index of vnsearch as a `whoosh.index.Index`.

    from whoosh.qparser import QueryParser
    from vnsearch.engine import open_whoosh

    ix = open_whoosh("index")
    with ix.searcher() as searcher:
        for hit in searcher.search(QueryParser("body_bare", ix.schema).parse("duong pho")):
            print(hit["id"], hit["body"])

Everything Whoosh does over its reader interface works: its parser, queries, searcher, scoring, collectors, sorting and
facets. It works posting by posting, in Python; for speed use `vnsearch.Index`. Writing is done there too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from whoosh.codec.base import Automata, Codec, PerDocumentReader
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.columns import ColumnReader
from whoosh.filedb.filestore import RamStorage
from whoosh.index import Index
from whoosh.reading import EmptyReader, MultiReader, SegmentReader

from ..errors import RequestError
from .segment import Segment, documents_of_records
from .store import Deleted, Store
from .whoosh_schema import schema_of, whoosh_value
from .whoosh_terms import ColumnTerms, SegmentFields


def open_whoosh(path: str | os.PathLike[str]) -> WhooshIndex:
    """Open the index in a folder for Whoosh. Raises as `vnsearch.Index.open` does."""
    return WhooshIndex(Store.open(Path(path)))


class WhooshIndex(Index):  # type: ignore[misc]
    """The last commit of an index, as Whoosh sees it. Read-only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def schema(self) -> Any:
        """The schema: see `whoosh_schema`."""
        return schema_of(self._store.toc().fields)

    def reader(self, reuse: Any = None) -> Any:
        """A reader over the last commit."""
        toc = self._store.toc()
        schema = schema_of(toc.fields)
        readers = []
        for entry in toc.segments:
            segment = ColumnSegment(self._store.open_segment(entry), self._store.read_deleted(entry), schema)
            # A SegmentReader closes its storage; ours is the segment itself, so it gets an empty one.
            readers.append(SegmentReader(RamStorage(), schema, segment, generation=toc.generation))
        if not readers:
            return EmptyReader(schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers, generation=toc.generation)

    def latest_generation(self) -> int:
        """The number of the last commit."""
        return self._store.toc().generation

    def last_modified(self) -> float:
        """When the last commit was made, in seconds since 1970."""
        return os.path.getmtime(self._store.folder / "vnsearch.json")

    def is_empty(self) -> bool:
        """Whether the index has no documents."""
        return not self._store.toc().segments

    def up_to_date(self) -> bool:
        """Always true: each reader is made from the last commit."""
        return True

    def doc_count(self) -> int:
        """How many records are not deleted."""
        with self.reader() as reader:
            return int(reader.doc_count())

    def doc_count_all(self) -> int:
        """How many records there are, deleted ones included."""
        return sum(entry.records for entry in self._store.toc().segments)

    def writer(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Not here: raises `RequestError`."""
        raise RequestError("this view of the index is read-only", "write through vnsearch.Index")


class ColumnSegment(WhooshSegment):  # type: ignore[misc]
    """A segment for Whoosh: ours, and which of its records are deleted."""

    def __init__(self, segment: Segment, deleted: Deleted, schema: Any) -> None:
        super().__init__("vnsearch")
        self.segid = segment.path.stem
        self.segment = segment
        self.fields = SegmentFields(segment, schema)
        self.schema = schema
        spans = [segment.records_of(int(document)) for document in deleted]
        self._deleted = frozenset(record for first, last in spans for record in range(first, last))

    def codec(self) -> ColumnCodec:
        """The codec that reads it."""
        return ColumnCodec()

    def doc_count_all(self) -> int:
        """How many records there are."""
        return self.segment.records

    def deleted_count(self) -> int:
        """How many records are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> frozenset[int]:
        """The deleted records."""
        return self._deleted

    def is_deleted(self, docnum: int) -> bool:
        """Whether a record is deleted."""
        return docnum in self._deleted


class ColumnCodec(Codec):  # type: ignore[misc]
    """Reads segments of vnsearch for Whoosh. They are written by `vnsearch.engine.Writer`."""

    def automata(self, storage: Any, segment: ColumnSegment) -> Automata:
        """Whoosh's own automata work over our cursors."""
        return Automata()

    def terms_reader(self, storage: Any, segment: ColumnSegment) -> ColumnTerms:
        """The terms of a segment."""
        return ColumnTerms(segment.fields)

    def per_document_reader(self, storage: Any, segment: ColumnSegment) -> ColumnDocuments:
        """The records of a segment."""
        return ColumnDocuments(segment)


class ColumnDocuments(PerDocumentReader):  # type: ignore[misc]
    """The records of a segment: stored fields, lengths, columns, deletions."""

    def __init__(self, segment: ColumnSegment) -> None:
        self._view = segment
        self._segment = segment.segment
        self._document_of = documents_of_records(self._segment.headers, self._segment.records)
        self._text = lru_cache(maxsize=16)(self._segment.texts.__getitem__)

    def doc_count(self) -> int:
        """How many records are not deleted."""
        return self._segment.records - self._view.deleted_count()

    def doc_count_all(self) -> int:
        """How many records there are."""
        return self._segment.records

    def has_deletions(self) -> bool:
        """Whether records are deleted."""
        return self._view.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        """Whether a record is deleted."""
        return self._view.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        """The deleted records."""
        return self._view.deleted_docs()

    def supports_columns(self) -> bool:
        """Metadata fields have columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether a field has a column."""
        return fieldname in self._view.schema and self._view.schema[fieldname].column_type is not None

    def column_reader(self, fieldname: str, column: Any) -> MadeColumn:
        """The values of a field on all records, as Whoosh sorts by them."""
        field = self._view.schema[fieldname]
        values = [column.default_value()] * self._segment.records
        for document, header in enumerate(self._segment.headers.tolist()):
            value = self._segment.card(document).fields.get(fieldname)
            if value is not None:
                values[header] = field.to_column_value(whoosh_value(value))
        return MadeColumn(values)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The length of a field on a record."""
        lengths = self._view.fields.lengths(fieldname)
        return lengths[docnum] or default if lengths else default

    def field_length(self, fieldname: str) -> int:
        """The length of a field on all records together."""
        return sum(self._view.fields.lengths(fieldname))

    def min_field_length(self, fieldname: str) -> int:
        """The smallest length of a field."""
        return min(self._view.fields.lengths(fieldname), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """The greatest length of a field."""
        return max(self._view.fields.lengths(fieldname), default=0)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a record."""
        document = int(self._document_of[docnum])
        card = self._segment.card(document)
        start = int(self._segment.starts[docnum])
        if docnum == int(self._segment.headers[document]):
            metadata = {name: whoosh_value(value) for name, value in card.fields.items()}
            return {"id": card.id, "title": card.title, **metadata}
        return {"id": card.id, "body": self._text(document)[start : int(self._segment.ends[docnum])]}

    def iter_docs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """All records that are not deleted, with their stored fields."""
        return ((docnum, self.stored_fields(docnum)) for docnum in self.all_doc_ids())


class MadeColumn(ColumnReader):  # type: ignore[misc]
    """A column held as a list."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._doccount = len(values)  # what Whoosh's own iteration asks for
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def sort_key(self, docnum: int) -> Any:
        """What a record is sorted by."""
        value = self._values[docnum]
        return -value if self._reverse and isinstance(value, (int, float)) else value

    def set_reverse(self) -> None:
        """Sort in descending order."""
        self._reverse = True

    def load(self) -> list[Any]:
        """All values."""
        return self._values
