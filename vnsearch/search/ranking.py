"""Which units come first.

Words are scored for every record, since that is adding up a few arrays. Pairs cost more, and only the best units are
shown, so pairs are worked out only where they can matter: no unit can earn more by them than a known bound, and units
that would stay behind even with that bound are left out. The result is the same as scoring everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import RequestError
from .leaves import Leaf
from .scoring import REST_WEIGHT, Pair, Scorer, Scores

FEW: Final = 200
"""So many units are scored in full without asking whether they need be."""

Units = NDArray[np.int64]


class Ranked(NamedTuple):
    """The first units in order (int64[n]), their scores (float32[n]), and the scores of the records of these units."""

    units: Units
    scores: Scores
    records: Scores


def rank(scorer: Scorer, leaves: Sequence[Leaf], units: Units, wanted: int) -> Ranked:
    """The best `wanted` of some units (ascending). Equal ones keep the order of the index."""
    records = scorer.words(leaves)
    pairs = scorer.pairs(leaves)
    if pairs:
        chosen = _worth_scoring(scorer, records, pairs, units, wanted)
        scorer.add_pairs(records, pairs, None if len(chosen) == scorer.matcher.units else scorer.records_of(chosen))
        units = chosen
    scores = scorer.units(records, units)
    first = _best(scores, wanted)
    return Ranked(units[first], scores[first], records)


def _worth_scoring(scorer: Scorer, records: Scores, pairs: Sequence[Pair], units: Units, wanted: int) -> Units:
    """The units that could be among the best `wanted` once pairs are counted, ascending."""
    if len(units) <= FEW:
        return units
    plain = scorer.units(records, units)
    likely = units[np.sort(_best(plain, max(FEW, 2 * wanted)))]
    trial = records.copy()
    scorer.add_pairs(trial, pairs, scorer.records_of(likely))
    reached = np.sort(scorer.units(trial, likely))[::-1]
    threshold = reached[wanted - 1] if 0 < wanted <= len(reached) else 0.0
    most = sum(pair.most for pair in pairs)
    # The other passages of a document add at most their share of the best one. A little slack for rounding.
    bound = (plain + most) * (1 + REST_WEIGHT) * 1.0001
    return units[bound >= threshold]


def _best(scores: Scores, wanted: int) -> NDArray[np.int64]:
    """The places of the highest scores, the highest first; of equal ones the first in the array."""
    if wanted < len(scores):
        lowest = np.partition(scores, len(scores) - wanted)[len(scores) - wanted] if wanted else np.inf
        places = np.flatnonzero(scores >= lowest)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:wanted]


def sort_by(scorer: Scorer, leaves: Sequence[Leaf], units: Units, field: str, wanted: slice) -> Ranked:
    """Units in the order of a metadata field ("-" before its name: descending), those without it last.

    Equal ones keep the order of the index. Raises `RequestError` for a field that the index does not have.
    """
    snapshot = scorer.snapshot
    name = field.removeprefix("-")
    kind = snapshot.kinds.get(name)
    if kind is None:
        known = ", ".join(sorted(snapshot.kinds)) or "none"
        raise RequestError(f"results cannot be sorted by '{name}'", f"by score, or by a field of this index: {known}")
    present, values = snapshot.ranks(name) if kind == "text" else snapshot.column(name)
    documents = units if scorer.matcher.group == "document" else snapshot.document_of[units]
    keys = -values[documents] if field.startswith("-") else values[documents]
    page = units[np.lexsort((keys, ~present[documents]))][wanted]
    records = scorer.words(leaves)
    scorer.add_pairs(records, scorer.pairs(leaves), scorer.records_of(page))
    return Ranked(page, scorer.units(records, page), records)
