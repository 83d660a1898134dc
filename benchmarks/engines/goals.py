"""The figures that our engine must reach, and those it aims for, as ratios to the others or as plain bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from .adapter import SHORT, Kind
from .latency import Latency
from .plain import PlainBm25
from .registry import OURS

MEGA: Final = 1e6


@dataclass(frozen=True, slots=True)
class Building:
    """What building with one engine took. Peaks are in MB above a bare interpreter, None where not measured."""

    engine: str
    articles: int
    megabytes: float
    seconds: float
    rate: float
    index: float
    peak_building: float | None = None
    peak_searching: float | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure. `value` is None where something was missing to measure it."""

    figure: str
    unit: Literal["x", "MB", "ms"]
    value: float | None
    must: float
    aim: float
    at_least: bool = False

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "not there"
        for bound, name in ((self.aim, "aim"), (self.must, "met")):
            if self.value >= bound if self.at_least else self.value <= bound:
                return name
        return "MISSED"


def goals(buildings: list[Building], latencies: list[Latency], articles: int, part: int, tenth: int) -> list[Goal]:
    """All figures, over `articles`; against Whoosh over the first `part`, and growth from the first `tenth`."""
    built = {(row.engine, row.articles): row for row in buildings}
    timed = {(row.engine, row.articles, row.kind): row for row in latencies}

    def indexing(ours: str, other: str, other_articles: int, must: float, aim: float) -> Goal:
        mine, theirs = built.get((ours, articles)), built.get((other, other_articles))
        value = mine.rate / theirs.rate if mine and theirs else None
        return Goal(f"indexing MB/s, {ours} / {other}", "x", value, must, aim, at_least=True)

    def queries(
        other: str, kinds: tuple[Kind, ...], what: Callable[[Latency], float], name: str, must: float, aim: float
    ) -> Iterator[Goal]:
        for kind in kinds:
            mine, theirs = timed.get((OURS, articles, kind)), timed.get((other, articles, kind))
            value = what(mine) / what(theirs) if mine and theirs else None
            yield Goal(f"{name} {kind}, {OURS} / {other}", "x", value, must, aim)

    def speedups() -> Iterator[Goal]:
        for kind in SHORT:
            mine, theirs = timed.get((OURS, part, kind)), timed.get(("whoosh", part, kind))
            value = theirs.p50 / mine.p50 if mine and theirs else None
            yield Goal(f"p50 {kind}, whoosh / {OURS}, {part:,} articles", "x", value, 100, 300, at_least=True)

    def growth() -> Iterator[Goal]:
        for kind in SHORT:
            large, small = timed.get((GROWN, articles, kind)), timed.get((GROWN, tenth, kind))
            value = large.p50 / small.p50 if large and small else None
            yield Goal(f"p50 {kind} growth, {articles:,} / {tenth:,} articles", "x", value, 6, 3)

    def absolute(kind: Kind, what: Callable[[Latency], float], name: str, must: float, aim: float) -> Goal:
        row = timed.get((OURS, articles, kind))
        return Goal(f"{name} {kind}, {OURS}", "ms", what(row) if row else None, must, aim)

    mine, rust = built.get((OURS, articles)), built.get(("tantivy", articles))
    return [
        indexing(OURS, "whoosh", part, 50, 100),
        indexing(OURS, "tantivy", articles, 2, 4),
        indexing(f"{OURS} x2", "fts5", articles, 1, 1.5),
        *queries("tantivy", SHORT, lambda row: row.p50, "p50", 1, 0.5),
        *queries("tantivy", SHORT, lambda row: row.p95, "p95", 2, 1),
        *speedups(),
        *queries("tantivy", ("question",), lambda row: row.p50, "p50", 2, 1),
        absolute("default", lambda row: row.p50, "p50", 5, 5),
        absolute("default", lambda row: row.p95, "p95", 20, 20),
        *queries(PlainBm25.name, ("ranking",), lambda row: row.p50, "p50", 1.5, 1.5),
        Goal(f"index size, {OURS} / tantivy", "x", mine.index / rust.index if mine and rust else None, 1.2, 0.8),
        Goal(f"peak memory building {articles:,} articles", "MB", mine.peak_building if mine else None, 1000, 500),
        Goal(f"peak memory searching {articles:,} articles", "MB", mine.peak_searching if mine else None, 200, 100),
        *growth(),
    ]


GROWN: Final = f"{OURS}, queries of the tenth"
"""The name of the rows that growth is read from: queries drawn from the tenth, so that both sizes answer them."""
