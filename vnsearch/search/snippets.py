"""What to show of a passage, and what of it to highlight.

Highlighting reads the original text anew and asks each slot of the query about each token, so spans are exact whatever
the Unicode form of the text, and cut it only at syllable borders.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..text.characters import is_invisible
from ..text.sentences import paragraphs, sentences
from ..text.tokens import numbers, tokenize
from .leaves import Leaf, Reading
from .slots import Slot

MAX_SYLLABLES: Final = 60
"""How long a snippet is at most."""

Span = tuple[int, int]


class Shown(NamedTuple):
    """A token of a shown text: where it begins, and the forms under which it is indexed, each with its end."""

    begin: int
    forms: tuple[tuple[str, int], ...]


class Marked(NamedTuple):
    """A token that a query matches, and the number of the leaf that does."""

    begin: int
    end: int
    leaf: int


def _read(text: str) -> list[Shown]:
    """The tokens of a text; one that begins a grouped number has the form of the whole number too."""
    tokens = list(tokenize(text))
    values = {}
    for number in numbers(text, tokens):
        last = number.token + text.count(text[tokens[number.token].end], number.begin, number.end)
        values[number.token] = ((number.value, tokens[last].end),)  # of 1.000m2 the whole is shown
    return [Shown(t.begin, ((t.canonical, t.end), *values.get(i, ()))) for i, t in enumerate(tokens)]


def highlight(text: str, leaves: Sequence[Leaf]) -> list[Marked]:
    """The tokens of a text that a query matches, in order of begin; where several leaves do, the longest match.

    A word is matched by itself; the parts of a phrase or of a unit only where they stand together. Linear in the length
    of the text times the number of slots.
    """
    tokens = _read(text)
    marked: dict[int, Marked] = {}
    for number, leaf in enumerate(leaves):
        for reading in leaf.readings:
            for place, end in _places(tokens, reading, leaf.slop):
                begin = tokens[place].begin
                if begin not in marked or marked[begin].end < end:
                    marked[begin] = Marked(begin, end, number)
    return [marked[begin] for begin in sorted(marked)]


def _ends(tokens: Sequence[Shown], slot: Slot) -> list[int]:
    """For each token the end of the form that fits a slot, 0 where none does."""
    return [max((end for form, end in token.forms if slot.weight(form) > 0), default=0) for token in tokens]


def _places(tokens: Sequence[Shown], reading: Reading, slop: int) -> list[tuple[int, int]]:
    """The tokens that belong to an occurrence of a reading, as (place, end offset)."""
    fits = [_ends(tokens, slot) for slot in reading]
    width = len(reading) + slop
    counts = [1 + reading[:place].count(slot) for place, slot in enumerate(reading)]
    found: list[tuple[int, int]] = []
    for begin in range(len(tokens)):
        if slop:
            inside = [(p, row[p]) for row in fits for p in range(begin, min(begin + width, len(tokens))) if row[p]]
            enough = all(sum(map(bool, row[begin : begin + width])) >= n for row, n in zip(fits, counts, strict=True))
            if any(row[begin] for row in fits) and enough and len({place for place, _ in inside}) >= len(reading):
                found.extend(inside)
        elif begin + width <= len(tokens) and all(row[begin + i] for i, row in enumerate(fits)):
            found.extend((begin + i, row[begin + i]) for i, row in enumerate(fits))
    return found


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


def spans(text: str, leaves: Sequence[Leaf]) -> tuple[Span, ...]:
    """The spans of a text to highlight."""
    return merge(text, highlight(text, leaves))


def snippet(text: str, leaves: Sequence[Leaf], most: int = MAX_SYLLABLES) -> tuple[int, int, tuple[Span, ...]]:
    """The best stretch of a passage: (begin, end) in it, and the spans to highlight, counted from begin.

    It holds at most `most` syllables, begins and ends at sentence borders where they allow it, and of all such
    stretches says most about the query: first the most different words of it, then the most of them.
    """
    marked = highlight(text, leaves)
    begin, end = _window(text, marked, most)
    inside = [Marked(b - begin, e - begin, n) for b, e, n in marked if b >= begin and e <= end]
    return begin, end, merge(text[begin:end], inside)


def _window(text: str, marked: Sequence[Marked], most: int) -> Span:
    stretches = [s for p in paragraphs(text) for s in sentences(text, *p)]
    if not stretches:
        return 0, 0
    pieces: list[tuple[int, int, int]] = []
    for begin, end in stretches:
        pieces.extend(_pieces(text, begin, end, most))
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


def _pieces(text: str, begin: int, end: int, most: int) -> list[tuple[int, int, int]]:
    """A sentence as one piece, or, where it is longer than a snippet, as pieces cut at clauses and then at spaces."""
    words = [(t.begin, t.end) for t in tokenize(text[begin:end])]
    if len(words) <= most:
        return [(begin, end, len(words))]
    pieces: list[tuple[int, int, int]] = []
    start = begin
    count = 0
    for place, (_, last) in enumerate(words):
        count += 1
        following = begin + words[place + 1][0] if place + 1 < len(words) else end
        gap = text[begin + last : following]
        if (count >= most // 4 and any(c in ",;:–—" for c in gap)) or count >= most // 2 or following == end:
            stop = following if following == end else begin + last + len(gap.rstrip())
            pieces.append((start, stop, count))
            start, count = following, 0
    if start < end and count:
        pieces.append((start, end, count))
    return pieces
