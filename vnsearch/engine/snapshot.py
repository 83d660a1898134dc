"""Reading: one commit of an index, as arrays.

A snapshot never changes; the index hands out a new one after a commit. Its records (headers and passages) are those of
its segments, one segment behind the other; its documents are those that are not deleted. Everything that a search asks
(which records, how often, side by side, at which places?) is arithmetic on sorted arrays.
"""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from ..errors import DocumentNotFound, VnsearchError
from ..models import Document, Group
from ..text.equivalents import Definition
from . import joining
from .bm25 import average
from .cache import ArrayCache
from .joining import alive_records, join, largest, living, most_frequent, one_behind_the_other, without
from .metadata import Card
from .near import near
from .places import POSITION_BITS
from .postings import Postings
from .segment import FieldPostings, Pairs, Segment, documents_of_records
from .signatures import Signatures
from .stretches import first_of_each, stretches
from .strings import decode

Occurrences = NDArray[np.int64]
"""Where tokens stand: sorted `record << 8 | position`."""

CACHE: Final = 86 << 20
"""The bytes that a snapshot keeps between queries."""


class Snapshot:
    """The documents of one commit. Safe for several threads.

    Opening looks at no sums of arrays, so that it is fast. Within `with snapshot:` they are looked at where reading
    fails, and `IndexDamaged` is raised instead where they are wrong.

    `header_of` int64[documents]: the header record of each document, ascending. `bounds` int64[documents + 1]: those
    and the number of records; what lies between two of them is of one document, or deleted.
    `document_of` int64[records]: the document of each record, -1 where it is deleted.
    `starts`, `ends` int32[records]: where a passage lies in its document's text; -1 on headers.
    `sizes` uint16[records]: tokens of a passage, or of the title on headers.
    `cache` is for what searches want to keep from one query to the next, `constants` for what every query needs,
    `spare` for arrays of zeros that a search takes, by group of its units, and gives back as zeros.
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
        self.starts = self._offsets("starts")
        self.ends = self._offsets("ends")
        self.sizes: NDArray[np.uint16] = join([segment.sizes for segment in self._segments], np.uint16)
        self._live = [without(segment.documents, deleted) for segment, deleted in segments]
        self._place = join([np.stack((np.full(len(x), i), x)).T for i, x in enumerate(self._live)], np.int64, (0, 2))
        self.documents = len(self._place)
        self._alive = [alive_records(s, deleted) if len(deleted) else None for s, deleted in segments]
        headers = [s.headers[x] + base for s, x, base in zip(self._segments, self._live, self.bases, strict=False)]
        self.bounds: NDArray[np.int64] = np.concatenate((*headers, [self.records]), dtype=np.int64)
        self.header_of = self.bounds[:-1]
        self.document_of = self._documents_of_records()
        self.passages = int((self.document_of >= 0).sum()) - self.documents
        self.cache = ArrayCache(CACHE)
        self.constants = ArrayCache(sys.maxsize)
        self.spare: dict[str, deque[NDArray[np.float32]]] = {"document": deque(maxlen=4), "passage": deque(maxlen=4)}
        # Of functions, not of methods of its own: see `FieldPostings.group`.
        self._cards = lru_cache(maxsize=1024)(partial(joining.card, self._segments, self._place))
        self._documents = lru_cache(maxsize=128)(partial(joining.document, self._segments, self._place))
        self._written = lru_cache(maxsize=1 << 13)(partial(joining.written, self._segments))
        self._vocabularies = lru_cache(maxsize=8)(partial(joining.vocabulary, self._segments))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, VnsearchError):
            for segment in self._segments:
                segment.container.ensure_sound()

    def _offsets(self, name: str) -> NDArray[np.int32]:
        whole: NDArray[np.uint32] = join([getattr(segment, name) for segment in self._segments], np.uint32)
        return whole.view(np.int32)  # which makes -1 of what stands for a header

    def _documents_of_records(self) -> NDArray[np.int64]:
        documents = documents_of_records(self.header_of, self.records)
        for base, alive in zip(self.bases, self._alive, strict=False):
            if alive is not None:
                documents[base : base + len(alive)][~alive] = -1
        return documents

    @cached_property
    def averages(self) -> dict[str, float]:
        """The average number of tokens of a title and of a passage, `title` and `body`."""
        titles, tokens = int(self.sizes[self.header_of].sum()), int(self.document_sizes.sum())
        return {"title": average(titles, self.documents), "body": average(tokens - titles, self.passages)}

    @cached_property
    def document_sizes(self) -> NDArray[np.int64]:
        """The number of tokens of each document, its title included; int64[documents]."""
        sizes = (
            np.where(self.document_of >= 0, self.sizes, 0) if any(x is not None for x in self._alive) else self.sizes
        )
        return np.add.reduceat(sizes, self.header_of, dtype=np.uint32).astype(np.int64)

    @cached_property
    def definitions(self) -> dict[Definition, int]:
        """The abbreviations that the documents define, in order, and in how many of them each is defined."""
        counted: Counter[Definition] = Counter()
        for segment, live in zip(self._segments, self._live, strict=True):
            alive = np.zeros(segment.documents, dtype=bool)
            alive[live] = True
            names = segment.definitions.names()
            counted.update(dict(zip(names, segment.definitions.counts(alive).tolist(), strict=True)))
        return {definition: counted[definition] for definition in sorted(counted) if counted[definition]}

    def _held(self, field: str) -> Iterator[tuple[FieldPostings, int, NDArray[np.bool_] | None]]:
        """A field of each segment, the first record of the segment, and which of its records are alive (None: all)."""
        for segment, base, alive in zip(self._segments, self.bases.tolist(), self._alive, strict=False):
            yield segment.fields[field], base, alive

    def _found(self, field: str, term: str) -> Iterator[tuple[FieldPostings, int, int, NDArray[np.bool_] | None]]:
        """As `_held`, with the number of a term behind the field; only the segments that have the term."""
        for held, base, alive in self._held(field):
            number = held.find(term)
            if number is not None:
                yield held, number, base, alive

    def postings(self, field: str, term: str) -> Postings:
        """The records whose `title` or `body` holds a term, and how often. Linear in their number."""
        found = self._found(field, term)
        return one_behind_the_other([living(held.postings(n), base, alive) for held, n, base, alive in found])

    def occurrences(self, field: str, term: str, among: NDArray[np.int64] | None = None) -> Occurrences:
        """The places where a term stands in `title` or `body`; only `among` some records (ascending)."""
        parts: list[Occurrences] = []
        for held, number, base, alive in self._found(field, term):
            found = held.occurrences(number, None if among is None else among[among >= base] - base)
            if alive is not None:
                found = found[alive[found >> POSITION_BITS]]
            parts.append(found + (base << POSITION_BITS))
        return join(parts, np.int64)

    def frequency(self, field: str, term: str) -> int:
        """In how many records a term stands. Costs a look-up; where documents were deleted, the reading of a list."""
        return sum(
            int(held.frequencies[number]) if alive is None else len(living(held.postings(number), base, alive).records)
            for held, number, base, alive in self._found(field, term)
        )

    def document_frequency(self, field: str, term: str) -> int:
        """In how many documents a term stands. Costs as much as `frequency`."""
        return sum(
            int(held.documents[number])
            if alive is None
            else int(first_of_each(self.document_of[living(held.postings(number), base, alive).records]).sum())
            for held, number, base, alive in self._found(field, term)
        )

    def bound(self, field: str, term: str) -> float:
        """The saturation (see `bm25`) of a term that no record exceeds. Costs a look-up."""
        highest = 0.0
        for segment in self._segments:
            held = segment.fields[field]
            number = held.find(term)
            if number is not None:
                # With a higher average the norm of a record is lower, by their ratio at most.
                higher = max(1.0, self.averages[field] / segment.averages[field])
                highest = max(highest, higher * float(held.maxima[number]))
        return min(1.0, highest)

    def pairs(self, field: str, firsts: Sequence[str], seconds: Sequence[str]) -> Iterator[tuple[int, int, Postings]]:
        """The postings of each pair of a first and a second term that stand side by side anywhere, with the places of
        the two among those given. Costs a look-up for each pair, and is linear in the postings."""
        found: dict[tuple[int, int], list[Postings]] = {}
        for held, base, alive, i, columns, places in self._pairs_found(field, firsts, seconds):
            for j, place in zip(columns.tolist(), places.tolist(), strict=True):
                found.setdefault((i, j), []).append(living(held.postings(place), base, alive))
        for (i, j), parts in found.items():
            yield i, j, one_behind_the_other(parts)

    def pair_frequencies(self, field: str, firsts: Sequence[str], seconds: Sequence[str]) -> NDArray[np.float32]:
        """In about how many records each first term stands before each second one; float32[firsts, seconds].

        Deleted documents still count. Costs a look-up for each pair."""
        found = np.zeros((len(firsts), len(seconds)), dtype=np.float32)
        for held, _, _, i, columns, places in self._pairs_found(field, firsts, seconds):
            found[i, columns] += held.frequencies(places)
        return found

    def _pairs_found(
        self, field: str, firsts: Sequence[str], seconds: Sequence[str]
    ) -> Iterator[tuple[Pairs, int, NDArray[np.bool_] | None, int, NDArray[np.int64], NDArray[np.int64]]]:
        """The pairs of a segment, its first record and which of its records are alive; and for a first term the second
        terms that stand behind it there, both by their places among those given, and the places of these pairs."""
        for held, base, alive in self._held(field):
            wanted = [(number, j) for j, term in enumerate(seconds) if (number := held.find(term)) is not None]
            if not wanted:
                continue
            numbers, columns = np.array(wanted, dtype=np.int64).T
            for i, term in enumerate(firsts):
                first = held.find(term)
                if first is not None:
                    places = held.pairs.find(first, numbers)
                    there = places >= 0
                    yield held.pairs, base, alive, i, columns[there], places[there]

    def variants(self, field: str, bare_form: str) -> tuple[str, ...]:
        """The canonical terms of `title` or `body` that share a bare form, in order."""
        return joining.variants(self._segments, field, bare_form)

    def vocabulary(self, field: str) -> dict[str, tuple[str, ...]]:
        """Bare form -> the canonical terms of `title` or `body` under it. Linear in the vocabulary, and kept."""
        return self._vocabularies(field)

    def terms(self, field: str) -> list[str]:
        """All canonical terms of `title` or `body`, in order. Linear in the vocabulary."""
        return sorted(decode(t) for t in {t for s in self._segments for t in s.fields[field].terms})

    def vocabulary_size(self, field: str) -> int:
        """How many canonical terms `title` or `body` has. Of one segment a look-up, of several linear in them."""
        held = [segment.fields[field].terms for segment in self._segments]
        return len(held[0]) if len(held) == 1 else len({term for terms in held for term in terms})

    def with_prefix(self, field: str, prefix: str) -> Iterator[str]:
        """The canonical terms of `title` or `body` whose bare form begins with `prefix`, in the order of these."""
        forms = {decode(s.fields[field].bare[i]) for s in self._segments for i in s.fields[field].with_prefix(prefix)}
        for form in sorted(forms):
            yield from self.variants(field, form)

    def frequent(self, field: str, prefix: str, most: int) -> list[tuple[str, int]]:
        """The terms whose bare form begins with `prefix` that stand in the most records, and in how many, the most
        frequent first. Deleted documents still count. Linear in the number of such terms."""
        found: Counter[str] = Counter()
        for held, _, _ in self._held(field):
            forms = held.with_prefix(prefix)
            first, last = int(held.groups[forms.start]), int(held.groups[forms.stop])
            counts = held.frequencies[first:last]
            for place in largest(counts, most).tolist():
                found[decode(held.terms[first + place])] += int(counts[place])
        return most_frequent(found, most)

    def following(self, field: str, term: str, most: int) -> list[tuple[str, int]]:
        """The terms that stand most often right behind a term, and in about how many records, the most frequent first.

        Deleted documents still count. Linear in the number of different terms behind it."""
        found: Counter[str] = Counter()
        for held, number, _, _ in self._found(field, term):
            seconds, counts = held.pairs.behind(number)
            for place in largest(counts, most).tolist():
                found[decode(held.terms[int(seconds[place])])] += int(counts[place])
        return most_frequent(found, most)

    def near(self, field: str, bare_form: str) -> set[str]:
        """The bare forms of `title` or `body` that are one edit away from one; see `near`."""
        return {form for held, _, _ in self._held(field) for form in near(held.bare, bare_form)}

    def written(self, bare_form: str) -> Mapping[str, int]:
        """The canonical terms that share a bare form, and in how many records each stands, titles and passages.

        Deleted documents still count. Costs a look-up; the last ones are kept."""
        return self._written(bare_form)

    def followers(self, field: str, term: str) -> int:
        """How many terms stand right behind a term anywhere; in each segment for itself. Costs a look-up."""
        return sum(len(held.pairs.followers(number)) for held, number, _, _ in self._found(field, term))

    def card(self, document: int) -> Card:
        """What is known of a document beside its text. Costs one line of JSON; the last ones are kept."""
        return self._cards(document)

    def cards(self, documents: Iterable[int]) -> list[Card]:
        """As `card`, of several."""
        return [*map(self._cards, documents)]

    def document(self, document: int) -> Document:
        """A document with its text. Costs the decompression of one block; the last ones are kept."""
        return self._documents(document)

    def signatures(self, documents: NDArray[np.int64]) -> Signatures:
        """What tells near-duplicates among some documents, as `signatures` makes it; uint8[n, SIZE]."""
        return joining.signatures(self._segments, self._place[documents])

    @cached_property
    def grouped(self) -> dict[int, int] | None:
        """The documents that are near-duplicates of others, each with a name of its group (see `resemblance`); None
        where there are several segments, which are not compared with each other before they are merged.

        Groups are those of all documents that the segment was built of, deleted ones too."""
        return joining.grouped(self._segments[0], self._live[0]) if len(self._segments) == 1 else None

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

    def number_of(self, document_id: str) -> int:
        """The number of the document with an id. Raises `DocumentNotFound`."""
        number = self.find(document_id)
        if number is None:
            raise DocumentNotFound(f"there is no document '{document_id}'", "ids are shown with search results")
        return number

    def documents_of(self, units: NDArray[np.int64], group: Group) -> NDArray[np.int64]:
        """The documents of some units, which are documents themselves, or passages; int64[n]."""
        return units if group == "document" else self.document_of.take(units)

    def records_of(self, documents: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The records of some documents, one document behind the other, headers first, and how many each has."""
        first = self.bounds.take(documents)
        counts = self.bounds.take(documents + 1)
        counts -= first
        return stretches(first, counts), counts

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
        present = join([have[live] for (have, _), live in parts], np.bool_)
        return present, join([values[live].astype(dtype) for (_, values), live in parts], dtype)

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
        return join(parts, np.bool_)

    def texts(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64], list[bytes]]:
        """What documents hold in a text field: document and number of the value, a row each value of each document in
        order (int64[n] twice), and all values in order, as UTF-8."""
        columns = [segment.texts_column(name) for segment in self._segments]
        values = sorted({value for column in columns if column is not None for value in column.values})
        place = {value: rank for rank, value in enumerate(values)}
        documents, codes, first = [], [], 0
        for column, live in zip(columns, self._live, strict=True):
            if column is not None:
                numbers = np.array([place[value] for value in column.values], dtype=np.int64)
                rows = column.rows.astype(np.int64)
                counts = rows[live + 1] - rows[live]
                documents.append(np.repeat(np.arange(first, first + len(live)), counts))
                codes.append(numbers[column.codes[stretches(rows[live], counts)]])
            first += len(live)
        return join(documents, np.int64), join(codes, np.int64), values

    def ranks(self, name: str) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Whether each document has a text field, and the place of its first value among all values in order."""
        documents, codes, _ = self.texts(name)
        first = first_of_each(documents)
        present = np.zeros(self.documents, dtype=bool)
        ranks = np.zeros(self.documents, dtype=np.int64)
        present[documents[first]] = True
        ranks[documents[first]] = codes[first]
        return present, ranks
