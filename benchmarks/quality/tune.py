"""Choose the parameters of ranking: those with which our engine answers samples of all sets best.

    python -m benchmarks.quality.tune [FOLDER ...] [--sample 400] [--rounds 3] [--output FILE.json]

What is raised is the mean over sets of nDCG@10, over queries as given, unmarked and with half of their marks, all of
equal weight; known items (MRR@10, abstracts and titles together) are one set more. Each set is indexed once, and opened
anew for each try, since an index keeps scores. Queries that were not in the samples tell at the end whether what was
gained holds for others.

Parameters are numbers of the module `vnsearch.search.weights`, which the engine reads whenever it needs them. What is
baked into an index (k1 and b of BM25) is none of them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from ..options import positive, some_of
from ..printing import save_json, say, table
from ..surroundings import load, machine, own_versions
from .ascent import Point, Scores, Try, ascend, mean
from .engines import Documents, Vnsearch
from .evaluation import evaluate
from .given import add_arguments, read_sets
from .goals import JUDGED, KNOWN
from .sets import QuerySet, SetError

GRID: Final[Mapping[str, Sequence[float]]] = {
    "PAIR": (0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.8, 1.0),
    "TITLE": (1.0, 1.5, 2.0, 3.0, 4.0, 5.0),
    "PASSAGE": (0.0, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75),
    "QUESTION": (0.1, 0.2, 0.3, 0.5, 0.7, 1.0),
    "RESTORED": (0.0, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0),
    "POWER": (1.0, 1.05, 1.1, 1.15, 1.2, 1.3),
}
"""Parameter -> the values to try, beside the one it has."""

WEIGHTS: Final = "vnsearch.search.weights"
FORMS: Final = ("given", "unmarked", "half")
KNOWN_ITEMS: Final = "known items"


class TuneError(Exception):
    """The parameters are not there to be tuned."""


def current(weights: Any, names: Sequence[str]) -> dict[str, float]:
    """The values that parameters have. Raises `TuneError` where some are not there."""
    wanting = [name for name in names if not isinstance(getattr(weights, name, None), (int, float))]
    if wanting:
        raise TuneError(f"'{weights.__name__}' has no number named {' or '.join(wanting)} (choose with --parameters)")
    return {name: float(getattr(weights, name)) for name in names}


class Objective:
    """How well each set is answered with some parameters."""

    def __init__(self, weights: Any, sets: Sequence[tuple[QuerySet, Vnsearch]], seed: int) -> None:
        self._weights = weights
        self._sets = sets
        self._seed = seed

    def __call__(self, point: Point) -> Scores:
        """The score of each set, those of known items as one."""
        for name, value in point.items():
            setattr(self._weights, name, value)
        judged: dict[str, float] = {}
        known: dict[str, float] = {}
        for queries, engine in self._sets:
            if not queries.queries:
                continue
            engine.reopen()
            figure, scores = (KNOWN, known) if queries.known else (JUDGED, judged)
            rows = evaluate(engine.name, engine, queries, FORMS, self._seed)
            scores[queries.name] = mean({row.form: row.figures[figure] for row in rows})
        return {**judged, KNOWN_ITEMS: mean(known)} if known else judged


def arguments() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.tune",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_arguments(parser, queries=400, known_limit=10_000)
    parser.add_argument("--sample", type=positive, default=400, help="queries a set (400); of known items half of all")
    parser.add_argument("--rounds", type=positive, default=3, help="over all parameters, at most (3)")
    parser.add_argument("--parameters", type=some_of(GRID, "parameter"), default=list(GRID), help=",".join(GRID))
    return parser.parse_args()


def tune(options: argparse.Namespace) -> dict[str, Any]:
    """Tune and print; what is to be saved. Raises `SetError` and `TuneError`."""
    try:
        weights = load(WEIGHTS)
    except ModuleNotFoundError as problem:
        raise TuneError(f"there is no module '{WEIGHTS}' to tune") from problem
    start = current(weights, options.parameters)
    grid = {name: GRID[name] for name in options.parameters}
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tune-")))
        samples, others = [], []
        for number, whole in enumerate(read_sets(options)):
            say(f"indexing {whole.name}")
            engine = Vnsearch(Documents(whole.documents), place / str(number))
            stack.callback(engine.close)
            queries = replace(whole, documents=[])  # the index has them
            count = max(1, options.known_queries // 2) if whole.known else options.sample
            sample, other = queries.split(count, options.seed)
            samples.append((sample, engine))
            others.append((other, engine))
        tries: list[Try] = []

        def tell(step: Try) -> None:
            tries.append(step)
            change = f"round {step.round}  {step.name:10} {step.value:6g}" if step.name else f"start{'':22}"
            each = "  ".join(f"{name} {score:.4f}" for name, score in step.scores.items())
            print(f"{change}  {step.mean:.5f}{' *' if step.better else '  '}  {each}", flush=True)

        chosen = ascend(Objective(weights, samples, options.seed), start, grid, options.rounds, tell)
        for name in idle(tries, grid):
            say(f"{name} makes no difference on these sets")
        held_out = Objective(weights, others, options.seed)
        outside = [held_out(start), held_out(chosen)]
    inside = [tries[0].scores, [step.scores for step in tries if step.better][-1]]
    print("", parameters_table(start, chosen), scores_table(inside, outside), sep="\n\n")
    return {
        "start": start,
        "chosen": chosen,
        "sets": [{"name": sample.name, "sample": len(sample.queries)} for sample, _ in samples],
        "sampled": inside,
        "held_out": outside,
        "tries": [asdict(step) for step in tries],
    }


def idle(tries: Sequence[Try], grid: Mapping[str, Sequence[float]]) -> list[str]:
    """The parameters that changed no score: perhaps the engine does not read them where they are set."""
    steps: dict[str, list[bool]] = {name: [] for name in grid}
    best = tries[0].scores
    for step in tries[1:]:
        steps[step.name].append(step.scores == best)
        best = step.scores if step.better else best
    return [name for name, same in steps.items() if same and all(same)]


def parameters_table(start: Point, chosen: Point) -> str:
    """What parameters were, and what they should be."""
    return table(("parameter", "was", "chosen"), [(name, f"{start[name]:g}", f"{chosen[name]:g}") for name in start])


def scores_table(inside: Sequence[Scores], outside: Sequence[Scores]) -> str:
    """What each set had and has, on the queries that were tuned on and on others."""

    def row(name: str, before: float, after: float) -> tuple[str, str, str, str]:
        return name, f"{before:.4f}", f"{after:.4f}", f"{after - before:+.4f}"

    lines = []
    for label, (before, after) in (("sampled", inside), ("held out", outside)):
        lines += [row(f"{name}, {label}", before[name], after[name]) for name in before]
        if before:
            lines.append(row(f"mean, {label}", mean(before), mean(after)))
    return table(("set", "was", "is", "difference"), lines)


def main() -> int:
    """Tune, print, save."""
    options = arguments()
    try:
        result = tune(options)
    except (SetError, TuneError) as problem:
        print(f"tune: {problem}", file=sys.stderr)
        return 2
    if options.output:
        settings = {
            "sample": options.sample,
            "rounds": options.rounds,
            "known_queries": options.known_queries,
            "known_limit": options.known_limit,
            "forms": FORMS,
            "grid": {name: GRID[name] for name in options.parameters},
        }
        about = {"machine": machine(), "versions": own_versions(), "seed": options.seed, "settings": settings}
        save_json(options.output, {**about, **result})
    return 0


if __name__ == "__main__":
    sys.exit(main())
