"""Near-duplicates: groups of documents, by their signatures.

Documents form groups: near-duplicates of one another, and near-duplicates of these (`signatures` says what that means
and how it is estimated). Only signatures that agree in one of ten bands of six cells are compared: texts of a
resemblance of .8 have such a band in common with a chance of .97, those of .9 nearly always, and unrelated ones once in
a million times (Leskovec, Rajaraman and Ullman, *Mining of massive datasets*, section 3.4). Of the documents that share
a band each is compared with the first and with the one before it, so the work is bounded whatever the texts are; the
other bands join what one of them leaves apart.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .radix import order_of
from .signatures import SIZE, Signatures, alike
from .stretches import distinct, first_of_each

BAND_BYTES: Final = 3
BANDS: Final = SIZE // BAND_BYTES
"""A signature is looked at in so many bands of so many bytes: near-duplicates have one in common."""

_FEW: Final = 1 << 12
"""The bands of up to so many documents are sorted in one, and of more band by band, which takes less memory."""

_BAND_MASK: Final = np.uint32((1 << 8 * BAND_BYTES) - 1)
_PLACE_BITS: Final = np.uint64(32)
_PLACE_MASK: Final = np.uint64((1 << 32) - 1)

Places = NDArray[np.int64]


class Copies(NamedTuple):
    """The documents that are not the first of their group (uint32[n], ascending), and the first of each one's group
    (uint32[n])."""

    documents: NDArray[np.uint32]
    firsts: NDArray[np.uint32]


def groups(signatures: Signatures) -> Places:
    """For each of some documents, by their signatures, the place of the first document of its group; int64[n].

    A document that is like none before it has its own place. Costs as much as sorting ten numbers a document.
    """
    firsts, seconds = _candidates(signatures)
    if not len(firsts):
        return np.arange(len(signatures))
    near = alike(signatures[firsts], signatures[seconds])
    return _components(len(signatures), firsts[near], seconds[near])


def copies(signatures: Signatures) -> Copies:
    """The groups of all documents of a segment, told by those that are in one with another before them."""
    firsts = groups(signatures)
    documents = np.flatnonzero(firsts != np.arange(len(firsts)))
    return Copies(documents.astype(np.uint32), firsts[documents].astype(np.uint32))


def _candidates(signatures: Signatures) -> tuple[Places, Places]:
    """Pairs of places, the lower one first, that share a band with each other: each with the first, and with the one
    before it."""
    held = np.flatnonzero(signatures.any(axis=1))
    bands = _bands(np.ascontiguousarray(signatures[held]))
    step = BANDS if len(held) <= _FEW else 1
    found: list[NDArray[np.uint64]] = []
    for first in range(0, BANDS, step):
        keys = bands[:, first : first + step].ravel()
        order = order_of(keys)
        keys = keys.take(order)
        fresh = first_of_each(keys)
        if fresh.all():  # as most often where they are few
            continue
        again, begins = np.flatnonzero(~fresh), np.flatnonzero(fresh)
        leads = begins[np.searchsorted(begins, again) - 1]
        places = held.take(order // step).astype(np.uint64)
        found += (places[before] << _PLACE_BITS | places[again] for before in (leads, again - 1))
    both = distinct(np.concatenate(found)) if found else np.zeros(0, dtype=np.uint64)
    return (both >> _PLACE_BITS).astype(np.int64), (both & _PLACE_MASK).astype(np.int64)


def _bands(signatures: Signatures) -> NDArray[np.uint32]:
    """The bands of signatures, different ones for different bands whatever these hold; uint32[n, bands]."""
    strides = (SIZE, BAND_BYTES)
    bands = np.ndarray((len(signatures), BANDS), "<u4", signatures, strides=strides) & _BAND_MASK
    return bands | np.arange(BANDS, dtype=np.uint32) << np.uint32(8 * BAND_BYTES)


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
