"""How long queries take: the engines in turn, pass after pass, and medians over the passes.

A pass puts every query of one kind to one engine, then to the next; the order turns with each pass. Warming up takes
other queries than those measured. The first pass is kept apart: it meets each query for the first time, which the later
ones, and whatever an engine remembers, do not. A query's time is the median of its later passes. Engines that are quick
enough take more of them, in turn with each other as before: the machine itself changes from one second to the next.
"""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..printing import say
from .adapter import Engine, Kind
from .child import LIMIT

MILLI: Final = 1e3

MORE: Final = 15
"""So many passes are taken in all by an engine whose passes do not take longer than `QUICK`."""

QUICK: Final = 1e3
"""In milliseconds."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from the text of a query to titles, over the queries of one kind.

    `first` is the p50 of the first pass. `answered` counts the queries that found something: an engine that finds
    nothing is fast.
    """

    engine: str
    articles: int
    kind: Kind
    queries: int
    p50: float
    p95: float
    first: float
    answered: int


def percentile(values: list[float], share: float) -> float:
    """The nearest-rank percentile."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure(
    engines: Mapping[tuple[str, int], Engine],
    queries: Mapping[Kind, list[str]],
    warmup: Mapping[Kind, list[str]],
    passes: int,
) -> list[Latency]:
    """The rows of all engines, by name and number of articles, and of all kinds they know, each of so many `passes` at
    least behind the first."""
    return [
        row
        for kind, texts in queries.items()
        for row in _measure_kind(
            {key: engine for key, engine in engines.items() if kind in engine.kinds},
            kind,
            texts,
            warmup[kind],
            passes,
        )
    ]


def _measure_kind(
    engines: Mapping[tuple[str, int], Engine], kind: Kind, texts: list[str], warmup: list[str], passes: int
) -> list[Latency]:
    order: deque[tuple[str, int]] = deque()
    for key, engine in engines.items():
        try:
            for text in warmup:
                engine.search(kind, text, LIMIT)
            order.append(key)
        except Exception as problem:  # an engine that breaks must not cost the others their rows
            say(f"{key[0]}: querying failed ({type(problem).__name__}: {problem}); its '{kind}' row is left out")
    times: dict[tuple[str, int], list[list[float]]] = {key: [] for key in order}
    answered = dict.fromkeys(order, 0)
    for turn in range(max(passes, MORE) + 1):
        for key in order:
            if turn > passes and sum(times[key][-1]) > QUICK:
                continue
            row, found = _one_pass(engines[key], kind, texts)
            times[key].append(row)
            if turn == 0:
                answered[key] = found
        order.rotate(1)
    rows = []
    for (name, articles), (first, *later) in times.items():
        each = [statistics.median(column) for column in zip(*later, strict=True)]
        p50, p95 = percentile(each, 0.5), percentile(each, 0.95)
        row_of = Latency(name, articles, kind, len(texts), p50, p95, percentile(first, 0.5), answered[name, articles])
        rows.append(row_of)
    return rows


def _one_pass(engine: Engine, kind: Kind, texts: list[str]) -> tuple[list[float], int]:
    """Milliseconds a query, and how many queries found something."""
    row: list[float] = []
    answered = 0
    for text in texts:
        begin = time.perf_counter()
        titles = engine.search(kind, text, LIMIT)
        row.append(MILLI * (time.perf_counter() - begin))
        answered += bool(titles)
    return row, answered
