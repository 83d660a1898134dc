"""One engine over one set: its figures for each form of the queries."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from .figures import Figures, figures, mean
from .forms import typed
from .sets import QuerySet


class Searching(Protocol):
    """What is asked of an engine here."""

    def search(self, query: str) -> list[str]:
        """The ids of the best documents, best first."""

    def read(self, query: str) -> Hashable:
        """What it sees of a query: two that read the same are answered the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """The mean figures of an engine over the queries of a set in one form."""

    set: str
    known: bool
    form: str
    engine: str
    queries: int
    figures: Figures


def evaluate(name: str, engine: Searching, queries: QuerySet, forms: Iterable[str], seed: int) -> Iterator[Row]:
    """A row for each form. A query that reads as it did in an earlier form is not asked again."""
    answered: dict[tuple[str, Hashable], Figures] = {}
    for form in forms:
        each = []
        for query, text in queries.queries.items():
            asked = typed(form, text, f"{seed} {query}")
            key = query, engine.read(asked)
            if key not in answered:
                answered[key] = figures(engine.search(asked), queries.judged[query])
            each.append(answered[key])
        yield Row(queries.name, queries.known, form, name, len(each), mean(each))
