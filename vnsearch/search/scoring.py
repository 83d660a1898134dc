"""How well units answer a query: BM25 over syllables and over adjacent pairs of them (see `engine.bm25`).

The frequency tf is the sum of the weights of the occurrences, so an occurrence whose marks differ from those typed
counts for less than one. Vietnamese writes a space between syllables, not words; two query syllables that stand side by
side in the text are therefore scored once more, as a pair.

What is scored are whole documents or single passages, by the group that results are made of. The text of a document is
its title and all its passages together, and an occurrence in the title counts as several (Robertson, Zaragoza and
Taylor, *Simple BM25 extension to multiple weighted fields*, 2004). `reranking` looks at passages too.

Each thing that earns a score is a *feature*: a leaf of the query, or a pair. What a word gives at most is known before
its postings are read; `ranking` lives on that.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np

from ..engine.bm25 import K1, PAIR_K1, Scores, average_size, inverse_frequency, norms, saturation
from ..models import Group
from . import weights
from .context import Asked
from .earned import MANY, Earned, Flat, kept
from .leaves import Leaf
from .matching import Matcher
from .slots import BODY, TITLE, Region, Slot, WordSlot


class Pair(NamedTuple):
    """Two slots that are neighbours in the query (what is asked for, as of a leaf), the field of the first, and how
    much the two count."""

    asked: tuple[Slot, Slot]
    field: str | None
    share: float


class Feature(NamedTuple):
    """Something that earns a score: in about how many units, and a score that none exceeds. What it gives counts by a
    share.

    `work` tells how long it takes to add up, in postings. `earned` is None where what it gives need not have been read
    to know all that.
    """

    size: float
    work: float
    bound: float
    share: float
    source: Leaf | Pair
    earned: Earned | None

    @property
    def is_spread(self) -> bool:
        """Whether there is a share for every unit (see `earned`), so that it is added up sooner than its size tells."""
        return self.work < self.size


_BOUND: Final = attrgetter("bound")


class Scorer:
    """Scores over one matcher's snapshot, of documents or of passages."""

    def __init__(self, matcher: Matcher, group: Group) -> None:
        self.matcher = matcher
        self.group: Group = group
        self.snapshot = matcher.snapshot
        self._units = self.snapshot.documents if group == "document" else self.snapshot.records
        self._many = self._units / MANY
        self.count = self.snapshot.documents if group == "document" else self.snapshot.passages

    def _norms(self) -> Scores:
        """The norms of every unit; float32[units]."""
        return self.snapshot.constants.get(("norms", self.group), self._find_norms)[0]

    def _find_norms(self) -> tuple[Scores]:
        if self.group == "passage":
            return (norms(self.snapshot.sizes, self.snapshot.averages[BODY.field]),)
        sizes = self.snapshot.document_sizes
        return (norms(sizes, average_size(sizes)),)

    def regions(self, source: Leaf | Pair) -> tuple[Region, ...]:
        """Where a leaf or a pair earns a score."""
        return self.matcher.regions(source.field, self.group)

    def _factor(self, frequency: float, k1: float) -> float:
        return float(inverse_frequency(self.count, frequency) ** weights.POWER) * (k1 + 1)

    def earned(self, source: Leaf | Pair) -> Earned:
        """What a leaf or a pair earns, whatever its share."""
        key = "earned", self.group, source.asked, source.field
        return self.snapshot.cache.get(key, self._earned, source)

    def _earned(self, source: Leaf | Pair) -> Earned:
        return self._pair(source) if isinstance(source, Pair) else self._leaf(source)

    def _leaf(self, leaf: Leaf) -> Earned:
        """The idf of a word is that of the units of all its spellings, as though no two stood in one unit, which is
        known without reading them."""
        hits = self.matcher.tally_leaf(leaf, self.group)
        frequency = len(hits.records) if leaf.word is None else self._frequency(leaf.word)
        scores = np.float32(self._factor(frequency, K1)) * saturation(hits.frequencies, self._norms()[hits.records])
        return kept(hits.records, scores, self._units)

    def _pair(self, pair: Pair) -> Earned:
        found = {region: self.matcher.pair_parts(pair.asked, region) for region in self.regions(pair)}
        hits = self.matcher.tally(found, self.group)
        factor = np.float32(weights.PAIR * self._factor(len(hits.records), PAIR_K1))
        held = self._norms()[hits.records] * np.float32(PAIR_K1 / K1)
        return kept(hits.records, factor * saturation(hits.frequencies, held), self._units)

    def _frequency(self, word: WordSlot) -> float:
        """In about how many units a word stands, or in how many titles, where no text holds it; a spelling counts in it
        as much as an occurrence of it does."""
        read = self.snapshot.document_frequency if self.group == "document" else self.snapshot.frequency
        for region in (BODY, TITLE):
            frequency = sum(weight * read(region.field, term) for term, weight in self.matcher.forms(word, region))
            if frequency:
                return min(frequency, self.count)
        return 0.0

    def flat(self, source: Leaf | Pair) -> Flat:
        """What a leaf or a pair earns on average, wherever it stands."""
        key = "flat", self.group, source.asked, source.field
        return self.snapshot.cache.get(key, self._flat, source)

    def _flat(self, source: Leaf | Pair) -> Flat:
        return Flat.of(self._earned(source), self._units)

    def read(self, feature: Feature) -> Earned:
        """What a feature gives."""
        return self.earned(feature.source) if feature.earned is None else feature.earned

    def _of_word(self, leaf: Leaf, word: WordSlot, share: float) -> Feature:
        """The feature of a word, whose postings need not be read for it."""
        size, highest = self.snapshot.cache.get(("known", self.group, word), self._size_and_highest, word)
        return Feature(size, min(size, self._many), share * highest, share, leaf, None)

    def _of_any(self, source: Leaf | Pair, share: float) -> Feature:
        """The feature of anything else."""
        given = self.earned(source)
        return Feature(given.size, min(given.size, self._many), share * given.highest, share, source, given)

    def _size_and_highest(self, word: WordSlot) -> tuple[float, float]:
        """In about how many units a word stands, and what it gives one at most."""
        frequency = self._frequency(word)
        highest = 1.0
        if self.group == "passage":
            highest = sum(self.snapshot.bound(BODY.field, term) for term, _ in self.matcher.forms(word, BODY))
        return frequency, self._factor(frequency, K1) * min(1.0, highest)

    def all_earned(self, asked: Asked) -> list[tuple[Earned, float]]:
        """What the leaves of a query and their pairs give, and how much each counts. All of it is read."""
        return [(self.earned(source), share) for source, share in self._sources(asked)]

    def _sources(self, asked: Asked) -> list[tuple[Leaf | Pair, float]]:
        """The leaves of a query and their pairs, as far as they earn a score here, and how much each counts."""
        found: list[tuple[Leaf | Pair, float]] = [*distinct(asked), *((pair, pair.share) for pair in pairs(asked))]
        return [held for held in found if held[0].field is None or self.regions(held[0])]

    def features(self, asked: Asked) -> list[Feature]:
        """All that earns a score by the leaves of a query and their pairs: what had to be read first, and then words,
        the most telling first. Scores are added up in this order wherever they are, so that rounding is the same."""
        read, known = [], []
        for source, share in self._sources(asked):
            if isinstance(source, Leaf) and source.word is not None and source.field is None:
                known.append(self._of_word(source, source.word, share))
            else:
                read.append(self._of_any(source, share))
        found = sorted(read, key=_BOUND, reverse=True) + sorted(known, key=_BOUND, reverse=True)
        return [feature for feature in found if feature.size]


def distinct(asked: Asked) -> Collection[tuple[Leaf, float]]:
    """The leaves that count for anything, each once, with the most that it counts for."""
    found: dict[Hashable, tuple[Leaf, float]] = {}
    for leaf, share in zip(*asked, strict=True):
        known = found.setdefault((leaf.asked, leaf.field), (leaf, share))
        if known[1] < share:
            found[leaf.asked, leaf.field] = (leaf, share)
    return [held for held in found.values() if held[1]]


def pairs(asked: Asked) -> list[Pair]:
    """The pairs of neighbouring slots within and across the leaves, in the order of the query, each once.

    A pair counts as much as its two leaves on average, and for nothing where one of them does.
    """
    row = [(slot, leaf.field, share) for leaf, share in zip(*asked, strict=True) for slot in leaf.readings[0]]
    found: dict[tuple[Slot, Slot], Pair] = {}
    for (a, field, first), (b, _, second) in pairwise(row):
        if first and second:
            pair = Pair((a, b), field, (first + second) / 2)
            if found.setdefault(pair.asked, pair).share < pair.share:
                found[pair.asked] = pair
    return list(found.values())
