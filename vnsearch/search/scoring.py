"""How well records answer a query: BM25 over syllables and over adjacent pairs of them.

BM25 as Robertson and Zaragoza give it (*The Probabilistic Relevance Framework: BM25 and Beyond*, 2009, section 3.4):

    score = idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * size / average size)),
    idf   = ln(1 + (N - df + 0.5) / (df + 0.5))

The frequency tf is the sum of the weights of the occurrences, so an occurrence whose marks differ from those typed
counts for less than one. Vietnamese writes a space between syllables, not words; two query syllables that stand side by
side in the text are therefore scored once more, as a pair. Pairs are not stored: they follow from the occurrences of
their syllables.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .leaves import Leaf
from .matching import Matcher
from .occurrences import Hits, Records, by_record, in_order, in_row
from .slots import BODY, TITLE, Region, Slot

K1: Final = 1.2
B: Final = 0.75
PAIR_WEIGHT: Final = 0.5
TITLE_WEIGHT: Final = 0.5
REST_WEIGHT: Final = 0.1
"""What the other passages of a document add to its best one."""

DENSE: Final = 4
"""A word that stands in more than one record of so many is added up as a whole array: that is faster than by places."""

Scores = NDArray[np.float32]


class Pair(NamedTuple):
    """Two slots that are neighbours in the query, and the leaf of the first."""

    leaf: Leaf
    slots: tuple[Slot, Slot]


def inverse_frequency(count: int, frequency: int) -> float:
    """The idf of something that stands in `frequency` of `count` records."""
    return math.log1p((count - frequency + 0.5) / (frequency + 0.5))


class Scorer:
    """Scores over one matcher's snapshot."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.snapshot = matcher.snapshot
        self._count = {BODY: self.snapshot.passages, TITLE: self.snapshot.documents}

    def _norms(self, region: Region) -> Scores:
        """k1 * (1 - b + b * size / average size) of every record, for one region; float32[records]."""
        (norms,) = self.snapshot.constants.get(("norms", region), lambda: (self._make_norms(region),))
        return norms

    def _make_norms(self, region: Region) -> Scores:
        sizes = self.snapshot.sizes
        headers = self.snapshot.starts < 0
        counted = sizes[(self.snapshot.document_of >= 0) & (headers if region is TITLE else ~headers)]
        average = max(float(counted.mean()), 1.0) if len(counted) else 1.0
        norms: Scores = (K1 * (1 - B + B * sizes / average)).astype(np.float32)
        return norms

    def bm25(self, hits: Hits, region: Region, weight: float = 1.0) -> Scores:
        """The score of each record that something stands in, by a weight; float32[n]."""
        tf = hits.frequencies
        idf = inverse_frequency(self._count[region], len(tf))
        share = weight * (TITLE_WEIGHT if region is TITLE else 1.0)
        scores: Scores = np.float32(share * idf * (K1 + 1)) * tf / (tf + self._norms(region)[hits.records])
        return scores

    def leaf(self, leaf: Leaf, region: Region) -> tuple[Records, Scores]:
        """The records that a leaf stands in, and what each earns."""
        hits = self.matcher.hits(leaf, region)
        return hits.records, self.bm25(hits, region)

    def _add(self, scores: Scores, asked: Hashable, make: Callable[[], tuple[Records, Scores]]) -> None:
        """Add to the scores of records what something earns; the snapshot keeps it from one query to the next."""
        records, earned = self.snapshot.cache.get(asked, lambda: self._compact(*make()))
        if len(earned) > len(records):
            scores += earned
        else:
            scores[records] += earned

    def _compact(self, records: Records, earned: Scores) -> tuple[Records, Scores]:
        """What something earns, or, where it stands in many records, what every record earns and no record numbers."""
        if DENSE * len(records) < self.snapshot.records:
            return records, earned
        scores = np.zeros(self.snapshot.records, dtype=np.float32)
        scores[records] = earned
        return records[:0], scores

    def records(self, leaves: Sequence[Leaf]) -> Scores:
        """What every record earns by the leaves of a query and their pairs; float32[records]."""
        scores = np.zeros(self.snapshot.records, dtype=np.float32)
        for leaf in distinct(leaves):
            for region in self.matcher.regions(leaf):
                asked = ("leaf", leaf.readings, leaf.slop, region)
                self._add(scores, asked, partial(self.leaf, leaf, region))
        for pair in self.pairs(leaves):
            for region in self.matcher.regions(pair.leaf):
                self._add(scores, ("pair", pair.slots, region), partial(self.pair, pair, region))
        return scores

    def titled(self, leaves: Sequence[Leaf]) -> NDArray[np.int64]:
        """The documents in whose titles any of the leaves stands, ascending; none where results are passages."""
        leaves = [leaf for leaf in distinct(leaves) if TITLE in self.matcher.regions(leaf)]
        found = [self.matcher.hits(leaf, TITLE).records for leaf in leaves]
        titled: NDArray[np.int64] = self.snapshot.document_of[in_order(found)]
        return titled

    def pairs(self, leaves: Sequence[Leaf]) -> list[Pair]:
        """The pairs of neighbouring slots within and across the leaves, in the order of the query, each once."""
        row = [(slot, leaf) for leaf in leaves for slot in leaf.readings[0]]
        found = {(a, b): Pair(leaf, (a, b)) for (a, leaf), (b, _) in reversed(list(pairwise(row)))}
        return list(reversed(found.values()))

    def pair(self, pair: Pair, region: Region) -> tuple[Records, Scores]:
        """The records that a pair stands in, and what each earns."""
        hits = by_record(in_row([self.matcher.find_slot(slot, region) for slot in pair.slots]))
        return hits.records, self.bm25(hits, region, PAIR_WEIGHT)

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


def distinct(leaves: Sequence[Leaf]) -> Iterator[Leaf]:
    """The leaves that are not the same as one before."""
    seen: set[object] = set()
    for leaf in leaves:
        asked = (leaf.readings, leaf.slop, leaf.field)
        if asked not in seen:
            seen.add(asked)
            yield leaf
