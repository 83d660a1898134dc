"""What the documents that match a query hold in one of their fields: each value, and how many hold it.

A text is counted by each of its values, told apart by their canonical tokens and shown as one of the documents writes
them. Dates are counted by year, or by month where all are of one year.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.metadata import canonical_value
from ..engine.snapshot import Snapshot
from ..engine.strings import decode
from ..models import Facets, FacetValue
from .filters import kind_of
from .finding import find
from .matching import Mask
from .query import Every
from .request import Request, read


class _Counted(NamedTuple):
    """Values in order: how many documents hold each (int64[n]), and how the value with a number is written."""

    counts: NDArray[np.int64]
    write: Callable[[int], str]


def facets(snapshot: Snapshot, request: Request, field: str, limit: int) -> Facets:
    """The `limit` most frequent values of a field; those of dates and numbers in their order.

    A query that holds nothing counts all documents. Raises `RequestError` for a field that the index does not have.
    Costs what matching costs, and a pass over the column.
    """
    kind = kind_of(snapshot, field)
    answer = find(snapshot, request, read(snapshot, request).root or Every())
    if kind == "text":
        held, counted = _texts(snapshot, field, answer.matched)
    else:
        present, values = snapshot.column(field)
        held = answer.matched & present
        counted = _ordered(kind, values[held])
    shown = np.argsort(-counted.counts, kind="stable")[:limit]
    if kind in ("date", "number"):
        shown.sort()
    found = tuple(FacetValue(counted.write(place), int(counted.counts[place])) for place in shown.tolist())
    return Facets(field, kind, found, answer.total, answer.total - int(np.count_nonzero(held)))


def _texts(snapshot: Snapshot, field: str, matched: Mask) -> tuple[Mask, _Counted]:
    """Which of the documents that match have a value, and how many hold each."""
    documents, codes, values = snapshot.texts(field)
    of_matched = matched[documents]
    rows = np.unique(np.stack((codes[of_matched], documents[of_matched])), axis=1)  # a value twice in one counts once
    numbers, first, counts = np.unique(rows[0], return_index=True, return_counts=True)
    held = np.zeros_like(matched)
    held[rows[1]] = True

    def write(place: int) -> str:
        return _written(snapshot, int(rows[1][first[place]]), field, decode(values[numbers[place]]))

    return held, _Counted(counts, write)


def _written(snapshot: Snapshot, document: int, field: str, value: str) -> str:
    """A value as a document writes it."""
    given: Any = snapshot.card(document).fields[field]
    texts = [given] if isinstance(given, str) else list(given)
    return next((text for text in texts if canonical_value(text) == value), value)


def _ordered(kind: str, values: NDArray[Any]) -> _Counted:
    """Values that are no texts, and how often each stands."""
    if kind == "date":
        days = values.astype("datetime64[us]")
        several = len(np.unique(days.astype("datetime64[Y]"))) > 1
        values = days.astype("datetime64[Y]" if several else "datetime64[M]")
    elif kind == "flag":
        values = values.astype(bool)
    found, counts = np.unique(values, return_counts=True)

    def write(place: int) -> str:
        value = found[place]
        return f"{value:.12g}" if kind == "number" else str(value).lower()

    return _Counted(counts, write)
