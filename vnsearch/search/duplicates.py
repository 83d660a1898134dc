"""Near-duplicates among what a search found: put behind the others, or collapsed (`engine.resemblance` tells what they
are)."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..engine.resemblance import Places, groups
from ..engine.snapshot import Snapshot

TOGETHER: Final = 2
"""So many of a group may stand together: that a text stands in two places is worth seeing, and somebody may want the
other one. More would crowd out everything else."""


def postpone(snapshot: Snapshot, documents: Places, window: int) -> Places | None:
    """The order in which ranked results are shown such that near-duplicates are out of each other's way; int64[n], or
    None where they stay in their order.

    `documents` int64[n] has the document of each result, best first. Of the first `window` of them, results of a
    document that is in a group with `TOGETHER` better ones come behind the others; all others keep their order, and so
    do these. So the order of the first results hangs on the first `window` alone: where a page begins and how long it
    is changes nothing, as long as so many were ranked. Passages of one document are not in each other's way.
    """
    first = documents[:window]
    if not _may_be_crowded(snapshot, first):
        return None
    firsts = groups(snapshot.signatures(first))
    order = np.arange(len(documents))
    order[: len(firsts)] = np.argsort(_crowded(first, firsts), kind="stable")
    return order


def _may_be_crowded(snapshot: Snapshot, documents: Places) -> bool:
    """Whether more than `TOGETHER` of some documents are of one group of the whole collection, as far as it is known:
    else they are of none of these documents alone."""
    if snapshot.grouped is None:
        return True
    group_of = snapshot.grouped.get
    held = [group for document in documents.tolist() if (group := group_of(document)) is not None]
    return len(held) > TOGETHER and max(Counter(held).values()) > TOGETHER


def _crowded(documents: Places, firsts: Places) -> NDArray[np.bool_]:
    """Whether results are of documents that come behind `TOGETHER` others of their group; `firsts` as `groups`."""
    shown: dict[int, list[int]] = {}
    crowded = np.zeros(len(documents), dtype=bool)
    for place, (document, first) in enumerate(zip(documents.tolist(), firsts.tolist(), strict=True)):
        group = shown.setdefault(first, [])
        if document not in group:
            group.append(document)
        crowded[place] = group.index(document) >= TOGETHER
    return crowded


def groups_of(snapshot: Snapshot) -> Places:
    """For each document of a snapshot the first document of its group; int64[documents]. Made once a snapshot."""
    (found,) = snapshot.constants.get("duplicates", lambda: (groups(snapshot.signatures(_all(snapshot))),))
    return found


def leaders(snapshot: Snapshot, documents: Places) -> NDArray[np.bool_]:
    """Which results stay when near-duplicates are collapsed; bool[n]. `documents` is as in `postpone`.

    A result stays where its document is the best of its group. Linear in the results, once groups are made.
    """
    held = groups_of(snapshot)[documents]
    first = np.empty(snapshot.documents, dtype=np.int64)
    first[held[::-1]] = np.arange(len(held))[::-1]  # of equal ones the last, which is the first in rank, is kept
    return _lead(documents, first[held])


def count_groups(snapshot: Snapshot, documents: Places) -> int:
    """How many groups some documents, in any order, are of: the results in all when near-duplicates are collapsed."""
    held = np.zeros(snapshot.documents, dtype=bool)
    held[groups_of(snapshot)[documents]] = True
    return int(np.count_nonzero(held))


def _all(snapshot: Snapshot) -> Places:
    return np.arange(snapshot.documents)


def _lead(documents: Places, firsts: Places) -> NDArray[np.bool_]:
    """Whether results are of the document that the first result of their group is of, as passages of it may be."""
    return np.equal(documents, documents[firsts])
