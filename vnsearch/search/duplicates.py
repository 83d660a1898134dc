"""Near-duplicates among what a search found: told from each other, put behind the others, or collapsed.

Documents form groups: near-duplicates of one another, and near-duplicates of these (`engine.signatures` says what that
means and how it is estimated). Only signatures that agree in one of ten bands of six cells are compared: texts of a
resemblance of .8 have such a band in common with a chance of .97, those of .9 nearly always, and unrelated ones once in
a million times (Leskovec, Rajaraman and Ullman, *Mining of massive datasets*, section 3.4). Of the documents that share
a band each is compared with the first and with the one before it, so the work is bounded whatever the texts are; the
other bands join what one of them leaves apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..engine.signatures import BAND_BYTES, BANDS, SIZE, Signatures, alike
from ..engine.snapshot import Snapshot
from ..engine.stretches import distinct, first_of_each

TOGETHER: Final = 2
"""So many of a group may stand together: that a text stands in two places is worth seeing, and somebody may want the
other one. More would crowd out everything else."""

_BAND_MASK: Final = np.uint32((1 << 8 * BAND_BYTES) - 1)
_PLACE_BITS: Final = np.uint64(32)
_PLACE_MASK: Final = np.uint64((1 << 32) - 1)

Places = NDArray[np.int64]


def groups(signatures: Signatures) -> Places:
    """For each of some documents, by their signatures, the place of the first document of its group; int64[n].

    A document that is like none before it has its own place. Costs a sort of ten numbers a document.
    """
    firsts, seconds = _candidates(signatures)
    if not len(firsts):
        return np.arange(len(signatures))
    near = alike(signatures[firsts], signatures[seconds])
    return _components(len(signatures), firsts[near], seconds[near])


def postpone(snapshot: Snapshot, documents: Places, window: int) -> Places | None:
    """The order in which ranked results are shown such that near-duplicates are out of each other's way; int64[n], or
    None where they stay in their order.

    `documents` int64[n] has the document of each result, best first. Of the first `window` of them, results of a
    document that is in a group with `TOGETHER` better ones come behind the others; all others keep their order, and so
    do these. So the order of the first results hangs on the first `window` alone: where a page begins and how long it
    is changes nothing, as long as so many were ranked. Passages of one document are not in each other's way.
    """
    first = documents[:window]
    if not _are_crowded(snapshot.bands(first.tolist())):
        return None
    firsts = groups(snapshot.signatures(first))
    order = np.arange(len(documents))
    order[: len(firsts)] = np.argsort(_crowded(first, firsts), kind="stable")
    return order


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


def _bands(signatures: Signatures) -> NDArray[np.uint32]:
    """The bands of signatures; uint32[n, bands]."""
    strides = (SIZE, BAND_BYTES)
    return np.ndarray((len(signatures), BANDS), "<u4", signatures, strides=strides) & _BAND_MASK


def _are_crowded(bands: Sequence[tuple[int, ...]]) -> bool:
    """Whether more than `TOGETHER` of some documents may be of one group: so many share bands, each with another."""
    if len(set().union(*bands)) == BANDS * len(bands):  # as most often
        return False
    held_by: dict[int, int] = {}
    links: set[tuple[int, int]] = set()
    for place, row in enumerate(bands):
        links.update((held_by[band], place) for band in held_by.keys() & row)
        held_by.update(dict.fromkeys(row, place))
    if len(links) < TOGETHER:
        return False
    held: dict[int, set[int]] = {}
    for first, second in links:
        joined = held.get(first, {first}) | held.get(second, {second})
        held.update(dict.fromkeys(joined, joined))
    return max(map(len, held.values())) > TOGETHER


def _candidates(signatures: Signatures) -> tuple[Places, Places]:
    """Pairs of places, the lower one first, that share a band with each other: each with the first, and with the one
    before it."""
    held = np.flatnonzero(signatures.any(axis=1))
    keys = _bands(np.ascontiguousarray(signatures[held])).astype(np.uint64)
    keys |= np.arange(BANDS, dtype=np.uint64) << np.uint64(8 * BAND_BYTES)
    keys <<= _PLACE_BITS
    keys |= held.astype(np.uint64)[:, None]
    keys = np.sort(keys, axis=None)
    fresh = first_of_each(keys >> _PLACE_BITS)
    again = np.flatnonzero(~fresh)
    if not len(again):
        return again, again
    begins = np.flatnonzero(fresh)
    leads = begins[np.searchsorted(begins, again) - 1]
    before = np.concatenate((keys[leads], keys[again - 1])) & _PLACE_MASK
    behind = np.tile(keys[again] & _PLACE_MASK, 2)
    both = distinct(before << _PLACE_BITS | behind)
    return (both >> _PLACE_BITS).astype(np.int64), (both & _PLACE_MASK).astype(np.int64)


def _components(count: int, firsts: Places, seconds: Places) -> Places:
    """For each of `count` places the lowest that pairs of places lead to from it; int64[count]."""
    lowest = np.arange(count)
    while True:
        low, high = lowest[firsts], lowest[seconds]
        if np.array_equal(low, high):
            return lowest
        np.minimum.at(lowest, np.maximum(low, high), np.minimum(low, high))
        while not np.array_equal(further := lowest[lowest], lowest):
            lowest = further
