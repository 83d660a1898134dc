"""A document laid out for reading: its text in lines, what was found in it highlighted, and where to begin.

A hit brings the spans of the passages it shows. What they hold is marked wherever else it stands in the document too,
so that going from match to match misses none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from ...models import Document, Hit
from ...records import record
from ..cells import wrap
from ..inert import inert
from ..rendering import block, document_head
from ..terminal import Terminal

MAX_TEXTS: Final = 200
"""How many different matched texts are looked for in a document."""

TELLING: Final = 1 / 3
"""A passage that scores less than this share of the best one was not what was meant: `tượng` for `tuong`."""

_LINE_END: Final = re.compile(r"\r\n|\n")


@record(frozen=True, slots=True)
class Reading:
    """A document as painted lines. `line` counts from 1 and is the one of the best passage; `matched` are the texts to
    look for, as they stand on the lines."""

    lines: tuple[str, ...]
    line: int
    matched: tuple[str, ...]


def passage_start(hit: Hit) -> int:
    """Where in its document the best passage of a hit begins: at its first match, where it has one."""
    if not hit.passages:
        return 0
    best = hit.passages[0]
    return best.start + (best.spans[0][0] if best.spans else 0)


def file_line(text: str, place: int) -> int:
    """On which line of a file, counted from 1, a place in its text is."""
    return text.count("\n", 0, place) + 1


def matches(text: str, hit: Hit) -> list[tuple[int, int]]:
    """The spans of a document's text to highlight: those of the passages, and what they hold wherever it stands."""
    least = TELLING * max((p.score for p in hit.passages), default=0.0)
    spans = [(p.start + begin, p.start + end) for p in hit.passages if p.score >= least for begin, end in p.spans]
    held = sorted({" ".join(text[begin:end].split()) for begin, end in spans} - {""}, key=len, reverse=True)
    if held:
        either = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in held[:MAX_TEXTS])
        spans += (m.span() for m in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text, re.IGNORECASE))
    return _joined(spans)


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if joined and begin < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def lay_out(document: Document, hit: Hit, terminal: Terminal) -> Reading:
    """The lines of a document for a pager as wide as the terminal; `pager` needs a cell after a match."""
    lines = list(document_head(document, terminal, hit.title_spans))
    matched: dict[str, None] = {}
    spans, start, line, found = matches(document.text, hit), passage_start(hit), len(lines) + 1, False
    ends = [end for _, end in spans]
    for begin, end in _rows(document.text, terminal.width):
        row = document.text[begin:end]
        touched = spans[bisect_right(ends, begin) : bisect_right(ends, end) + 1]
        within = [(max(b, begin) - begin, min(e, end) - begin) for b, e in touched if b < end]
        matched.update(dict.fromkeys(inert(row[first:last]).strip() for first, last in within))
        if not found and end > start:
            found, line = True, len(lines) + 1
        lines += block("", row, within, terminal) if row else [""]
    return Reading(tuple(lines), line, tuple(matched))


def _rows(text: str, width: int | None) -> Iterator[tuple[int, int]]:
    """The rows of the screen as offsets into a text."""
    begin = 0
    for ending in (*_LINE_END.finditer(text), None):
        end = ending.start() if ending else len(text)
        rows = list(wrap(inert(text[begin:end]), width - 1)) if width else [(0, end - begin)]
        for first, last in rows or [(0, 0)]:
            yield begin + first, begin + last
        begin = ending.end() if ending else end
