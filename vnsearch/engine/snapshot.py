"""Reading: one commit of an index, as arrays.

A snapshot never changes; the index hands out a new one after a commit. Its records (headers and passages) are those of
its segments, one segment behind the other; its documents are those that are not deleted. An *occurrence* is one token
at one place, and one number: `record << 10 | position`. Everything that a search asks (which records, how often, side
by side?) is arithmetic on sorted arrays of occurrences.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache, partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..models import Document
from ..text.canonical import bare
from .cache import ArrayCache
from .chunk import HEADER, MAX_RECORDS, POSITION_BITS
from .metadata import Card
from .segment import Segment, documents_of_records
from .strings import decode, encode

Occurrences = NDArray[np.unsignedinteger[Any]]
"""Sorted `record << 10 | position`: uint32 where all records of the snapshot fit, else uint64."""

CACHE: Final = 64 << 20
"""The bytes that a snapshot keeps between queries."""

BARE: Final = "_bare"
"""Ends the name of a field whose terms are bare forms: `body_bare` are the bare forms of `body`."""


class Snapshot:
    """The documents of one commit. Safe for several threads.

    `header_of` int64[documents]: the header record of each document, ascending.
    `document_of` int64[records]: the document of each record, -1 where it is deleted.
    `starts`, `ends` int64[records]: where a passage lies in its document's text; -1 on headers.
    `sizes` float64[records]: tokens of a passage, or of the title on headers.
    `cache` is for what searches want to keep from one query to the next, `constants` for what every query needs.
    """

    def __init__(
        self, generation: int, segments: list[tuple[Segment, NDArray[np.uint32]]], kinds: dict[str, str]
    ) -> None:
        """`segments` come each with its deleted documents, uint32 ascending; `kinds` are the metadata fields."""
        self.generation = generation
        self.kinds = kinds
        self._segments = [segment for segment, _ in segments]
        self.bases = np.cumsum([0, *(segment.records for segment in self._segments)])
        self.records = int(self.bases[-1])
        self._key_type = np.dtype(np.uint32 if self.records <= MAX_RECORDS else np.uint64)
        self.starts = self._offsets("starts")
        self.ends = self._offsets("ends")
        self.sizes = _join([segment.sizes.astype(np.float64) for segment in self._segments], np.float64)
        self._live = [_without(segment.documents, deleted) for segment, deleted in segments]
        self._place = _join([np.stack((np.full(len(x), i), x)).T for i, x in enumerate(self._live)], np.int64, (0, 2))
        self.documents = len(self._place)
        self._alive = [_alive_records(s, deleted) if len(deleted) else None for s, deleted in segments]
        headers = [s.headers[x] + base for s, x, base in zip(self._segments, self._live, self.bases, strict=False)]
        self.header_of: NDArray[np.int64] = _join(headers, np.int64).astype(np.int64)
        self.document_of = self._documents_of_records()
        self.passages = int((self.document_of >= 0).sum()) - self.documents
        self.cache = ArrayCache(CACHE)
        self.constants = ArrayCache(sys.maxsize)
        # Of functions, not of methods of its own: see `FieldPostings.group`.
        self._documents = lru_cache(maxsize=128)(partial(_document, self._segments, self._place))
        self._vocabularies = lru_cache(maxsize=8)(partial(_vocabulary, self._segments))

    def _offsets(self, name: str) -> NDArray[np.int64]:
        whole = _join([getattr(segment, name) for segment in self._segments], np.uint32).astype(np.int64)
        whole[whole == HEADER] = -1
        return whole

    def _documents_of_records(self) -> NDArray[np.int64]:
        documents = documents_of_records(self.header_of, self.records)
        for base, alive in zip(self.bases, self._alive, strict=False):
            if alive is not None:
                documents[base : base + len(alive)][~alive] = -1
        return documents

    def postings(self, field: str, term: str) -> Occurrences:
        """Where a term stands in `title`, `body`, `title_bare` or `body_bare`; empty where it stands nowhere."""
        if len(self._segments) == 1 and not field.endswith(BARE):
            return self._postings(field, term)  # a view of the file, or nearly
        (found,) = self.cache.get((field, term), lambda: (self._postings(field, term),))
        return found

    def _postings(self, field: str, term: str) -> Occurrences:
        name = field.removesuffix(BARE)
        form = term if field.endswith(BARE) else bare(term)
        parts: list[Occurrences] = []
        for segment, base, alive in zip(self._segments, self.bases, self._alive, strict=False):
            held = segment.fields[name]
            first, last = held.group(form)
            if name == field:
                number = held.find(term, form)
                first, last = (0, 0) if number is None else (number, number + 1)
            if first == last:
                continue
            keys: Occurrences = held.postings(first, last)
            if last - first > 1:
                keys = np.sort(keys)
            if alive is not None:
                keys = keys[alive[keys >> POSITION_BITS]]
            if base or keys.dtype != self._key_type:
                keys = keys.astype(self._key_type) + self._key_type.type(int(base) << POSITION_BITS)
            parts.append(keys)
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=self._key_type)

    def variants(self, field: str, bare_form: str) -> tuple[str, ...]:
        """The canonical terms of `title` or `body` that share a bare form, in order."""
        return _variants(self._segments, field, bare_form)

    def vocabulary(self, field: str) -> dict[str, tuple[str, ...]]:
        """Bare form -> the canonical terms of `title` or `body` under it. Linear in the vocabulary, and kept."""
        return self._vocabularies(field)

    def terms(self, field: str) -> list[str]:
        """All canonical terms of `title` or `body`, in order. Linear in the vocabulary."""
        return sorted(decode(t) for t in {t for s in self._segments for t in s.fields[field].terms})

    def with_prefix(self, field: str, prefix: str) -> Iterator[str]:
        """The canonical terms of `title` or `body` whose bare form begins with `prefix`, in the order of these."""
        forms = {decode(s.fields[field].bare[i]) for s in self._segments for i in s.fields[field].with_prefix(prefix)}
        for form in sorted(forms):
            yield from self.variants(field, form)

    def card(self, document: int) -> Card:
        """What is known of a document beside its text. Costs one line of JSON."""
        place, local = self._place[document]
        segment: Segment = self._segments[place]
        return segment.card(int(local))

    def document(self, document: int) -> Document:
        """A document with its text. Costs the decompression of one block; the last ones are kept."""
        return self._documents(document)

    def find(self, document_id: str) -> int | None:
        """The number of the document with an id, or None."""
        before = 0
        for segment, live in zip(self._segments, self._live, strict=True):
            for local in segment.find(document_id):
                place = int(np.searchsorted(live, local))
                if place < len(live) and live[place] == local:
                    return before + place
            before += len(live)
        return None

    def locals_of(self, place: int, documents: Collection[int]) -> NDArray[np.int64]:
        """Of some documents, those in one segment, by their numbers there."""
        chosen = self._place[sorted(documents)] if documents else self._place[:0]
        local: NDArray[np.int64] = chosen[chosen[:, 0] == place, 1]
        return local

    def column(self, name: str) -> tuple[NDArray[np.bool_], NDArray[np.float64] | NDArray[np.int64]]:
        """A field of numbers, truth values or dates (microseconds since 1970): whether each document has it, and what.

        bool[documents] and float64 or int64[documents].
        """
        kind = self.kinds[name]
        parts = [(s.column(name, kind), x) for s, x in zip(self._segments, self._live, strict=True)]
        dtype = np.int64 if kind == "date" else np.float64
        present = _join([have[live] for (have, _), live in parts], np.bool_)
        return present, _join([values[live].astype(dtype) for (_, values), live in parts], dtype)

    def select_texts(self, name: str, accepts: Callable[[str], bool]) -> NDArray[np.bool_]:
        """The documents that hold a value of a text field that is accepted; bool[documents].

        Linear in the number of distinct values and of documents.
        """
        parts = []
        for segment, live in zip(self._segments, self._live, strict=True):
            column = segment.texts_column(name)
            if column is None:
                parts.append(np.zeros(len(live), dtype=bool))
                continue
            accepted = np.fromiter((accepts(decode(v)) for v in column.values), dtype=bool, count=len(column.values))
            parts.append(column.documents(accepted)[live])
        return _join(parts, np.bool_)

    def ranks(self, name: str) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Whether each document has a text field, and the place of its first value among all values in order."""
        columns = [segment.texts_column(name) for segment in self._segments]
        values = sorted({value for column in columns if column is not None for value in column.values})
        place = {value: rank for rank, value in enumerate(values)}
        present, ranks = [], []
        for column, live in zip(columns, self._live, strict=True):
            if column is None:
                present.append(np.zeros(len(live), dtype=bool))
                ranks.append(np.zeros(len(live), dtype=np.int64))
                continue
            have, codes = column.firsts()
            translated = np.array([*(place[value] for value in column.values), 0], dtype=np.int64)
            present.append(have[live])
            ranks.append(translated[codes][live])
        return _join(present, np.bool_), _join(ranks, np.int64)


def _variants(segments: list[Segment], field: str, bare_form: str) -> tuple[str, ...]:
    if len(segments) == 1:
        return tuple(segments[0].fields[field].variants(bare_form))
    return tuple(sorted({term for s in segments for term in s.fields[field].variants(bare_form)}, key=encode))


def _vocabulary(segments: list[Segment], field: str) -> dict[str, tuple[str, ...]]:
    forms = {decode(form) for segment in segments for form in segment.fields[field].bare}
    return {form: _variants(segments, field, form) for form in sorted(forms)}


def _document(segments: list[Segment], places: NDArray[np.int64], document: int) -> Document:
    place, local = int(places[document, 0]), int(places[document, 1])
    return segments[place].card(local).document(segments[place].texts[local])


def _join(parts: list[Any], dtype: Any, shape: tuple[int, ...] = (0,)) -> NDArray[Any]:
    if len(parts) == 1:
        return np.asarray(parts[0])
    return np.concatenate(parts) if parts else np.zeros(shape, dtype=dtype)


def _without(count: int, deleted: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The numbers below `count` that are not deleted."""
    keep = np.ones(count, dtype=bool)
    keep[deleted] = False
    return np.flatnonzero(keep)


def _alive_records(segment: Segment, deleted: NDArray[np.uint32]) -> NDArray[np.bool_]:
    keep = np.ones(segment.documents, dtype=bool)
    keep[deleted] = False
    return keep[documents_of_records(segment.headers, segment.records)]
