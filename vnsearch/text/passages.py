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
from typing import Final

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


Piece = tuple[int, int, int, int]
"""A stretch of text: where it begins and ends, its number of syllables, and how many borders are before it."""


def cut(text: str, borders: Sequence[int] = (), begins: Sequence[int] | NDArray[np.int64] | None = None) -> list[Span]:
    """The passages of a text as (begin, end) offsets. Linear in the length of the text.

    `borders` are offsets, in ascending order, at which a new passage must begin. `begins` are the offsets of the
    text's tokens where they are known already; else the text is tokenized.
    """
    known = np.array([t.begin for t in tokenize(text)] if begins is None else begins, dtype=np.int64)
    passages: list[Piece] = []
    begin = end = size = section = -1
    for first, last, more, place in _pieces(text, borders, known):
        if place == section and size < ENOUGH and size + more <= FULL:
            end = last
            size += more
            continue
        if section >= 0:
            _close(passages, (begin, end, size, section))
        begin, end, size, section = first, last, more, place
    if section >= 0:
        _close(passages, (begin, end, size, section))
    return [(passage[0], passage[1]) for passage in passages]


def _close(passages: list[Piece], passage: Piece) -> None:
    """Keep a passage, or join a small remainder of its section to the one before it."""
    _, end, size, section = passage
    if size < REMAINDER and passages and passages[-1][3] == section and passages[-1][2] + size <= FULL:
        passages[-1] = (passages[-1][0], end, passages[-1][2] + size, section)
    else:
        passages.append(passage)


def _pieces(text: str, borders: Sequence[int], begins: NDArray[np.int64]) -> Iterator[Piece]:
    """What passages are made of: paragraphs; the sentences of a paragraph that is too long for one passage; the parts
    of a sentence that is itself too long."""
    whole = list(_split_at(borders, paragraphs(text)))
    for (begin, end), size in zip(whole, _sizes(begins, whole), strict=True):
        section = bisect_right(borders, begin) if borders else 0
        if size <= FULL:
            yield (begin, end, size, section)
            continue
        parts = list(sentences(text, begin, end))
        for (first, last), count in zip(parts, _sizes(begins, parts), strict=True):
            if count <= FULL:
                yield (first, last, count, section)
            else:
                yield from _parts(text, (first, last, count, section), begins)


def _sizes(begins: NDArray[np.int64], stretches: Sequence[Span]) -> list[int]:
    """How many tokens begin in each stretch."""
    if not stretches:
        return []
    edges = np.searchsorted(begins, np.array(stretches, dtype=np.int64))
    sizes: list[int] = (edges[:, 1] - edges[:, 0]).tolist()
    return sizes


def _parts(text: str, sentence: Piece, begins: NDArray[np.int64]) -> Iterator[Piece]:
    """A sentence without end, in parts of about equal size, cut before tokens."""
    begin, end, size, section = sentence
    first = int(np.searchsorted(begins, begin))
    count = -(-size // FULL)
    edges = [first + size * part // count for part in range(count)]
    starts = [begin, *(int(begins[edge]) for edge in edges[1:])]
    sizes = [after - edge for edge, after in zip(edges, [*edges[1:], first + size], strict=True)]
    for start, stop, held in zip(starts, [*starts[1:], end], sizes, strict=True):
        yield start, start + len(text[start:stop].rstrip()), held, section


def _split_at(borders: Sequence[int], stretches: Iterator[Span]) -> Iterator[Span]:
    if not borders:
        yield from stretches
        return
    for begin, end in stretches:
        for border in borders[bisect_right(borders, begin) : bisect_right(borders, end - 1)]:
            yield begin, border
            begin = border
        yield begin, end
