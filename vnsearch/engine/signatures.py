"""What tells near-duplicates: a small signature of each document.

Two texts are near-duplicates where they have nearly the same pairs of adjacent syllables: where the Jaccard coefficient
of the two sets of pairs is .8 or more. That is the resemblance of Broder (*On the resemblance and containment of
documents*, 1997), with pairs for shingles. It is estimated by hashing each pair into one of 64 cells and keeping the
least hash of each cell. What is left empty is filled in further turns, with other hashes, so that a cell of two texts
holds the same hash with a chance that is just their resemblance, however short they are (Dahlgaard, Knudsen and Thorup,
*Fast similarity sketching*, 2017). Of each hash four bits are kept (Li and König, *b-Bit minwise hashing*, 2010): in as
many bytes, many cells of few bits tell more than few cells of many bits, and all of them more than a simhash, as
`benchmarks/duplicates.py` measures. Two bits would tell a little more still; but then so many cells are needed to tell
a band of them from chance (see `resemblance`) that near-duplicates too seldom agree in all of these.

A text of fewer than 20 syllables has too few pairs to be compared, and its title is as much of it as the text. Its
signature is a hash of both, so such documents are alike where all of their syllables are equal.

Syllables are hashed by their canonical spelling, so a signature is the same in whatever batch, process or segment it is
made, and in whatever Unicode form the text is.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..text.batch import TokenBatch
from .order import Hashes
from .stretches import stretches

_CELL_BITS: Final = 6
CELLS: Final = 1 << _CELL_BITS
SIZE: Final = CELLS // 2
"""The bytes of a signature."""

SHORT: Final = 20
"""Texts of fewer syllables are compared as a whole."""

AGREEING: Final = 52
"""Near-duplicates agree in so many cells: 64 (.8 + .2 / 16), what a resemblance of .8 gives, chance included."""

_CELL_SHIFT: Final = np.uint32(32 - _CELL_BITS)
_EMPTY: Final = np.uint32(0xFFFFFFFF)
_REPEATED: Final = 8
"""After so many turns only texts with few distinct pairs are left, which may be long: repetitions are left out."""

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio; its upper half is 2^32 over it."""

_GOLDEN_HALF: Final = np.uint32(0x9E3779B9)

_BODY: Final = 1 << 32
"""Where the places of the syllables of a body begin, behind all those of a title."""

_AGREEING_HALVES: Final = np.array([(x & 15 == 0) + (x >> 4 == 0) for x in range(256)], dtype=np.uint8)

Signatures = NDArray[np.uint8]
"""uint8[n, SIZE], a signature a row. One of zeros is that of a document without any syllable, which is like none."""


def sign(hashes: Hashes, titles: TokenBatch, bodies: TokenBatch) -> Signatures:
    """The signatures of a batch of documents. `hashes` uint32 are those of all terms (`order`). Linear in the
    syllables."""
    signatures = np.zeros((len(bodies.bounds) - 1, SIZE), dtype=np.uint8)
    counts = np.diff(bodies.bounds)
    is_long = counts >= SHORT
    if is_long.any():
        pairs = _pairs(hashes, bodies)
        if not is_long.all():
            pairs = pairs[np.repeat(is_long, counts)]
        signatures[is_long] = _in_halves(_sketch(pairs, counts[is_long]))
    short = np.flatnonzero(~is_long & (counts + np.diff(titles.bounds) > 0))
    if len(short):
        whole = _whole(hashes, titles, short, 0) + _whole(hashes, bodies, short, _BODY)
        signatures[short] = _drawn_from(whole)
    return signatures


def _pairs(hashes: Hashes, tokens: TokenBatch) -> NDArray[np.uint32]:
    """A hash of each token with the next one of its text; the last ones repeat the hash before, which adds none."""
    held = hashes.take(tokens.terms)
    pairs = held * _GOLDEN_HALF
    pairs[:-1] += held[1:]
    last = tokens.bounds[1:][np.diff(tokens.bounds) > 1] - 1
    pairs[last] = pairs[last - 1]
    return _mixed(pairs)


def _whole(hashes: Hashes, tokens: TokenBatch, texts: NDArray[np.int64], place: int) -> NDArray[np.uint64]:
    """A hash of all tokens of some texts, of which the first stands at a place."""
    begins, counts = tokens.bounds[texts], np.diff(tokens.bounds)[texts]
    places = stretches(np.full(len(texts), place), counts).astype(np.uint64)
    held = hashes[tokens.terms[stretches(begins, counts)]].astype(np.uint64)
    sums = np.cumsum(np.append(np.uint64(0), _mixed_whole(held << np.uint64(1) ^ _mixed_whole(places))))
    ends = np.cumsum(counts)
    difference: NDArray[np.uint64] = sums[ends] - sums[ends - counts]
    return difference


def alike(first: Signatures, second: Signatures) -> NDArray[np.bool_]:
    """Whether the documents of the signatures are near-duplicates, row by row; bool[n]. Linear in the rows."""
    agreeing: NDArray[np.uint64] = _AGREEING_HALVES[first ^ second].sum(axis=1)
    return np.logical_and(agreeing >= AGREEING, first.any(axis=1))


def _sketch(pairs: NDArray[np.uint32], counts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The cells of texts that have so many hashed pairs each, all of them some; uint32[texts, CELLS]."""
    texts = len(counts)
    cells = np.full(texts * CELLS, _EMPTY, dtype=np.uint32)
    rows = np.zeros(len(pairs), dtype=np.int64)  # as `repeat` would have it, which leaves other threads no turn
    rows[np.cumsum(counts[:-1])] = CELLS
    np.cumsum(rows, out=rows)
    for turn in range(2 * CELLS):
        # Each of the last turns fills one cell of every text, so that there is an end to it.
        cell = pairs >> _CELL_SHIFT if turn < CELLS else turn - CELLS
        least = np.full(texts * CELLS, _EMPTY, dtype=np.uint32)
        np.minimum.at(least, rows + cell, pairs)
        np.copyto(cells, least, where=cells == _EMPTY)
        has_empty = (cells == _EMPTY).reshape(texts, CELLS).any(axis=1)
        if not has_empty.any():
            break
        left = has_empty[rows >> _CELL_BITS]
        rows, pairs = rows[left], pairs[left]
        if turn == _REPEATED:
            rows, pairs = _distinct(rows, pairs)
        pairs = _mixed(pairs + _GOLDEN_HALF)
    return cells.reshape(texts, CELLS)


def _distinct(rows: NDArray[np.int64], pairs: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    both = np.unique(rows.astype(np.uint64) << np.uint64(32) | pairs)
    return (both >> np.uint64(32)).astype(np.int64), both.astype(np.uint32)


def _in_halves(cells: NDArray[np.uint32]) -> Signatures:
    """The last four bits of each cell, two cells a byte."""
    bits = (cells & np.uint32(15)).astype(np.uint8)
    return np.bitwise_or(bits[:, 0::2], np.left_shift(bits[:, 1::2], np.uint8(4)))


def _drawn_from(whole: NDArray[np.uint64]) -> Signatures:
    """Signatures that are equal where these are, and else agree by chance."""
    steps = np.arange(1, SIZE // 8 + 1, dtype=np.uint64) * _GOLDEN
    return _mixed_whole(whole[:, None] + steps).astype("<u8").view(np.uint8)


def _mixed(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Every bit of the result hangs on every bit of the value: the end of MurmurHash3 (Appleby, public domain)."""
    values = values ^ values >> np.uint32(16)
    values *= np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    values ^= values >> np.uint32(16)
    return values


def _mixed_whole(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """As `_mixed`, for 64 bits: the end of the longer MurmurHash3."""
    values = values ^ values >> np.uint64(33)
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    values ^= values >> np.uint64(33)
    return values
