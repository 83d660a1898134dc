"""Where the time of indexing and of searching goes, by module: shares of a profile, on given articles.

    python benchmarks/where_time_goes.py ARTICLES [--limit N] [--queries Q] [--seed S]

ARTICLES is JSON Lines (or .gz) of `id`, `title`, `text`. Queries are 1-5 consecutive syllables of the articles, asked
for any of the words, each twice, of which the second time counts. A profile slows down code of many small calls; shares
are what to read.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from json_lines import read_documents

import vnsearch
from vnsearch import Document, Index
from vnsearch.text import tokenize

PACKAGE = str(Path(vnsearch.__file__).parent)
SHOWN = 12


def draw_queries(documents: list[Document], count: int, seed: int) -> list[str]:
    """Queries of 1 to 5 syllables that follow each other in an article."""
    chooser = random.Random(seed)
    queries: list[str] = []
    while len(queries) < count:
        words = [token.canonical for token in tokenize(chooser.choice(documents).text)]
        length = chooser.randint(1, 5)
        if len(words) > length:
            begin = chooser.randrange(len(words) - length)
            queries.append(" ".join(words[begin : begin + length]))
    return queries


def shares(work: Callable[[], object]) -> tuple[float, list[tuple[str, float]]]:
    """The seconds that some work takes under the profiler, and the share of each module in it.

    The time of built-in and library functions counts for the module of vnsearch that called them.
    """
    profile = cProfile.Profile()
    profile.runcall(work)
    stats = pstats.Stats(profile)
    found: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if file.startswith(PACKAGE):
            found[file.removeprefix(PACKAGE).lstrip("/\\")] += own
            continue
        for (caller, _, _), (_, _, part, _) in callers.items():
            found[caller.removeprefix(PACKAGE).lstrip("/\\") if caller.startswith(PACKAGE) else "(libraries)"] += part
    total = stats.total_tt  # type: ignore[attr-defined]
    return total, [(name, seconds / total) for name, seconds in found.most_common(SHOWN)]


def show(title: str, work: Callable[[], object]) -> None:
    """Print one profile."""
    total, rows = shares(work)
    print(f"\n{title}: {total:.2f} s under the profiler")
    for name, share in rows:
        print(f"  {share:6.1%}  {name}")


def main() -> None:
    """Print the profiles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=8000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    documents = read_documents(options.articles, options.limit)
    queries = draw_queries(documents, options.queries, options.seed)
    print(f"{len(documents):,} articles, {len(queries)} queries, seed {options.seed}")
    with tempfile.TemporaryDirectory() as folder, Index.create(Path(folder) / "index") as index:
        show("indexing", lambda: index.add(documents))
        for passages in (0, 3):
            for query in queries:
                index.search(query, match="any", passages=passages)
            show(
                f"searching, {passages} passages a hit",
                lambda passages=passages: [index.search(q, match="any", passages=passages) for q in queries],
            )


if __name__ == "__main__":
    main()
