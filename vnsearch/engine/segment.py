"""Reading a segment: its postings, its records, its documents. Nothing is read before it is asked for.

A segment is one container. `builder` writes it; these are its arrays, with FIELD for `title` and `body`,

| array | type | holds |
|---|---|---|
| `FIELD.terms` | strings[T] | canonical terms, ordered by bare form and then by spelling |
| `FIELD.bare`, `FIELD.groups` | strings[B], uint32[B + 1] | bare forms in order; the terms of each |
| `FIELD.sorted` | uint32[T] | the terms in the order of their spelling |
| `FIELD.ranks` | uint32[T] | the rank of each term: its place in the order of `order` |
| `FIELD.frequencies`, `.documents` | uint32[T] | how many records, and how many documents, a term stands in |
| `FIELD.maxima` | float32[T] | the highest saturation of a term in a record (`bm25`) |
| `FIELD.starts`, `.units` | uint32[T + 1], uint16 | the list of postings of each term, as `postings` writes them |
| `FIELD.occurrences`, `.positions` | uint32[T + 1], uint8 | the positions of each term, posting by posting |
| `FIELD.pairs.firsts`, `.seconds` | uint32[T + 1], uint32[P] | the pairs of each first term: second << 1, +1 if wide |
| `FIELD.pairs.starts`, `.units` | uint32[P + 1], uint16 | the list of postings of each pair |
| `records.starts`, `.ends`, `.sizes` | uint32, uint32, uint16 [R] | where a passage lies in its text; its tokens |
| `documents.headers` | uint32[D] | the header record of each document |
| `documents.signatures` | uint8[32 D] | what tells near-duplicates, as `signatures` makes them |
| `documents.copies`, `.firsts` | uint32[C] | near-duplicates, the first of each group; see `resemblance.Copies` |
| `texts`, `cards`, `ids`, `field.NAME` | | see `texts` and `metadata` |
| `definitions` | | see `definitions` |

Lists, occurrences and pairs stand by the rank of terms, so `starts`, `occurrences`, `firsts` and `seconds` go by it;
all else of a field goes by the order of terms, in which the markings of a syllable are neighbours. There are D
documents, R records and, in each of the fields, T terms of B bare forms and P distinct pairs of terms that stand side
by side. Offsets are uint64 where 32 bits are too few.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..text.canonical import bare
from .bm25 import average
from .container import Container
from .definitions import Definitions
from .metadata import Card, TextColumn, id_hash, read_column
from .places import POSITION_BITS
from .postings import Postings, decode_all
from .postings import decode as decode_list
from .resemblance import Copies
from .signatures import SIZE, Signatures
from .stretches import stretches
from .strings import Strings, decode, encode
from .texts import Texts

FIELDS = ("title", "body")


class FieldPostings:
    """The terms and postings of one field of a segment. A term is known by its number, which is its place in order."""

    def __init__(self, container: Container, field: str) -> None:
        self.terms = Strings(container, f"{field}.terms")
        self.bare = Strings(container, f"{field}.bare")
        self.groups: NDArray[np.uint32] = container.array(f"{field}.groups")
        self.sorted: NDArray[np.uint32] = container.array(f"{field}.sorted")
        self.frequencies: NDArray[np.uint32] = container.array(f"{field}.frequencies")
        self.documents: NDArray[np.uint32] = container.array(f"{field}.documents")
        self.maxima: NDArray[np.float32] = container.array(f"{field}.maxima")
        self.ranks: NDArray[np.uint32] = container.array(f"{field}.ranks")
        self.lists = Lists(container, field)
        self.pairs = Pairs(container, f"{field}.pairs", self.ranks)
        self._occurrences: NDArray[np.uint32] = container.array(f"{field}.occurrences")
        self._positions = container.column(f"{field}.positions")
        # Of functions, not of methods of its own: a segment in a cycle would stay open until a collection.
        self.group = lru_cache(maxsize=1 << 14)(partial(_find_group, self.bare, self.groups))
        self.find = lru_cache(maxsize=1 << 14)(partial(_find_term, self.terms, self.group))
        terms = len(self.terms)
        of_terms: tuple[Sized, ...] = (
            self.sorted,
            self.ranks,
            self.frequencies,
            self.documents,
            self.maxima,
            self.lists,
        )
        offsets: tuple[Sized, ...] = (self._occurrences, self.pairs.firsts)
        fit = {*map(len, of_terms)} == {terms} and {*map(len, offsets)} == {terms + 1}
        fit = fit and len(self.groups) == len(self.bare) + 1 and (not terms or int(self.ranks.max()) < terms)
        if not fit or self.groups[-1] != terms or self._occurrences[-1] != len(self._positions):
            raise container.damage(f"has arrays of '{field}' that do not fit together")

    def variants(self, bare_form: str) -> list[str]:
        """The canonical terms under a bare form, in order."""
        return [decode(term) for term in self.terms.slice(*self.group(bare_form))]

    def postings(self, term: int) -> Postings:
        """The postings of a term."""
        place = int(self.ranks[term])
        size = int(self.lists.starts[place + 1]) - int(self.lists.starts[place])
        return self.lists.read(place, size == 2 * int(self.frequencies[term]))

    def all_postings(self) -> tuple[Postings, NDArray[np.int64]]:
        """The postings of all terms by rank, one term behind the other, and how many each has (int64[T])."""
        bounds = self.lists.starts.astype(np.int64)
        wide = np.diff(bounds) == 2 * self.frequencies[self.pairs.by_rank].astype(np.int64)
        return decode_all(self.lists.units.read(), bounds, wide)

    def positions(self, term: int) -> NDArray[np.uint8]:
        """The positions of a term, posting by posting."""
        place = int(self.ranks[term])
        return self._positions.read(int(self._occurrences[place]), int(self._occurrences[place + 1]))

    def occurrences(self, term: int, among: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """Where a term stands, as sorted `record << 8 | position`; only `among` some records (ascending)."""
        (records, counts), positions = self.postings(term), self.positions(term)
        if among is not None and len(records):
            at = np.minimum(np.searchsorted(records, among), len(records) - 1)
            at = at[records[at] == among]
            begins = np.cumsum(counts, dtype=np.int64)[at] - counts[at]
            records, counts = records[at], counts[at]
            positions = positions[stretches(begins, counts)]
        return np.bitwise_or(np.repeat(records << POSITION_BITS, counts), positions, dtype=np.int64)

    def all_positions(self) -> NDArray[np.uint8]:
        """The positions of all terms by rank, one term behind the other."""
        return self._positions.read()

    def with_prefix(self, prefix: str) -> range:
        """The places of the bare forms that begin with `prefix`."""
        low = self.bare.bisect(encode(prefix))
        high = self.bare.bisect(encode(prefix + "\U0010ffff"))
        return range(low, high)


def _find_group(bare: Strings, groups: NDArray[np.uint32], bare_form: str) -> tuple[int, int]:
    """The terms under a bare form, as (first, one past the last) numbers; equal where there are none."""
    place = bare.find(encode(bare_form))
    return (0, 0) if place is None else (int(groups[place]), int(groups[place + 1]))


def _find_term(terms: Strings, group: Callable[[str], tuple[int, int]], term: str) -> int | None:
    """The number of a canonical term, or None."""
    first, last = group(bare(term))
    return terms.find(encode(term), first, last) if first < last else None


class Lists:
    """Lists of postings, as `postings` writes them."""

    def __init__(self, container: Container, name: str) -> None:
        self.starts: NDArray[np.uint32] = container.array(f"{name}.starts")
        self.units = container.column(f"{name}.units")
        if not len(self.starts) or self.starts[-1] != len(self.units):
            raise container.damage(f"has lists '{name}' that do not fit together")

    def __len__(self) -> int:
        return len(self.starts) - 1

    def read(self, place: int, wide: bool) -> Postings:
        """One list."""
        return decode_list(self.units.read(int(self.starts[place]), int(self.starts[place + 1])), wide)


class Pairs:
    """Terms that stand side by side, and where; `ranks` as in a field."""

    def __init__(self, container: Container, name: str, ranks: NDArray[np.uint32]) -> None:
        self._ranks = ranks
        self.firsts: NDArray[np.uint32] = container.array(f"{name}.firsts")
        self.seconds: NDArray[np.uint32] = container.array(f"{name}.seconds")
        self.lists = Lists(container, name)
        if not len(self.firsts) or self.firsts[-1] != len(self.seconds) or len(self.lists) != len(self.seconds):
            raise container.damage(f"has pairs '{name}' that do not fit together")

    def followers(self, first: int) -> range:
        """The places of the pairs that a term is the first of."""
        place = int(self._ranks[first])
        return range(int(self.firsts[place]), int(self.firsts[place + 1]))

    def find(self, first: int, seconds: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places of the pairs of a term with each of some terms, -1 for those that are not there."""
        followers = self.followers(first)
        held = self.seconds[followers.start : followers.stop]
        if not len(held):
            return np.full(len(seconds), -1)
        wanted = self._ranks[seconds]
        at = np.minimum(np.searchsorted(held, wanted << 1), len(held) - 1)
        return np.where(held[at] >> 1 == wanted, at + followers.start, -1)

    def behind(self, first: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The second terms of all pairs of a term, and in about how many records each pair stands; int64[n] both.
        Linear in the terms the first time."""
        held = self.followers(first)
        places = np.arange(held.start, held.stop)
        return self.by_rank[self.seconds[places] >> 1], self.frequencies(places)

    @cached_property
    def by_rank(self) -> NDArray[np.int64]:
        """The terms by rank; int64[T]."""
        return np.argsort(self._ranks)

    def frequencies(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """In about how many records the pairs at some places stand; exact but for what takes more room than usual."""
        starts = self.lists.starts
        return (starts[places + 1] - starts[places]).astype(np.int64) >> (self.seconds[places] & 1).astype(np.int64)

    def postings(self, place: int) -> Postings:
        """The postings of the pair at a place."""
        return self.lists.read(place, bool(self.seconds[place] & 1))

    def all_postings(self) -> tuple[Postings, NDArray[np.int64]]:
        """The postings of all pairs as they stand, one pair behind the other, and how many each has (int64[P])."""
        return decode_all(self.lists.units.read(), self.lists.starts.astype(np.int64), (self.seconds & 1).astype(bool))


class Segment:
    """A segment that is open for reading. Raises `IndexDamaged` where an array is missing, or they do not fit.

    `signatures` uint8[documents, SIZE] tell near-duplicates, `copies` which of the documents are some.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.container = container = Container(path)
        self.fields = {field: FieldPostings(container, field) for field in FIELDS}
        self.headers: NDArray[np.uint32] = container.array("documents.headers")
        self.documents = len(self.headers)
        self.starts: NDArray[np.uint32] = container.array("records.starts")
        self.ends: NDArray[np.uint32] = container.array("records.ends")
        self.sizes: NDArray[np.uint16] = container.array("records.sizes")
        self.records = len(self.starts)
        signatures = container.array("documents.signatures")
        self.texts = Texts(container)
        self.definitions = Definitions(container, self.documents)
        self._cards = Strings(container, "cards", mapped=False)
        self._hashes: NDArray[np.uint64] = container.array("ids.hashes")
        self._by_hash: NDArray[np.uint32] = container.array("ids.documents")
        of_documents: tuple[Sized, ...] = (self.texts, self._cards, self._hashes, self._by_hash)
        of_records: tuple[Sized, ...] = (self.ends, self.sizes)
        if {*map(len, of_documents)} != {self.documents} or {*map(len, of_records)} != {self.records}:
            raise container.damage("has arrays of documents that do not fit together")
        if len(signatures) != self.documents * SIZE:
            raise container.damage("has signatures that do not fit its documents")
        self.signatures: Signatures = signatures.reshape(-1, SIZE)
        self.copies = Copies(container.array("documents.copies"), container.array("documents.firsts"))
        fit = len(self.copies.documents) == len(self.copies.firsts)
        if not fit or any(len(part) and int(part.max()) >= self.documents for part in self.copies):
            raise container.damage("has near-duplicates that are none of its documents")
        if not _are_places(self.headers, self.records):
            raise container.damage("has documents that lie outside its records")

    @cached_property
    def averages(self) -> dict[str, float]:
        """The average size of a record of each field, as it was when the maxima were stored."""
        titles, tokens = int(self.sizes[self.headers].sum()), int(self.sizes.sum())
        passages = self.records - self.documents
        return {"title": average(titles, self.documents), "body": average(tokens - titles, passages)}

    def card(self, document: int) -> Card:
        """What is known of a document beside its text. Raises `IndexDamaged` where that cannot be read."""
        try:
            return Card.from_json(self._cards[document])
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
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
    documents = np.zeros(records, dtype=np.int64)
    documents[headers] = 1
    np.cumsum(documents, out=documents)  # in place: memory that is new takes longer than the sum
    documents -= 1
    return documents


def _are_places(headers: NDArray[np.uint32], records: int) -> bool:
    """Whether headers ascend from the first record, and all are records."""
    if not len(headers):
        return not records
    return bool(headers[0] == 0 and headers[-1] < records and (headers[1:] > headers[:-1]).all())
