"""The terms and postings of a segment, as Whoosh asks for them.

Whoosh sees four kinds of fields: `title` and `body` (postings as stored), their `_bare` twins (the postings of all
terms under one bare form), `id`, and the metadata. The postings of metadata fields are made when they are first asked
for, with Whoosh's own indexing of each value, since vnsearch itself keeps them as columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from .places import POSITION_BITS
from .segment import FieldPostings, Segment
from .stretches import first_of_each
from .whoosh_schema import BARE, whoosh_value


class Postings(NamedTuple):
    """The postings of one term: ascending record numbers, the weight of each, and its positions."""

    records: list[int]
    weights: list[float]
    positions: list[list[int]]


class Field(Protocol):
    """The terms of one field."""

    @property
    def terms(self) -> list[bytes]:
        """All terms, ascending."""

    def postings(self, term: bytes) -> Postings | None:
        """The postings of a term, or None where the field has no such term."""

    def lengths(self) -> Sequence[int]:
        """The length of the field on each record, as Whoosh counts it."""


def _read(occurrences: NDArray[np.int64]) -> Postings:
    """Sorted occurrences as postings."""
    records = occurrences >> POSITION_BITS
    first = np.flatnonzero(first_of_each(records))
    places = (occurrences & (1 << POSITION_BITS) - 1).tolist()
    bounds = [*first.tolist(), len(places)]
    positions = [places[a:b] for a, b in pairwise(bounds)]
    return Postings(records[first].tolist(), [float(len(p)) for p in positions], positions)


class TextField:
    """`title` or `body`, or the bare twin of one of them."""

    def __init__(self, held: FieldPostings, records: int, is_bare: bool) -> None:
        self._held = held
        self._records = records
        self._is_bare = is_bare

    @cached_property
    def terms(self) -> list[bytes]:
        """All terms, ascending."""
        if self._is_bare:
            return list(self._held.bare)
        terms = list(self._held.terms)
        return [terms[number] for number in self._held.sorted.tolist()]

    def postings(self, term: bytes) -> Postings | None:
        """The postings of a term."""
        place = bisect_left(self.terms, term)
        if place == len(self.terms) or self.terms[place] != term:
            return None
        if self._is_bare:
            first, last = int(self._held.groups[place]), int(self._held.groups[place + 1])
            return _read(np.sort(np.concatenate([self._held.occurrences(number) for number in range(first, last)])))
        return _read(self._held.occurrences(int(self._held.sorted[place])))

    def lengths(self) -> Sequence[int]:
        """Every posting counts, so a grouped number counts once more than its parts."""
        (records, counts), _ = self._held.all_postings()
        lengths: list[int] = np.bincount(records, counts, minlength=self._records).astype(np.int64).tolist()
        return lengths


class MadeField:
    """`id` or a metadata field: its postings are made from the values on the records."""

    def __init__(self, field: Any, values: Sequence[tuple[int, Any]], records: int) -> None:
        """`values` are pairs of a record and its value, ascending."""
        self._field = field
        self._values = values
        self._records = records

    @cached_property
    def _inverted(self) -> tuple[dict[bytes, Postings], list[int]]:
        terms: dict[bytes, Postings] = {}
        lengths = [0] * self._records
        decode = self._field.format.decoder("positions") if self._field.format.supports("positions") else None
        for record, value in self._values:
            for term, frequency, weight, data in self._field.index(value):
                held = terms.setdefault(term, Postings([], [], []))
                held.records.append(record)
                held.weights.append(weight)
                held.positions.append(list(decode(data)) if decode else [])
                if self._field.scorable:
                    lengths[record] += frequency
        return terms, lengths

    @cached_property
    def terms(self) -> list[bytes]:
        """All terms, ascending."""
        return sorted(self._inverted[0])

    def postings(self, term: bytes) -> Postings | None:
        """The postings of a term."""
        return self._inverted[0].get(term)

    def lengths(self) -> Sequence[int]:
        """As Whoosh's own indexing counts."""
        return self._inverted[1]


class SegmentFields:
    """All the fields of a segment."""

    def __init__(self, segment: Segment, schema: Any) -> None:
        self._segment = segment
        self._schema = schema
        self._fields: dict[str, Field] = {}
        self._lengths: dict[str, Sequence[int]] = {}

    def names(self) -> list[str]:
        """The indexed fields."""
        return [name for name, field in self._schema.items() if field.indexed]

    def field(self, name: str) -> Field | None:
        """A field, or None where the schema has none of that name."""
        if name not in self._fields and name in self._schema:
            self._fields[name] = self._open(name)
        return self._fields.get(name)

    def _open(self, name: str) -> Field:
        segment = self._segment
        held = segment.fields.get(name.removesuffix(BARE))
        if held is not None:
            return TextField(held, segment.records, name.endswith(BARE))
        values: list[tuple[int, Any]] = []
        for document in range(segment.documents):
            card = segment.card(document)
            first, last = segment.records_of(document)
            if name == "id":
                values += [(record, card.id) for record in range(first, last)]
            elif name in card.fields:
                values.append((first, whoosh_value(card.fields[name])))
        return MadeField(self._schema[name], values, segment.records)

    def lengths(self, name: str) -> Sequence[int]:
        """The length of a field on each record; empty where there is no such field."""
        if name not in self._lengths:
            field = self.field(name)
            scorable = field is not None and self._schema[name].scorable
            self._lengths[name] = field.lengths() if field is not None and scorable else ()
        return self._lengths[name]


class ColumnMatcher(ListMatcher):  # type: ignore[misc]
    """Walks the postings of one term; skipping is a binary search."""

    def __init__(self, postings: Postings, format_: Any, scorer: Any, term: tuple[str, bytes], info: TermInfo) -> None:
        super().__init__(postings.records, postings.weights, None, format_, scorer, term=term, terminfo=info)
        self._postings = postings

    def copy(self) -> ColumnMatcher:
        """A matcher at the same place."""
        copied = ColumnMatcher(self._postings, self._format, self._scorer, self._term, self._terminfo)
        copied.skip_places(self._i)
        return copied

    def id(self) -> int:
        """The current record; behind the end the last one, as Whoosh's `SpanNot` expects."""
        record: int = self._ids[min(self._i, len(self._ids) - 1)]
        return record

    def skip_places(self, count: int) -> None:
        """Go forward by a number of postings."""
        self._i: int = self._i + count

    def skip_to(self, id: int) -> None:
        """Go to the first posting at or behind a record."""
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect_left(self._ids, id, self._i)

    def supports(self, astype: str) -> bool:
        """Whether the postings tell this: positions and frequencies."""
        return astype in ("positions", "frequency", "weight") and bool(self._format.supports(astype))

    def value_as(self, astype: str) -> Any:
        """The current posting's positions, frequency or weight."""
        if astype == "positions":
            return self._postings.positions[self._i]
        return int(self.weight()) if astype == "frequency" else self.weight()

    def value(self) -> bytes:
        """The current posting's value as the stock codec would hold it."""
        if not self._format.supports("positions"):
            return b""
        return bytes(self._format.encode(self._postings.positions[self._i]))


class ColumnCursor(FieldCursor):  # type: ignore[misc]
    """Walks the terms of one field; for Whoosh's automata."""

    def __init__(self, terms: Sequence[bytes], field: Any, info: Any) -> None:
        self._terms = terms
        self._field = field
        self._info = info
        self._place = 0

    def first(self) -> Any:
        """Go to the first term."""
        self._place = 0
        return self.text()

    def find(self, term: Any) -> Any:
        """Go to the first term at or behind one."""
        wanted = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._place = bisect_left(self._terms, wanted)
        return self.text()

    def next(self) -> Any:
        """Go to the next term."""
        self._place += 1
        return self.text()

    def text(self) -> Any:
        """The current term, None behind the last."""
        return self._field.from_bytes(self._terms[self._place]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """What is known of the current term."""
        return self._info(self._terms[self._place]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a current term."""
        return self._place < len(self._terms)


class ColumnTerms(TermsReader):  # type: ignore[misc]
    """The terms of a segment."""

    def __init__(self, fields: SegmentFields) -> None:
        self._fields = fields

    def _postings(self, name: str, term: bytes) -> Postings | None:
        field = self._fields.field(name)
        return field.postings(term) if field is not None else None

    def _terms(self, name: str) -> list[bytes]:
        field = self._fields.field(name)
        return field.terms if field is not None else []

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        terms = self._terms(term[0])
        place = bisect_left(terms, term[1])
        return place < len(terms) and terms[place] == term[1]

    def cursor(self, fieldname: str, fieldobj: Any) -> ColumnCursor:
        """A cursor over the terms of a field."""
        return ColumnCursor(self._terms(fieldname), fieldobj, lambda term: self.term_info(fieldname, term))

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms, by field and then ascending."""
        return ((name, term) for name in sorted(self._fields.names()) for term in self._terms(name))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """All terms from one on."""
        terms = self._terms(fieldname)
        yield from ((fieldname, term) for term in terms[bisect_left(terms, prefix) :])
        for name in sorted(self._fields.names()):
            if name > fieldname:
                yield from ((name, term) for term in self._terms(name))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms from one on, with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is known of a term. Raises `TermNotFound`."""
        postings = self._postings(fieldname, text)
        if postings is None:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        lengths = self._fields.lengths(fieldname)
        held = [lengths[record] for record in postings.records] if lengths else [0]
        return TermInfo(
            weight=sum(postings.weights),
            df=len(postings.records),
            minlength=min(held),
            maxlength=max(held),
            maxweight=max(postings.weights),
            minid=postings.records[0],
            maxid=postings.records[-1],
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands. Raises `KeyError` where it does not."""
        postings = self._postings(fieldname, text)
        if postings is None:
            raise KeyError(text)
        return sum(postings.weights)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """On how many records a term stands. Raises `KeyError` where on none."""
        postings = self._postings(fieldname, text)
        if postings is None:
            raise KeyError(text)
        return len(postings.records)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ColumnMatcher:
        """A matcher over the postings of a term. Raises `TermNotFound`."""
        info = self.term_info(fieldname, text)
        postings = self._postings(fieldname, text)
        assert postings is not None
        return ColumnMatcher(postings, format_, scorer, (fieldname, text), info)

    def indexed_field_names(self) -> list[str]:
        """The indexed fields."""
        return self._fields.names()
