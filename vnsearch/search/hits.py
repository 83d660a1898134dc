"""Units -> hits: titles, fields, and the best passages with what to highlight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ..engine.snapshot import Snapshot
from ..models import Group, Hit, Passage
from .highlighting import Highlighter
from .leaves import Leaf
from .reranking import Scored
from .snippets import cut_snippet, merge

SAME: Final = 0.8
"""Passages whose words have more than this share in common say the same."""


class _Part(NamedTuple):
    """A passage to show: its hit's place on the page, its score, where it begins in its document, and its text."""

    hit: int
    score: float
    start: int
    text: str


def read_hits(snapshot: Snapshot, page: Scored, leaves: Sequence[Leaf], group: Group, passages: int) -> tuple[Hit, ...]:
    """The hits of a page. Each costs a line of JSON, and, where passages are wanted, its text and their tokens."""
    numbers = snapshot.documents_of(page.units, group).tolist()
    cards = snapshot.cards(numbers)
    rows = zip(cards, page.scores.tolist(), strict=True)
    if not passages:
        return tuple([Hit(card.id, card.title, card.path, score, dict(card.fields), (), ()) for card, score in rows])
    shown = _passages(_parts(snapshot, page, numbers, passages), leaves, len(cards))
    titles = Highlighter(leaves).read([card.title for card in cards])
    return tuple(
        Hit(card.id, card.title, card.path, score, dict(card.fields), tuple(held), merge(title.text, title.marked))
        for (card, score), held, title in zip(rows, shown, titles, strict=True)
    )


def _passages(parts: Iterable[_Part], leaves: Sequence[Leaf], hits: int) -> list[list[Passage]]:
    """The passages of each of so many hits, with what to highlight; of those that say the same the first."""
    parts = list(parts)
    shown: list[list[Passage]] = [[] for _ in range(hits)]
    said: list[list[set[str]]] = [[] for _ in range(hits)]
    bodies = Highlighter([leaf for leaf in leaves if leaf.field is None]).read([part.text for part in parts])
    for part, body in zip(parts, bodies, strict=True):
        begin, end, spans = cut_snippet(body)
        passage = Passage(part.text[begin:end], part.start + begin, part.score, spans)
        words = set(passage.text.casefold().split())
        if not any(_say_the_same(words, others) for others in said[part.hit]):
            shown[part.hit].append(passage)
            said[part.hit].append(words)
    return shown


def _parts(snapshot: Snapshot, page: Scored, numbers: Sequence[int], passages: int) -> Iterator[_Part]:
    """The passages of a page to show, the hits in order and the best passage of each first."""
    records, scores = page.records.tolist(), page.record_scores.tolist()
    rows = zip(numbers, page.begins.tolist(), page.counts.tolist(), strict=True)
    for hit, (number, first, count) in enumerate(rows):
        text = snapshot.document(number).text
        held = [
            (record, score)
            for record, score in zip(records[first : first + count], scores[first : first + count], strict=True)
            if snapshot.starts[record] >= 0 and snapshot.document_of[record] == number
        ]
        for record, score in _best(held, passages):
            start = int(snapshot.starts[record])
            yield _Part(hit, score, start, text[start : int(snapshot.ends[record])])


def _say_the_same(words: set[str], others: set[str]) -> bool:
    """Whether two passages of one hit have most of their words in common, so that one is enough."""
    common = len(words & others)
    return common > SAME * (len(words) + len(others) - common)


def _best(held: Sequence[tuple[int, float]], most: int) -> Sequence[tuple[int, float]]:
    """The passages of a hit to show: the best ones, or the first where none speaks for it."""
    best = sorted(held, key=lambda found: -found[1])[:most]
    return [found for found in best if found[1] > 0] or held[:1]
