"""Live results as lines of a screen: of each hit its title and one snippet, each cut to one line.

A line is a list of (style, text) pairs, as prompt-toolkit draws them without reading anything in them; the text is
inert (see `inert`). Nothing here is asked while somebody types: `live` prepares the lines in its own thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from prompt_toolkit.formatted_text import StyleAndTextTuples

from ...models import Hit, SearchResults
from ..cells import ELLIPSIS, fitting
from ..inert import Spans, inert_snippet

BAR_ROWS: Final = 2
"""Rows of the toolbar, above the results."""

HIT_ROWS: Final = 2
MAX_HITS: Final = 10
LEAST_ROWS: Final = 12
"""Where a terminal has fewer rows, no results are shown while typing."""

MAX_CHARACTERS: Final = 4000
"""So much of a title or a passage is looked at."""


def capacity(rows: int) -> int:
    """How many hits a terminal of so many rows shows while typing: they fill half of it.

    >>> [capacity(rows) for rows in (10, 12, 20, 24, 60)]
    [0, 3, 5, 6, 10]
    """
    return 0 if rows < LEAST_ROWS else min(rows // (2 * HIT_ROWS), MAX_HITS)


def live_lines(results: SearchResults, width: int) -> list[StyleAndTextTuples]:
    """The hits in two lines each, none wider than `width` cells."""
    return [line for number, hit in enumerate(results, start=1) for line in _hit_lines(hit, number, width)]


def _hit_lines(hit: Hit, number: int, width: int) -> list[StyleAndTextTuples]:
    title, spans = (hit.title, hit.title_spans) if hit.title.strip() else (hit.id, ())
    lead = f"{number:>2} "
    shown = clipped(*_inert(title, spans), width - len(lead), "class:hit.title")
    lines: list[StyleAndTextTuples] = [[("class:hit.number", lead), *shown]]
    snippet: StyleAndTextTuples = []
    if hit.passages:
        passage = hit.passages[0]
        snippet = around_spans(*_inert(passage.text, passage.spans), width - len(lead), "class:hit.snippet")
    return [*lines, [("", " " * len(lead)), *snippet]]


def _inert(text: str, spans: Spans) -> tuple[str, Spans]:
    """The beginning of a text, or what stands around its first span where that comes late, made inert."""
    start = max(spans[0][0] - MAX_CHARACTERS // 2, 0) if spans and spans[0][1] > MAX_CHARACTERS else 0
    text = text[start : start + MAX_CHARACTERS]
    moved = [(begin - start, min(end - start, len(text))) for begin, end in spans if begin - start < len(text)]
    return inert_snippet(text, moved)


def clipped(text: str, spans: Spans, width: int, style: str) -> StyleAndTextTuples:
    """The beginning of an inert text in at most `width` cells, what is in spans highlighted."""
    end = fitting(text, width)
    cut = end < len(text)
    return _painted(text, 0, end, spans, style) + ([(style, ELLIPSIS)] if cut else [])


def around_spans(text: str, spans: Spans, width: int, style: str) -> StyleAndTextTuples:
    """That stretch of an inert text in at most `width` cells which holds the most spans, from a word's beginning on."""
    begin = _window(text, spans, width)
    lead = ELLIPSIS + " " if begin else ""
    shown = text[begin:]
    moved = [(first - begin, last - begin) for first, last in spans if first >= begin]
    before: StyleAndTextTuples = [(style, lead)] if lead else []
    return before + clipped(shown, moved, width - len(lead), style)


def _window(text: str, spans: Spans, width: int) -> int:
    """Where to begin: a little before the first of the spans that stand in one window and are the most."""
    if not spans or spans[-1][1] <= width - len(ELLIPSIS):
        return 0
    room = max(width * 3 // 4, 1)
    best, most, last = 0, 0, 0
    for first in range(len(spans)):
        while last < len(spans) and spans[last][1] - spans[first][0] <= room:
            last += 1
        if last - first > most:
            best, most = spans[first][0], last - first
    begin = best if most else spans[0][0]
    lead = max(min(begin - width // 8, len(text) - width + len(ELLIPSIS)), 0)
    space = text.find(" ", lead, begin)
    return 0 if lead == 0 else space + 1 if space >= 0 else begin


def _painted(text: str, begin: int, end: int, spans: Spans, style: str) -> StyleAndTextTuples:
    painted: StyleAndTextTuples = []
    for first, last in spans:
        first, last = max(first, begin), min(last, end)
        if first < last:
            painted += [(style, text[begin:first]), (f"{style} class:hit.match", text[first:last])]
            begin = last
    return [*painted, (style, text[begin:end])]


def joined(lines: Sequence[StyleAndTextTuples]) -> StyleAndTextTuples:
    """Lines as one text."""
    text: StyleAndTextTuples = []
    for line in lines:
        text += [*([("", "\n")] if text else []), *line]
    return text
