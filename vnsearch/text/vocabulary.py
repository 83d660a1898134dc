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

CODE_OFFSET: Final = 4
"""What `batch` adds to the codes of the alphabet, to make room for its classes of characters."""

_CHARACTERS: Final = np.zeros(256, dtype="U1")
"""The character of each code; empty for those that no letter has."""
_CHARACTERS[CODE_OFFSET + 1 : CODE_OFFSET + 1 + len(CHARACTERS)] = list(CHARACTERS)

_LEARNED: Final = 1 << 13
"""So many unknown words are looked at together first, and then ever more: most of the rest are the same words again."""


class Vocabulary:
    """Canonical tokens <-> numbers from 0.

    Not safe for several threads. Memory grows with the number of distinct spellings, about 200 bytes each.
    """

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self._numbers: dict[str, int] = {}
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
        return known

    def digit_counts(self) -> NDArray[np.uint8]:
        """How many digits each token has, 0 for one that is no plain number; uint8[len(self)]."""
        fresh = self.tokens[len(self._digit_counts) :]
        if fresh:
            counts = [min(len(token), 255) if token.isdigit() and token.isascii() else 0 for token in fresh]
            self._digit_counts = np.concatenate((self._digit_counts, np.array(counts, dtype=np.uint8)))
        return self._digit_counts

    def look_up(self, words: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """The numbers of tokens that are spelled as words of eight character codes; uint64[n] -> uint32[n].

        New spellings are numbered in the order of their first occurrence.
        """
        numbers, missing = self._probe(words)
        learned = _LEARNED
        while len(missing):
            fresh, first = np.unique(words[missing[:learned]], return_index=True)
            fresh = fresh[np.argsort(first)]
            self._insert(fresh, np.array([self.number(canonical(token)) for token in _spellings(fresh)], np.uint32))
            numbers[missing], still = self._probe(words[missing])
            missing = missing[still]
            learned *= 2
        return numbers

    def _probe(self, words: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The numbers of the words that are known, and the places of those that are not, ascending."""
        mask = np.int64((1 << self._bits) - 1)
        slots = self._slots(words)
        numbers = self._values.take(slots)
        found = self._keys.take(slots)
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
        return numbers, np.sort(np.concatenate(missing)) if missing else np.zeros(0, dtype=np.int64)

    def _slots(self, words: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Where the search for each word begins."""
        slots = words * _GOLDEN
        slots >>= np.uint64(64 - self._bits)
        return slots.view(np.int64)

    def _insert(self, words: NDArray[np.uint64], numbers: NDArray[np.uint32]) -> None:
        """Take in words, all different and none of them known."""
        self._used += len(words)
        if 2 * self._used > 1 << self._bits:
            held = self._keys != 0
            words = np.concatenate((self._keys[held], words))
            numbers = np.concatenate((self._values[held], numbers))
            while 2 * self._used > 1 << self._bits:
                self._bits += 2
            self._keys = np.zeros(1 << self._bits, dtype=np.uint64)
            self._values = np.zeros(1 << self._bits, dtype=np.uint32)
        slots = self._slots(words)
        while len(words):
            free = self._keys[slots] == 0
            self._keys[slots[free]] = words[free]
            placed = self._keys[slots] == words  # of several for one slot it is the last
            self._values[slots[placed]] = numbers[placed]
            words, numbers, slots = words[~placed], numbers[~placed], slots[~placed] + 1 & (1 << self._bits) - 1


def _spellings(words: NDArray[np.uint64]) -> list[str]:
    """The lower-case tokens that words of eight character codes spell."""
    codes = words.astype("<u8").view(np.uint8)
    tokens: list[str] = _CHARACTERS[codes].view("U8").tolist()
    return tokens
