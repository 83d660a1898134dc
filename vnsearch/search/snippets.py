"""What to show of a passage: its best stretch, and the spans to highlight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..text.characters import is_invisible
from ..text.sentences import paragraphs, sentences
from .highlighting import Highlighter, Marked, Shown
from .leaves import Leaf

MAX_SYLLABLES: Final = 60
"""How long a snippet is at most."""

ROOM: Final = 20
"""No syllable takes as many characters."""

Span = tuple[int, int]


class Snippet(NamedTuple):
    """A stretch of a passage: (begin, end) in it, and the spans to highlight, counted from begin."""

    begin: int
    end: int
    spans: tuple[Span, ...]


def merge(text: str, marked: Sequence[Marked]) -> tuple[Span, ...]:
    """Matched tokens as spans, disjoint and in order.

    Neighbours become one span where only white space parts them, and where they are parts of one unit (18.1.2022).
    """
    spans: list[Span] = []
    leaf = -1
    for begin, end, number in marked:
        if spans and _adjoins(text, spans[-1][1], begin, number == leaf):
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((begin, end))
        leaf = number
    return tuple(spans)


def _adjoins(text: str, end: int, begin: int, same_leaf: bool) -> bool:
    gap = text[end:begin]
    blank = all(character.isspace() or is_invisible(character) for character in gap)
    return begin <= end or blank or (same_leaf and not any(map(str.isspace, gap)))


def snippet(text: str, leaves: Sequence[Leaf], most: int = MAX_SYLLABLES) -> Snippet:
    """The best stretch of a passage for the leaves of a query; see `cut_snippet`."""
    return cut_snippet(Highlighter(leaves).read([text])[0], most)


def cut_snippet(shown: Shown, most: int = MAX_SYLLABLES) -> Snippet:
    """The best stretch of a passage.

    It holds at most `most` syllables, begins and ends at sentence borders where they allow it, and of all such
    stretches says most about the query: first the most different words of it, then the most of them.
    """
    begin, end = _window(shown, most)
    inside = [Marked(b - begin, e - begin, n) for b, e, n in shown.marked if b >= begin and e <= end]
    return Snippet(begin, end, merge(shown.text[begin:end], inside))


def _window(shown: Shown, most: int) -> Span:
    text, marked = shown.text, shown.marked
    sizes = [1 + (end - begin) // ROOM for begin, end in zip(shown.begins, shown.ends, strict=True)]
    pieces = [piece for p in paragraphs(text) for s in sentences(text, *p) for piece in _pieces(shown, sizes, *s, most)]
    begins = [m.begin for m in marked]
    best = (0, 0)
    best_value = (-1, -1, 0)
    for first in range(len(pieces)):
        size = 0
        for last in range(first, len(pieces)):
            size += pieces[last][2]
            if size > most and last > first:
                break
            begin, end = pieces[first][0], pieces[last][1]
            near = marked[bisect_left(begins, begin) : bisect_left(begins, end)]
            numbers_inside = [m.leaf for m in near if m.end <= end]
            value = (len(set(numbers_inside)), len(numbers_inside), -first)
            if value > best_value or (value[:2] == best_value[:2] and begin == best[0]):
                best, best_value = (begin, end), value
    return best


def _pieces(shown: Shown, sizes: Sequence[int], begin: int, end: int, most: int) -> list[tuple[int, int, int]]:
    """A sentence as one piece, or, where it is longer than a snippet, as pieces cut at clauses and then at spaces.

    `sizes` tells how many syllables each token counts for: a word that is no word (a key, a picture as text) counts for
    as many as it takes room.
    """
    text = shown.text
    first, last = bisect_left(shown.begins, begin), bisect_left(shown.begins, end)
    whole = sum(sizes[first:last])
    if whole <= most:
        return [(begin, end, whole)]
    pieces: list[tuple[int, int, int]] = []
    start = begin
    count = 0
    for place, size in enumerate(sizes[first:last], start=first):
        count += size
        stop = shown.ends[place]
        following = shown.begins[place + 1] if place + 1 < last else end
        gap = text[stop:following]
        if (count >= most // 4 and any(c in ",;:–—" for c in gap)) or count >= most // 2 or following == end:
            pieces.append((start, following if following == end else stop + len(gap.rstrip()), count))
            start, count = following, 0
    return pieces
