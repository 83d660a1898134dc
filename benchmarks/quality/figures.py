"""How good one ranked answer is: nDCG@10, MRR@10 and recall, as the field defines them.

nDCG: Järvelin and Kekäläinen, *Cumulated gain-based evaluation of IR techniques* (2002), with the gain itself, not its
power, and the discount log2(rank + 1), as `trec_eval` computes it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

Figures = dict[str, float]
"""Figure -> value, in the order of `NAMES`."""

DEPTH: Final = 100
"""How many results are looked at."""

RECALLS: Final = (1, 10, 100)
NAMES: Final = ("nDCG@10", "MRR@10", *(f"recall@{k}" for k in RECALLS))


def figures(ranked: Sequence[str], judged: Mapping[str, float]) -> Figures:
    """The figures of one answer: ids of documents, best first, against the gain of each that is right.

    At least one gain is above zero.
    """
    gains = [judged.get(name, 0.0) for name in ranked[:10]]
    ideal = sorted(judged.values(), reverse=True)[:10]
    first = next((place for place, gain in enumerate(gains, start=1) if gain > 0), 0)
    right = {name for name, gain in judged.items() if gain > 0}
    recalls = [len(right.intersection(ranked[:k])) / len(right) for k in RECALLS]
    values = (_discounted(gains) / _discounted(ideal), 1 / first if first else 0.0, *recalls)
    return dict(zip(NAMES, values, strict=True))


def mean(rows: Sequence[Figures]) -> Figures:
    """The mean of each figure over queries, of which there is at least one."""
    return {name: math.fsum(row[name] for row in rows) / len(rows) for name in NAMES}


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))
