"""How well records answer a query: BM25 over syllables and over adjacent pairs of them (see `engine.bm25`).

The frequency tf is the sum of the weights of the occurrences, so an occurrence whose marks differ from those typed
counts for less than one. Vietnamese writes a space between syllables, not words; two query syllables that stand side by
side in the text are therefore scored once more, as a pair.

Each thing that earns a score is a *feature*: a leaf of the query, or a pair, in titles or in passages. What a word
gives a passage at most is known before its postings are read; `ranking` lives on that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.bm25 import K1, Scores, inverse_frequency, norms, saturation
from ..engine.stretches import stretches
from .leaves import Leaf
from .matching import Matcher
from .occurrences import Hits, Records
from .slots import BODY, TITLE, Region, Slot, WordSlot

PAIR_WEIGHT: Final = 0.5
TITLE_WEIGHT: Final = 0.5
REST_WEIGHT: Final = 0.1
"""What the other passages of a document add to its best one."""


_WHOLE: Final = np.float32(np.iinfo(np.uint16).max)


class Pair(NamedTuple):
    """Two slots that are neighbours in the query, and the leaf of the first."""

    leaf: Leaf
    slots: tuple[Slot, Slot]


class Earned(NamedTuple):
    """What something gives: the records (int32[n], ascending), the score of each as a share of the highest (uint16[n],
    of 65,535), and the highest (float32[1]). What stands in a title is given to all records of the document.

    Two bytes a score, since these are what is kept from one search to the next; they are exact to 1 in 100,000.
    """

    records: NDArray[np.int32]
    shares: NDArray[np.uint16]
    highest: Scores

    @classmethod
    def of(cls, records: Records, scores: Scores) -> Earned:
        """By the scores themselves."""
        highest = scores.max(keepdims=True, initial=0)
        shares = np.rint(scores * (_WHOLE / highest[0])) if highest[0] else scores
        return cls(records.astype(np.int32), shares.astype(np.uint16), highest)

    def add_to(self, cells: Scores) -> None:
        """Add what is given to sums of scores by record (float32[records])."""
        np.add.at(cells, self.records, self._scores(self.shares))

    def at(self, records: Records) -> Scores:
        """What some records are given; float32[n]. Logarithmic for each, and much less where they ascend."""
        if not len(self.records):
            return np.zeros(len(records), dtype=np.float32)
        wanted = records.astype(np.int32)
        at = self.records.searchsorted(wanted)
        at[at == len(self.records)] = 0
        return self._scores(self.shares[at] * (self.records[at] == wanted))

    def _scores(self, shares: NDArray[np.uint16]) -> Scores:
        scores: Scores = shares.astype(np.float32)
        scores *= self.highest[0] / _WHOLE
        return scores


class Feature(NamedTuple):
    """Something that earns a score in one region: in about how many records, and a score that none exceeds.

    `word` is there where what it gives need not have been read to know that.
    """

    size: float
    bound: float
    earned: Earned | None
    word: Leaf | None = None


class Scorer:
    """Scores over one matcher's snapshot."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.snapshot = matcher.snapshot
        self._count = {BODY: self.snapshot.passages, TITLE: self.snapshot.documents}

    def _norms(self, region: Region) -> Scores:
        """The norms of every record, for one region; float32[records]."""
        average = self.snapshot.averages[region.field]
        (held,) = self.snapshot.constants.get(("norms", region), lambda: (norms(self.snapshot.sizes, average),))
        return held

    def _factor(self, region: Region, frequency: int) -> float:
        share = TITLE_WEIGHT if region is TITLE else 1.0
        return share * inverse_frequency(self._count[region], frequency) * (K1 + 1)

    def _earned(self, hits: Hits, region: Region, factor: float) -> Earned:
        scores = np.float32(factor) * saturation(hits.frequencies, self._norms(region)[hits.records])
        records = hits.records
        if region is TITLE:
            records, counts = self.records_of(self.snapshot.document_of[records])
            scores = scores.repeat(counts)
        return Earned.of(records, scores)

    def leaf(self, leaf: Leaf, region: Region) -> Earned:
        """What a leaf earns in a region.

        The idf of a word is that of all the records of all its spellings, as though no two stood in one record, which
        is known without reading them.
        """
        return Earned(*self.snapshot.cache.get(("leaf", leaf.asked, region), lambda: self._leaf(leaf, region)))

    def _leaf(self, leaf: Leaf, region: Region) -> Earned:
        hits = self.matcher.hits(leaf, region)
        frequency = len(hits.records) if leaf.word is None else self._frequency(leaf.word, region)
        return self._earned(hits, region, self._factor(region, frequency))

    def _frequency(self, word: WordSlot, region: Region) -> int:
        forms = self.matcher.forms(word, region)
        return min(sum(self.snapshot.frequency(region.field, term) for term, _ in forms), self._count[region])

    def pair(self, pair: Pair, region: Region) -> Earned:
        """What a pair earns in a region."""
        return Earned(*self.snapshot.cache.get(("pair", pair.slots, region), lambda: self._pair(pair, region)))

    def _pair(self, pair: Pair, region: Region) -> Earned:
        hits = self.matcher.pair(pair.slots, region)
        return self._earned(hits, region, PAIR_WEIGHT * self._factor(region, len(hits.records)))

    def read(self, feature: Feature) -> Earned:
        """What a feature gives."""
        if feature.earned is not None:
            return feature.earned
        assert feature.word is not None
        return self.leaf(feature.word, BODY)

    def _feature(self, leaf: Leaf, region: Region) -> Feature:
        word = leaf.word
        if word is None or region is TITLE:
            return _feature_of(self.leaf(leaf, region))
        (found,) = self.snapshot.cache.get(("known", word), lambda: (self._known(word),))
        size, bound = found.tolist()
        return Feature(size, bound, None, leaf)

    def _known(self, word: WordSlot) -> NDArray[np.float64]:
        """In about how many passages a word stands, and what it gives one at most."""
        frequency = self._frequency(word, BODY)
        highest = sum(self.snapshot.bound(BODY.field, term) for term, _ in self.matcher.forms(word, BODY))
        return np.array([frequency, self._factor(BODY, frequency) * min(1.0, highest)])

    def features(self, leaves: Sequence[Leaf]) -> list[Feature]:
        """All that earns a score by the leaves of a query and their pairs, where results are made of it."""
        found = [self._feature(leaf, region) for leaf in distinct(leaves) for region in self._regions(leaf)]
        for pair in self.pairs(leaves):
            found += [_feature_of(self.pair(pair, region)) for region in self._regions(pair.leaf)]
        return [feature for feature in found if feature.size]

    def _regions(self, leaf: Leaf) -> Iterator[Region]:
        return (r for r in self.matcher.regions(leaf) if r is BODY or self.matcher.group == "document")

    def pairs(self, leaves: Sequence[Leaf]) -> list[Pair]:
        """The pairs of neighbouring slots within and across the leaves, in the order of the query, each once."""
        row = [(slot, leaf) for leaf in leaves for slot in leaf.readings[0]]
        found = {(a, b): Pair(leaf, (a, b)) for (a, leaf), (b, _) in reversed(list(pairwise(row)))}
        return list(reversed(found.values()))

    def records_of(self, units: NDArray[np.int64]) -> tuple[Records, NDArray[np.int64]]:
        """The records of some units, one unit behind the other, and how many each has (int64[n]).

        A document begins with its header; a passage is its own only record.
        """
        if self.matcher.group == "passage":
            return units, np.ones(len(units), dtype=np.int64)
        bounds = self.snapshot.bounds
        first = bounds[units]
        counts = bounds[units + 1] - first
        return stretches(first, counts), counts

    def units(self, scores: Scores, counts: NDArray[np.int64]) -> Scores:
        """The scores of units from those of their records, of which each has so many; float32[n].

        A passage has its own. A document is as good as its title and its best passage; a little of what its other
        passages say is added.
        """
        if self.matcher.group == "passage" or not len(counts):
            return scores
        begins = counts.cumsum() - counts
        titles = scores[begins]
        bodies = scores - titles.repeat(counts)
        best, total = np.maximum.reduceat(bodies, begins), np.add.reduceat(bodies, begins)
        summed: Scores = titles + best + np.float32(REST_WEIGHT) * np.minimum(total - best, best)
        return summed


def _feature_of(earned: Earned) -> Feature:
    return Feature(len(earned.records), float(earned.highest[0]), earned)


def distinct(leaves: Sequence[Leaf]) -> Iterator[Leaf]:
    """The leaves that are not the same as one before."""
    seen: set[object] = set()
    for leaf in leaves:
        asked = (leaf.asked, leaf.field)
        if asked not in seen:
            seen.add(asked)
            yield leaf
