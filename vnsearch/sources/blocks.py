"""A text as the blocks a reader sees: its lines, with the lines of one hard-wrapped paragraph put together again.

Saved web pages have a paragraph a line; mail, books and notes break theirs at a fixed width. The rule for the second
kind is the typesetter's: a break was forced where the first word of the next line would not have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import normalize

from ..text.canonical import fold

WRAP_WIDTHS: Final = range(40, 121)
"""Widths at which people and programs break lines; a text with longer lines is not hard-wrapped."""

_SLACK: Final = 8
"""By how many characters a line broken by hand may fall short of the width."""

_LONGEST_HEADING_LINE: Final = 120
_WORD: Final = re.compile(r"[^\W_]+")
CLOSERS: Final = "\"'”’»)]}*_ "
"""What may stand after the last stop of a sentence."""


class Block(NamedTuple):
    """A stretch of text between two breaks that were meant.

    `start` is the offset of its first line in the text, `text` is stripped, its lines joined by one space; `apart`
    tells whether an empty line stands before it.
    """

    start: int
    text: str
    apart: bool

    @property
    def words(self) -> int:
        """How many words between spaces it has."""
        return len(self.text.split())


def read_blocks(text: str) -> list[Block]:
    """The blocks of a text in order; their starts are starts of lines. Linear in the length of the text."""
    lines = _read_lines(text)
    width = _wrap_width(lines)
    blocks: list[Block] = []
    parts: list[str] = []
    for place, line in enumerate(lines):
        if place and _continues(blocks[-1], lines[place - 1], line, width):
            parts.append(line.text)
            continue
        _finish(blocks, parts)
        blocks.append(line)
        parts = [line.text]
    _finish(blocks, parts)
    return blocks


def _finish(blocks: list[Block], parts: Sequence[str]) -> None:
    if len(parts) > 1:
        blocks[-1] = blocks[-1]._replace(text=" ".join(parts))


def _read_lines(text: str) -> list[Block]:
    """The lines that hold something, each as a block of its own."""
    lines: list[Block] = []
    start, apart = 0, False
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            lines.append(Block(start, stripped, apart))
        apart = not stripped
        start += len(line)
    return lines


def _wrap_width(lines: Sequence[Block]) -> int:
    """The width at which the text was wrapped, or 0 where it was not: most breaks inside its paragraphs are forced."""
    width = max((len(line.text) for line in lines), default=0)
    if width not in WRAP_WIDTHS:
        return 0
    inner = [(line, after) for line, after in pairwise(lines) if not after.apart]
    forced = sum(_was_forced(line.text, after.text, width) for line, after in inner)
    return width if len(inner) >= 3 and 2 * forced > len(inner) else 0


def _was_forced(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(maxsplit=1)[0]) > width - _SLACK


def _continues(block: Block, line: Block, after: Block, width: int) -> bool:
    """Whether `after` goes on with the block whose last line is `line`."""
    if after.apart:
        return False
    if width:
        return _was_forced(line.text, after.text, width)
    # A heading broken over two lines in a text that is not wrapped: it stands apart and goes on in lower case.
    short = len(line.text) <= _LONGEST_HEADING_LINE and len(after.text) <= _LONGEST_HEADING_LINE
    return short and (block.apart or block.start == 0) and after.text[0].islower() and not is_finished(line.text)


def is_finished(text: str) -> bool:
    """Whether a line ends the way a sentence does.

    >>> is_finished("Trời mưa."), is_finished('Ông nói: "Đi thôi!"'), is_finished("Nâng cao chất lượng công tác")
    (True, True, False)
    """
    return text.rstrip(CLOSERS).endswith((".", "!", "?", "…", ";"))


def plain(text: str) -> str:
    """A line by its words alone: unaccented, lower case, without punctuation, one space between.

    >>> plain("(0) Bình luận:"), plain("ĐỪNG BỎ LỠ »")
    ('0 binh luan', 'dung bo lo')
    """
    return " ".join(map(fold, _WORD.findall(normalize("NFC", text).lower())))
