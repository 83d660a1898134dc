"""Which sets a command means: those that it names, or those in the folder of third-party data."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..options import positive, to_write
from .sets import QuerySet, SetError, read_beir, read_known

DATA: Final = "VNSEARCH_DATA"
ARTICLES: Final = Path("corpora", "vietnews-40k.jsonl.gz")


def add_arguments(parser: argparse.ArgumentParser, queries: int, known_limit: int | None) -> None:
    """The arguments that name sets; the defaults of how many known items are drawn, and from how many articles."""
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="a set in BEIR layout")
    parser.add_argument("--known", type=Path, metavar="FILE", help="articles, JSON Lines of id, title, abstract, text")
    parser.add_argument("--known-limit", type=positive, default=known_limit, help="only the first N articles")
    parser.add_argument("--known-queries", type=positive, default=queries, help=f"known items looked for ({queries})")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--no-known", action="store_true", help="judged queries only")
    either.add_argument("--known-only", action="store_true", help="known items only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=to_write, metavar="FILE", help="save everything as JSON")


def read_sets(options: argparse.Namespace) -> Iterator[QuerySet]:
    """The sets, one after the other, so that only one need be in memory. Raises `SetError`.

    That files are there is looked at before anything is read.
    """
    data = Path(os.environ[DATA]) if os.environ.get(DATA) else None
    folders: list[Path] = [] if options.known_only else options.folders
    if not folders and not options.known_only and data:
        folders = sorted(path.parent for path in (data / "retrieval").glob("*/corpus.jsonl"))
    known: Path | None = None if options.no_known else options.known
    if not known and not options.no_known and data and (data / ARTICLES).exists():
        known = data / ARTICLES
    if not folders and not known:
        raise SetError(f"there is nothing to measure on: name a folder in BEIR layout, or set {DATA}")
    for path in (*(folder / "corpus.jsonl" for folder in folders), *filter(None, [known])):
        if not path.is_file():
            raise SetError(f"there is no file '{path}'")
    return _read(folders, known, options)


def _read(folders: list[Path], known: Path | None, options: argparse.Namespace) -> Iterator[QuerySet]:
    for folder in folders:
        yield read_beir(folder)
    if known:
        yield from read_known(known, options.known_queries, options.known_limit, options.seed)
