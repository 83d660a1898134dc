"""The command: every set, every engine, every form; then one table of all, and the goals."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from ..options import positive, some_of
from ..printing import say
from ..surroundings import machine
from . import __doc__ as about_this
from . import report
from .engines import ENGINES, Documents
from .evaluation import Row, evaluate
from .forms import FORMS
from .given import add_arguments, read_sets
from .goals import goals
from .sets import QuerySet, SetError

KNOWN_FORMS: Final = ["given", "unmarked", "half"]
"""The forms of known items: articles are many and abstracts long, so that all of them take minutes."""


def arguments() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description=about_this,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_arguments(parser, queries=500, known_limit=None)
    parser.add_argument("--limit", type=positive, help="only the first N queries of each set")
    parser.add_argument("--forms", type=some_of(FORMS, "form"), default=list(FORMS), help=",".join(FORMS))
    parser.add_argument("--known-forms", type=some_of(FORMS, "form"), default=KNOWN_FORMS, help=",".join(KNOWN_FORMS))
    parser.add_argument("--engines", type=some_of(ENGINES, "engine"), help=",".join(ENGINES))
    return parser.parse_args()


def measure(queries: QuerySet, names: list[str], options: argparse.Namespace) -> Iterator[Row]:
    """The rows of one set, engine by engine, so that no two have their indexes in memory but for what they share."""
    documents = Documents(queries.documents)
    forms = options.known_forms if queries.known else options.forms
    for name in names:
        say(f"{queries.name}: {name}")
        with tempfile.TemporaryDirectory(prefix="quality-") as folder:
            try:
                with closing(ENGINES[name](documents, Path(folder))) as engine:
                    rows = list(evaluate(name, engine, queries, forms, options.seed))
            except Exception as problem:  # an engine that breaks must not cost the others their rows
                say(f"{name}: failed ({type(problem).__name__}: {problem}); its rows are left out")
                continue
        yield from rows


def main() -> int:
    """Measure, print, save."""
    options = arguments()
    wanted = options.engines or list(ENGINES)
    installed = []
    for name in wanted:
        reason = ENGINES[name].missing()
        if reason:
            say(f"{name}: {reason}; its rows are left out")
        else:
            installed.append(name)
    versions = {name: version for engine in installed for name, version in ENGINES[engine].versions().items()}
    print("; ".join(f"{what} {value}" for what, value in machine().items()))
    print(", ".join(f"{name} {version}" for name, version in versions.items()), flush=True)
    rows: list[Row] = []
    sets = []
    try:
        for whole in read_sets(options):
            queries = whole.first(options.limit)
            names = [name for name in installed if options.engines or not queries.known or ENGINES[name].known]
            found = list(measure(queries, names, options))
            size = {"name": queries.name, "documents": len(queries.documents), "queries": len(queries.queries)}
            sets.append(size)
            print("\n{name}: {documents:,} documents, {queries:,} queries\n".format(**size))
            print(report.rows_table(found), flush=True)
            rows += found
    except SetError as problem:
        print(f"quality: {problem}", file=sys.stderr)
        return 2
    reached = goals(rows)
    print("", report.combined_table(rows), report.goals_table(reached), sep="\n\n")
    if options.limit or options.known_limit:
        print("\nNot all queries or articles were used: goals are for all of them.")
    if options.output:
        settings = {
            "forms": options.forms,
            "known_forms": options.known_forms,
            "limit": options.limit,
            "known_limit": options.known_limit,
            "known_queries": options.known_queries,
        }
        about = {"machine": machine(), "versions": versions, "seed": options.seed, "settings": settings, "sets": sets}
        report.save(options.output, about, rows, reached)
    return 0


if __name__ == "__main__":
    sys.exit(main())
