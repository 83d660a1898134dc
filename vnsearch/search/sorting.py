"""Results in the order of a metadata field."""

from __future__ import annotations

import numpy as np

from ..engine.snapshot import Snapshot
from ..errors import RequestError
from .duplicates import leaders
from .matching import Mask
from .reranking import Judge, Scored


def sort_by(
    judge: Judge, snapshot: Snapshot, matched: Mask, field: str, wanted: slice, collapse: bool = False
) -> tuple[Scored, int]:
    """A page of units in the order of a field ("-" before its name: descending), those without it last; and how many
    results there are.

    Equal ones keep the order of the index. `collapse` leaves out near-duplicates of one before. Raises `RequestError`
    for a field that the index does not have.
    """
    units = np.flatnonzero(matched)
    name = field.removeprefix("-")
    kind = snapshot.kinds.get(name)
    if kind is None:
        known = ", ".join(sorted(snapshot.kinds)) or "none"
        raise RequestError(f"results cannot be sorted by '{name}'", f"by score, or by a field of this index: {known}")
    present, values = snapshot.ranks(name) if kind == "text" else snapshot.column(name)
    documents = snapshot.documents_of(units, judge.scorer.group)
    keys = -values[documents] if field.startswith("-") else values[documents]
    order = np.lexsort((keys, ~present[documents]))
    if collapse:
        order = order[leaders(snapshot, documents[order])]
    return judge.score(units[order[wanted]]), len(order)
