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

from .passages import ENOUGH, FULL, REMAINDER, cut
from .sentences import runs_on

Offsets = NDArray[np.int64]


def cut_all(
    texts: Sequence[str], borders: Sequence[Sequence[int]], bounds: Offsets, begins: Offsets
) -> tuple[Offsets, Offsets]:
    """The passages of texts as (begin, end) offsets (int64[n, 2]), and how many each text has (int64[texts]); without
    those in which no token begins.

    `bounds` int64[texts + 1] and `begins` int64[m] are as in `batch.TokenBatch`: text i has the tokens that begin at
    begins[bounds[i]:bounds[i + 1]].
    """
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    offsets = np.cumsum(lengths + 1) - (lengths + 1)
    joined = "\n".join(texts)
    places = begins + np.repeat(offsets, np.diff(bounds))
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    paragraphs = _paragraphs(joined, points, _lines(joined, points), offsets)
    sizes = np.searchsorted(places, paragraphs[:, 1]) - np.searchsorted(places, paragraphs[:, 0])
    of_texts = np.searchsorted(offsets, paragraphs[:, 0], side="right") - 1
    spans, owners, odd = _grouped(paragraphs, sizes, of_texts, len(texts))
    odd |= np.fromiter(map(bool, borders), dtype=bool, count=len(texts))
    if odd.any():
        parts, part_owners = [spans[~odd[owners]]], [owners[~odd[owners]]]
        for text in np.flatnonzero(odd).tolist():
            plain = cut(texts[text], borders[text], begins[bounds[text] : bounds[text + 1]])
            parts.append(np.array(plain, dtype=np.int64).reshape(-1, 2) + offsets[text])
            part_owners.append(np.full(len(plain), text, dtype=np.int64))
        spans, owners = np.concatenate(parts), np.concatenate(part_owners)
        order = np.argsort(spans[:, 0], kind="stable")
        spans, owners = spans[order], owners[order]
    worded = np.searchsorted(places, spans[:, 1]) > np.searchsorted(places, spans[:, 0])
    spans, owners = spans[worded], owners[worded]
    return spans - offsets[owners][:, None], np.bincount(owners, minlength=len(texts))


def _lines(text: str, points: NDArray[np.uint32]) -> Offsets:
    """The lines that hold more than white space, without the white space around them; int64[n, 2]."""
    breaks = np.flatnonzero((points - 0x0A <= 3) | (points == 0x85) | (points | 1 == 0x2029))
    begins = np.concatenate((np.zeros(1, dtype=np.int64), breaks + 1))
    ends = np.append(breaks, len(points))
    held = begins < ends
    begins, ends = begins[held], ends[held]
    loose = _are(points[begins], str.isspace) | _are(points[ends - 1], str.isspace)
    for place in np.flatnonzero(loose).tolist():
        line = text[begins[place] : ends[place]]
        begins[place] += len(line) - len(line.lstrip())
        ends[place] = begins[place] + len(line.strip())
    return np.stack((begins, ends), axis=1)[begins < ends]


def _are(points: NDArray[np.uint32], what: Any) -> NDArray[np.bool_]:
    """Whether characters are something that `str` can tell; of which there are few different ones."""
    distinct, place = np.unique(points, return_inverse=True)
    held: NDArray[np.bool_] = np.array([what(chr(point)) for point in distinct.tolist()], dtype=bool)[place]
    return held


def _paragraphs(text: str, points: NDArray[np.uint32], lines: Offsets, offsets: Offsets) -> Offsets:
    """The paragraphs of joined texts, which begin at `offsets`: lines, those that run on into the next one joined."""
    going_on = np.flatnonzero(_are(points[lines[1:, 0]], str.islower)) + 1
    first_of_texts = {*offsets.tolist()}
    keep = np.ones(len(lines), dtype=bool)
    for place in going_on.tolist():
        end, begin = int(lines[place - 1, 1]), int(lines[place, 0])
        keep[place] = any(o in first_of_texts for o in range(end + 1, begin + 1)) or not runs_on(text, end, begin)
    begins = np.flatnonzero(keep)
    return np.stack((lines[keep, 0], lines[np.append(begins[1:], len(lines))[: len(begins)] - 1, 1]), axis=1)


def _grouped(
    paragraphs: Offsets, sizes: Offsets, of_texts: Offsets, texts: int
) -> tuple[Offsets, Offsets, NDArray[np.bool_]]:
    """The passages (int64[n, 2]), the text of each, and the texts of which this is not true: those with a paragraph
    that is too long for a passage, or with a small one before a large one.

    Where the passage that begins with a paragraph ends follows from the sums of sizes alone.
    """
    count = len(sizes)
    sums = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
    after = np.arange(count) + 1
    following = np.maximum(np.searchsorted(sums, sums[:-1] + ENOUGH), after)
    following = np.minimum(following, np.searchsorted(of_texts, of_texts, side="right"))
    following -= (sums[following] - sums[:-1] > FULL) & (following > after)
    ends = following.tolist()
    starts: list[int] = []
    place = 0
    while place < count:
        starts.append(place)
        place = ends[place]
    begins = np.array(starts, dtype=np.int64)
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
