"""Cutting a document into passages: the unit that is indexed, ranked and shown.

A passage is a run of whole paragraphs, or of whole sentences of one long paragraph, of about 60 to 200 syllables. It
never crosses one of the borders that the source of the document gave (where an article ends and teasers begin). A short
paragraph joins what follows it, so that a heading stays with its text; a small remainder (a signature) joins what
stands before it. Only a section that is short as a whole makes a short passage.

Every token of the document lies in exactly one passage, and passages follow each other in order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from .sentences import paragraphs, sentences

ENOUGH: Final = 60
"""A passage of this many syllables is closed at the next paragraph end."""

FULL: Final = 200
"""A passage is closed before it grows beyond this many syllables."""

REMAINDER: Final = 20
"""What is left over at a border and has fewer syllables joins the passage before it."""

_WORD: Final = re.compile(r"\S+")


class _Passage(NamedTuple):
    begin: int
    end: int
    size: int
    section: int


def _size(text: str, begin: int, end: int) -> int:
    """About how many syllables stand in text[begin:end]: its chunks between white space."""
    return sum(1 for _ in _WORD.finditer(text, begin, end))


def _pieces(text: str, borders: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Stretches that a passage is made of, as (begin, end, size): paragraphs, and the sentences of paragraphs that are
    too long for one passage; a sentence that is itself too long is cut at white space."""
    for begin, end in _split_at(borders, paragraphs(text)):
        size = _size(text, begin, end)
        if size <= FULL:
            yield begin, end, size
            continue
        for first, last in sentences(text, begin, end):
            size = _size(text, first, last)
            if size <= FULL:
                yield first, last, size
            else:
                yield from _cut(text, first, last)


def _split_at(borders: Sequence[int], stretches: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for begin, end in stretches:
        for border in borders[bisect_right(borders, begin) : bisect_right(borders, end - 1)]:
            yield begin, border
            begin = border
        yield begin, end


def _cut(text: str, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """A sentence without end, in pieces of about equal size."""
    words = [match.span() for match in _WORD.finditer(text, begin, end)]
    pieces = -(-len(words) // FULL)
    for piece in range(pieces):
        first = len(words) * piece // pieces
        last = len(words) * (piece + 1) // pieces
        yield words[first][0], words[last - 1][1], last - first


def cut(text: str, borders: Sequence[int] = ()) -> list[tuple[int, int]]:
    """The passages of a text as (begin, end) offsets. Linear in the length of the text.

    `borders` are offsets, in ascending order, at which a new passage must begin.
    """
    passages: list[_Passage] = []
    open_passage: _Passage | None = None
    for begin, end, size in _pieces(text, borders):
        section = bisect_right(borders, begin)
        fits = (
            open_passage is not None
            and section == open_passage.section
            and open_passage.size < ENOUGH
            and open_passage.size + size <= FULL
        )
        if open_passage is not None and fits:
            open_passage = open_passage._replace(end=end, size=open_passage.size + size)
            continue
        if open_passage is not None:
            _close(passages, open_passage)
        open_passage = _Passage(begin, end, size, section)
    if open_passage is not None:
        _close(passages, open_passage)
    return [(passage.begin, passage.end) for passage in passages]


def _close(passages: list[_Passage], passage: _Passage) -> None:
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
