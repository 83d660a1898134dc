"""Units -> hits: titles, fields, and the best passages with what to highlight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..engine.snapshot import Snapshot
from ..models import Group, Hit, Passage
from .leaves import Leaf
from .ranking import Ranked
from .scoring import Scores
from .snippets import snippet, spans


def read_hits(
    snapshot: Snapshot, ranked: Ranked, leaves: Sequence[Leaf], group: Group, passages: int
) -> tuple[Hit, ...]:
    """The hits of a page. Each costs a line of JSON, and, where passages are wanted, its text and their tokens."""
    return tuple(
        _hit(snapshot, int(unit), float(score), ranked.records, leaves, group, passages)
        for unit, score in zip(ranked.units, ranked.scores, strict=True)
    )


def _hit(
    snapshot: Snapshot,
    unit: int,
    score: float,
    scores: Scores,
    leaves: Sequence[Leaf],
    group: Group,
    passages: int,
) -> Hit:
    number = unit if group == "document" else int(snapshot.document_of[unit])
    card = snapshot.card(number)
    shown: tuple[Passage, ...] = ()
    marked: tuple[tuple[int, int], ...] = ()
    if passages:
        records = _best_records(snapshot, unit, scores, passages) if group == "document" else [unit]
        text = snapshot.document(number).text
        shown = tuple(_passage(snapshot, text, record, scores, leaves) for record in records)
        marked = spans(card.title, leaves)
    return Hit(card.id, card.title, card.path, score, dict(card.fields), shown, marked)


def _best_records(snapshot: Snapshot, document: int, scores: Scores, most: int) -> list[int]:
    """The passages of a document to show: the best ones, or the first where none speaks for it."""
    first = int(snapshot.header_of[document])
    last = int(snapshot.header_of[document + 1]) if document + 1 < snapshot.documents else snapshot.records
    records = np.arange(first + 1, last)
    records = records[snapshot.document_of[records] == document]
    best = records[np.argsort(-scores[records], kind="stable")][:most].tolist()
    return [record for record in best if scores[record] > 0] or records[:1].tolist()


def _passage(snapshot: Snapshot, text: str, record: int, scores: Scores, leaves: Sequence[Leaf]) -> Passage:
    start = int(snapshot.starts[record])
    whole = text[start : int(snapshot.ends[record])]
    begin, end, marked = snippet(whole, [leaf for leaf in leaves if leaf.field is None])
    return Passage(whole[begin:end], start + begin, float(scores[record]), marked)
