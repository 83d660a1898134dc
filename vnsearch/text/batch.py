"""Text -> tokens, a whole batch at once: what `tokens.tokenize` says, in array operations.

The characters of the batch become one array of classes: line end, other white space, separator, extender, foreign, or
the code of a letter of the alphabet in lower case. A token is a stretch of that array; where it is all letters and at
most eight long, its classes, read as one 64-bit number, are its spelling, and a `Vocabulary` turns it into the number
of its canonical token. Whatever holds an extender or a foreign character, or is longer, goes through
`tokens.split_run`, once for each distinct spelling.

Nothing is normalised beforehand, so offsets are those of the text as given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .alphabet import CODE
from .canonical import canonical
from .points import Points, points
from .tokens import GROUPED, extends, is_plain, split_run, starts, ungrouped
from .vocabulary import CODE_OFFSET, Vocabulary

LINE_END: Final = 0
WHITE: Final = 1
SEPARATOR: Final = 2
EXTENDER: Final = 3
FOREIGN: Final = 4
FAST: Final = 8
"""How many characters fit in the 64-bit spelling of a token."""

PLANES: Final = 0x20000
"""Characters below this have a class in the table; the few beyond are asked one by one."""

_STRETCH: Final = 1 << 15
"""So many characters are looked up at a time: NumPy makes places of eight bytes of them, which take long to fetch."""

MAX_CACHED: Final = 1 << 20
MAX_CACHED_RUN: Final = 64

LINE_ENDS: Final = "\n\x0b\x0c\r\x85\u2028\u2029"
"""White space that ends a line, which `sentences.lines` says too."""

_MASKS: Final = np.array([(1 << 8 * length) - 1 for length in range(FAST + 1)], dtype=np.uint64)
_ZERO: Final = CODE["0"] + CODE_OFFSET
_GROUP: Final = 3
"""The digits of a group in a grouped number."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A batch of texts as one, with a line end between each and the next.

    `offsets` int64[texts]: where each text begins. `points`: the characters. `classes` uint8[1 + n + `FAST`]:
    the class of each, among line ends.
    """

    text: str
    offsets: NDArray[np.int64]
    points: Points
    classes: NDArray[np.uint8]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Joined:
        """Join texts. Linear in their lengths."""
        text = "\n".join(texts)
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        held = points(text)
        return cls(text, np.cumsum(lengths + 1) - (lengths + 1), held, _classes_of(held))


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """The tokens of a batch of texts, in order.

    `terms` uint32[n]: the number of each canonical token in the vocabulary.
    `begins`, `ends` int64[n]: character offsets in the token's own text.
    `joined` bool[n]: whether no white space parts a token from the one before it.
    `bounds` int64[texts + 1]: the tokens of text i are those from bounds[i] to bounds[i + 1].
    `number_tokens` int64[m], `number_terms` uint32[m], `number_ends` int64[m]: the grouped numbers; the place of the
    first token of each, the number of its value in the vocabulary, and where it ends in its text.
    `whole`: the texts that they are the tokens of.
    """

    terms: NDArray[np.uint32]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    joined: NDArray[np.bool_]
    bounds: NDArray[np.int64]
    number_tokens: NDArray[np.int64]
    number_terms: NDArray[np.uint32]
    number_ends: NDArray[np.int64]
    whole: Joined


def class_of(character: str) -> int:
    """The class of one character; the plain definition of the table."""
    lower = character.lower()
    if lower in CODE:
        return CODE[lower] + CODE_OFFSET
    if starts(character):
        return FOREIGN
    if extends(character):
        return EXTENDER
    if character in LINE_ENDS:
        return LINE_END
    return WHITE if character.isspace() else SEPARATOR


class _Classes:
    """The classes of the characters below `PLANES`, worked out a page of characters at a time, when one is met."""

    PAGE = 64
    UNKNOWN = 255

    def __init__(self) -> None:
        self._table = np.full(PLANES, self.UNKNOWN, dtype=np.uint8)

    def read(self, points: Points, out: NDArray[np.uint8]) -> None:
        """The classes of characters; into uint8[n]. A character beyond the planes reads as the last in them."""
        self._take(points, out)
        unknown = out == self.UNKNOWN
        if unknown.any():
            for page in set((np.minimum(points[unknown].astype(np.uint32), PLANES - 1) // self.PAGE).tolist()):
                first = page * self.PAGE
                self._table[first : first + self.PAGE] = [class_of(chr(p)) for p in range(first, first + self.PAGE)]
            self._take(points, out)

    def _take(self, points: Points, out: NDArray[np.uint8]) -> None:
        for first in range(0, len(points), _STRETCH):
            stretch = slice(first, first + _STRETCH)
            np.take(self._table, points[stretch], mode="clip", out=out[stretch])


_CLASSES: Final = _Classes()


def _classes_of(points: Points) -> NDArray[np.uint8]:
    """The class of each character, with one line end before and `FAST` behind, that none be looked for outside."""
    classes = np.zeros(1 + len(points) + FAST, dtype=np.uint8)
    inside = classes[1 : 1 + len(points)]
    _CLASSES.read(points, inside)
    if points.dtype.itemsize > 2 and len(points) and int(points.max()) >= PLANES:
        far = np.flatnonzero(points >= PLANES)
        inside[far] = [class_of(chr(point)) for point in points[far]]
    return classes


_Parts = tuple[tuple[int, int, int], ...]
"""The tokens of a run, as (begin, end, term)."""


class Tokenizer:
    """Tokenizes batches over one growing vocabulary. Not safe for several threads."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary if vocabulary is not None else Vocabulary()
        self._whole: dict[str, int] = {}
        self._parts: dict[str, _Parts] = {}

    def tokenize(self, texts: Sequence[str]) -> TokenBatch:
        """The tokens of a batch of texts. Never raises; linear in the length of the texts.

        Memory is about 30 bytes a character while it runs; batches of about a million are fastest.
        """
        whole = Joined.of(texts)
        begins, ends = _runs(whole.classes)
        fast = _is_fast(whole.classes, begins, ends)
        terms = self._fast_terms(whole.classes, begins, ends, fast)
        begins, ends, terms = self._slow_terms(whole.text, begins, ends, terms, np.flatnonzero(~fast))
        joined = _joined(whole.classes, begins, ends)
        bounds = np.append(np.searchsorted(begins, whole.offsets), len(begins))
        number_tokens, number_terms, number_ends = self._numbers(whole, terms, begins, ends, joined)
        shift = np.repeat(whole.offsets, np.diff(bounds))
        return TokenBatch(
            terms,
            begins - shift,
            ends - shift,
            joined,
            bounds,
            number_tokens,
            number_terms,
            number_ends - shift[number_tokens],
            whole,
        )

    def _fast_terms(
        self, classes: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64], fast: NDArray[np.bool_]
    ) -> NDArray[np.uint32]:
        """The terms of the fast runs; what is said of slow ones says nothing."""
        if not fast.any():
            return np.zeros(len(begins), dtype=np.uint32)
        windows = np.ndarray(len(classes) - FAST, dtype="<u8", buffer=classes, offset=1, strides=(1,))
        words = windows[begins]
        words &= _MASKS.take(ends - begins, mode="clip")
        words[~fast] = words[fast.argmax()]  # any that is one: to leave out these few would be to copy all others
        return self.vocabulary.look_up(words)

    def _slow_terms(
        self,
        text: str,
        begins: NDArray[np.int64],
        ends: NDArray[np.int64],
        terms: NDArray[np.uint32],
        slow: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
        """Borders and terms of all tokens, from those of the runs."""
        runs = [text[begin:end] for begin, end in zip(begins[slow].tolist(), ends[slow].tolist(), strict=True)]
        read = np.fromiter(map(self._whole.get, runs, repeat(-1)), dtype=np.int64, count=len(runs))
        others: list[tuple[int, _Parts]] = []
        for place in np.flatnonzero(read < 0).tolist():
            parts = self._read_run(runs[place])
            if len(parts) == 1 and parts[0][:2] == (0, len(runs[place])):
                read[place] = parts[0][2]
            else:
                others.append((int(slow[place]), parts))
        terms[slow] = read
        return _replaced(begins, ends, terms, others) if others else (begins, ends, terms)

    def _read_run(self, run: str) -> _Parts:
        """The tokens of a slow run. What is one token as a whole, as most are, is kept apart from the rest."""
        known = self._parts.get(run)
        if known is None:
            first = 0
            while first < len(run) and extends(run[first]):
                first += 1
            spans = [(0, len(run))] if is_plain(run) else [(a + first, b + first) for a, b in split_run(run[first:])]
            forms = [(begin, end, canonical(run[begin:end])) for begin, end in spans]
            known = tuple((begin, end, self.vocabulary.number(form)) for begin, end, form in forms if form)
            if len(run) <= MAX_CACHED_RUN:
                if len(self._whole) + len(self._parts) >= MAX_CACHED:
                    self._whole.clear()
                    self._parts.clear()
                if len(known) == 1 and known[0][:2] == (0, len(run)):
                    self._whole[run] = known[0][2]
                else:
                    self._parts[run] = known
        return known

    def _numbers(
        self,
        whole: Joined,
        terms: NDArray[np.uint32],
        begins: NDArray[np.int64],
        ends: NDArray[np.int64],
        joined: NDArray[np.bool_],
    ) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64]]:
        """The grouped numbers: `tokens.numbers` on the few tokens that could begin one."""
        text = whole.text
        places = np.flatnonzero(joined[1:])
        behind = ends[places]
        may = (self.vocabulary.digit_counts()[terms[places]] > 0) & (behind - begins[places] <= _GROUP)
        for step in range(_GROUP):  # a separator, and then a group of digits
            may &= whole.classes[np.minimum(behind + 2 + step, len(whole.classes) - 1)] - np.uint8(_ZERO) < 10
        found: list[tuple[int, int, int]] = []
        last_end = 0
        for place in places[may].tolist():
            begin = int(begins[place])
            if begin < last_end:
                continue
            if joined[place] and text[begin - 1] in ".," and self._ends_in_digit(int(terms[place - 1])):
                continue
            match = GROUPED.match(text, begin)
            if match:
                last_end = match.end()
                found.append((place, self.vocabulary.number(ungrouped(match.group())), last_end))
        flat = np.array(found, dtype=np.int64).reshape(-1, 3)
        return flat[:, 0], flat[:, 1].astype(np.uint32), flat[:, 2]

    def _ends_in_digit(self, term: int) -> bool:
        return self.vocabulary.tokens[term][-1].isdigit()


def _replaced(
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    terms: NDArray[np.uint32],
    others: Sequence[tuple[int, _Parts]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
    """Borders and terms, with some runs, ascending, replaced by their tokens: none, one or several each."""
    runs = np.array([run for run, _ in others])
    sizes = np.array([len(parts) for _, parts in others])
    tokens = np.array([token for _, parts in others for token in parts], dtype=np.int64).reshape(-1, 3)
    base = np.repeat(begins[runs], sizes)
    if (sizes != 1).any():
        counts = np.ones(len(begins), dtype=np.int64)
        counts[runs] = sizes
        begins, ends, terms = np.repeat(begins, counts), np.repeat(ends, counts), np.repeat(terms, counts)
    places = np.repeat(runs - np.arange(len(runs)), sizes) + np.arange(len(tokens))
    begins[places], ends[places], terms[places] = base + tokens[:, 0], base + tokens[:, 1], tokens[:, 2]
    return begins, ends, terms


def _is_fast(classes: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    fast = ends - begins <= FAST
    strange = np.flatnonzero(classes - np.uint8(EXTENDER) <= FOREIGN - EXTENDER) - 1  # what is below wraps around
    if len(strange):
        run = np.searchsorted(begins, strange, side="right") - 1
        fast[run[run >= 0]] = False
    return fast


def _runs(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The runs of a batch: stretches of starters and extenders, as offsets into the joined text."""
    inside = classes >= EXTENDER
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[0::2].copy(), edges[1::2].copy()


def _joined(classes: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether no white space stands between each token and the one before it."""
    joined = np.zeros(len(begins), dtype=bool)
    near = np.flatnonzero(classes[ends[:-1] + 1] > WHITE)  # few have anything but white space behind them
    first, last = ends[near] + 1, begins[near + 1]  # of the gap, as places in classes
    between = classes[last] > WHITE
    long = np.flatnonzero(between & (last - first > 1))
    if len(long):
        sizes = last[long] - first[long]
        ends_of_long = np.cumsum(sizes)
        inside = np.arange(ends_of_long[-1]) + np.repeat(first[long] - ends_of_long + sizes, sizes)
        between[long] = np.logical_and.reduceat(classes[inside] > WHITE, ends_of_long - sizes)
    joined[near + 1] = between
    return joined
