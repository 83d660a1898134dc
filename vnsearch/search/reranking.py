"""The final order of the units that lead: a second look at what costs too much to ask of all of them.

A document is as good as its whole text and its best passage say; a query without marks is read once more with the marks
that it most likely lacks. The leading units are looked at in *windows* of fixed size, so that a page of results does
not depend on how the pages before it were asked for.

Passages are told apart by what is rare: postings of words that stand in very many are not read for it, as long as
there are others.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from ..engine.bm25 import Scores
from . import weights
from .context import Context
from .duplicates import count_groups, leaders, postpone
from .earned import Earned, Flat, Units, add_flat, sum_up
from .matching import Mask, Matcher
from .occurrences import Records
from .ranking import rank, score_units
from .scoring import Scorer
from .slots import TITLE

WINDOW: Final = 16
"""So many units are put in order together: a page of ten, and what comes in the place of near-duplicates on it."""

MANY: Final = 5_000
"""What stands in more documents tells passages apart by standing there, however often it does."""

MOST: Final = 1 << 16
"""What stands in more documents than these does not tell them apart."""


class Scored(NamedTuple):
    """Units (int64[n]) and their scores (float32[n]).

    `records` (int64[m]) are theirs, and `record_scores` (float32[m]) what each scores as a passage: those of a unit
    begin at a place (`begins` int64[n]) and are so many (`counts` int64[n]).
    """

    units: Units
    scores: Scores
    begins: Units
    counts: Units
    records: Records
    record_scores: Scores

    def take(self, places: Units, scores: Scores | None = None) -> Scored:
        """Some of the units, in another order; with other scores, where any are given."""
        scores = self.scores.take(places) if scores is None else scores
        units, begins, counts = self.units.take(places), self.begins.take(places), self.counts.take(places)
        return Scored(units, scores, begins, counts, self.records, self.record_scores)


class Judge:
    """Scores the units that match one query."""

    def __init__(self, matcher: Matcher, context: Context) -> None:
        self.scorer = Scorer(matcher, matcher.group)
        self.passages = Scorer(matcher, "passage")
        self.features = self.scorer.features(context.asked)
        self._context = context
        self._snapshot = matcher.snapshot

    def _restored(self) -> list[tuple[Earned, float]]:
        """What a query that lacks marks gives when it is read a second time; nothing for one that does not."""
        return [earned for asked in self._context.read_twice() or () for earned in self.scorer.all_earned(asked)]

    def _telling(self) -> tuple[list[tuple[Earned, float]], list[tuple[Flat, float]]]:
        """What tells passages apart: what it gives them, and how much that counts. Of what is frequent, flat."""
        found = [feature for feature in self.features if feature.source.field != TITLE.field]
        most = max(MOST, min([feature.size for feature in found], default=0))
        listed: list[tuple[Earned, float]] = []
        flat: list[tuple[Flat, float]] = []
        for feature in found:
            if feature.size <= MANY:
                listed.append((self.passages.earned(feature.source), feature.share))
            elif feature.size <= most:
                flat.append((self.passages.flat(feature.source), feature.share))
        return listed, flat

    def first(self, matched: Mask, total: int, wanted: slice, collapse: bool = False) -> tuple[Scored, int]:
        """A page of the `total` units that match, best first, and how many results there are. Equal ones keep the order
        in which they first came.

        Near-duplicates that crowd the first window come last in it; with `collapse` they are left out everywhere. How
        many passages are left then hangs on which documents lead, so that all of them are ranked.
        """
        passages = self.scorer.group == "passage"
        count = total if collapse and passages else -(-wanted.stop // WINDOW) * WINDOW
        while True:
            ranked = rank(self.scorer, self.features, matched, total, count)
            scored = self._judge(*ranked)
            order = _in_windows(scored.scores)
            scores = scored.scores.take(order)
            if len(scores) > WINDOW:
                scores = np.minimum.accumulate(scores)  # a window never looks better than the one before
            documents = self._snapshot.documents_of(scored.units.take(order), self.scorer.group)
            if not collapse:
                shown = postpone(self._snapshot, documents, WINDOW)
                if shown is not None:
                    order, scores = order.take(shown), scores.take(shown)
                return scored.take(order[wanted], scores[wanted]), total
            kept = leaders(self._snapshot, documents).nonzero()[0]
            if len(kept) >= wanted.stop or count >= total:
                total = len(kept) if passages else count_groups(self._snapshot, np.flatnonzero(matched))
                return scored.take(order.take(kept[wanted]), scores.take(kept[wanted])), total
            count *= 2

    def score(self, units: Units) -> Scored:
        """Some units as they are."""
        return self._judge(*score_units(self.scorer, self.features, units))

    def _judge(self, units: Units, scores: Scores) -> Scored:
        """Some units to the end, by what they have earned so far."""
        restored = self._restored()
        if restored:
            scores = sum_up(restored, units)
        if self.scorer.group == "passage":
            return Scored(units, scores, np.arange(len(units)), np.ones(len(units), dtype=np.int64), units, scores)
        records, counts = self._snapshot.records_of(units)
        begins = counts.cumsum() - counts
        listed, flat = self._telling()
        held = sum_up(listed, records)
        add_flat(flat, records, held)
        if len(counts):
            best = np.maximum.reduceat(held, begins)
            best *= np.float32(weights.PASSAGE)
            scores = scores + best
        return Scored(units, scores, begins, counts, records, held)


def _in_windows(scores: Scores) -> Units:
    """The order of units by their scores, window by window; equal ones stay as they are."""
    if len(scores) <= WINDOW:  # as most often: one key is sorted sooner than two
        return (-scores).argsort(kind="stable")
    order: Units = np.lexsort((-scores, np.arange(len(scores)) // WINDOW))
    return order
