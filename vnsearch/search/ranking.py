"""Which units come first.

Every record has its score; a document has one made of those of its records. Making the scores of all documents only to
show ten of them would cost more than the search itself, so only documents are looked at that can be among the first:
the maxima of blocks of records tell a score that enough records reach, the documents of these records tell a score that
enough documents reach, and a document without a record near that score cannot. The result is the same as scoring all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import RequestError
from .leaves import Leaf
from .matching import Mask
from .occurrences import first_of_each, in_order
from .scoring import REST_WEIGHT, Scorer, Scores

FEW: Final = 200
"""So many units are scored without asking whether they need be."""

BLOCK: Final = 256
"""Records are looked at in blocks of this size to find the likely ones."""

Units = NDArray[np.int64]


class Ranked(NamedTuple):
    """The first units in order (int64[n]), their scores (float32[n]), and the scores of the records of these units."""

    units: Units
    scores: Scores
    records: Scores


def rank(scorer: Scorer, leaves: Sequence[Leaf], matched: Mask, total: int, wanted: int) -> Ranked:
    """The best `wanted` of the `total` units that match. Equal ones keep the order of the index."""
    records = scorer.records(leaves)
    if total <= FEW:
        units = np.flatnonzero(matched)
    else:
        units = _worth_scoring(scorer, records, matched, scorer.titled(leaves), wanted)
    scores = scorer.units(records, units)
    first = _best(scores, wanted)
    return Ranked(units[first], scores[first], records)


def _worth_scoring(scorer: Scorer, records: Scores, matched: Mask, titled: Units, wanted: int) -> Units:
    """The units that could be among the best `wanted`, ascending. `titled` are the documents whose titles score: what
    a title adds is in the score of no passage."""
    titled = titled[matched[titled]]
    likely = _with_records(scorer, records, _reached(records, 16 + 4 * wanted), matched, titled)
    if len(likely) <= wanted:
        return np.flatnonzero(matched)
    scores = scorer.units(records, likely)
    threshold = np.partition(scores, len(scores) - wanted)[len(scores) - wanted] if wanted else scores.max()
    # The other passages of a document add at most their share of the best one. A little slack for rounding.
    return _with_records(scorer, records, float(threshold) / ((1 + REST_WEIGHT) * 1.0001), matched, titled)


def _reached(records: Scores, count: int) -> float:
    """A score that at least `count` records reach; 0 where there are too few records to tell quickly."""
    full = len(records) // BLOCK * BLOCK
    blocks = records[:full].reshape(-1, BLOCK).max(axis=1) if full else records[:0]
    if len(blocks) <= count:
        return 0.0
    return float(np.partition(blocks, len(blocks) - count)[len(blocks) - count])


def _with_records(scorer: Scorer, records: Scores, least: float, matched: Mask, titled: Units) -> Units:
    """The units that match and have a record that scores at least so much (all that match, for 0), and `titled`."""
    if least <= 0:
        return np.flatnonzero(matched)
    units = scorer.matcher.unit_of[np.flatnonzero(records >= least)]
    units = units[matched[units] & (units >= 0)]
    return in_order((units, titled)) if len(titled) else units[first_of_each(units)]


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
    records = scorer.records(leaves)
    return Ranked(page, scorer.units(records, page), records)
