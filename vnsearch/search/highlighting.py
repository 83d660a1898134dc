"""Which tokens of a shown text does a query match?

The original text is read anew, so spans are exact whatever its Unicode form, and cut it only at syllable borders. All
the texts of a page are tokenized in one batch, and each slot of the query is asked about each distinct token once.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from ..text.batch import TokenBatch, Tokenizer
from ..text.canonical import bare
from .leaves import Leaf, Reading
from .slots import Slot, WordSlot

MAX_VOCABULARY: Final = 1 << 18
"""A thread's vocabulary of shown tokens begins anew when it has grown beyond this."""


class Marked(NamedTuple):
    """A token that a query matches, and the number of the leaf that does."""

    begin: int
    end: int
    leaf: int


class Shown(NamedTuple):
    """A shown text: where its tokens begin and end, and which of them a query matches, in order of begin."""

    text: str
    begins: list[int]
    ends: list[int]
    marked: list[Marked]


Fits = dict[int, list[tuple[int, int]]]
"""Place of a token -> the forms of it that fit a slot: which slots (a bit each), and where the form ends."""

_threads: Final = threading.local()


def _tokenizer() -> Tokenizer:
    """The tokenizer of this thread."""
    held: Tokenizer | None = getattr(_threads, "tokenizer", None)
    if held is None or len(held.vocabulary) > MAX_VOCABULARY:
        held = _threads.tokenizer = Tokenizer()
    return held


class Highlighter:
    """Marks the matches of the leaves of one query."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves
        slots = dict.fromkeys(slot for leaf in leaves for reading in leaf.readings for slot in reading)
        self._bits = {slot: 1 << number for number, slot in enumerate(slots)}
        self._open = [slot for slot in slots if not isinstance(slot, WordSlot)]
        self._by_form: dict[str, list[Slot]] = {}
        for slot in slots:
            if isinstance(slot, WordSlot):
                self._by_form.setdefault(bare(slot.token), []).append(slot)
        self._known: dict[str, int] = {}

    def read(self, texts: Sequence[str]) -> list[Shown]:
        """Some texts with what of them is matched."""
        tokenizer = _tokenizer()
        batch = tokenizer.tokenize(texts)
        names = tokenizer.vocabulary.tokens
        fits = self._fits(batch, names)
        begins, ends, bounds = batch.begins.tolist(), batch.ends.tolist(), batch.bounds.tolist()
        places = sorted(fits)
        shown = []
        for number, text in enumerate(texts):
            first, last = bounds[number], bounds[number + 1]
            here = places[bisect_left(places, first) : bisect_left(places, last)]
            own = {place - first: fits[place] for place in here}
            marked = self._mark(own, begins[first:last])
            shown.append(Shown(text, begins[first:last], ends[first:last], marked))
        return shown

    def _slots_of(self, token: str) -> int:
        """The slots that a canonical token fits, a bit each."""
        known = self._known.get(token)
        if known is None:
            slots = [*self._by_form.get(bare(token), ()), *self._open]
            known = self._known[token] = sum(self._bits[slot] for slot in slots if slot.weight(token) > 0)
        return known

    def _fits(self, batch: TokenBatch, names: Sequence[str]) -> Fits:
        """The tokens of a batch that fit any slot, by their places in it."""
        distinct = np.unique(batch.terms)
        fitting = np.zeros(int(distinct[-1]) + 1 if len(distinct) else 0, dtype=bool)
        fitting[[term for term in distinct.tolist() if self._slots_of(names[term])]] = True
        ends = batch.ends
        fits: Fits = {}
        for place in np.flatnonzero(fitting[batch.terms]).tolist():
            fits[place] = [(self._slots_of(names[batch.terms[place]]), int(ends[place]))]
        numbers = zip(
            batch.number_tokens.tolist(), batch.number_terms.tolist(), batch.number_ends.tolist(), strict=True
        )
        for place, term, end in numbers:
            slots = self._slots_of(names[term])
            if slots:
                last = place
                while ends[last] < end:
                    last += 1  # of 1.000m2 the whole is shown
                fits.setdefault(place, []).append((slots, int(ends[last])))
        return fits

    def _mark(self, fits: Fits, begins: Sequence[int]) -> list[Marked]:
        """The matched tokens of one text; where several leaves match one, the longest match."""
        marked: dict[int, Marked] = {}
        for number, leaf in enumerate(self._leaves):
            for reading in leaf.readings:
                for place, end in self._places(fits, reading, leaf.slop):
                    known = marked.get(place)
                    if known is None or known.end < end:
                        marked[place] = Marked(begins[place], end, number)
        return [marked[place] for place in sorted(marked)]

    def _places(self, fits: Fits, reading: Reading, slop: int) -> Iterator[tuple[int, int]]:
        """The tokens that belong to an occurrence of a reading, as (place, end). The parts of a phrase or of a unit
        count only where they stand together."""
        rows = [self._row(fits, self._bits[slot]) for slot in reading]
        if slop:
            yield from _near(rows, reading, slop)
            return
        for begin in rows[0]:
            if all(begin + i in row for i, row in enumerate(rows)):
                yield from ((begin + i, row[begin + i]) for i, row in enumerate(rows))

    @staticmethod
    def _row(fits: Fits, bit: int) -> dict[int, int]:
        """Place -> end, of the tokens that fit one slot, in order."""
        row: dict[int, int] = {}
        for place in sorted(fits):
            ends = [end for slots, end in fits[place] if slots & bit]
            if ends:
                row[place] = max(ends)
        return row


def _near(rows: Sequence[dict[int, int]], reading: Reading, slop: int) -> Iterator[tuple[int, int]]:
    """The tokens in windows of the reading's length plus `slop` that hold every slot, each at a place of its own."""
    width = len(reading) + slop
    wanted = [1 + reading[:i].count(slot) for i, slot in enumerate(reading)]
    for begin in sorted({place for row in rows for place in row}):
        window = range(begin, begin + width)
        inside = [[(place, row[place]) for place in window if place in row] for row in rows]
        enough = all(len(held) >= least for held, least in zip(inside, wanted, strict=True))
        if enough and len({place for held in inside for place, _ in held}) >= len(reading):
            yield from (token for held in inside for token in held)


def stands_in(text: str, leaf: Leaf) -> bool:
    """Whether a leaf stands in a text."""
    return bool(Highlighter([leaf]).read([text])[0].marked)
