"""The final order of the units that lead: a second look at what costs too much to ask of all of them.

A document is as good as its whole text and its best passage say; a query without marks is read once more with the marks
that it most likely lacks. The leading units are looked at in *windows* of fixed size, so that a page of results does
not depend on how the pages before it were asked for.

Passages are told apart by what is rare: postings of words that stand in very many are not read for it, as long as
there are others.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final, NamedTuple, Self

import numpy as np

from ..engine.bm25 import Scores
from ..engine.stretches import stretches
from . import weights
from .context import Context
from .duplicates import count_groups, leaders, postpone
from .matching import Mask, Matcher
from .occurrences import Records
from .ranking import rank, score_units
from .scoring import Feature, Scorer, Units

WINDOW: Final = 32
"""So many units are put in order together."""

MANY: Final = 1 << 15
"""What stands in more passages is not read to tell passages apart."""


class Scored(NamedTuple):
    """Units (int64[n]) and their scores (float32[n]); their records, one unit behind the other (int64[m]), what each
    scores as a passage (float32[m]), and how many each unit has (int64[n])."""

    units: Units
    scores: Scores
    records: Records
    record_scores: Scores
    counts: Units

    def take(self, places: Units) -> Self:
        """Some of the units, in another order."""
        counts = self.counts[places]
        held = stretches((self.counts.cumsum() - self.counts)[places], counts)
        return self._replace(
            units=self.units[places],
            scores=self.scores[places],
            records=self.records[held],
            record_scores=self.record_scores[held],
            counts=counts,
        )


class Judge:
    """Scores the units that match one query."""

    def __init__(self, matcher: Matcher, context: Context) -> None:
        self.scorer = Scorer(matcher, matcher.group)
        self.passages = Scorer(matcher, "passage")
        self.features = self.scorer.features(context.asked)
        self._context = context
        self._snapshot = matcher.snapshot

    @cached_property
    def restored(self) -> list[Feature]:
        """What a query that lacks marks gives when it is read a second time; nothing for one that does not."""
        return [feature for asked in self._context.read_twice() or () for feature in self.scorer.features(asked)]

    @cached_property
    def telling(self) -> list[Feature]:
        """What tells passages apart."""
        found = sorted(self.passages.features(self._context.asked), key=lambda feature: feature.size)
        return [feature for place, feature in enumerate(found) if feature.size <= MANY or not place]

    def first(self, matched: Mask, total: int, wanted: slice, collapse: bool = False) -> Scored:
        """A page of the `total` units that match, best first. Equal ones keep the order of the index.

        Near-duplicates that crowd the first window come last in it; with `collapse` they are left out everywhere.
        """
        count = -(-wanted.stop // WINDOW) * WINDOW
        while True:
            ranked = rank(self.scorer, self.features, matched, total, count)
            ascending = np.argsort(ranked.units)
            scored = self._judge(ranked.units[ascending], ranked.scores[ascending])
            order = np.lexsort((scored.units, -scored.scores, ascending // WINDOW))
            scores = np.minimum.accumulate(scored.scores[order])  # a window never looks better than the one before
            documents = self._snapshot.documents_of(scored.units[order], self.scorer.group)
            if not collapse:
                shown = postpone(self._snapshot, documents, WINDOW)
                break
            shown = np.flatnonzero(leaders(self._snapshot, documents))
            if len(shown) >= wanted.stop or count >= total:
                break
            count *= 2
        page = shown[wanted]
        return scored.take(order[page])._replace(scores=scores[page])

    def count_groups(self, matched: Mask) -> int:
        """How many units match when near-duplicates are left out."""
        return count_groups(self._snapshot, self._snapshot.documents_of(np.flatnonzero(matched), self.scorer.group))

    def score(self, units: Units) -> Scored:
        """Some units (ascending) as they are."""
        return self._judge(*score_units(self.scorer, self.features, units))

    def _judge(self, units: Units, scores: Scores) -> Scored:
        """Some units (ascending) to the end, by what they have earned so far."""
        if self.restored:
            scores = score_units(self.scorer, self.restored, units).scores
        records, counts = self.scorer.records_of(units)
        if self.scorer.group == "passage":
            return Scored(units, scores, records, scores, counts)
        held = np.zeros(len(records), dtype=np.float32)
        short = records.astype(np.int32)  # once for all that is looked up
        for feature in self.telling:
            held += self.passages.read(feature).at(short, feature.share)
        if len(counts):
            best = np.maximum.reduceat(held, counts.cumsum() - counts)
            scores = scores + np.multiply(best, weights.PASSAGE, dtype=np.float32)
        return Scored(units, scores, records, held, counts)
