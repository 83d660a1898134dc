"""Distinct tokens as small numbers, so that the rules of spelling are applied once a token and not once an occurrence.

A `Vocabulary` numbers canonical tokens in the order in which it meets them. It is asked in two ways: with spellings as
strings, and with whole arrays of spellings whose characters fit in one 64-bit word (`batch` says how). The second is a
hash table with open addressing whose every step is one array operation, so that millions of tokens are looked up
without a Python object for any of them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .alphabet import CHARACTERS
from .canonical import canonical

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio: Fibonacci hashing (Knuth, *The Art of Computer Programming* 3, section 6.4)."""

CODE_OFFSET: Final = 3
"""What `batch` adds to the codes of the alphabet, to make room for its classes of characters."""


class Vocabulary:
    """Canonical tokens <-> numbers from 0.

    Not safe for several threads. Memory grows with the number of distinct spellings, about 200 bytes each.
    """

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self._numbers: dict[str, int] = {}
        self._digits: list[int] = []
        self._digit_counts = np.zeros(0, dtype=np.uint8)
        self._bits = 12
        self._keys = np.zeros(1 << self._bits, dtype=np.uint64)
        self._values = np.zeros(1 << self._bits, dtype=np.uint32)
        self._used = 0

    def __len__(self) -> int:
        return len(self.tokens)

    def number(self, token: str) -> int:
        """The number of a canonical token, a new one where it is new."""
        known = self._numbers.get(token)
        if known is None:
            known = self._numbers[token] = len(self.tokens)
            self.tokens.append(token)
            self._digits.append(min(len(token), 255) if token.isdigit() and token.isascii() else 0)
        return known

    def digit_counts(self) -> NDArray[np.uint8]:
        """How many digits each token has, 0 for one that is no plain number; uint8[len(self)]."""
        if len(self._digit_counts) != len(self._digits):
            self._digit_counts = np.array(self._digits, dtype=np.uint8)
        return self._digit_counts

    def look_up(self, words: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """The numbers of tokens that are spelled as words of eight character codes; uint64[n] -> uint32[n].

        New spellings are numbered in the order of their first occurrence.
        """
        numbers, missing = self._probe(words)
        if len(missing):
            fresh, first = np.unique(words[missing], return_index=True)
            for word in fresh[np.argsort(first)]:
                self._insert(int(word), self.number(canonical(_spelling(int(word)))))
            numbers[missing], _ = self._probe(words[missing])
        return numbers

    def _probe(self, words: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The numbers of the words that are known, and the places of those that are not."""
        mask = np.int64((1 << self._bits) - 1)
        slots = ((words * _GOLDEN) >> np.uint64(64 - self._bits)).astype(np.int64)
        numbers = self._values[slots]
        found = self._keys[slots]
        pending = np.flatnonzero(found != words)
        slots, found = slots[pending], found[pending]
        missing: list[NDArray[np.int64]] = []
        while len(pending):
            empty = found == 0
            missing.append(pending[empty])
            pending = pending[~empty]
            slots = slots[~empty] + 1 & mask
            found = self._keys[slots]
            hit = found == words[pending]
            numbers[pending[hit]] = self._values[slots[hit]]
            pending, slots, found = pending[~hit], slots[~hit], found[~hit]
        return numbers, np.concatenate(missing) if missing else np.zeros(0, dtype=np.int64)

    def _insert(self, word: int, number: int) -> None:
        if 2 * self._used >= 1 << self._bits:
            self._grow()
        mask = (1 << self._bits) - 1
        slot = (word * int(_GOLDEN) & (1 << 64) - 1) >> 64 - self._bits
        while self._keys[slot]:
            slot = slot + 1 & mask
        self._keys[slot] = word
        self._values[slot] = number
        self._used += 1

    def _grow(self) -> None:
        held = self._keys != 0
        keys, values = self._keys[held], self._values[held]
        self._bits += 2
        self._keys = np.zeros(1 << self._bits, dtype=np.uint64)
        self._values = np.zeros(1 << self._bits, dtype=np.uint32)
        self._used = 0
        for word, number in zip(keys.tolist(), values.tolist(), strict=True):
            self._insert(word, number)


def _spelling(word: int) -> str:
    """The lower-case token that a word of eight character codes spells."""
    codes = word.to_bytes(8, "little").rstrip(b"\0")
    return "".join(CHARACTERS[code - CODE_OFFSET - 1] for code in codes)
