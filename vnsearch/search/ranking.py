"""Which units come first.

Every record has its score; a document has one made of those of its records. Reading all postings of all words, and
making the scores of all documents, only to show ten of them would cost more than everything else, so what cannot be
among the first is skipped. That is the idea of MaxScore (Turtle and Flood, *Query evaluation: strategies and
optimizations*, 1995), turned to arrays:

1. What titles and pairs of words give is added up, and then words, the most telling first. What the words that are left
   can give at most is known. The documents that lead are scored to the end, and tell a *threshold* that enough reach.
2. Once what is left cannot bring a passage there that has nothing so far, the words that are left are only looked up
   where a passage is still in the race.

Where few units match, these are scored and no others. The result is the same as scoring everything;
`tests/test_ranking.py` holds it to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.bm25 import Scores
from ..errors import RequestError
from .board import Board
from .leaves import Leaf
from .matching import Mask
from .occurrences import Records, in_order
from .scoring import REST_WEIGHT, Feature, Scorer

LOOKING_UP: Final = 16
"""To look up one posting takes as long as adding up so many."""

WORTHWHILE: Final = 1 << 20
"""So many postings must be left for it to be worth while to see whether they need be read."""

PROMISING: Final = 0.25
"""That is seen once the words left hold less than this share of all that can be earned."""

SLACK: Final = 1.0001
"""For the rounding of sums."""

Units = NDArray[np.int64]


class Ranked(NamedTuple):
    """The first units in order (int64[n]) and their scores (float32[n]); their records, among others (int64[m]), and
    the scores of these (float32[m])."""

    units: Units
    scores: Scores
    records: Records
    record_scores: Scores


def rank(scorer: Scorer, leaves: Sequence[Leaf], matched: Mask, total: int, wanted: int) -> Ranked:
    """The best `wanted` of the `total` units that match. Equal ones keep the order of the index."""
    features = scorer.features(leaves)
    if not features:
        return score_units(scorer, features, np.flatnonzero(matched)[:wanted])
    looked_up = total * scorer.snapshot.records / len(matched) * len(features)
    if LOOKING_UP * looked_up < sum(feature.size for feature in features) or total <= wanted or not wanted:
        return _best_of(score_units(scorer, features, np.flatnonzero(matched)), wanted)
    with Board(scorer.snapshot) as board:
        return _Race(scorer, board, features, matched, wanted).run()


class _Race:
    """One ranking. `left` are the words that are not on the board, the most telling first."""

    def __init__(self, scorer: Scorer, board: Board, features: Sequence[Feature], matched: Mask, wanted: int) -> None:
        self._scorer = scorer
        self._board = board
        self._matched = matched
        self._wanted = wanted
        self._left = sorted((f for f in features if f.earned is None), key=lambda feature: -feature.bound)
        self._threshold = 0.0
        self._all = _most(features)
        self._share = (1 + REST_WEIGHT if scorer.matcher.group == "document" else 1.0) * SLACK
        for feature in features:
            if feature.earned is not None:
                board.add(feature.earned)

    def run(self) -> Ranked:
        """The best units."""
        probed = np.inf
        while self._left:
            size = sum(feature.size for feature in self._left)
            rest = self._share * _most(self._left)
            if self._threshold > rest:
                able = np.count_nonzero(self._board.cells >= self._least(self._left))
                if LOOKING_UP * len(self._left) * int(able) < size:
                    return _best_of(self._scored(self._candidates()), self._wanted)
            elif WORTHWHILE < size < probed / 2 and rest < PROMISING * self._all:
                probed = size
                self._probe()
                continue
            self._board.add(self._scorer.read(self._left.pop(0)))
        scored, above = self._probe()
        if not self._threshold:
            scored = self._scored(np.flatnonzero(self._matched))
        elif above > self._least(()):  # else those that lead are all that can be among the first
            scored = self._scored(self._candidates())
        return _best_of(scored, self._wanted)

    def _least(self, left: Sequence[Feature]) -> float:
        """What a record must have to bring its unit to the threshold, with these words left.

        A document has its title's share in each of its records, and its other passages add at most a share of the best.
        """
        return self._threshold / self._share - _most(left)

    def _probe(self) -> tuple[Ranked, float]:
        """Score the units that lead to the end, and raise the threshold to what enough of them reach.

        Returns these, and what none of the records has more than, apart from theirs.
        """
        count = 16 + 4 * self._wanted  # since a document may lead with several passages
        while True:
            records, above = self._board.leading(count)
            units = self._units(records)
            if len(units) >= self._wanted or count > len(self._board.cells):
                break
            count *= 8
        scored = self._scored(units)
        if len(units) >= self._wanted:
            place = len(units) - self._wanted
            self._threshold = float(np.partition(scored.scores, place)[place]) / SLACK
        return scored, above

    def _candidates(self) -> Units:
        """The units that may reach the threshold: those of fewer and fewer records with each word that is left."""
        records = self._board.reaching(self._least(self._left))
        records.sort()
        scores = self._board.cells[records]
        for place, feature in enumerate(self._left, start=1):
            scores += self._scorer.read(feature).at(records)
            able = scores >= self._least(self._left[place:])
            records, scores = records[able], scores[able]
        return self._units(records)

    def _units(self, records: Records) -> Units:
        """The units of some records, as far as they match; ascending."""
        units: Units = in_order([self._scorer.matcher.unit_of[records]])
        units = units[units >= 0]
        return units[self._matched[units]]

    def _scored(self, units: Units) -> Ranked:
        """Some units as they are, scored to the end."""
        return score_units(self._scorer, self._left, units, self._board.cells)


def _most(features: Sequence[Feature]) -> float:
    """What features give a record at most."""
    return sum(feature.bound for feature in features)


def score_units(scorer: Scorer, features: Sequence[Feature], units: Units, cells: Scores | None = None) -> Ranked:
    """Some units as they are, with what features give their records, and what these have in the cells of a board."""
    records, counts = scorer.records_of(units)
    scores = np.zeros(len(records), dtype=np.float32) if cells is None else cells[records]
    for feature in features:
        scores += scorer.read(feature).at(records)
    return Ranked(units, scorer.units(scores, counts), records, scores)


def _best_of(ranked: Ranked, wanted: int) -> Ranked:
    """The best of some units in ascending order."""
    first = _best(ranked.scores, wanted)
    return ranked._replace(units=ranked.units[first], scores=ranked.scores[first])


def _best(scores: Scores, wanted: int) -> NDArray[np.int64]:
    """The places of the highest scores, the highest first; of equal ones the first in the array."""
    if wanted < len(scores):
        lowest = np.partition(scores, len(scores) - wanted)[len(scores) - wanted] if wanted else np.inf
        places = np.flatnonzero(scores >= lowest)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:wanted]


def sort_by(scorer: Scorer, leaves: Sequence[Leaf], matched: Mask, field: str, wanted: slice) -> Ranked:
    """Units in the order of a metadata field ("-" before its name: descending), those without it last.

    Equal ones keep the order of the index. Raises `RequestError` for a field that the index does not have.
    """
    snapshot = scorer.snapshot
    units = np.flatnonzero(matched)
    name = field.removeprefix("-")
    kind = snapshot.kinds.get(name)
    if kind is None:
        known = ", ".join(sorted(snapshot.kinds)) or "none"
        raise RequestError(f"results cannot be sorted by '{name}'", f"by score, or by a field of this index: {known}")
    present, values = snapshot.ranks(name) if kind == "text" else snapshot.column(name)
    documents = units if scorer.matcher.group == "document" else snapshot.document_of[units]
    keys = -values[documents] if field.startswith("-") else values[documents]
    page = units[np.lexsort((keys, ~present[documents]))][wanted]
    return score_units(scorer, scorer.features(leaves), page)
