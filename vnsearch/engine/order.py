"""The order in which the lists of terms lie: by a hash of their spelling.

Every process can tell this order by itself, of two terms by these alone, whatever else it has met. So postings that
were put in order here and there, or are those of another segment, need only be merged. An order by spelling would do
as well, and take longer to find.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .radix import order_of
from .stretches import first_of_each
from .strings import encode_all

Hashes = NDArray[np.uint32]


def hashes_of(tokens: Sequence[str]) -> Hashes:
    """The hashes of tokens, as `strings.encode_all` takes them: CRC-32, which is the same everywhere; uint32[n]."""
    return np.fromiter(map(zlib.crc32, encode_all(tokens)), dtype=np.uint32, count=len(tokens))


def by_hash(numbers: NDArray[np.int64], hashes: Hashes, tokens: Sequence[str]) -> NDArray[np.int64]:
    """The numbers (int64[n]) of some of the tokens, all different, in order: by hash, and where hashes are equal by
    spelling. `hashes` uint32 are those of all tokens. Sorts n numbers of 32 bits.

    >>> tokens = ["duong", "phố", "đường"]
    >>> [tokens[number] for number in by_hash(np.arange(3), hashes_of(tokens), tokens)]
    ['đường', 'duong', 'phố']
    """
    held = hashes[numbers]
    order = order_of(held)
    numbers, held = numbers[order], held[order]
    fresh = first_of_each(held)
    if not fresh.all():
        begins = np.flatnonzero(fresh)
        ends = np.append(begins[1:], len(held))
        for place in np.flatnonzero(ends - begins > 1).tolist():
            equal = slice(begins[place], ends[place])
            numbers[equal] = sorted(numbers[equal].tolist(), key=tokens.__getitem__)
    return numbers
