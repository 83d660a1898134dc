"""Why a document ranks where it does, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..engine.snapshot import Snapshot
from ..errors import DocumentNotFound
from ..models import Explanation, Term
from ..text.tokens import tokenize
from .leaves import Leaf
from .ranking import score_units
from .scoring import PAIR_WEIGHT, Earned, Scorer, distinct
from .searcher import Request, find, read
from .slots import TITLE, Region


def explain(snapshot: Snapshot, request: Request, document_id: str) -> Explanation:
    """The parts of a document's score for a query. Raises `DocumentNotFound`."""
    number = snapshot.find(document_id)
    if number is None:
        raise DocumentNotFound(f"there is no document '{document_id}'", "ids are shown with search results")
    root = read(snapshot, request).root
    if root is None:
        return Explanation(document_id, request.query, False, 0.0, (), "The query holds nothing to search for.")
    attempt, matcher, found, _ = find(snapshot, request, root)
    scorer = Scorer(matcher)
    leaves = list(matcher.positive(attempt.root))
    pairs = scorer.pairs(leaves)
    terms = []
    lines = []
    for leaf in distinct(leaves):
        regions = matcher.regions(leaf)
        matched = _matched(snapshot, leaf, number, regions)
        earned, documents, where = _earned(scorer, number, {r: scorer.leaf(leaf, r) for r in regions})
        terms.append(Term(leaf.text, matched, documents, earned))
        lines.append(_line(earned, leaf.text, f"as {', '.join(matched) or 'nothing'}", documents, where))
    for pair in pairs:
        regions = matcher.regions(pair.leaf)
        word = " ".join(_name(slot) for slot in pair.slots)
        earned, documents, where = _earned(scorer, number, {r: scorer.pair(pair, r) for r in regions})
        terms.append(Term(word, (), documents, earned))
        lines.append(_line(earned, word, f"side by side (x{PAIR_WEIGHT:g})", documents, where))
    (score,) = score_units(scorer, scorer.features(leaves), np.array([number])).scores.tolist()
    matches = bool(found[number])
    head = f"'{document_id}' {'matches' if matches else 'does not match'} '{request.query}', score {score:.3f}."
    notes = [attempt.note + "."] if attempt.note else []
    text = "\n".join([head, *notes, "The best place for each part of the query:", *lines])
    return Explanation(document_id, request.query, matches, score, tuple(terms), text)


def _line(earned: float, word: str, how: str, documents: int, where: str) -> str:
    return f"{earned:8.3f}  {word}: {how}; in {documents} passages and titles; {where}"


def _earned(scorer: Scorer, number: int, found: Mapping[Region, Earned]) -> tuple[float, int, str]:
    """The best score that a part earns at one place of a document, how many records hold it, and the place."""
    best = 0.0
    where = "not in this document"
    for region, earned in found.items():
        records, _ = scorer.records_of(np.array([number]))
        scores = earned.at(records)
        if scores.max() > best:
            best = float(scores.max())
            start = int(scorer.snapshot.starts[records[scores.argmax()]])
            where = "in the title" if region is TITLE else f"in the passage at {start}"
    return best, sum(len(earned.records) for earned in found.values()), where


def _matched(snapshot: Snapshot, leaf: Leaf, number: int, regions: tuple[Region, ...]) -> tuple[str, ...]:
    """The spellings in the document that a single word matched."""
    if len(leaf.readings[0]) > 1:
        return ()
    slot = leaf.readings[0][0]
    document = snapshot.document(number)
    texts = [document.title if region is TITLE else document.text for region in regions]
    found = {t.canonical for text in texts for t in tokenize(text) if slot.weight(t.canonical) > 0}
    return tuple(sorted(found))


def _name(slot: object) -> str:
    return str(getattr(slot, "token", None) or getattr(slot, "pattern", ""))
