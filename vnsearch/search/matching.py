"""Boolean meaning: which documents (or passages) does a query tree match?

A leaf is looked up as occurrences; a row of slots is arithmetic on sorted occurrences; boolean logic is arithmetic on
masks over *units*. A unit is what results are made of: a document (its title and all its passages together) or one
passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..engine.bm25 import inverse_frequency
from ..engine.places import POSITION_BITS
from ..engine.postings import Postings
from ..engine.snapshot import Snapshot
from ..models import Group, Relaxed
from . import weights
from .filters import select_field
from .highlighting import stands_in
from .leaves import Leaf, Reading, read_leaf, read_syllable
from .occurrences import (
    NOTHING,
    Found,
    Hits,
    Records,
    by_record,
    common,
    evenly,
    in_row,
    sum_hits,
    union,
    weakened,
    weighed,
    within,
)
from .query import And, Bag, Every, Fuzzy, Node, Not, Or, Pattern, Phrase, Range, Word, are_bare
from .slots import BODY, TITLE, Forms, MarksPolicy, Region, Slot, WordSlot

Mask = NDArray[np.bool_]

_TEXTS: Final = (Word, Phrase, Pattern, Fuzzy)
"""The leaves that hold text."""

MOST: Final = 0.6
"""The share of the wanted words, each weighed by its idf, that "most" of them means."""


class Matcher:
    """Answers one query tree over one snapshot, under one policy of marks."""

    def __init__(self, snapshot: Snapshot, policy: MarksPolicy, group: Group) -> None:
        self.snapshot = snapshot
        self.policy = policy
        self.group = group
        self._leaves: dict[Node, Leaf | None] = {}
        self._forms: dict[tuple[Slot, Region], Forms] = {}
        self._words: dict[tuple[WordSlot, Region], list[tuple[Postings, float]]] = {}
        self._readings: dict[tuple[Reading, int, Region], Hits] = {}
        self._tallies: dict[Hashable, Hits] = {}  # by the masks that were made of them, until they are scored

    @cached_property
    def unit_of(self) -> NDArray[np.int64]:
        """The unit of each record, -1 for none; int64[records]."""
        if self.group == "document":
            return self.snapshot.document_of
        (units,) = self.snapshot.constants.get("passages", lambda: (self._passages(),))
        return units

    def _passages(self) -> NDArray[np.int64]:
        passages = (self.snapshot.starts >= 0) & (self.snapshot.document_of >= 0)
        return np.where(passages, np.arange(self.snapshot.records), -1)

    @property
    def units(self) -> int:
        """How many units there are."""
        return self.snapshot.documents if self.group == "document" else self.snapshot.records

    def regions(self, field: str | None, group: Group | None = None) -> tuple[Region, ...]:
        """Where a leaf of a field is looked for; with a `group`, where it earns a score for a unit of it."""
        if field == "title":
            return () if group == "passage" else (TITLE,)
        return (BODY,) if "passage" in (group, self.group) else (TITLE, BODY)

    def leaf(self, node: Word | Phrase | Pattern | Fuzzy) -> Leaf | None:
        """The leaf of a node, read once."""
        if isinstance(node, Word) and not node.also:
            known = read_syllable(node.text, node.field, self.policy)
            if known is not None:
                return known
            asked = ("word", node.text, node.field, self.policy)
            return self.snapshot.cache.get(asked, self._read_leaf, node)[0]
        if node not in self._leaves:
            (self._leaves[node],) = self._read_leaf(node)
        return self._leaves[node]

    def _read_leaf(self, node: Word | Phrase | Pattern | Fuzzy) -> tuple[Leaf | None]:
        return (read_leaf(node, self.policy, self.snapshot),)

    def forms(self, slot: Slot, region: Region) -> Forms:
        """The terms that fill a slot, read once."""
        if (slot, region) not in self._forms:
            self._forms[slot, region] = slot.terms(self.snapshot, region)
        return self._forms[slot, region]

    def find_slot(self, slot: Slot, region: Region, among: Records | None = None) -> list[Found]:
        """Where a slot is filled, in parts: one for each term that fills it; only `among` some records."""
        snapshot, forms = self.snapshot, self.forms(slot, region)
        parts = [evenly(snapshot.occurrences(region.field, term, among), weight) for term, weight in forms]
        return [part for part in parts if len(part.places)]

    def pair(self, slots: tuple[Slot, Slot], region: Region) -> Hits:
        """In which records two slots stand side by side, and how often."""
        return sum_hits(self.pair_parts(slots, region), self.snapshot.records)

    def pair_parts(self, slots: tuple[Slot, Slot], region: Region) -> list[Hits]:
        """The same in parts, one for each two spellings."""
        firsts, seconds = (self.forms(slot, region) for slot in slots)
        found = self.snapshot.pairs(region.field, [term for term, _ in firsts], [term for term, _ in seconds])
        return [weighed(postings, min(firsts[i][1], seconds[j][1])) for i, j, postings in found]

    def find_reading(self, reading: Reading, slop: int, region: Region) -> Found:
        """Where one reading stands."""
        if len(reading) == 1:
            return union(self.find_slot(reading[0], region))
        if slop:
            wanted = Counter(reading)
            return within([(union(self.find_slot(slot, region)), times) for slot, times in wanted.items()], slop)
        if len(reading) > 1 << POSITION_BITS:
            return NOTHING  # no record has so many places
        # Only where all that are neighbours here are neighbours, at whatever place, need places be looked at.
        among = common([self.pair(slots, region).records for slots in dict.fromkeys(pairwise(reading))])
        return in_row([self.find_slot(slot, region, among) for slot in reading]) if len(among) else NOTHING

    def find(self, leaf: Leaf, region: Region) -> Found:
        """Where any reading of a leaf stands."""
        found = [self.find_reading(reading, leaf.slop, region) for reading in leaf.readings]
        return union(found if not leaf.weights else list(map(weakened, found, leaf.weights)))

    def hits(self, leaf: Leaf, region: Region) -> Hits:
        """In which records a leaf stands, and how often."""
        return sum_hits(self.parts(leaf, region), self.snapshot.records)

    def parts(self, leaf: Leaf, region: Region) -> list[Hits]:
        """The same in parts, of a word one for each spelling."""
        if leaf.word is not None:
            return [weighed(*part) for part in self._postings(leaf.word, region)]
        if leaf.slop == 0 and len(leaf.readings) == 1 and len(leaf.readings[0]) == 2:
            first, second = leaf.readings[0]
            return self.pair_parts((first, second), region)
        if leaf.weights:
            parts = [self._read(reading, leaf.slop, region) for reading in leaf.readings]
            return [Hits(h.records, h.frequencies * np.float32(w)) for h, w in zip(parts, leaf.weights, strict=True)]
        return [by_record(self.find(leaf, region))]

    def _read(self, reading: Reading, slop: int, region: Region) -> Hits:
        """In which records one reading stands, and how often; read once, since the words of a phrase share what will do
        in its place."""
        asked = (reading, slop, region)
        if asked not in self._readings:
            slot = reading[0]
            if len(reading) == 1 and isinstance(slot, WordSlot):
                parts = [weighed(*part) for part in self._postings(slot, region)]
                self._readings[asked] = sum_hits(parts, self.snapshot.records)
            else:
                self._readings[asked] = by_record(self.find_reading(reading, slop, region))
        return self._readings[asked]

    def _postings(self, word: WordSlot, region: Region) -> list[tuple[Postings, float]]:
        """The postings of the spellings of a word and the weight of each, read once."""
        if (word, region) not in self._words:
            forms = self.forms(word, region)
            self._words[word, region] = [(self.snapshot.postings(region.field, term), w) for term, w in forms]
        return self._words[word, region]

    def match(self, node: Node, need: Relaxed | None = None) -> Mask:
        """The units that a node matches; bool[units]. `need` relaxes the bags: None wants all of their words."""
        match node:
            case Bag():
                return self._match_bag(node, need)
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
            case Range():
                return self.restrict(select_field(self.snapshot, node.field, low=node.low, high=node.high))
            case _:
                return self._match_leaf(node)

    def _match_bag(self, bag: Bag, need: Relaxed | None) -> Mask:
        fixed = _fixed(bag, need)
        matched = self._match_loose([c for c in bag.should if c not in fixed] if fixed else bag.should, need)
        must = [self.match(c, need) for c in (*fixed, *bag.must) if self._says(c)]
        if matched is None:
            if not must and (bag.should or bag.must):
                return np.zeros(self.units, dtype=bool)
            matched = self._existing()
        for mask in must:
            matched &= mask
        if not bag.must_not:
            return matched
        return matched & ~self._any([self.match(c) for c in bag.must_not])

    def _match_loose(self, nodes: Sequence[Node], need: Relaxed | None) -> Mask | None:
        """The units that hold as many of the clauses as are needed; None where no clause says anything."""
        leaves = [self.leaf(node) for node in nodes if isinstance(node, Word) and node.field is None]
        if need == "most" or len(leaves) < len(nodes):
            masks = [self.match(node, need) for node in nodes if self._says(node)]
            return self._enough(masks, need) if masks else None
        held = [self._packed(leaf) for leaf in leaves if leaf is not None]
        if not held:
            return None
        first, *others = held
        combine = np.bitwise_or if need == "any" else np.bitwise_and
        packed = first
        for other in others:  # eight units at once
            packed = combine(packed, other)
        return self._unpacked(packed)

    def _enough(self, masks: Sequence[Mask], need: Relaxed | None) -> Mask:
        """The units that as many of the masks hold as are needed."""
        if need == "any":
            return self._any(masks)
        if need == "most":
            counts = [int(np.count_nonzero(mask)) for mask in masks]
            known = [inverse_frequency(self.units, count) for count in counts if count]
            usual = sum(known) / max(len(known), 1)  # for a word that nothing holds
            worth = [inverse_frequency(self.units, count) if count else usual for count in counts]
            held = np.zeros(self.units, dtype=np.float32)
            for mask, weight in zip(masks, worth, strict=True):
                np.add(held, np.float32(weight), out=held, where=mask)
            enough: Mask = held >= np.float32(MOST * sum(worth) * 0.9999)  # for the rounding of sums
            return enough & (held > 0)
        matched = masks[0].copy()
        for mask in masks[1:]:
            matched &= mask
        return matched

    def _says(self, node: Node) -> bool:
        """Whether a clause says anything; a word of nothing but punctuation does not."""
        return not isinstance(node, _TEXTS) or self.leaf(node) is not None

    def _match_leaf(self, node: Word | Phrase | Pattern | Fuzzy) -> Mask:
        leaf = self.leaf(node)
        return np.zeros(self.units, dtype=bool) if leaf is None else self.match_leaf(leaf)

    def match_leaf(self, leaf: Leaf) -> Mask:
        """The units that a leaf stands in."""
        if leaf.field is not None and leaf.field != "title":
            return self.restrict(select_field(self.snapshot, leaf.field, self._match_field(leaf), leaf.text))
        if leaf.field == "title" and self.group == "passage":
            documents = np.zeros(self.snapshot.documents, dtype=bool)
            documents[self.snapshot.document_of[self.hits(leaf, TITLE).records]] = True
            return self.restrict(documents)
        return self._unpacked(self._packed(leaf))

    def _packed(self, leaf: Leaf) -> NDArray[np.uint8]:
        """The units that a leaf stands in, for what is looked for in the text, eight units a byte."""
        return self.snapshot.cache.get(("mask", leaf.asked, leaf.field, self.group), self._pack, leaf)[0]

    def _pack(self, leaf: Leaf) -> tuple[NDArray[np.uint8]]:
        return (np.packbits(self._mask(leaf)),)

    def _unpacked(self, packed: NDArray[np.uint8]) -> Mask:
        return np.unpackbits(packed, count=self.units).view(bool)

    def _mask(self, leaf: Leaf) -> Mask:
        """As `match_leaf`, for what is looked for in the text."""
        mask = np.zeros(self.units, dtype=bool)
        held = self._tallies[leaf.asked, leaf.field, self.group] = self.tally_leaf(leaf, self.group)
        mask[held.records] = True
        return mask

    def tally_leaf(self, leaf: Leaf, group: Group) -> Hits:
        """In which units a leaf stands, and how often (see `tally`). What was found to match by is handed out once
        more, to score by: what is scored is kept elsewhere, and a long query has many such arrays."""
        known = self._tallies.pop((leaf.asked, leaf.field, group), None)
        if known is not None:
            return known
        return self.tally({region: self.parts(leaf, region) for region in self.regions(leaf.field, group)}, group)

    def tally(self, found: Mapping[Region, Sequence[Hits]], group: Group) -> Hits:
        """What was found in the records of each region, summed up by unit. In a title it counts as several."""
        if group == "passage":
            return sum_hits(found.get(BODY, ()), self.snapshot.records)
        parts = []
        for region, held in found.items():
            for records, frequencies in held:
                times = frequencies * np.float32(weights.TITLE) if region is TITLE else frequencies
                parts.append(Hits(self.snapshot.document_of.take(records), times))
        return sum_hits(parts, self.snapshot.documents, repeated=True)

    def _match_field(self, leaf: Leaf) -> Mask:
        name = leaf.field or ""
        if self.snapshot.kinds.get(name) != "text":
            return np.zeros(self.snapshot.documents, dtype=bool)
        return self.snapshot.select_texts(name, lambda value: stands_in(value, leaf))

    def restrict(self, documents: Mask) -> Mask:
        """The units of the documents of a mask."""
        if self.group == "document":
            return documents
        passages: Mask = (self.unit_of >= 0) & np.append(documents, False)[self.snapshot.document_of]
        return passages

    def _existing(self) -> Mask:
        if self.group == "document":
            return np.ones(self.units, dtype=bool)
        return self.unit_of >= 0

    def _any(self, masks: Sequence[Mask]) -> Mask:
        matched = np.zeros(self.units, dtype=bool)
        for mask in masks:
            matched |= mask
        return matched

    def positive(self, node: Node) -> list[Leaf]:
        """The leaves that speak for a document, in the order of the query: those to score and to highlight."""
        found: list[Leaf] = []
        self._gather(node, found)
        return found

    def _gather(self, node: Node, found: list[Leaf]) -> None:
        if isinstance(node, _TEXTS):
            leaf = self.leaf(node)
            if leaf is not None and leaf.field in (None, "title"):
                found.append(leaf)
        elif isinstance(node, Bag):
            for child in (*node.must, *node.should):
                self._gather(child, found)
        elif isinstance(node, (And, Or)):
            for child in node.children:
                self._gather(child, found)


def _fixed(bag: Bag, need: Relaxed | None) -> list[Node]:
    """The clauses of a bag that are wanted however few of its words are needed."""
    if are_bare(bag.should):  # as most often
        return []
    # What a field must hold is no word to give up, as long as there are others.
    filters = [_is_filter(c) for c in bag.should]
    kept = not all(filters)
    # What was quoted was meant: only bare words are relaxed, unless any of them will do.
    strict = need in (None, "most")
    return [
        c
        for c, is_filter in zip(bag.should, filters, strict=True)
        if (kept and is_filter) or (strict and not isinstance(c, Word))
    ]


def _is_filter(node: Node) -> bool:
    """Whether a clause asks for nothing but what fields of documents hold."""
    match node:
        case Range():
            return True
        case Word() | Phrase() | Pattern() | Fuzzy():
            return node.field not in (None, "title")
        case And(children) | Or(children):
            return all(map(_is_filter, children))
        case Not(child):
            return _is_filter(child)
        case _:
            return False
