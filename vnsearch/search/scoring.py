"""How well records answer a query: BM25 over syllables and over adjacent pairs of them.

BM25 as Robertson and Zaragoza give it (*The Probabilistic Relevance Framework: BM25 and Beyond*, 2009, section 3.4):

    score = idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * size / average size)),
    idf   = ln(1 + (N - df + 0.5) / (df + 0.5))

The frequency tf is the sum of the weights of the occurrences, so an occurrence whose marks differ from those typed
counts for less than one. Vietnamese writes a space between syllables, not words; two query syllables that stand side by
side in the text are therefore scored once more, as a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .leaves import Leaf
from .matching import Found, Matcher, in_row
from .slots import BODY, TITLE, Region, Slot

K1: Final = 1.2
B: Final = 0.75
PAIR_WEIGHT: Final = 0.5
TITLE_WEIGHT: Final = 0.5
REST_WEIGHT: Final = 0.1
"""What the other passages of a document add to its best one."""

Scores = NDArray[np.float64]


class Part(NamedTuple):
    """One thing that earns score: a leaf, or a pair of neighbouring slots."""

    leaf: Leaf
    slots: tuple[Slot, ...]
    weight: float


def parts(leaves: Sequence[Leaf]) -> Iterator[Part]:
    """The leaves, and the pairs of neighbouring slots within and across them."""
    seen: set[tuple[object, ...]] = set()
    row: list[tuple[Slot, Leaf]] = []
    for leaf in leaves:
        asked = (leaf.readings, leaf.slop, leaf.field)
        if asked not in seen:
            seen.add(asked)
            yield Part(leaf, (), 1.0)
        row.extend((slot, leaf) for slot in leaf.readings[0])
    for (first, leaf), (second, _) in pairwise(row):
        if (first, second) not in seen:
            seen.add((first, second))
            yield Part(leaf, (first, second), PAIR_WEIGHT)


def _mean(sizes: NDArray[np.float64]) -> float:
    return max(float(sizes.mean()), 1.0) if len(sizes) else 1.0


class Scorer:
    """Scores over one matcher's snapshot."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.snapshot = matcher.snapshot
        sizes = self.snapshot.sizes
        alive = self.snapshot.document_of >= 0
        bodies = self.snapshot.starts >= 0
        self._length = {BODY: sizes / _mean(sizes[alive & bodies]), TITLE: sizes / _mean(sizes[alive & ~bodies])}
        self._count = {BODY: self.snapshot.passages, TITLE: self.snapshot.documents}

    def find(self, part: Part, region: Region) -> Found:
        """Where a part stands."""
        if part.slots:
            return in_row([self.matcher.find_slot(slot, region) for slot in part.slots])
        return self.matcher.find(part.leaf, region)

    def bm25(self, found: Found, region: Region) -> tuple[NDArray[np.int64], Scores]:
        """The records that something stands in, and the score of each; int64[n], float64[n]."""
        records, first = np.unique(found.records, return_index=True)
        if not len(records):
            return records, np.zeros(0)
        tf = np.add.reduceat(found.weights, first)
        df = len(records)
        idf = np.log1p((self._count[region] - df + 0.5) / (df + 0.5))
        length = self._length[region][records]
        return records, idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length))

    def records(self, leaves: Sequence[Leaf]) -> Scores:
        """The score of every record for the leaves of a query; float64[records]."""
        scores = np.zeros(self.snapshot.records)
        for part in parts(leaves):
            for region in self.matcher.regions(part.leaf):
                records, earned = self.bm25(self.find(part, region), region)
                scores[records] += part.weight * (TITLE_WEIGHT if region is TITLE else 1.0) * earned
        return scores

    def documents(self, scores: Scores) -> Scores:
        """The score of every document from those of its records; float64[documents].

        A document is as good as its best passage; its title, and a little of what its other passages say, are added.
        """
        header_of = self.snapshot.header_of
        if not len(header_of):
            return np.zeros(0)
        titles = scores[header_of]
        bodies = np.where((self.snapshot.starts >= 0) & (self.snapshot.document_of >= 0), scores, 0.0)
        best: Scores = np.maximum.reduceat(bodies, header_of)
        rest: Scores = np.add.reduceat(bodies, header_of) - best
        total: Scores = titles + best + REST_WEIGHT * np.minimum(rest, best)
        return total
