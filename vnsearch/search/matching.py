"""Boolean meaning: which documents (or passages) does a query tree match?

A leaf is looked up as occurrences; a row of slots is arithmetic on sorted occurrences; boolean logic is arithmetic on
masks over *units*. A unit is what results are made of: a document (its title and all its passages together) or one
passage.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..engine.snapshot import NOWHERE, POSITION_BITS, Occurrences, Snapshot
from ..models import Group, Relaxed
from .filters import select_field
from .leaves import Leaf, Reading, read_leaf
from .query import And, Bag, Every, Fuzzy, Node, Not, Or, Pattern, Phrase, Range, Word
from .slots import BODY, TITLE, MarksPolicy, Region, Slot

Mask = NDArray[np.bool_]

MOST: Final = 0.6
"""The share of the wanted words that "most" of them means."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where something stands: sorted occurrences (int64[n]) and the weight of each (float64[n])."""

    places: Occurrences
    weights: NDArray[np.float64]

    @property
    def records(self) -> NDArray[np.int64]:
        """The record of each occurrence."""
        return self.places >> POSITION_BITS


NOTHING: Final = Found(NOWHERE, np.zeros(0))


def union(parts: Sequence[Found]) -> Found:
    """Occurrences of any of the parts; where two stand at one place the heavier counts."""
    parts = [part for part in parts if len(part.places)]
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    places = np.concatenate([part.places for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    order = np.lexsort((-weights, places))
    places, weights = places[order], weights[order]
    first = np.concatenate(([True], places[1:] != places[:-1]))
    return Found(places[first], weights[first])


def in_row(slots: Sequence[Found]) -> Found:
    """Where the slots stand side by side and in order: the places of the first."""
    found = slots[0]
    for distance, slot in enumerate(slots[1:], start=1):
        wanted = found.places + distance
        at = np.searchsorted(slot.places, wanted)
        at[at == len(slot.places)] = 0
        hit = slot.places[at] == wanted if len(slot.places) else np.zeros(len(wanted), dtype=bool)
        found = Found(found.places[hit], np.minimum(found.weights[hit], slot.weights[at[hit]]))
    return found


def within(slots: Sequence[Found], slop: int, repeats: Sequence[int] = ()) -> Found:
    """Where all the slots stand, in any order, in a window of their number plus `slop`: the window's first place.

    `repeats` tells for each slot how many equal ones are before it: that many more times it must stand there.
    """
    if any(len(slot.places) == 0 for slot in slots):
        return NOTHING
    width = len(slots) + slop
    starts = union(slots)
    # Each wants a place of its own, though one word may fit several slots.
    keep = np.searchsorted(starts.places, starts.places + width) - np.arange(len(starts.places)) >= len(slots)
    weights = starts.weights.copy()
    for slot, before in zip(slots, repeats or [0] * len(slots), strict=True):
        at = np.searchsorted(slot.places, starts.places) + before
        inside = at < len(slot.places)
        at[~inside] = 0
        keep &= inside & (slot.places[at] - starts.places < width)
        weights = np.minimum(weights, slot.weights[at])
    return Found(starts.places[keep], weights[keep])


class Matcher:
    """Answers one query tree over one snapshot, under one policy of marks."""

    def __init__(self, snapshot: Snapshot, policy: MarksPolicy, group: Group) -> None:
        self.snapshot = snapshot
        self.policy = policy
        self.group = group
        self._leaves: dict[Node, Leaf | None] = {}
        self._found: dict[tuple[Reading, int, Region], Found] = {}

    @cached_property
    def unit_of(self) -> NDArray[np.int64]:
        """The unit of each record, -1 for none; int64[records]."""
        if self.group == "document":
            return self.snapshot.document_of
        passages = (self.snapshot.starts >= 0) & (self.snapshot.document_of >= 0)
        return np.where(passages, np.arange(self.snapshot.records), -1)

    @property
    def units(self) -> int:
        """How many units there are."""
        return self.snapshot.documents if self.group == "document" else self.snapshot.records

    def regions(self, leaf: Leaf) -> tuple[Region, ...]:
        """Where a leaf is looked for."""
        if leaf.field == "title":
            return (TITLE,)
        return (BODY,) if self.group == "passage" else (TITLE, BODY)

    def leaf(self, node: Word | Phrase | Pattern | Fuzzy) -> Leaf | None:
        """The leaf of a node, read once."""
        if node not in self._leaves:
            self._leaves[node] = read_leaf(node, self.policy, self.snapshot)
        return self._leaves[node]

    def find_slot(self, slot: Slot, region: Region) -> Found:
        """Where a slot is filled."""
        parts = []
        for field, term, weight in slot.terms(self.snapshot, region):
            places = self.snapshot.postings(field, term)
            parts.append(Found(places, np.full(len(places), weight)))
        return union(parts)

    def find_reading(self, reading: Reading, slop: int, region: Region) -> Found:
        """Where one reading stands."""
        asked = (reading, slop, region)
        if asked not in self._found:
            slots = [self.find_slot(slot, region) for slot in reading]
            repeats = [reading[:place].count(slot) for place, slot in enumerate(reading)]
            self._found[asked] = within(slots, slop, repeats) if slop else in_row(slots)
        return self._found[asked]

    def find(self, leaf: Leaf, region: Region) -> Found:
        """Where any reading of a leaf stands."""
        return union([self.find_reading(reading, leaf.slop, region) for reading in leaf.readings])

    def match(self, node: Node, need: Relaxed | None = None) -> Mask:
        """The units that a node matches; bool[units]. `need` relaxes the bags: None wants all of their words."""
        match node:
            case Every():
                return self._existing()
            case And(children):
                matched = self._existing()
                for child in children:
                    matched &= self.match(child, None if isinstance(child, Not) else need)
                return matched
            case Or(children):
                return self._any([self.match(c, need) for c in children])
            case Not(child):
                return self._existing() & ~self.match(child)
            case Bag():
                return self._match_bag(node, need)
            case Range():
                return self._of_documents(select_field(self.snapshot, node.field, low=node.low, high=node.high))
            case _:
                return self._match_leaf(node)

    def _match_bag(self, bag: Bag, need: Relaxed | None) -> Mask:
        # What was quoted was meant: only bare words are relaxed, unless any of them will do.
        strict = need in (None, "most")
        fixed = [c for c in bag.should if strict and not isinstance(c, Word)]
        loose = [mask for c in bag.should if c not in fixed and (mask := self._wanted(c, need)) is not None]
        must = [mask for c in (*fixed, *bag.must) if (mask := self._wanted(c, need)) is not None]
        matched = self._existing()
        for mask in must:
            matched = matched & mask
        if loose:
            count = np.sum(loose, axis=0)
            least = {None: len(loose), "most": math.ceil(MOST * len(loose)), "any": 1, "marks": len(loose)}[need]
            matched = matched & (count >= least)
        elif not must:
            matched = np.zeros(self.units, dtype=bool) if bag.should or bag.must else matched
        return matched & ~self._any([self.match(c) for c in bag.must_not])

    def _wanted(self, node: Node, need: Relaxed | None) -> Mask | None:
        """A clause's mask, or None where it says nothing (a word of nothing but punctuation)."""
        if isinstance(node, Word | Phrase | Pattern | Fuzzy) and self.leaf(node) is None:
            return None
        return self.match(node, need)

    def _match_leaf(self, node: Word | Phrase | Pattern | Fuzzy) -> Mask:
        mask = np.zeros(self.units, dtype=bool)
        leaf = self.leaf(node)
        if leaf is None:
            return mask
        if leaf.field is not None and leaf.field != "title":
            return self._of_documents(select_field(self.snapshot, leaf.field, self._match_field(leaf), leaf.text))
        if leaf.field == "title" and self.group == "passage":
            documents = np.zeros(self.snapshot.documents, dtype=bool)
            documents[self.snapshot.document_of[self.find(leaf, TITLE).records]] = True
            return self._of_documents(documents)
        for region in self.regions(leaf):
            units = self.unit_of[self.find(leaf, region).records]
            mask[units[units >= 0]] = True
        return mask

    def _match_field(self, leaf: Leaf) -> Mask:
        mask = np.zeros(self.snapshot.documents, dtype=bool)
        if self.snapshot.kinds.get(leaf.field or "") == "text":
            mask[self.snapshot.document_of[self.find(leaf, Region(leaf.field or "")).records]] = True
        return mask

    def _of_documents(self, documents: Mask) -> Mask:
        """A mask of documents as a mask of units."""
        if self.group == "document":
            return documents
        passages: Mask = (self.unit_of >= 0) & np.append(documents, False)[self.snapshot.document_of]
        return passages

    def restrict(self, documents: Mask) -> Mask:
        """The units of the documents of a mask."""
        return self._of_documents(documents)

    def _existing(self) -> Mask:
        if self.group == "document":
            return np.ones(self.units, dtype=bool)
        return self.unit_of >= 0

    def _any(self, masks: Sequence[Mask]) -> Mask:
        matched = np.zeros(self.units, dtype=bool)
        for mask in masks:
            matched |= mask
        return matched

    def positive(self, node: Node) -> Iterator[Leaf]:
        """The leaves that speak for a document, in the order of the query: those to score and to highlight."""
        match node:
            case And(children) | Or(children):
                for child in children:
                    yield from self.positive(child)
            case Bag(should, must, _):
                for child in (*must, *should):
                    yield from self.positive(child)
            case Word() | Phrase() | Pattern() | Fuzzy():
                leaf = self.leaf(node)
                if leaf is not None and leaf.field in (None, "title"):
                    yield leaf
            case _:
                return
