"""Why a document ranks where it does, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ..engine.snapshot import Snapshot
from ..models import Explanation, Term
from ..text.tokens import tokenize
from . import weights
from .context import Asked, read_context
from .earned import Earned
from .finding import find
from .leaves import Leaf
from .request import Request, read
from .reranking import Judge, Scored
from .scoring import distinct, pairs
from .slots import TITLE, Slot


class _Part(NamedTuple):
    """A part of a score: a term, and how it was found."""

    term: Term
    how: str


def explain(snapshot: Snapshot, request: Request, document_id: str) -> Explanation:
    """The parts of a document's score for a query; they add up to it. Raises `DocumentNotFound`."""
    number = snapshot.number_of(document_id)
    root = read(snapshot, request).root
    if root is None:
        return Explanation(document_id, request.query, False, 0.0, (), "The query holds nothing to search for.")
    attempt, matcher, found, _ = find(snapshot, request, root)
    context = read_context(matcher, matcher.positive(attempt.root))
    judge = Judge(matcher, context)
    typed, restored = context.read_twice() or (context.asked, None)
    parts = list(_parts(judge, typed, number, ""))
    if restored is not None:
        parts += _parts(judge, restored, number, "with the marks that it most likely lacks, ")
    scored = judge.score(np.array([number]))
    parts += _best_passage(snapshot, scored)
    matches, score = bool(found[number]), float(scored.scores[0])
    head = f"'{document_id}' {'matches' if matches else 'does not match'} '{request.query}', score {score:.3f}."
    lines = [f"{term.score:8.3f}  {term.word}: {how}" for term, how in parts]
    text = "\n".join([head, *([attempt.note + "."] if attempt.note else []), *lines])
    return Explanation(document_id, request.query, matches, score, tuple(term for term, _ in parts), text)


def _parts(judge: Judge, asked: Asked, number: int, how: str) -> Iterator[_Part]:
    """What the words of a query and the pairs of them give a document."""
    scorer = judge.scorer
    for leaf, share in distinct(asked):
        matched = _matched(judge, leaf, number)
        counts = f"{how}counts {share:.2g}, " if share < 1 else how
        yield _part(
            leaf.text, matched, scorer.earned(leaf), share, number, f"{counts}as {', '.join(matched) or 'nothing'}"
        )
    for pair in pairs(asked):
        share = pair.share * weights.PAIR
        word = " ".join(_name(slot) for slot in pair.asked)
        yield _part(word, (), scorer.earned(pair), pair.share, number, f"{how}counts {share:.2g}, side by side")


def _part(word: str, matched: tuple[str, ...], earned: Earned, share: float, number: int, how: str) -> _Part:
    (score,) = earned.at(np.array([number], dtype=np.int32), share).tolist()
    documents = earned.size
    held = f"in {documents} document" if documents == 1 else f"in {documents} documents"
    return _Part(Term(word, matched, documents, score), f"{how}; {held}")


def _best_passage(snapshot: Snapshot, scored: Scored) -> Iterator[_Part]:
    """What the best passage of a document adds."""
    if len(scored.records) and scored.record_scores.max() > 0:
        best = int(scored.record_scores.argmax())
        score = weights.PASSAGE * float(scored.record_scores[best])
        start = int(snapshot.starts[scored.records[best]])
        how = f"counts {weights.PASSAGE:.2g}, what the passage at {start} says by itself"
        yield _Part(Term("best passage", (), 1, score), how)


def _matched(judge: Judge, leaf: Leaf, number: int) -> tuple[str, ...]:
    """The spellings in the document that a single word matched."""
    if len(leaf.readings[0]) > 1:
        return ()
    slot = leaf.readings[0][0]
    document = judge.scorer.snapshot.document(number)
    texts = [document.title if region is TITLE else document.text for region in judge.scorer.regions(leaf)]
    found = {t.canonical for text in texts for t in tokenize(text) if slot.weight(t.canonical) > 0}
    return tuple(sorted(found))


def _name(slot: Slot) -> str:
    return str(getattr(slot, "token", None) or getattr(slot, "pattern", ""))
