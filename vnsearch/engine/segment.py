"""Reading a segment: its postings, its records, its documents. Nothing is read before it is asked for.

A segment is one container. `builder` writes it; these are its arrays, for D documents, R records and, in each of the
fields `title` and `body`, T terms of B bare forms and P postings:

| array | type | holds |
|---|---|---|
| `FIELD.terms` | strings[T] | canonical terms, ordered by bare form and then by spelling |
| `FIELD.bare`, `FIELD.groups` | strings[B], uint32[B + 1] | bare forms in order; the terms of each |
| `FIELD.sorted` | uint32[T] | the terms in the order of their spelling |
| `FIELD.starts`, `FIELD.frequencies` | uint64[T + 1], uint32[T] | where the postings of a term begin; its records |
| `FIELD.keys` | uint32[P] | postings: record << 10 and position |
| `records.starts`, `.ends`, `.sizes` | uint32, uint32, uint16 [R] | where a passage lies in its text; its tokens |
| `documents.headers` | uint32[D] | the header record of each document |
| `texts`, `cards`, `ids`, `field.NAME` | | see `texts` and `metadata` |

Since all the markings of a syllable share a bare form, their postings stand next to each other.
"""

from __future__ import annotations

from collections.abc import Sized
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .container import Container
from .metadata import Card, TextColumn, id_hash, read_column
from .strings import Strings, decode, encode
from .texts import Texts

FIELDS = ("title", "body")


class FieldPostings:
    """The terms and postings of one field of a segment."""

    def __init__(self, container: Container, field: str) -> None:
        self.terms = Strings(container, f"{field}.terms")
        self.bare = Strings(container, f"{field}.bare")
        self.groups: NDArray[np.uint32] = container.array(f"{field}.groups")
        self.sorted: NDArray[np.uint32] = container.array(f"{field}.sorted")
        self.starts: NDArray[np.uint64] = container.array(f"{field}.starts")
        self.frequencies: NDArray[np.uint32] = container.array(f"{field}.frequencies")
        self.keys: NDArray[np.uint32] = container.array(f"{field}.keys")
        # Of a function, not of a method of its own: a segment in a cycle would stay open until a collection.
        self.group = lru_cache(maxsize=1 << 14)(partial(_find_group, self.bare, self.groups))
        terms = len(self.terms)
        lengths = (len(self.groups) - len(self.bare), len(self.sorted), len(self.frequencies), len(self.starts) - 1)
        if lengths != (1, terms, terms, terms) or self.starts[-1] != len(self.keys) or self.groups[-1] != terms:
            raise container.damage(f"has arrays of '{field}' that do not fit together")

    def variants(self, bare_form: str) -> list[str]:
        """The canonical terms under a bare form, in order."""
        return [decode(term) for term in self.terms.slice(*self.group(bare_form))]

    def find(self, term: str, bare_form: str) -> int | None:
        """The number of a canonical term whose bare form is given, or None."""
        first, last = self.group(bare_form)
        return self.terms.find(encode(term), first, last) if first < last else None

    def postings(self, first: int, last: int) -> NDArray[np.uint32]:
        """The postings of the terms from `first` up to `last`; sorted where that is one term."""
        return self.keys[int(self.starts[first]) : int(self.starts[last])]

    def with_prefix(self, prefix: str) -> range:
        """The places of the bare forms that begin with `prefix`."""
        low = self.bare.bisect(encode(prefix))
        high = self.bare.bisect(encode(prefix + "\U0010ffff"))
        return range(low, high)


def _find_group(bare: Strings, groups: NDArray[np.uint32], bare_form: str) -> tuple[int, int]:
    """The terms under a bare form, as (first, one past the last) numbers; equal where there are none."""
    place = bare.find(encode(bare_form))
    return (0, 0) if place is None else (int(groups[place]), int(groups[place + 1]))


class Segment:
    """A segment that is open for reading. Raises `IndexDamaged` where an array is missing, or they do not fit."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.container = container = Container(path)
        self.fields = {field: FieldPostings(container, field) for field in FIELDS}
        self.headers: NDArray[np.uint32] = container.array("documents.headers")
        self.documents = len(self.headers)
        empty = "records.starts" not in container
        nothing = np.zeros(0, dtype=np.uint32)
        self.starts: NDArray[np.uint32] = nothing if empty else container.array("records.starts")
        self.ends: NDArray[np.uint32] = nothing if empty else container.array("records.ends")
        self.sizes: NDArray[np.uint16] = nothing.astype(np.uint16) if empty else container.array("records.sizes")
        self.records = len(self.starts)
        self.texts = Texts(container)
        self._cards = Strings(container, "cards")
        self._hashes: NDArray[np.uint64] = container.array("ids.hashes")
        self._by_hash: NDArray[np.uint32] = container.array("ids.documents")
        of_documents: tuple[Sized, ...] = (self.texts, self._cards, self._hashes, self._by_hash)
        of_records: tuple[Sized, ...] = (self.ends, self.sizes)
        if {*map(len, of_documents)} != {self.documents} or {*map(len, of_records)} != {self.records}:
            raise container.damage("has arrays of documents that do not fit together")
        if not _are_places(self.headers, self.records):
            raise container.damage("has documents that lie outside its records")

    def card(self, document: int) -> Card:
        """What is known of a document beside its text. Raises `IndexDamaged` where that cannot be read."""
        try:
            return Card.from_json(self._cards[document])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self.container.damage("has damaged cards of documents") from None

    def find(self, document_id: str) -> list[int]:
        """The documents with an id; more than one only where all but one are deleted."""
        wanted = id_hash(document_id)
        first = int(np.searchsorted(self._hashes, wanted))
        found: list[int] = []
        while first < self.documents and self._hashes[first] == wanted:
            document = int(self._by_hash[first])
            if self.card(document).id == document_id:
                found.append(document)
            first += 1
        return found

    def records_of(self, document: int) -> tuple[int, int]:
        """The records of a document, as (header, one past the last passage)."""
        last = int(self.headers[document + 1]) if document + 1 < self.documents else self.records
        return int(self.headers[document]), last

    def texts_column(self, name: str) -> TextColumn | None:
        """A field of texts, or None where no document of the segment has it."""
        return TextColumn(self.container, name) if f"field.{name}.codes" in self.container else None

    def column(self, name: str, kind: str) -> tuple[NDArray[np.bool_], NDArray[np.float64] | NDArray[np.int64]]:
        """A field of another kind: whether each document has it, and its value."""
        return read_column(self.container, name, kind, self.documents)


def documents_of_records(headers: NDArray[np.integer[Any]], records: int) -> NDArray[np.int64]:
    """For each record the number of the document it is of, by the ascending `headers`; -1 before the first."""
    marks = np.zeros(records, dtype=np.int64)
    marks[headers] = 1
    return np.cumsum(marks) - 1


def _are_places(headers: NDArray[np.uint32], records: int) -> bool:
    """Whether headers ascend from the first record, and all are records."""
    if not len(headers):
        return not records
    return bool(headers[0] == 0 and headers[-1] < records and (headers[1:] > headers[:-1]).all())
