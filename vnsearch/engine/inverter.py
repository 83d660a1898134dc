"""The tokens of some documents in the order of the text -> their postings in the order of the terms, as runs.

What is inverted are terms, and pairs of terms that stand side by side. Both are sorted as 64-bit numbers that hold the
term or the pair and where it stands, so that to sort them is all there is to do. As they come they ascend by where they
stand, but for the few that numbers written in groups add.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .places import POSITION_BITS
from .postings import COUNT_BITS, MAX_COUNT
from .radix import insert, sort_above
from .runs import Keys, Run, pair
from .stretches import first_of_each

Places = NDArray[np.uint32]

Counts = NDArray[np.uint32]

_KEY: Final = 64
"""The bits of a key."""

_PLACE: Final = 32
"""The bits of a place."""

_STRETCH: Final = 1 << 16
"""So many tokens are worked on at a time: what comes of them fits in the cache of a processor."""


class Inverted(NamedTuple):
    """The postings of a field of some documents: a run of its terms, and one of its pairs; several of these where the
    documents have no end of different words."""

    terms: Run
    pairs: tuple[Run, ...]

    def inverted(self) -> Inverted:
        """Itself."""
        return self


class Stream(NamedTuple):
    """The tokens of a field of some documents, in order.

    `terms` uint32[n], `places` uint32[n]: each token and where it stands. The first `tokens` of them ascend by place;
    the rest are the values of grouped numbers, at the places of their first tokens, whose neighbours they have.
    """

    terms: NDArray[np.uint32]
    places: Places
    tokens: int

    def inverted(self) -> Inverted:
        """Its postings. Sorts all tokens, and all pairs of neighbours."""
        term_bits = int(self.terms.max(initial=1)).bit_length()
        record_bits = _KEY - 2 * term_bits
        parts = self._of_records(1 << record_bits)
        return Inverted(
            _term_run(_term_keys(self, term_bits)), tuple(_pair_run(part, term_bits, record_bits) for part in parts)
        )

    def _of_records(self, most: int) -> Iterator[Stream]:
        """The stream, cut where it has more than so many records."""
        records = self.places >> POSITION_BITS
        first, last = (int(records[0]), int(records[self.tokens - 1])) if self.tokens else (0, 0)
        if last - first < most:
            yield self
            return
        for begin in range(first, last + 1, most):
            held = (records >= begin) & (records - np.uint32(begin) < most)
            yield Stream(self.terms[held], self.places[held], int(np.count_nonzero(held[: self.tokens])))


def _term_keys(stream: Stream, term_bits: int) -> Keys:
    """Terms at places, sorted; uint64[n]."""
    keys = stream.terms.astype(np.uint64)
    keys <<= np.uint64(_PLACE)
    keys |= stream.places
    ascending, values = np.split(keys, [stream.tokens])
    return insert(sort_above(ascending, _PLACE, _PLACE + term_bits), values)


def _term_run(keys: Keys) -> Run:
    """The run of sorted keys of terms."""
    halves = keys.astype("<u8", copy=False).view("<u4")  # the low half of each, which is its place, and its term
    fresh = first_of_each(keys)
    if not fresh.all():  # a long title holds a term several times at its last place
        halves = keys[fresh].astype("<u8", copy=False).view("<u4")
    terms = halves[1::2]
    begins = np.flatnonzero(first_of_each(terms))
    counts = np.diff(begins, append=len(terms)).astype(np.uint32)
    return Run(terms[begins].astype(np.uint64), counts, halves[0::2].copy())


def _pair_run(stream: Stream, term_bits: int, record_bits: int) -> Run:
    """The run of the pairs of a stream, of which two terms and a record fit in a key; equal keys become a count."""
    base = int(stream.places[0]) >> POSITION_BITS if stream.tokens else 0
    keys = _pair_keys(stream, term_bits, record_bits, base)
    parts = [_counted(part, term_bits, record_bits, base) for part in _by_pairs(keys, record_bits)]
    things, counts, postings = map(np.concatenate, zip(*parts, strict=True))
    return Run(things, counts, postings)


def _by_pairs(keys: Keys, record_bits: int) -> Iterator[Keys]:
    """Sorted keys, at least one stretch of them, each short enough for the cache of a processor; no pair is torn."""
    first = 0
    while first < len(keys) or not first:
        last = min(first + _STRETCH, len(keys))
        if last < len(keys):
            pair_of_last = int(keys[last - 1]) >> record_bits
            last = int(np.searchsorted(keys, np.uint64(pair_of_last + 1 << record_bits)))
        yield keys[first:last]
        first = last or 1


def _counted(keys: Keys, term_bits: int, record_bits: int, base: int) -> tuple[Keys, Counts, Places]:
    """The things of sorted keys, how many postings each has, and these; as in a run."""
    begins = np.flatnonzero(first_of_each(keys))
    counts = np.minimum(np.diff(begins, append=len(keys)), MAX_COUNT).astype(np.uint32)
    keys = keys[begins]
    postings = (keys & np.uint64((1 << record_bits) - 1)).astype(np.uint32) + np.uint32(base)
    postings <<= np.uint32(COUNT_BITS)
    postings |= counts
    keys >>= np.uint64(record_bits)
    begins = np.flatnonzero(first_of_each(keys))
    keys = keys[begins]
    things = pair(keys >> np.uint64(term_bits), keys & np.uint64((1 << term_bits) - 1))
    return things, np.diff(begins, append=len(postings)).astype(np.uint32), postings


def _pair_keys(stream: Stream, term_bits: int, record_bits: int, base: int) -> Keys:
    """The pairs of tokens that stand side by side, and their records from `base` on, sorted; uint64[n]."""
    count = stream.tokens
    (terms, values), (places, value_places) = np.split(stream.terms, [count]), np.split(stream.places, [count])

    def joined(first: Places, second: Places, first_places: Places, second_places: Places) -> Keys:
        keys = first.astype(np.uint64)
        keys <<= np.uint64(term_bits)
        keys |= second
        keys <<= np.uint64(record_bits)
        keys |= (first_places >> POSITION_BITS) - np.uint32(base)
        return keys.compress(second_places - first_places == 1)

    found: list[Keys] = []
    for begin in range(0, max(count, 1), _STRETCH):
        held, behind = slice(begin, begin + _STRETCH), slice(begin + 1, begin + _STRETCH + 1)
        size = len(terms[behind])
        found.append(joined(terms[held][:size], terms[behind], places[held][:size], places[behind]))
    keys = sort_above(np.concatenate(found), record_bits, record_bits + 2 * term_bits)
    if not len(values):
        return keys
    at = np.searchsorted(places, value_places)
    before, after = np.maximum(at - 1, 0), np.minimum(at + 1, count - 1)
    ending = joined(terms[before], values, places[before], value_places)
    return insert(keys, np.concatenate((ending, joined(values, terms[after], value_places, places[after]))))
