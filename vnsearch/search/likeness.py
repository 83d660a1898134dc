"""Documents like a given one.

Its most telling words and pairs of neighbouring words make a query that is ranked as any other. Telling is what stands
in it often and in few other documents: tf·idf, as the saturation of BM25 bounds it.
"""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise
from typing import Final

import numpy as np

from ..engine.bm25 import K1, inverse_frequency
from ..engine.snapshot import Snapshot
from ..models import Interpretation, SearchResults
from ..text.batch import Tokenizer
from .context import Asked, Context
from .hits import read_hits
from .leaves import Leaf, word_leaf
from .matching import Matcher
from .reranking import Judge
from .slots import BODY, TITLE, MarksPolicy

WORDS: Final = 24
PAIRS: Final = 12
"""So many of a document's words, and of its pairs of words, tell what it is about."""

_GAP: Final = word_leaf("", "", MarksPolicy.EXACT)
"""Stands between words that are no neighbours, and counts for nothing."""


def similar(snapshot: Snapshot, document_id: str, limit: int) -> SearchResults:
    """The documents most like one, without itself. Raises `DocumentNotFound`. Costs a query of `WORDS` words."""
    started = time.perf_counter()
    number = snapshot.number_of(document_id)
    asked = _telling(snapshot, number)
    matcher = Matcher(snapshot, MarksPolicy.EXACT, "document")
    judge = Judge(matcher, Context(asked, (None,) * len(asked.leaves)))
    leaves = list(dict.fromkeys(leaf for leaf in asked.leaves if leaf is not _GAP))
    others = np.zeros(snapshot.documents, dtype=bool)
    for leaf in leaves:
        others |= matcher.match_leaf(leaf)
    others[number] = False
    total = int(np.count_nonzero(others))
    page, _ = judge.first(others, total, slice(0, limit))
    hits = read_hits(snapshot, page, leaves, "document", 1)
    told = Interpretation(" ".join(leaf.text for leaf in leaves))
    return SearchResults(document_id, hits, total, 0, time.perf_counter() - started, told)


def _telling(snapshot: Snapshot, number: int) -> Asked:
    """What tells a document from others, as a query."""
    document = snapshot.document(number)
    tokenizer = Tokenizer()
    batch = tokenizer.tokenize([document.title, document.text])
    names = tokenizer.vocabulary.tokens
    terms = batch.terms.tolist()
    split = int(batch.bounds[1])
    rows = (terms[:split], terms[split:])
    counts = Counter(terms)
    worth = {term: _saturated(count) * _idf(snapshot, names[term]) for term, count in counts.items()}
    words = sorted(counts, key=lambda term: (-worth[term], term))[:WORDS]
    seen = Counter(pair for row in rows for pair in pairwise(row))
    value = {pair: _saturated(count) * (worth[pair[0]] * worth[pair[1]]) ** 0.5 for pair, count in seen.items()}
    pairs = sorted(value, key=lambda pair: (-value[pair], pair))[:PAIRS]
    most = max((worth[term] for term in words), default=0.0) or 1.0
    leaves: list[Leaf] = []
    shares: list[float] = []
    for term in words:
        if worth[term]:
            leaves += [_leaf(names[term]), _GAP]
            shares += [_saturated(counts[term]), 0.0]
    for first, second in pairs:
        if value[first, second]:
            share = _saturated(seen[first, second]) * min(worth[first], worth[second]) / most
            leaves += [_leaf(names[first]), _leaf(names[second]), _GAP]
            shares += [share, share, 0.0]
    return Asked(tuple(leaves), tuple(shares))


def _leaf(token: str) -> Leaf:
    return word_leaf(token, token, MarksPolicy.EXACT)


def _saturated(count: int) -> float:
    return count / (count + K1)


def _idf(snapshot: Snapshot, token: str) -> float:
    """The idf of a word by documents; 0 for one that no other document holds."""
    frequency = max(snapshot.document_frequency(region.field, token) for region in (BODY, TITLE))
    return inverse_frequency(snapshot.documents, frequency) if frequency > 1 else 0.0
