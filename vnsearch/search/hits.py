"""Units -> hits: titles, fields, and the best passages with what to highlight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..engine.snapshot import Snapshot
from ..models import Group, Hit, Passage
from .highlighting import Highlighter
from .leaves import Leaf
from .ranking import Ranked
from .snippets import cut_snippet, merge


class _Part(NamedTuple):
    """A passage to show: its hit's place on the page, its score, where it begins in its document, and its text."""

    hit: int
    score: float
    start: int
    text: str


def read_hits(
    snapshot: Snapshot, ranked: Ranked, leaves: Sequence[Leaf], group: Group, passages: int
) -> tuple[Hit, ...]:
    """The hits of a page. Each costs a line of JSON, and, where passages are wanted, its text and their tokens."""
    units = ranked.units.tolist()
    numbers = units if group == "document" else snapshot.document_of[ranked.units].tolist()
    cards = [snapshot.card(number) for number in numbers]
    shown: list[list[Passage]] = [[] for _ in cards]
    title_spans: list[tuple[tuple[int, int], ...]] = [()] * len(cards)
    if passages:
        parts = list(_parts(snapshot, ranked, units, numbers, group, passages))
        bodies = Highlighter([leaf for leaf in leaves if leaf.field is None]).read([part.text for part in parts])
        for part, body in zip(parts, bodies, strict=True):
            begin, end, spans = cut_snippet(body)
            shown[part.hit].append(Passage(part.text[begin:end], part.start + begin, part.score, spans))
        titles = Highlighter(leaves).read([card.title for card in cards])
        title_spans = [merge(title.text, title.marked) for title in titles]
    return tuple(
        Hit(card.id, card.title, card.path, float(score), dict(card.fields), tuple(held), spans)
        for card, score, held, spans in zip(cards, ranked.scores, shown, title_spans, strict=True)
    )


def _parts(
    snapshot: Snapshot, ranked: Ranked, units: Sequence[int], numbers: Sequence[int], group: Group, passages: int
) -> Iterator[_Part]:
    """The passages of a page to show, the hits in order and the best passage of each first."""
    shown = np.zeros(snapshot.documents + 1, dtype=bool)  # one more for deleted documents, which are -1
    shown[numbers] = True
    held = shown[snapshot.document_of[ranked.records]]
    scores = dict(zip(ranked.records[held].tolist(), ranked.record_scores[held].tolist(), strict=True))
    for hit, (unit, number) in enumerate(zip(units, numbers, strict=True)):
        text = snapshot.document(number).text
        records = _best_records(snapshot, unit, scores, passages) if group == "document" else [unit]
        for record in records:
            start = int(snapshot.starts[record])
            yield _Part(hit, scores[record], start, text[start : int(snapshot.ends[record])])


def _best_records(snapshot: Snapshot, document: int, scores: Mapping[int, float], most: int) -> list[int]:
    """The passages of a document to show: the best ones, or the first where none speaks for it."""
    first = int(snapshot.header_of[document]) + 1
    last = int(snapshot.header_of[document + 1]) if document + 1 < snapshot.documents else snapshot.records
    records = [record for record in range(first, last) if snapshot.document_of[record] == document]
    best = sorted(records, key=lambda record: -scores[record])[:most]
    return [record for record in best if scores[record] > 0] or records[:1]
