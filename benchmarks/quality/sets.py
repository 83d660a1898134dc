"""Sets of queries whose answers are known: judged ones in BEIR layout, and known items drawn from articles.

In BEIR layout a folder holds `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels.tsv`
(query, document, gain; BEIR's own `qrels/test.tsv` will do). A known item is an article that somebody has read and
wants back: the query is its abstract, which is indexed nowhere, or its title, where titles are left out of the index.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from vnsearch import Document

from ..json_lines import read_lines

Judged = Mapping[str, Mapping[str, float]]
Made = TypeVar("Made")


class SetError(Exception):
    """What was given cannot be read as a set of queries."""


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Documents, queries by name, and for each query the gain of each document that is right.

    `known` says that it is a set of known items: each query has one answer.
    """

    name: str
    documents: list[Document]
    queries: Mapping[str, str]
    judged: Judged
    known: bool = False

    def first(self, limit: int | None) -> QuerySet:
        """The set with its first queries only."""
        return replace(self, queries=dict(islice(self.queries.items(), limit)))

    def split(self, count: int, seed: int) -> tuple[QuerySet, QuerySet]:
        """Two sets: a random sample of so many queries, and as many of the others, where there are as many."""
        names = list(self.queries)
        random.Random(f"{seed} {self.name}").shuffle(names)
        parts = names[:count], names[count : 2 * count]
        one, two = ({name: self.queries[name] for name in part} for part in parts)
        return replace(self, queries=one), replace(self, queries=two)


def read_beir(folder: Path) -> QuerySet:
    """A set in BEIR layout: the queries that have an answer, in the order of the file. Raises `SetError`."""
    judged: defaultdict[str, dict[str, float]] = defaultdict(dict)
    path = folder / "qrels.tsv"
    for query, document, gain in _read_gains(path if path.exists() else folder / "qrels" / "test.tsv"):
        judged[query][document] = gain
    right = {query for query, gains in judged.items() if max(gains.values()) > 0}
    corpus = _read_lines(folder / "corpus.jsonl", _document)
    texts = _read_lines(folder / "queries.jsonl", lambda entry: (str(entry["_id"]), str(entry["text"])))
    documents = list(corpus)
    queries = {name: text for name, text in texts if name in right}
    if not documents or not queries:
        raise SetError(f"'{folder}' holds no documents, or no query with an answer")
    return QuerySet(folder.resolve().name, documents, queries, dict(judged))


def read_known(path: Path, count: int, limit: int | None, seed: int) -> list[QuerySet]:
    """Two sets of known items from a JSON Lines file, plain or .gz, of `id`, `title`, `abstract`, `text`.

    `limit`: only the first articles. `count` articles that have both an abstract and a title are drawn, and are what is
    looked for in both sets. Raises `SetError`.
    """
    kept: list[Document] = []
    abstracts: dict[str, str] = {}
    for document, abstract in islice(_read_lines(path, _article), limit):
        kept.append(document)
        if abstract.strip() and document.title.strip():
            abstracts[document.id] = abstract
    if not abstracts:
        raise SetError(f"'{path}' holds no article that has both an abstract and a title")
    rng = random.Random(f"{seed} known items")
    drawn = rng.sample(list(abstracts), min(count, len(abstracts)))
    titles = {document.id: document.title for document in kept}
    judged = {name: {name: 1.0} for name in drawn}
    name = path.name.partition(".")[0]
    untitled = [replace(document, title="") for document in kept]
    return [
        QuerySet(f"{name} abstract", kept, {name: abstracts[name] for name in drawn}, judged, known=True),
        QuerySet(f"{name} title", untitled, {name: titles[name] for name in drawn}, judged, known=True),
    ]


def _document(entry: dict[str, Any]) -> Document:
    return Document(str(entry["_id"]), str(entry["text"]), str(entry.get("title") or ""))


def _article(entry: dict[str, Any]) -> tuple[Document, str]:
    document = Document(str(entry["id"]), str(entry["text"]), str(entry.get("title") or ""))
    return document, str(entry.get("abstract") or "")


def _read_lines(path: Path, make: Callable[[dict[str, Any]], Made]) -> Iterator[Made]:
    try:
        yield from map(make, read_lines(path))
    except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SetError(f"'{path}' cannot be read as JSON Lines of what is wanted: {error!r}") from error


def _read_gains(path: Path) -> Iterator[tuple[str, str, float]]:
    """Query, document and gain of each line but the first, which names the columns."""
    try:
        with path.open(encoding="utf-8") as lines:
            for line in islice(lines, 1, None):
                if line.strip():
                    query, document, gain = line.split("\t")
                    yield query, document, float(gain)
    except (OSError, ValueError) as error:
        raise SetError(f"'{path}' cannot be read as lines of query, document, gain: {error}") from error
