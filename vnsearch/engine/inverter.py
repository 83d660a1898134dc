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
from .radix import insert, order_of, sort_above
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
    """The postings of a field of some documents: a run of its terms, and one of its pairs; several of both where the
    documents have no end of different words."""

    terms: tuple[Run, ...]
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
        runs = [_runs(part, term_bits, record_bits) for part in self._of_records(1 << record_bits)]
        terms, pairs = zip(*runs, strict=True)
        return Inverted(terms, pairs)

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


def _runs(stream: Stream, term_bits: int, record_bits: int) -> tuple[Run, Run]:
    """The runs of the terms and of the pairs of a stream, of which two terms and a record fit in a key.

    Once the tokens are in the order of their terms, each with the one before it is a pair in the order of second terms;
    and then by place, as they came. So first terms are all that is left to sort pairs by.
    """
    base = int(stream.places[0]) >> POSITION_BITS if stream.tokens else 0
    (terms, values), (places, value_places) = (np.split(held, [stream.tokens]) for held in stream[:2])
    order = order_of(terms)
    sorted_terms, sorted_places = terms.take(order), places.take(order)
    follows = np.zeros(len(terms), dtype=bool)
    np.equal(places[1:] - places[:-1], 1, out=follows[1:])
    follows = follows.take(order)
    pairs = _pair_keys(
        terms.take(order.compress(follows) - 1),
        sorted_terms.compress(follows),
        _records_of(sorted_places.compress(follows), base),
        (term_bits, record_bits),
    )
    pairs = sort_above(pairs, term_bits + record_bits, _KEY)
    keys = _term_keys(sorted_terms, sorted_places)
    if len(values):
        keys = insert(keys, _term_keys(values, value_places))
        found = [
            _pair_keys(first, second, _records_of(value_places[held], base), (term_bits, record_bits))
            for first, second, held in _neighbours(terms, places, values, value_places)
        ]
        pairs = insert(pairs, np.concatenate(found))
    return _term_run(keys), _pair_run(pairs, term_bits, record_bits, base)


def _neighbours(
    terms: Counts, places: Places, values: Counts, value_places: Places
) -> Iterator[tuple[Counts, Counts, NDArray[np.bool_]]]:
    """The pairs of terms that values are in: with what stands before them, and with what stands behind; the first
    terms, the second terms, and which of the values have such a neighbour."""
    at = np.searchsorted(places, value_places)
    before, after = np.maximum(at - 1, 0), np.minimum(at + 1, len(places) - 1)
    held = value_places - places[before] == 1
    yield terms[before][held], values[held], held
    held = places[after] - value_places == 1
    yield values[held], terms[after][held], held


def _records_of(places: Places, base: int) -> Counts:
    """The records that places are in, from a base on; uint32[n]."""
    records: Counts = (places >> np.uint32(POSITION_BITS)) - np.uint32(base)
    return records


def _term_keys(terms: Counts, places: Places) -> Keys:
    """Terms at places, to be in order; uint64[n]."""
    keys = terms.astype(np.uint64)
    keys <<= np.uint64(_PLACE)
    keys |= places
    return keys


def _pair_keys(firsts: Counts, seconds: Counts, records: Counts, bits: tuple[int, int]) -> Keys:
    """Pairs of terms in records, to be in order; uint64[n]. Terms and records have so many bits."""
    term_bits, record_bits = bits
    keys = firsts.astype(np.uint64)
    keys <<= np.uint64(term_bits)
    keys |= seconds
    keys <<= np.uint64(record_bits)
    keys |= records
    return keys


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


def _pair_run(keys: Keys, term_bits: int, record_bits: int, base: int) -> Run:
    """The run of sorted keys of pairs; equal keys become a count."""
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
