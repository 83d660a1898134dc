"""The command: what is measured, and in what order."""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

from .. import surroundings
from ..options import positive, some_of, to_write
from ..printing import say
from . import child, report
from .adapter import SHORT, Engine
from .corpus import CorpusError, Queries, draw_queries, read_articles, read_questions
from .goals import GROWN, MEGA, Building, goals
from .latency import Latency, measure
from .registry import ENGINES, OURS

QUESTIONS_HELP: Final = "where queries.jsonl (BEIR) are; may be given several times"
WARMUP: Final = 20
"""Queries a kind to warm up with."""


class Run:
    """One run of the benchmark. Indexes live in a temporary folder, gone at the end."""

    def __init__(self, options: argparse.Namespace, place: Path) -> None:
        self.options = options
        self.place = place
        self.engines: list[str] = []
        for name in options.engines:
            reason = ENGINES[name].missing()
            if reason:
                say(f"{name}: {reason}; its rows are left out")
            else:
                self.engines.append(name)
        sizes, texts = [], []
        for article in read_articles(options.articles, options.limit):
            sizes.append(article.size)
            texts.append(article.text)
        if not texts:
            raise CorpusError(f"'{options.articles}' holds no articles")
        self.sizes = sizes
        self.articles = len(texts)
        self.part = min(options.whoosh_limit or self.articles, self.articles)
        self.tenth = max(1, self.articles // 10)
        self.queries: dict[int, Queries] = {}
        self.warmup: dict[int, Queries] = {}
        for count in {self.articles, self.part, self.tenth}:
            rng = random.Random(f"{options.seed} {count}")
            self.queries[count] = draw_queries(texts[:count], options.queries, rng)
            self.warmup[count] = draw_queries(texts[:count], WARMUP, rng)
        questions = read_questions(options.questions, options.queries + WARMUP, random.Random(options.seed))
        if questions:
            self.queries[self.articles]["question"] = questions[WARMUP:]
            self.warmup[self.articles]["question"] = questions[:WARMUP]

    def build(self, names: list[str], count: int) -> list[Building]:
        """Build with engines in turn, each in a process of its own; what was built last stays."""
        megabytes = sum(self.sizes[:count]) / MEGA
        seconds: dict[str, list[float]] = {name: [] for name in names}
        sizes: dict[str, float] = {}
        for turn in range(self.options.repeats):
            for name in list(seconds):
                say(f"building {turn + 1}/{self.options.repeats}: {name}, {count:,} articles")
                folder = self.folder(name, count)
                with tempfile.TemporaryDirectory(dir=self.place) as fresh:
                    try:
                        built = child.build(name, self.options.articles, count, Path(fresh))
                    except child.ChildFailed as problem:
                        say(f"{name}: building failed ({problem}); its rows are left out")
                        del seconds[name]
                        continue
                    seconds[name].append(built["seconds"])
                    sizes[name] = built["size"] / MEGA
                    if turn == self.options.repeats - 1:
                        Path(fresh).rename(folder)
                        Path(fresh).mkdir()
        medians = {name: statistics.median(times) for name, times in seconds.items()}
        return [Building(n, count, megabytes, s, megabytes / s, sizes[n]) for n, s in medians.items()]

    def with_peaks(self, row: Building) -> Building:
        """Peak memory of one process that builds from a stream of articles, and of one that searches."""
        if ENGINES[row.engine].workers > 1:
            return row
        say(f"memory: {row.engine}")
        try:
            with tempfile.TemporaryDirectory(dir=self.place) as fresh:
                building = child.peak_building(row.engine, self.options.articles, row.articles, Path(fresh))
            row = replace(row, peak_building=building / MEGA)
            folder = self.folder(row.engine, row.articles)
            searching = child.peak_searching(row.engine, folder, self.queries[row.articles])
            return replace(row, peak_searching=searching / MEGA)
        except child.ChildFailed as problem:
            say(f"{row.engine}: memory was not measured ({problem})")
            return row

    def search(self, rows: list[tuple[str, int]], queries: Queries, warmup: Queries) -> list[Latency]:
        """Query engines in turn, each over its index of so many articles. Engines that only build are passed over."""
        with ExitStack() as stack:
            opened: dict[tuple[str, int], Engine] = {}
            for name, count in rows:
                if ENGINES[name].workers > 1:
                    continue
                engine = ENGINES[name]()
                try:
                    engine.open(self.folder(name, count))
                except Exception as problem:  # an engine that breaks must not cost the others their rows
                    say(f"{name}: opening failed ({type(problem).__name__}: {problem}); it is not queried")
                    continue
                stack.callback(engine.close)
                opened[name, count] = engine
            say(f"querying: {', '.join(f'{name} ({count:,})' for name, count in opened)}")
            return measure(opened, queries, warmup, self.options.repeats)

    def folder(self, name: str, count: int) -> Path:
        return self.place / f"{ENGINES[name].index_of or name} {count}"

    def __call__(self) -> tuple[list[Building], list[Latency]]:
        whole, part, tenth = self.articles, self.part, self.tenth
        fast = [name for name in self.engines if name != "whoosh" and not ENGINES[name].index_of]
        buildings = [self.with_peaks(row) for row in self.build(fast, whole)]
        built = [row.engine for row in buildings]
        built += [name for name in self.engines if ENGINES[name].index_of in built]
        latencies = self.search([(name, whole) for name in built], self.queries[whole], self.warmup[whole])
        small: list[Building] = []
        if "whoosh" in self.engines:
            pair = ["whoosh"] if part == whole else [name for name in (OURS, "whoosh") if name in self.engines]
            small = self.build(pair, part)
            both = [(name, part) for name in (OURS, "whoosh") if self.folder(name, part).exists()]
            found = self.search(both, _short(self.queries[part]), self.warmup[part])
            latencies += [row for row in found if part < whole or row.engine != OURS]
        if OURS in self.engines and tenth < whole:
            if tenth != part or not self.folder(OURS, tenth).exists():
                small += self.build([OURS], tenth)
            both = [(OURS, count) for count in (whole, tenth) if self.folder(OURS, count).exists()]
            grown = self.search(both, _short(self.queries[tenth]), self.warmup[tenth])
            latencies += [replace(row, engine=GROWN) for row in grown]
        return buildings + small, latencies


def _short(queries: Queries) -> Queries:
    return {kind: queries[kind] for kind in SHORT}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("articles", type=Path, help="JSON Lines (or .gz) of id, title, text")
    parser.add_argument("--limit", type=positive, help="only the first N articles")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=positive, default=3, help="of building, and of every query at least (3)")
    parser.add_argument("--queries", type=positive, default=100, help="queries a kind (100)")
    parser.add_argument("--engines", type=some_of(ENGINES, "engine"), default=list(ENGINES), help=",".join(ENGINES))
    parser.add_argument("--whoosh-limit", type=positive, help="only the first N for stock Whoosh, which takes long")
    parser.add_argument("--questions", type=Path, action="append", default=[], metavar="FOLDER", help=QUESTIONS_HELP)
    parser.add_argument("--output", type=to_write, help="save all figures as JSON")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    try:
        with tempfile.TemporaryDirectory(prefix="engines-") as place:
            run = Run(options, Path(place))
            buildings, latencies = run()
    except CorpusError as problem:
        print(f"engines: {problem}", file=sys.stderr)
        return 2
    reached = goals(buildings, latencies, run.articles, run.part, run.tenth)
    versions = {name: version for engine in run.engines for name, version in ENGINES[engine].versions().items()}
    about = {
        "machine": surroundings.machine(),
        "versions": versions,
        "seed": options.seed,
        "repeats": options.repeats,
        "corpus": {"name": options.articles.name, "articles": run.articles, "megabytes": sum(run.sizes) / MEGA},
        "whoosh_articles": run.part,
    }
    print("; ".join(f"{what} {value}" for what, value in surroundings.machine().items()))
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    print(f"{options.articles.name}: {run.articles:,} articles, {sum(run.sizes) / MEGA:.1f} MB of UTF-8; ", end="")
    print(f"{options.queries} queries a kind, seed {options.seed}, median of {options.repeats}\n")
    print(report.buildings_table(buildings), report.latencies_table(latencies), report.goals_table(reached), sep="\n\n")
    if options.output:
        report.save(options.output, about, buildings, latencies, reached)
    return 0


if __name__ == "__main__":
    sys.exit(main())
