"""Passages of a whole batch of texts: what `passages.cut` says of each, with the lines found in array operations.

Most lines are paragraphs as they stand, so only what is out of the ordinary is looked at by the plain functions: lines
with white space around them, lines that begin in lower case and may go on with the one before, texts with borders or
with paragraphs that are too long for one passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .batch import LINE_END, WHITE, Joined, TokenBatch
from .passages import ENOUGH, FULL, REMAINDER, cut
from .points import Points
from .sentences import runs_on

Offsets = NDArray[np.int64]


def cut_all(
    texts: Sequence[str], borders: Sequence[Sequence[int]], tokens: TokenBatch
) -> tuple[Offsets, Offsets, Offsets]:
    """The passages of texts as (begin, end) offsets (int64[n, 2]), how many each text has (int64[texts]), and the first
    token of each (int64[n]); without those in which no token begins. `tokens` are those of the texts.
    """
    offsets = tokens.whole.offsets
    places = tokens.begins + np.repeat(offsets, np.diff(tokens.bounds))
    paragraphs = _paragraphs(tokens.whole, _lines(tokens.whole))
    sizes = np.diff(np.searchsorted(places, paragraphs[:, 0]), append=len(places))  # no token is between them
    spans, owners, odd = _grouped(paragraphs, sizes, np.searchsorted(paragraphs[:, 0], offsets))
    odd |= np.fromiter(map(bool, borders), dtype=bool, count=len(texts))
    if odd.any():
        parts, part_owners = [spans[~odd[owners]]], [owners[~odd[owners]]]
        for text in np.flatnonzero(odd).tolist():
            plain = cut(texts[text], borders[text], tokens.begins[tokens.bounds[text] : tokens.bounds[text + 1]])
            parts.append(np.array(plain, dtype=np.int64).reshape(-1, 2) + offsets[text])
            part_owners.append(np.full(len(plain), text, dtype=np.int64))
        spans, owners = np.concatenate(parts), np.concatenate(part_owners)
        order = np.argsort(spans[:, 0], kind="stable")
        spans, owners = spans[order], owners[order]
    firsts = np.searchsorted(places, spans[:, 0])
    worded = np.diff(firsts, append=len(places)) > 0
    spans, owners = spans[worded], owners[worded]
    return spans - offsets[owners][:, None], np.bincount(owners, minlength=len(texts)), firsts[worded]


def _lines(whole: Joined) -> Offsets:
    """The lines that hold more than white space, without the white space around them; int64[n, 2]."""
    classes = whole.classes[1:]
    breaks = np.flatnonzero(classes == LINE_END)  # with those behind the text, of which the first ends the last line
    begins = np.concatenate((np.zeros(1, dtype=np.int64), breaks[:-1] + 1))
    held = begins < breaks
    begins, ends = begins[held], breaks[held]
    loose = (classes[begins] <= WHITE) | (classes[ends - 1] <= WHITE)
    for place in np.flatnonzero(loose).tolist():
        line = whole.text[begins[place] : ends[place]]
        begins[place] += len(line) - len(line.lstrip())
        ends[place] = begins[place] + len(line.strip())
    return np.stack((begins, ends), axis=1)[begins < ends]


def _are(points: Points, what: Any) -> NDArray[np.bool_]:
    """Whether characters are something that `str` can tell; of which there are few different ones."""
    distinct, place = np.unique(points, return_inverse=True)
    held: NDArray[np.bool_] = np.array([what(chr(point)) for point in distinct.tolist()], dtype=bool)[place]
    return held


def _paragraphs(whole: Joined, lines: Offsets) -> Offsets:
    """The paragraphs of joined texts: lines, those that run on into the next one joined."""
    going_on = np.flatnonzero(_are(whole.points[lines[1:, 0]], str.islower)) + 1
    first_of_texts = {*whole.offsets.tolist()}
    keep = np.ones(len(lines), dtype=bool)
    for place in going_on.tolist():
        end, begin = int(lines[place - 1, 1]), int(lines[place, 0])
        keep[place] = any(o in first_of_texts for o in range(end + 1, begin + 1)) or not runs_on(whole.text, end, begin)
    begins = np.flatnonzero(keep)
    return np.stack((lines[keep, 0], lines[np.append(begins[1:], len(lines))[: len(begins)] - 1, 1]), axis=1)


def _reached(steps: Offsets) -> Offsets:
    """The places that steps lead to from 0 on, ascending, before the last one, which leads to itself; `steps` says for
    each place which one is next. Each round takes twice as many steps at once as the one before."""
    places = np.zeros(1, dtype=np.int64)
    last = len(steps) - 1
    while places[-1] < last:
        places = np.concatenate((places, steps.take(places)))
        steps = steps.take(steps)
    return places[places < last]


def _grouped(
    paragraphs: Offsets, sizes: Offsets, first_of_texts: Offsets
) -> tuple[Offsets, Offsets, NDArray[np.bool_]]:
    """The passages (int64[n, 2]), the text of each, and the texts of which this is not true: those with a paragraph
    that is too long for a passage, or with a small one before a large one.

    `sizes` int64[paragraphs] are their tokens, `first_of_texts` int64[texts] the first paragraph of each. Where the
    passage that begins with a paragraph ends follows from the sums of sizes alone.
    """
    count, texts = len(sizes), len(first_of_texts)
    held_by_texts = np.diff(first_of_texts, append=count)
    of_texts = np.repeat(np.arange(texts), held_by_texts)
    sums = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
    after = np.arange(count) + 1
    following = np.maximum(np.searchsorted(sums, sums[:-1] + ENOUGH), after)
    following = np.minimum(following, np.repeat(first_of_texts + held_by_texts, held_by_texts))
    following -= (sums[following] - sums[:-1] > FULL) & (following > after)
    begins = _reached(np.append(following, count))
    held = np.diff(sums[np.append(begins, count)])
    owners = of_texts[begins]
    follows = np.append(False, owners[1:] == owners[:-1])[: len(owners)]  # another one of its text
    last = np.append(~follows[1:], True)[: len(owners)]
    odd = np.zeros(texts, dtype=bool)
    odd[of_texts[sizes > FULL]] = True
    odd[owners[(held < REMAINDER) & ~last]] = True
    remainder = follows & last & (held < REMAINDER)
    remainder[1:] &= held[:-1] + held[1:] <= FULL
    begins, owners = begins[~remainder], owners[~remainder]
    stops = np.append(begins[1:], count)[: len(begins)] - 1
    return np.stack((paragraphs[begins, 0], paragraphs[stops, 1]), axis=1), owners, odd
