"""What each part of a search costs: it is left out, and so much less time a query takes.

    python -m benchmarks.engines.parts ARTICLES [--limit N] [--kind and] [--queries Q] [--passes P] [--seed S]

All variants run in one process, in turn pass by pass, and a query's time with each is the median of its passes: the
machine changes from one second to the next, and two processes differ by more than most parts take. What is left out
makes answers wrong. Without ranking the same units always lead, so what it takes to fetch those that should goes with
it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import deque
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch

import numpy as np

from vnsearch.search import ranking, request, reranking, searcher

from ..options import positive
from ..printing import table
from .adapter import SHORT, Kind
from .child import LIMIT
from .corpus import draw_queries, read_articles
from .own import Vnsearch

MICRO: Final = 1e6
LEADING: Final = 16


class Part(NamedTuple):
    """A part of a search: what holds it, its name there, and what does nothing in its place."""

    name: str
    holder: Any
    attribute: str
    nothing: Any


def _lead(*_: object) -> ranking.Ranked:
    return ranking.Ranked(np.arange(LEADING), np.linspace(2, 1, LEADING, dtype=np.float32))


def _as_ranked(_: object, units: Any, scores: Any) -> reranking.Scored:
    one = np.ones(len(units), dtype=np.int64)
    return reranking.Scored(units, scores, np.arange(len(units)), one, units, scores)


PARTS: Final = (
    Part("ranking", reranking, "rank", _lead),
    Part("second look", reranking.Judge, "_judge", _as_ranked),
    Part("near-duplicates", reranking, "postpone", lambda *_: None),
    Part("hits", searcher, "read_hits", lambda *_: ()),
    Part("synonyms", request, "expanded", lambda query, _: query),
    Part("query written out", searcher, "write", lambda _: ""),
)


def measure(engine: Vnsearch, kind: Kind, queries: list[str], passes: int) -> dict[str, float]:
    """The mean time of a query in microseconds: with everything (""), and without each part."""
    order: deque[Part | None] = deque((None, *PARTS))
    times: dict[str, list[list[float]]] = {"": [], **{part.name: [] for part in PARTS}}
    for _ in range(passes):
        for part in order:
            with patch.object(part.holder, part.attribute, part.nothing) if part else nullcontext():
                for text in queries:  # what is patched is looked up anew, and Python's code adapts itself to it again
                    engine.search(kind, text, LIMIT)
                times[part.name if part else ""].append([_timed(engine, kind, text) for text in queries])
        order.rotate(1)
    return {
        name: statistics.mean(statistics.median(column) for column in zip(*rows, strict=True))
        for name, rows in times.items()
    }


def _timed(engine: Vnsearch, kind: Kind, text: str) -> float:
    begin = time.perf_counter()
    engine.search(kind, text, LIMIT)
    return MICRO * (time.perf_counter() - begin)


def main() -> None:
    parser = argparse.ArgumentParser(description="What each part of a search costs.")
    parser.add_argument("articles", type=Path, metavar="ARTICLES")
    parser.add_argument("--limit", type=positive, help="only the first N articles")
    parser.add_argument("--kind", choices=SHORT, default="and")
    parser.add_argument("--queries", type=positive, default=100)
    parser.add_argument("--passes", type=positive, default=25)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    articles = list(read_articles(options.articles, options.limit))
    texts = [article.text for article in articles]
    queries = draw_queries(texts, options.queries, random.Random(options.seed))[options.kind]
    engine = Vnsearch()
    with tempfile.TemporaryDirectory() as folder:
        engine.build(articles, Path(folder) / "index")
        engine.open(Path(folder) / "index")
        for text in queries:
            engine.search(options.kind, text, LIMIT)
        found = measure(engine, options.kind, queries, options.passes)
        engine.close()
    whole = found.pop("")
    print(f"{len(articles):,} articles, {len(queries)} queries '{options.kind}', seed {options.seed}\n")
    rows = [[name, f"{without:.0f}", f"{1 - without / whole:.1%}"] for name, without in found.items()]
    print(table(["left out", "us a query", "saved"], [["(nothing)", f"{whole:.0f}", ""], *rows]))


if __name__ == "__main__":
    main()
