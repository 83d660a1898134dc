"""The reference: BM25 over whole documents, by words and by adjacent pairs of words, with their marks or without.

It is written out here and shares no code with the engine that is measured: a word is what `\\w+` finds in NFC in lower
case, and a score is one number for each document that holds the word (k1 1.2, b 0.75; Robertson and Zaragoza, 2009).
Words are numbers and postings are sorted arrays, so that a corpus of twenty million words is read in seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import count, pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnsearch import Document

from .figures import DEPTH
from .forms import WORD, bare, nfc

K1: Final = 1.2
B: Final = 0.75

Numbers = NDArray[np.int64]


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return WORD.findall(nfc(text).lower())


class Postings:
    """What each of many things earns the documents that hold it.

    A thing is a number from 0. Memory is eight bytes for each pair of a thing and a document that holds it.
    """

    def __init__(self, things: Numbers, highest: int, documents: NDArray[np.uint32], norms: NDArray[Any]) -> None:
        """`things` int64[n], below `highest`, and `documents` uint32[n]: what stands where; `norms` float64[documents].

        `things` is written over. Raises `ValueError` where a thing and a document do not fit one number of 63 bits.
        """
        if highest * len(norms) >= 1 << 63:
            raise ValueError("there are too many different words in too many documents")
        # Sorted as one number each, which takes a quarter of the time and of the memory of an order by thing.
        things *= len(norms)
        things += documents
        things.sort()
        starts = np.flatnonzero(_changes(things))
        frequencies = np.diff(starts, append=len(things)).astype(np.float32)
        distinct = things[starts]
        del things, starts
        self._documents = (distinct % len(norms)).astype(np.uint32)
        distinct //= len(norms)
        self._bounds = np.append(np.flatnonzero(_changes(distinct)), len(distinct))
        self._things = distinct[self._bounds[:-1]]
        del distinct
        held = np.diff(self._bounds)
        idf = np.log1p((len(norms) - held + 0.5) / (held + 0.5))
        self._earned = np.repeat(((K1 + 1) * idf).astype(np.float32), held)
        self._earned *= frequencies / (frequencies + norms.astype(np.float32)[self._documents])

    def add(self, things: Iterable[int], weight: float, scores: NDArray[np.float64]) -> None:
        """Add what some things earn to the scores of all documents; float64[documents]."""
        wanted = np.fromiter(things, dtype=np.int64)
        for thing, place in zip(wanted, np.searchsorted(self._things, wanted), strict=True):
            if place < len(self._things) and self._things[place] == thing:
                begin, end = self._bounds[place : place + 2]
                scores[self._documents[begin:end]] += weight * self._earned[begin:end]


class Bm25:
    """Titles and texts of documents, their words with their marks or without, and what these and pairs earn."""

    def __init__(self, documents: Sequence[Document], folded: bool = False) -> None:
        self._ids = [document.id for document in documents]
        self._folded = folded
        known: defaultdict[str, int] = defaultdict(count().__next__)
        texts = (f"{document.title}\n{document.text}" for document in documents)
        found = [np.fromiter((known[word] for word in words_of(text)), dtype=np.uint32) for text in texts]
        if folded:
            bared: defaultdict[str, int] = defaultdict(count().__next__)
            numbers = np.fromiter((bared[bare(word)] for word in known), dtype=np.uint32, count=len(known))
            found = [numbers[words] for words in found]
            known = bared
        self._numbers = dict(known)
        self._terms = np.concatenate(found)
        sizes = np.fromiter(map(len, found), dtype=np.int64, count=len(found))
        self._documents = np.repeat(np.arange(len(found), dtype=np.uint32), sizes)
        self._norms = K1 * (1 - B + B * sizes / max(float(sizes.mean()), 1.0))

    @cached_property
    def _words(self) -> Postings:
        return Postings(self._terms.astype(np.int64), len(self._numbers), self._documents, self._norms)

    @cached_property
    def _pairs(self) -> Postings:
        together = self._documents[1:] == self._documents[:-1]
        pairs = self._terms[:-1][together].astype(np.int64)
        pairs *= len(self._numbers)
        pairs += self._terms[1:][together]
        return Postings(pairs, len(self._numbers) ** 2, self._documents[:-1][together], self._norms)

    def read(self, query: str) -> tuple[str, ...]:
        """The words that are looked for: two queries that read the same are answered the same."""
        words = words_of(query)
        return tuple(map(bare, words)) if self._folded else tuple(words)

    def search(self, query: str, pair_weight: float = 0.0) -> list[str]:
        """The ids of the best documents; of equals the one that was given first."""
        terms = [self._numbers.get(word) for word in self.read(query)]
        scores = np.zeros(len(self._ids))
        self._words.add((term for term in terms if term is not None), 1.0, scores)
        if pair_weight:
            both = ((one, two) for one, two in pairwise(terms) if one is not None and two is not None)
            self._pairs.add((one * len(self._numbers) + two for one, two in both), pair_weight, scores)
        return [self._ids[place] for place in _best(scores)]


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a value differs from the one before it, the first included; bool[n]."""
    changes = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _best(scores: NDArray[np.float64]) -> list[int]:
    """The places of the highest scores above zero, best first."""
    if len(scores) > DEPTH:
        least = np.partition(scores, -DEPTH)[-DEPTH]
        places = np.flatnonzero((scores >= least) & (scores > 0))
    else:
        places = np.flatnonzero(scores > 0)
    order = np.argsort(-scores[places], kind="stable")[:DEPTH]
    best: list[int] = places[order].tolist()
    return best
