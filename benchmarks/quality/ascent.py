"""Coordinate ascent over a grid: one parameter after the other, each set to the value that scores best beside the rest.

It finds a point that no change of one parameter betters, which need not be the best of all; with few parameters that
hardly depend on each other it is near it, and costs their sum in tries, not their product.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Point = Mapping[str, float]
"""Parameter -> value."""

Scores = Mapping[str, float]
"""Set -> how well it is answered. Their mean is what is raised."""

EQUAL: Final = 1e-9
"""A mean that is higher by no more than this is no better, so that the value at hand stays."""


@dataclass(frozen=True, slots=True)
class Try:
    """One point that was looked at: a parameter was given a value. `better` than all before it."""

    round: int
    name: str
    value: float
    scores: Scores
    mean: float
    better: bool


def mean(scores: Scores) -> float:
    """The mean over sets."""
    return math.fsum(scores.values()) / len(scores)


def ascend(
    objective: Callable[[Point], Scores],
    start: Point,
    grid: Mapping[str, Sequence[float]],
    rounds: int,
    tell: Callable[[Try], None],
) -> dict[str, float]:
    """The point that is reached from `start`, when a whole round changes nothing or after so many rounds.

    `tell` hears of each try, the start first (as round 0, without a name). No point is looked at twice.
    """
    here = dict(start)
    best = _look(objective, here, tell, 0, "", 0.0, -math.inf)
    known = {tuple(here.values())}
    for turn in range(1, rounds + 1):
        before = dict(here)
        for name, values in grid.items():
            for value in values:
                there = {**here, name: value}
                if tuple(there.values()) in known:
                    continue
                known.add(tuple(there.values()))
                reached = _look(objective, there, tell, turn, name, value, best)
                if reached > best + EQUAL:
                    here, best = there, reached
        if here == before:
            break
    return here


def _look(
    objective: Callable[[Point], Scores],
    point: Point,
    tell: Callable[[Try], None],
    turn: int,
    name: str,
    value: float,
    best: float,
) -> float:
    scores = objective(point)
    reached = mean(scores)
    tell(Try(turn, name, value, scores, reached, reached > best + EQUAL))
    return reached
