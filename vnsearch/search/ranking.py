"""Which units come first, by what they earn.

Reading all postings of all words only to show ten units would cost more than everything else, so what cannot be among
the first is skipped. That is the idea of MaxScore (Turtle and Flood, *Query evaluation: strategies and optimizations*,
1995), turned to arrays:

1. What pairs of words give is added up, and then words, the most telling first. What the words that are left can give
   at most is known. The units that lead are scored to the end, and tell a *threshold* that enough reach.
2. Once what is left cannot bring a unit there that has nothing so far, the words that are left are only looked up where
   a unit is still in the race.

Where few units match, these are scored and no others: features are only looked up for them, from the first one on for
which that takes less time than to add it up for all. The result is the same as scoring everything;
`tests/test_ranking.py` holds it to that. `reranking` puts the best into their final order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from ..engine.bm25 import Scores
from .board import Board
from .earned import MANY, Units, sum_up
from .matching import Mask
from .scoring import Feature, Scorer

LOOKING_UP: Final = 10
"""To look up a unit in a list takes as long as adding up so many postings; where there is a share for every unit, as
long as one."""

WORTHWHILE: Final = 1 << 20
"""So many postings must be left for it to be worth while to see whether they need be read."""

FEW: Final = 1 << 12
"""To score up to so many units takes less time than to find those that lead."""

PROMISING: Final = 0.25
"""That is seen once the words left hold less than this share of all that can be earned."""

_SORTED: Final = 256
"""To sort so many takes less time than to find the best of them first."""

SLACK: Final = 1.0001
"""For the rounding of sums."""


class Ranked(NamedTuple):
    """Units in order (int64[n]) and their scores (float32[n])."""

    units: Units
    scores: Scores


def rank(scorer: Scorer, features: Sequence[Feature], matched: Mask, total: int, wanted: int) -> Ranked:
    """The best `wanted` of the `total` units that match. Equal ones keep the order of the index."""
    if not features:
        return score_units(scorer, features, matched.nonzero()[0][:wanted])
    if total <= max(FEW, wanted) or not wanted:
        return _best_of(_score_few(scorer, features, matched, total), wanted)
    with Board(scorer) as board:
        return _Race(scorer, board, features, matched, wanted).run()


def _score_few(scorer: Scorer, features: Sequence[Feature], matched: Mask, total: int) -> Ranked:
    """All units that match."""
    units = matched.nonzero()[0]
    first = _worth_adding_up(features, total, scorer.matcher.units)
    if not first:
        return score_units(scorer, features, units)
    with Board(scorer) as board:
        for feature in features[:first]:
            board.add(scorer.read(feature), feature.share)
        return score_units(scorer, features[first:], units, board.cells)


def _worth_adding_up(features: Sequence[Feature], total: int, units: int) -> int:
    """How many of the first features take less time to add up for all `units` than to look up for the few."""
    first, saved = 0, 0.0
    for feature in features:
        more = total * _steps(feature) - feature.work
        if more <= 0:
            break
        first, saved = first + 1, saved + more
    return first if saved * MANY > units else 0  # a board that is empty costs something too


class _Race:
    """One ranking. `left` are the words that are not on the board."""

    def __init__(self, scorer: Scorer, board: Board, features: Sequence[Feature], matched: Mask, wanted: int) -> None:
        self._scorer = scorer
        self._board = board
        self._matched = matched
        self._wanted = wanted
        self._left = [feature for feature in features if feature.earned is None]
        self._threshold = 0.0
        self._all = _most(features)
        for feature in features:
            if feature.earned is not None:
                board.add(feature.earned, feature.share)

    def run(self) -> Ranked:
        """The best units."""
        if sum([feature.work for feature in self._left]) > WORTHWHILE and self._is_decided():
            return _best_of(self._scored(self._candidates()), self._wanted)
        self._add(len(self._left))
        best, above = self._probe()
        if not self._threshold:
            return _best_of(self._scored(self._matched.nonzero()[0]), self._wanted)
        if above > self._least(()):  # else those that lead are all that can be among the first
            return _best_of(self._scored(self._candidates()), self._wanted)
        return best

    def _add(self, count: int) -> None:
        """Add up what the next words give."""
        for feature in self._left[:count]:
            self._board.add(self._scorer.read(feature), feature.share)
        del self._left[:count]

    def _is_decided(self) -> bool:
        """Add up what words give until so few units are still in the race that the words left need only be looked up
        for them; False where it never comes to that."""
        probed = np.inf
        while self._left:
            size = sum([feature.work for feature in self._left])
            rest = SLACK * _most(self._left)
            if self._threshold > rest:
                able = np.count_nonzero(self._board.cells >= self._least(self._left))
                if int(able) * sum(map(_steps, self._left)) < size:
                    return True
            elif WORTHWHILE < size < probed / 2 and rest < PROMISING * self._all:
                probed = size
                self._probe()
                continue
            self._add(1)
        return False

    def _least(self, left: Sequence[Feature]) -> float:
        """What a unit must have to come to the threshold, with these words left."""
        return self._threshold / SLACK - _most(left)

    def _probe(self) -> tuple[Ranked, float]:
        """Score the units that lead to the end, and raise the threshold to what enough of them reach.

        Returns the best of these, and what no unit but those that lead has more than.
        """
        count = 16 + 2 * self._wanted
        while True:
            units, above = self._board.leading(count)
            units = units[self._matched.take(units)]
            if len(units) >= self._wanted or count > len(self._board.cells):
                break
            count *= 8
        best = _best_of(self._scored(units), self._wanted)
        if len(units) >= self._wanted:
            self._threshold = float(best.scores[-1]) / SLACK
        return best, above

    def _candidates(self) -> Units:
        """The units that may reach the threshold: fewer and fewer with each word that is left."""
        units = self._board.reaching(self._least(self._left))
        units = units[self._matched.take(units)]
        scores = self._board.cells.take(units)
        for place, feature in enumerate(self._left, start=1):
            scores += self._scorer.read(feature).at(units.astype(np.int32), feature.share)
            able = scores >= self._least(self._left[place:])
            units, scores = units[able], scores[able]
        return units

    def _scored(self, units: Units) -> Ranked:
        """Some units as they are, scored to the end."""
        if not self._left:
            return Ranked(units, self._board.cells.take(units))
        return score_units(self._scorer, self._left, units, self._board.cells)


def _steps(feature: Feature) -> int:
    """How long it takes to look up one unit, in postings."""
    return 1 if feature.is_spread else LOOKING_UP


def _most(features: Sequence[Feature]) -> float:
    """What features give a unit at most."""
    return sum([feature.bound for feature in features])


def score_units(scorer: Scorer, features: Sequence[Feature], units: Units, cells: Scores | None = None) -> Ranked:
    """Some units as they are, with what features give them beside what they have in the cells of a board."""
    given = ((scorer.read(feature), feature.share) for feature in features)
    return Ranked(units, sum_up(given, units, None if cells is None else cells.take(units)))


def _best_of(ranked: Ranked, wanted: int) -> Ranked:
    """The best of some units in ascending order."""
    first = _best(ranked.scores, wanted)
    return Ranked(ranked.units.take(first), ranked.scores.take(first))


def _best(scores: Scores, wanted: int) -> Units:
    """The places of the highest scores, the highest first; of equal ones the first in the array."""
    if len(scores) <= max(_SORTED, wanted):
        return (-scores).argsort(kind="stable")[:wanted]
    if not wanted:
        return np.zeros(0, dtype=np.int64)
    place = len(scores) - wanted
    places = (scores >= np.partition(scores, place)[place]).nonzero()[0]
    best: Units = places.take((-scores.take(places)).argsort(kind="stable")[:wanted])
    return best
