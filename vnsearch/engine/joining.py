"""Several segments as one: their terms, their postings, their documents, laid one behind the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models import Document
from .metadata import Card
from .postings import NONE, Postings
from .segment import Segment, documents_of_records
from .signatures import SIZE, Signatures
from .strings import decode, encode


def largest(counts: NDArray[Any], most: int) -> NDArray[np.int64]:
    """The places of the largest counts, in no order."""
    if len(counts) <= most:
        return np.arange(len(counts))
    return np.argpartition(counts, len(counts) - most)[len(counts) - most :]


def most_frequent(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """The terms with the highest counts, the highest first, equal ones in order."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def living(held: Postings, base: int, alive: NDArray[np.bool_] | None) -> Postings:
    """The postings of a segment as the snapshot numbers records, without those of deleted documents."""
    records, counts = held
    if alive is not None:
        keep = alive[records]
        records, counts = records[keep], counts[keep]
    return Postings(records + base if base else records, counts)


def one_behind_the_other(parts: list[Postings]) -> Postings:
    """Postings of several segments, in the order of these."""
    if len(parts) <= 1:
        return parts[0] if parts else NONE
    records, counts = zip(*parts, strict=True)
    return Postings(np.concatenate(records), np.concatenate(counts))


def variants(segments: list[Segment], field: str, bare_form: str) -> tuple[str, ...]:
    """The canonical terms under a bare form, in order."""
    if len(segments) == 1:
        return tuple(segments[0].fields[field].variants(bare_form))
    return tuple(sorted({term for s in segments for term in s.fields[field].variants(bare_form)}, key=encode))


def written(segments: list[Segment], bare_form: str) -> Mapping[str, int]:
    """The canonical terms under a bare form, and in how many records of both fields each stands."""
    counts: dict[str, int] = {}
    for held in (field for segment in segments for field in segment.fields.values()):
        first, last = held.group(bare_form)
        frequencies = held.frequencies[first:last].tolist()
        for term, count in zip(map(decode, held.terms.slice(first, last)), frequencies, strict=True):
            counts[term] = counts.get(term, 0) + count
    return counts


def vocabulary(segments: list[Segment], field: str) -> dict[str, tuple[str, ...]]:
    """Bare form -> the canonical terms under it."""
    forms = {decode(form) for segment in segments for form in segment.fields[field].bare}
    return {form: variants(segments, field, form) for form in sorted(forms)}


def card(segments: list[Segment], places: NDArray[np.int64], document: int) -> Card:
    """What is known of a document, `places` int64[documents, 2] being its segment and its number there."""
    return segments[int(places[document, 0])].card(int(places[document, 1]))


def document(segments: list[Segment], places: NDArray[np.int64], document: int) -> Document:
    """A document with its text; `places` as for `card`."""
    place, local = int(places[document, 0]), int(places[document, 1])
    return segments[place].card(local).document(segments[place].texts[local])


def signatures(segments: list[Segment], places: NDArray[np.int64]) -> Signatures:
    """The signatures of some documents, `places` int64[n, 2] telling the segment of each and its number there."""
    found = np.empty((len(places), SIZE), dtype=np.uint8)
    for place, segment in enumerate(segments):
        here = places[:, 0] == place
        found[here] = segment.signatures[places[here, 1]]
    return found


def grouped(segment: Segment, live: NDArray[np.int64]) -> dict[int, int]:
    """The documents of a segment that are in a group with another, with the number that the first of it has there;
    `live` int64[documents] are those that are left, by which they are numbered anew."""
    held = np.full(segment.documents, -1, dtype=np.int64)
    held[segment.copies.documents] = held[segment.copies.firsts] = segment.copies.firsts
    found = held[live]
    documents = np.flatnonzero(found >= 0)
    return dict(zip(documents.tolist(), found[documents].tolist(), strict=True))


def join(parts: list[Any], dtype: Any, shape: tuple[int, ...] = (0,)) -> NDArray[Any]:
    """Arrays one behind the other; an empty one of this type where there are none."""
    if len(parts) == 1:
        return np.asarray(parts[0])
    return np.concatenate(parts) if parts else np.zeros(shape, dtype=dtype)


def without(count: int, deleted: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The numbers below `count` that are not deleted."""
    keep = np.ones(count, dtype=bool)
    keep[deleted] = False
    return np.flatnonzero(keep)


def alive_records(segment: Segment, deleted: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which records of a segment are not of deleted documents; bool[records]."""
    keep = np.ones(segment.documents, dtype=bool)
    keep[deleted] = False
    return keep[documents_of_records(segment.headers, segment.records)]
