"""How well records answer a query: BM25 over syllables and over adjacent pairs of them.

BM25 as Robertson and Zaragoza give it (*The Probabilistic Relevance Framework: BM25 and Beyond*, 2009, section 3.4):

    score = idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * size / average size)),
    idf   = ln(1 + (N - df + 0.5) / (df + 0.5))

The frequency tf is the sum of the weights of the occurrences, so an occurrence whose marks differ from those typed
counts for less than one. Vietnamese writes a space between syllables, not words; two query syllables that stand side by
side in the text are therefore scored once more, as a pair. How rare a pair is, is known of its bare form from the
collection's statistics; where it stands is worked out for the records that are looked at.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.chunk import POSITION_BITS
from ..text.canonical import bare
from .leaves import Leaf
from .matching import Mask, Matcher
from .occurrences import Found, Hits, by_record, in_row
from .slots import BODY, TITLE, NumeralSlot, Region, Slot, WordSlot

K1: Final = 1.2
B: Final = 0.75
PAIR_WEIGHT: Final = 0.5
TITLE_WEIGHT: Final = 0.5
REST_WEIGHT: Final = 0.1
"""What the other passages of a document add to its best one."""

Scores = NDArray[np.float32]


class Pair(NamedTuple):
    """Two slots that are neighbours in the query: the leaf of the first, and the pair's inverse document frequency."""

    leaf: Leaf
    slots: tuple[Slot, Slot]
    idf: float

    @property
    def most(self) -> float:
        """More than this no record can earn by it, in the body and the title together."""
        return PAIR_WEIGHT * self.idf * (K1 + 1)


def inverse_frequency(count: int, frequency: int) -> float:
    """The idf of something that stands in `frequency` of `count` records."""
    return math.log1p((count - frequency + 0.5) / (frequency + 0.5)) if frequency <= count else 0.0


class Scorer:
    """Scores over one matcher's snapshot."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.snapshot = matcher.snapshot
        self._count = {BODY: self.snapshot.passages, TITLE: self.snapshot.documents}

    def _norms(self, region: Region) -> Scores:
        """k1 * (1 - b + b * size / average size) of every record, for one region; float32[records]."""
        (norms,) = self.snapshot.cache.get(("norms", region), lambda: (self._make_norms(region),))
        return norms

    def _make_norms(self, region: Region) -> Scores:
        sizes = self.snapshot.sizes
        headers = self.snapshot.starts < 0
        counted = sizes[(self.snapshot.document_of >= 0) & (headers if region is TITLE else ~headers)]
        average = max(float(counted.mean()), 1.0) if len(counted) else 1.0
        norms: Scores = (K1 * (1 - B + B * sizes / average)).astype(np.float32)
        return norms

    def bm25(self, hits: Hits, region: Region, idf: float) -> Scores:
        """The score of each record that something stands in; float32[n]."""
        tf = hits.frequencies
        scores: Scores = np.float32(idf * (K1 + 1)) * tf / (tf + self._norms(region)[hits.records])
        return scores

    def leaf(self, leaf: Leaf, region: Region) -> tuple[NDArray[np.int64], Scores]:
        """The records that a leaf stands in, and what each earns; int64[n], float32[n]. Kept by the snapshot."""
        asked = ("scores", leaf.readings, leaf.slop, region)
        return self.snapshot.cache.get(asked, lambda: self._leaf(leaf, region))

    def _leaf(self, leaf: Leaf, region: Region) -> tuple[NDArray[np.int64], Scores]:
        hits = self.matcher.hits(leaf, region)
        weight = TITLE_WEIGHT if region is TITLE else 1.0
        idf = weight * inverse_frequency(self._count[region], len(hits.records))
        return hits.records, self.bm25(hits, region, idf)

    def words(self, leaves: Sequence[Leaf]) -> Scores:
        """What every record earns by the leaves of a query, pairs left out; float32[records]."""
        scores = np.zeros(self.snapshot.records, dtype=np.float32)
        for leaf in distinct(leaves):
            for region in self.matcher.regions(leaf):
                records, earned = self.leaf(leaf, region)
                scores[records] += earned
        return scores

    def pairs(self, leaves: Sequence[Leaf]) -> list[Pair]:
        """The pairs of neighbouring slots within and across the leaves, in the order of the query, each once."""
        row = [(slot, leaf) for leaf in leaves for slot in leaf.readings[0]]
        found: dict[tuple[Slot, Slot], Pair] = {}
        for (first, leaf), (second, _) in pairwise(row):
            forms = _form(first), _form(second)
            if (first, second) not in found and forms[0] and forms[1]:
                frequency = self.snapshot.pair_frequency(forms[0], forms[1])
                idf = inverse_frequency(self.snapshot.passages, frequency)
                found[first, second] = Pair(leaf, (first, second), idf)
        return list(found.values())

    def pair(self, pair: Pair, region: Region, among: Mask | None = None) -> tuple[NDArray[np.int64], Scores]:
        """The records that a pair stands in, and what each earns; of all records, or of those in bool[records]."""
        slots = [self._among(self.matcher.find_slot(slot, region), among) for slot in pair.slots]
        hits = by_record(in_row(slots))
        weight = PAIR_WEIGHT * (TITLE_WEIGHT if region is TITLE else 1.0)
        return hits.records, self.bm25(hits, region, weight * pair.idf)

    @staticmethod
    def _among(found: Found, among: Mask | None) -> Found:
        if among is None:
            return found
        kept = among[found.places >> POSITION_BITS]
        return Found(found.places[kept], found.weights[kept])

    def add_pairs(self, scores: Scores, pairs: Sequence[Pair], among: Mask | None = None) -> None:
        """Add to the scores of records what they earn by pairs."""
        for pair in pairs:
            for region in self.matcher.regions(pair.leaf):
                records, earned = self.pair(pair, region, among)
                scores[records] += earned

    def units(self, scores: Scores, units: NDArray[np.int64]) -> Scores:
        """The scores of some units from those of the records; float32[n].

        A passage has its own. A document is as good as its best passage; its title, and a little of what its other
        passages say, are added.
        """
        if self.matcher.group == "passage" or not len(units):
            return scores[units]
        best, total = self._best_and_total(scores, units)
        titles = scores[self.snapshot.header_of[units]]
        summed: Scores = titles + best + np.float32(REST_WEIGHT) * np.minimum(total - best, best)
        return summed

    def _best_and_total(self, scores: Scores, documents: NDArray[np.int64]) -> tuple[Scores, Scores]:
        headers = self.snapshot.header_of
        if 4 * len(documents) > len(headers):
            bodies = scores.copy()
            bodies[headers] = 0
            return np.maximum.reduceat(bodies, headers)[documents], np.add.reduceat(bodies, headers)[documents]
        first = headers[documents]
        counts = np.append(headers, self.snapshot.records)[documents + 1] - first
        begins = np.cumsum(counts) - counts
        bodies = scores[np.repeat(first - begins, counts) + np.arange(int(counts.sum()))]
        bodies[begins] = 0
        return np.maximum.reduceat(bodies, begins), np.add.reduceat(bodies, begins)

    def records_of(self, units: NDArray[np.int64]) -> Mask:
        """The records of some units; bool[records]."""
        chosen = np.zeros(self.matcher.units + 1, dtype=bool)
        chosen[units] = True
        among: Any = chosen[self.matcher.unit_of]  # unit -1, of no unit, reads the False at the end
        return among  # type: ignore[no-any-return]


def distinct(leaves: Sequence[Leaf]) -> Iterator[Leaf]:
    """The leaves that are not the same as one before."""
    seen: set[object] = set()
    for leaf in leaves:
        asked = (leaf.readings, leaf.slop, leaf.field)
        if asked not in seen:
            seen.add(asked)
            yield leaf


def _form(slot: Slot) -> str:
    """The bare form that a slot stands for; empty for a pattern or a near spelling, which stand for many."""
    return bare(slot.token) if isinstance(slot, (WordSlot, NumeralSlot)) else ""
