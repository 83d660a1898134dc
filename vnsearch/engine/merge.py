"""Merging segments: which, and how.

Segments fall into tiers by their number of records, each `FACTOR` times the one below. When `FACTOR` segments of a tier
stand together they are merged, with the smaller ones between them, into one of the next tier; so a document is written
again about log(N) times in all, to the base `FACTOR`, and an index has fewer than `FACTOR` segments a tier. A segment
of which more than half is deleted is written anew. This is the logarithmic merge of Lester, Moffat and Zobel
(*Efficient online index construction for text databases*, 2008).

Merging moves arrays: the postings of a segment are one run of the new one, with their records and terms renumbered.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .builder import Builder
from .places import POSITION_BITS
from .postings import COUNT_BITS, MAX_RECORDS
from .runs import Run, pair
from .segment import FIELDS, Segment, documents_of_records
from .store import Deleted, Store
from .strings import decode
from .texts import Block, compress, gather
from .toc import SegmentEntry

FACTOR: Final = 4
SMALLEST: Final = 64
"""Segments with fewer records than this are of the lowest tier."""

Group = list[SegmentEntry]


def plan(entries: Sequence[SegmentEntry]) -> list[Group]:
    """The segments in groups, in order; a group of more than one is to be merged."""
    groups: list[Group] = [[entry] for entry in entries]
    for tier in range(64):
        first = 0
        while first < len(groups):
            last = first
            while last < len(groups) and _tier(groups[last]) <= tier:
                last += 1
            if sum(_tier(group) == tier for group in groups[first:last]) >= FACTOR:
                groups[first:last] = _joined(groups[first:last])
            first = max(last, first + 1)
    return groups


def _joined(groups: Sequence[Group]) -> list[Group]:
    """The groups as one, or as they are where that would be more than a segment holds."""
    joined = [entry for group in groups for entry in group]
    return [joined] if sum(entry.records for entry in joined) < MAX_RECORDS else list(groups)


def _tier(group: Group) -> int:
    records = sum(entry.records for entry in group)
    return max(0, math.ceil(math.log(max(records, 1) / SMALLEST, FACTOR)))


def needs_merge(store: Store, group: Group) -> bool:
    """Whether a group of segments is to be written as a new one."""
    return len(group) > 1 or 2 * len(store.read_deleted(group[0])) > group[0].documents


def plan_one(entries: Sequence[SegmentEntry]) -> list[Group]:
    """All segments in one group, as far as one segment can hold them; as they are where that changes nothing."""
    if len(entries) == 1 and entries[0].deleted is None:
        return [[entries[0]]]
    return _joined([[entry] for entry in entries])


def merge(
    store: Store, groups: Sequence[Group], generation: int, memory: int, tidy: bool = False
) -> list[SegmentEntry]:
    """Merge each group that needs it, or, to be `tidy`, has any deletion; returns the segments of the commit.

    Raises `IndexDamaged` where the sums of what is to be merged are wrong.
    """
    entries: list[SegmentEntry] = []
    for place, group in enumerate(groups, start=1):
        if not (needs_merge(store, group) or (tidy and group[0].deleted)):
            entries.append(group[0])
            continue
        builder = Builder(store.segment_path(generation, place), memory)
        try:
            for entry in group:
                segment = store.open_segment(entry)
                segment.container.ensure_sound()  # what is damaged would be given right sums
                add_segment(builder, segment, store.read_deleted(entry))
            entries.append(builder.finish())
        except BaseException:
            builder.abort()
            raise
    return entries


def add_segment(builder: Builder, segment: Segment, deleted: Deleted) -> None:
    """Add what is left of a segment to a builder."""
    keep = np.ones(segment.documents, dtype=bool)
    keep[deleted] = False
    alive = keep[documents_of_records(segment.headers, segment.records)]
    renumbered = builder.records + np.cumsum(alive) - 1
    runs = {field: _runs(builder, segment, field, alive, renumbered) for field in FIELDS}
    signatures = segment.signatures[keep]
    records = (segment.starts[alive], segment.ends[alive], segment.sizes[alive])
    kept = np.flatnonzero(keep).tolist()
    cards = [segment.card(document) for document in kept]
    builder.add_merged(runs, signatures, records, _texts(segment, keep), cards, segment.definitions.of(keep))


def _runs(
    builder: Builder, segment: Segment, field: str, alive: NDArray[np.bool_], renumbered: NDArray[np.int64]
) -> tuple[Run, Run]:
    """The terms and the pairs of a field as runs of the new segment."""
    held = segment.fields[field]
    terms = list(held.terms)
    numbers = builder.terms.numbers([decode(terms[term]) for term in held.pairs.by_rank.tolist()])
    (records, counts), sizes = held.all_postings()
    keep = alive[records]
    places = np.repeat(renumbered[records] << POSITION_BITS, counts) | held.all_positions()
    places = places[np.repeat(keep, counts)].astype(np.uint32)
    of_terms = Run(numbers, _summed(np.where(keep, counts, 0), sizes), places)
    (records, counts), sizes = held.pairs.all_postings()
    keep = alive[records]
    postings = (renumbered[records] << COUNT_BITS | counts)[keep].astype(np.uint32)
    bounds = held.pairs.firsts.astype(np.int64)
    firsts = np.repeat(numbers, bounds[1:] - bounds[:-1])
    things = pair(firsts, numbers[held.pairs.seconds >> 1])
    return _without_empty(of_terms), _without_empty(Run(things, _summed(keep, sizes), postings))


def _summed(values: NDArray[Any], sizes: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Values added up by list, the lists having these sizes."""
    sums = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(values, dtype=np.int64)))
    edges = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
    return np.diff(sums[edges]).astype(np.uint32)


def _without_empty(run: Run) -> Run:
    """A run without the things of which no posting is left."""
    used = run.counts > 0
    return Run(run.things[used], run.counts[used], run.postings)


def _texts(segment: Segment, keep: NDArray[np.bool_]) -> list[Block]:
    """The blocks of texts: copied where all of their documents are kept, else compressed anew."""
    blocks: list[Block] = []
    first = 0
    for block in segment.texts.blocks():
        last = first + len(block.lengths)
        if keep[first:last].all():
            blocks.append(block)
        elif keep[first:last].any():
            blocks += compress(gather([segment.texts[document] for document in range(first, last) if keep[document]]))
        first = last
    return blocks
