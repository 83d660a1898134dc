"""Cutting a document into passages: the unit that is indexed, ranked and shown.

A passage is a run of whole paragraphs, or of whole sentences of one long paragraph, of about 60 to 200 syllables. It
never crosses one of the borders that the source of the document gave (where an article ends and teasers begin). A short
paragraph joins what follows it, so that a heading stays with its text; a small remainder (a signature) joins what
stands before it. Only a section that is short as a whole makes a short passage.

Every token of the document lies in exactly one passage, and passages follow each other in order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .sentences import paragraphs, sentences
from .tokens import tokenize

Span = tuple[int, int]

ENOUGH: Final = 60
"""A passage of this many syllables is closed at the next paragraph end."""

FULL: Final = 200
"""A passage is closed before it grows beyond this many syllables."""

REMAINDER: Final = 20
"""What is left over at a border and has fewer syllables joins the passage before it."""


class _Piece(NamedTuple):
    """A stretch of text with its number of syllables; `section` counts the borders before it."""

    begin: int
    end: int
    size: int
    section: int


def cut(text: str, borders: Sequence[int] = (), begins: Sequence[int] | NDArray[np.int64] | None = None) -> list[Span]:
    """The passages of a text as (begin, end) offsets. Linear in the length of the text.

    `borders` are offsets, in ascending order, at which a new passage must begin. `begins` are the offsets of the
    text's tokens where they are known already; else the text is tokenized.
    """
    known = np.array([t.begin for t in tokenize(text)] if begins is None else begins, dtype=np.int64)
    passages: list[_Piece] = []
    last: _Piece | None = None
    for piece in _pieces(text, borders, known):
        if last is not None and last.section == piece.section and last.size < ENOUGH and last.size + piece.size <= FULL:
            last = last._replace(end=piece.end, size=last.size + piece.size)
            continue
        if last is not None:
            _close(passages, last)
        last = piece
    if last is not None:
        _close(passages, last)
    return [(passage.begin, passage.end) for passage in passages]


def _close(passages: list[_Piece], passage: _Piece) -> None:
    """Keep a passage, or join a small remainder of its section to the one before it."""
    before = passages[-1] if passages else None
    if (
        before is not None
        and before.section == passage.section
        and passage.size < REMAINDER
        and before.size + passage.size <= FULL
    ):
        passages[-1] = before._replace(end=passage.end, size=before.size + passage.size)
    else:
        passages.append(passage)


def _pieces(text: str, borders: Sequence[int], begins: NDArray[np.int64]) -> Iterator[_Piece]:
    """What passages are made of: paragraphs; the sentences of a paragraph that is too long for one passage; the parts
    of a sentence that is itself too long."""
    whole = list(_split_at(borders, paragraphs(text)))
    for (begin, end), size in zip(whole, _sizes(begins, whole), strict=True):
        section = bisect_right(borders, begin) if borders else 0
        if size <= FULL:
            yield _Piece(begin, end, size, section)
            continue
        parts = list(sentences(text, begin, end))
        for (first, last), count in zip(parts, _sizes(begins, parts), strict=True):
            if count <= FULL:
                yield _Piece(first, last, count, section)
            else:
                yield from _parts(text, _Piece(first, last, count, section), begins)


def _sizes(begins: NDArray[np.int64], stretches: Sequence[Span]) -> list[int]:
    """How many tokens begin in each stretch."""
    if not stretches:
        return []
    edges = np.searchsorted(begins, np.array(stretches, dtype=np.int64))
    sizes: list[int] = (edges[:, 1] - edges[:, 0]).tolist()
    return sizes


def _parts(text: str, sentence: _Piece, begins: NDArray[np.int64]) -> Iterator[_Piece]:
    """A sentence without end, in parts of about equal size, cut before tokens."""
    first = int(np.searchsorted(begins, sentence.begin))
    count = -(-sentence.size // FULL)
    edges = [first + sentence.size * part // count for part in range(count)]
    starts = [sentence.begin, *(int(begins[edge]) for edge in edges[1:])]
    sizes = [after - edge for edge, after in zip(edges, [*edges[1:], first + sentence.size], strict=True)]
    for start, stop, size in zip(starts, [*starts[1:], sentence.end], sizes, strict=True):
        yield _Piece(start, start + len(text[start:stop].rstrip()), size, sentence.section)


def _split_at(borders: Sequence[int], stretches: Iterator[Span]) -> Iterator[Span]:
    if not borders:
        yield from stretches
        return
    for begin, end in stretches:
        for border in borders[bisect_right(borders, begin) : bisect_right(borders, end - 1)]:
            yield begin, border
            begin = border
        yield begin, end
