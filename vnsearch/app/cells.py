"""How wide text stands on a terminal, and where its lines break.

A terminal is a grid of cells: a combining mark takes none, a Han character two. Widths are counted in cells, never in
characters, so that decomposed Vietnamese and Chinese names line up. Nearly all text is made of characters of one
cell; only where one is found that may not be, `wcwidth` is asked (a dependency of prompt-toolkit, imported then).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

_WORDS: Final = re.compile(r"\S+")

ELLIPSIS: Final = "…"
"""What stands for the rest of a text that is cut."""


@cache
def _narrow() -> re.Pattern[str]:
    # Latin with its extensions, general punctuation that is seen, the control pictures, boxes and blocks.
    return re.compile(
        "[ -~\xa0-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2400-\u2426\u2500-\u259f\ufffd]*"
    )


def cells(text: str) -> int:
    """How many cells a text takes; it holds no control character (see `inert`).

    >>> cells("đường"), cells("đường"), cells("東京")
    (5, 5, 4)
    """
    if text.isascii() or _narrow().fullmatch(text):
        return len(text)
    from wcwidth import wcwidth

    return sum(max(wcwidth(character), 0) for character in text)


def fitting(text: str, width: int) -> int:
    """How many characters of a text are shown in `width` cells, one of them left for an ellipsis if needed.

    >>> [fitting("đường", width) for width in (5, 4, 1)]
    [5, 3, 0]
    """
    if len(text) <= width and cells(text) <= width:
        return len(text)
    used = 0
    for place, character in enumerate(text):
        used += cells(character)
        if used >= width:
            # A last character that just fits stays only where nothing comes behind it.
            return len(text) if used == width and place + 1 == len(text) else place
    return len(text)


def wrap(text: str, width: int) -> Iterator[tuple[int, int]]:
    """The lines of a text as (begin, end) offsets, each at most `width` cells, broken between words where it can be.

    A word longer than a line is cut between characters, never before a combining mark. White space at a break is
    left out. Linear in the length of the text. Only a character wider than `width` makes a wider line.

    >>> [text[b:e] for text in ("một hai  ba",) for b, e in wrap(text, 8)]
    ['một hai', 'ba']
    """
    begin = end = used = 0
    for word in _WORDS.finditer(text):
        gap = cells(text[end : word.start()]) if used else 0
        size = cells(word[0])
        if used and used + gap + size > width and size <= width:
            yield begin, end
            used = gap = 0
        if not used:
            begin = word.start()
        if used + gap + size <= width:
            used, end = used + gap + size, word.end()
            continue
        # Longer than a line: fill what is left of this one, then cut.
        used, place = used + gap, word.start()
        if used >= width:
            yield begin, end
            begin, used = place, 0
        for after in _breaks(word[0], word.start()):
            size = cells(text[place:after])
            if used + size > width and place > begin:
                yield begin, end if place == word.start() else place
                begin, used = place, 0
            used, place = used + size, after
        end = word.end()
    if used:
        yield begin, end


def _breaks(word: str, start: int) -> Iterator[int]:
    """The offsets inside a long word after which a line may end: before each character that takes a cell."""
    for place in range(1, len(word)):
        if cells(word[place]):
            yield start + place
    yield start + len(word)
