"""Text -> tokens, a whole batch at once: what `tokens.tokenize` says, in array operations.

The characters of the batch become one array of classes: white space, separator, extender, foreign, or the code of a
letter of the alphabet in lower case. A token is a stretch of that array; where it is all letters and at most eight
long, its classes, read as one 64-bit number, are its spelling, and a `Vocabulary` turns it into the number of its
canonical token. Whatever holds an extender or a foreign character, or is longer, goes through `tokens.split_run`, once
for each distinct spelling.

Nothing is normalised beforehand, so offsets are those of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .alphabet import CODE
from .canonical import canonical
from .tokens import GROUPED, extends, split_run, starts
from .vocabulary import CODE_OFFSET, Vocabulary

WHITE: Final = 0
SEPARATOR: Final = 1
EXTENDER: Final = 2
FOREIGN: Final = 3
FAST: Final = 8
"""How many characters fit in the 64-bit spelling of a token."""

PLANES: Final = 0x20000
"""Characters below this have a class in the table; the few beyond are asked one by one."""

MAX_CACHED: Final = 1 << 20

_MASKS: Final = np.array([(1 << 8 * length) - 1 for length in range(FAST + 1)], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """The tokens of a batch of texts, in order.

    `terms` uint32[n]: the number of each canonical token in the vocabulary.
    `begins`, `ends` int64[n]: character offsets in the token's own text.
    `joined` bool[n]: whether no white space parts a token from the one before it.
    `bounds` int64[texts + 1]: the tokens of text i are those from bounds[i] to bounds[i + 1].
    `number_tokens` int64[m], `number_terms` uint32[m], `number_ends` int64[m]: the grouped numbers; the place of the
    first token of each, the number of its value in the vocabulary, and where it ends in its text.
    """

    terms: NDArray[np.uint32]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    joined: NDArray[np.bool_]
    bounds: NDArray[np.int64]
    number_tokens: NDArray[np.int64]
    number_terms: NDArray[np.uint32]
    number_ends: NDArray[np.int64]


def class_of(character: str) -> int:
    """The class of one character; the plain definition of the table."""
    lower = character.lower()
    if lower in CODE:
        return CODE[lower] + CODE_OFFSET
    if starts(character):
        return FOREIGN
    if extends(character):
        return EXTENDER
    return WHITE if character.isspace() else SEPARATOR


class _Classes:
    """The classes of the characters below `PLANES`, worked out a page of characters at a time, when one is met."""

    PAGE = 64
    UNKNOWN = 255

    def __init__(self) -> None:
        self._table = np.full(PLANES, self.UNKNOWN, dtype=np.uint8)

    def read(self, points: NDArray[np.uint32], out: NDArray[np.uint8]) -> None:
        """The classes of characters; uint32[n] -> uint8[n]. A character beyond the planes reads as the last in them."""
        np.take(self._table, points, mode="clip", out=out)
        unknown = out == self.UNKNOWN
        if unknown.any():
            for page in set((np.minimum(points[unknown], PLANES - 1) // self.PAGE).tolist()):
                first = page * self.PAGE
                self._table[first : first + self.PAGE] = [class_of(chr(p)) for p in range(first, first + self.PAGE)]
            np.take(self._table, points, mode="clip", out=out)


_CLASSES: Final = _Classes()


class Tokenizer:
    """Tokenizes batches over one growing vocabulary. Not safe for several threads."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary if vocabulary is not None else Vocabulary()
        self._slow: dict[str, tuple[tuple[int, int, int], ...]] = {}

    def tokenize(self, texts: Sequence[str]) -> TokenBatch:
        """The tokens of a batch of texts. Never raises; linear in the length of the texts.

        Memory is about 30 bytes a character while it runs; batches of about a megabyte are fastest.
        """
        text = "\n".join(texts)
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        offsets = np.cumsum(lengths + 1) - (lengths + 1)
        classes = self._classes(text)
        begins, ends = _runs(classes)
        fast = _is_fast(classes, begins, ends)
        terms = self._fast_terms(classes, begins, ends, fast)
        begins, ends, terms = self._slow_terms(text, begins, ends, terms, np.flatnonzero(~fast))
        joined = _joined(classes, begins, ends)
        bounds = np.append(np.searchsorted(begins, offsets), len(begins))
        number_tokens, number_terms, number_ends = self._numbers(text, terms, begins, ends, joined)
        shift = np.repeat(offsets, np.diff(bounds))
        return TokenBatch(
            terms,
            begins - shift,
            ends - shift,
            joined,
            bounds,
            number_tokens,
            number_terms,
            number_ends - shift[number_tokens],
        )

    @staticmethod
    def _classes(text: str) -> NDArray[np.uint8]:
        """The class of each character, between one white space before and `FAST` behind."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        classes = np.zeros(len(points) + 1 + FAST, dtype=np.uint8)
        inside = classes[1 : len(points) + 1]
        _CLASSES.read(points, inside)
        if len(points) and int(points.max()) >= PLANES:
            far = np.flatnonzero(points >= PLANES)
            inside[far] = [class_of(chr(point)) for point in points[far]]
        return classes

    def _fast_terms(
        self, classes: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64], fast: NDArray[np.bool_]
    ) -> NDArray[np.uint32]:
        """The terms of the fast runs, among zeros for the slow ones."""
        windows = np.ndarray(len(classes) - FAST, dtype="<u8", buffer=classes, strides=(1,))
        words = windows[begins + 1] & _MASKS[np.minimum(ends - begins, FAST)]
        terms = np.zeros(len(begins), dtype=np.uint32)
        if fast.all():
            return self.vocabulary.look_up(words)
        terms[fast] = self.vocabulary.look_up(words[fast])
        return terms

    def _slow_terms(
        self,
        text: str,
        begins: NDArray[np.int64],
        ends: NDArray[np.int64],
        terms: NDArray[np.uint32],
        slow: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
        """Borders and terms of all tokens, from those of the runs."""
        read = [self._read_run(text[begins[i] : ends[i]]) for i in slow.tolist()]
        single = np.fromiter((len(tokens) == 1 for tokens in read), dtype=bool, count=len(read))
        flat = np.array([token for tokens in read for token in tokens], dtype=np.int64).reshape(-1, 3)
        counts = np.fromiter(map(len, read), dtype=np.int64, count=len(read))
        base = np.repeat(begins[slow], counts)
        slow_begins, slow_ends = base + flat[:, 0], base + flat[:, 1]
        slow_terms = flat[:, 2].astype(np.uint32)
        if single.all():
            begins, ends = begins.copy(), ends.copy()
            begins[slow], ends[slow], terms[slow] = slow_begins, slow_ends, slow_terms
            return begins, ends, terms
        keep = np.ones(len(begins), dtype=bool)
        keep[slow] = False
        begins = np.concatenate((begins[keep], slow_begins))
        order = np.argsort(begins, kind="stable")
        ends = np.concatenate((ends[keep], slow_ends))[order]
        return begins[order], ends, np.concatenate((terms[keep], slow_terms))[order]

    def _read_run(self, run: str) -> tuple[tuple[int, int, int], ...]:
        """The tokens of a slow run as (begin, end, term)."""
        known = self._slow.get(run)
        if known is None:
            if len(self._slow) >= MAX_CACHED:
                self._slow.clear()
            first = 0
            while first < len(run) and extends(run[first]):
                first += 1
            spans = [(0, len(run))] if run.isascii() else [(a + first, b + first) for a, b in split_run(run[first:])]
            forms = [(begin, end, canonical(run[begin:end])) for begin, end in spans]
            known = tuple((begin, end, self.vocabulary.number(form)) for begin, end, form in forms if form)
            if len(run) <= 64:
                self._slow[run] = known
        return known

    def _numbers(
        self,
        text: str,
        terms: NDArray[np.uint32],
        begins: NDArray[np.int64],
        ends: NDArray[np.int64],
        joined: NDArray[np.bool_],
    ) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64]]:
        """The grouped numbers: `tokens.numbers` on the few tokens that could begin one."""
        digits = self.vocabulary.digit_counts()[terms]
        could = (digits[:-1] > 0) & (ends[:-1] - begins[:-1] <= 3) & joined[1:] & (begins[1:] - ends[:-1] == 1)
        found: list[tuple[int, int, int]] = []
        last_end = 0
        for place in np.flatnonzero(could).tolist():
            begin = int(begins[place])
            if begin < last_end:
                continue
            if joined[place] and text[begin - 1] in ".," and self._ends_in_digit(int(terms[place - 1])):
                continue
            match = GROUPED.match(text, begin)
            if match:
                value = re.sub("[.,]", "", match.group())
                last_end = match.end()
                found.append((place, self.vocabulary.number(value), last_end))
        flat = np.array(found, dtype=np.int64).reshape(-1, 3)
        return flat[:, 0], flat[:, 1].astype(np.uint32), flat[:, 2]

    def _ends_in_digit(self, term: int) -> bool:
        return self.vocabulary.tokens[term][-1].isdigit()


def _is_fast(classes: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    fast = ends - begins <= FAST
    strange = np.flatnonzero((classes == EXTENDER) | (classes == FOREIGN)) - 1
    if len(strange):
        run = np.searchsorted(begins, strange, side="right") - 1
        fast[run[run >= 0]] = False
    return fast


def _runs(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The runs of a batch: stretches of starters and extenders, as offsets into the joined text."""
    inside = classes >= EXTENDER
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[0::2], edges[1::2]


def _joined(classes: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether no white space stands between each token and the one before it."""
    joined = np.zeros(len(begins), dtype=bool)
    if len(begins) < 2:
        return joined
    first, last = ends[:-1] + 1, begins[1:]  # of the gap, as places in classes
    joined[1:] = (classes[first] != WHITE) & (classes[last] != WHITE)
    joined[1:] |= begins[1:] == ends[:-1]
    for place in np.flatnonzero(joined[1:] & (last - first > 1)):
        joined[place + 1] = not (classes[first[place] : last[place] + 1] == WHITE).any()
    return joined
