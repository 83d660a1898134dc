"""Which tokens of a shown text does a query match?

The original text is read anew, so spans are exact whatever its Unicode form, and cut it only at syllable borders. All
the texts of a page are tokenized in one batch, and each slot of the query is asked about each distinct token once.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

import numpy as np

from ..engine.stretches import distinct
from ..text.batch import TokenBatch, Tokenizer
from ..text.canonical import bare
from .leaves import Leaf, Reading
from .slots import WordSlot

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


class _Reader:
    """A tokenizer whose terms are also known by their bare forms."""

    def __init__(self) -> None:
        self.tokenizer = Tokenizer()
        self._by_form: dict[str, list[int]] = {}
        self._seen = 0

    def terms_of(self, form: str) -> list[int]:
        """The terms met so far that have a bare form."""
        tokens = self.tokenizer.vocabulary.tokens
        for term in range(self._seen, len(tokens)):
            self._by_form.setdefault(bare(tokens[term]), []).append(term)
        self._seen = len(tokens)
        return self._by_form.get(form, [])


def _reader() -> _Reader:
    """The reader of this thread."""
    held: _Reader | None = getattr(_threads, "reader", None)
    if held is None or len(held.tokenizer.vocabulary) > MAX_VOCABULARY:
        held = _threads.reader = _Reader()
    return held


class Highlighter:
    """Marks the matches of the leaves of one query."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        slots = dict.fromkeys(slot for leaf in leaves for reading in leaf.readings for slot in reading)
        self._bits = {slot: 1 << number for number, slot in enumerate(slots)}
        self._open = [slot for slot in slots if not isinstance(slot, WordSlot)]
        self._words = [slot for slot in slots if isinstance(slot, WordSlot)]
        readings = [(number, leaf, reading) for number, leaf in enumerate(leaves) for reading in leaf.readings]
        self._singles = [(self._bits[reading[0]], number) for number, _, reading in readings if len(reading) == 1]
        self._rows = [(number, leaf.slop, reading) for number, leaf, reading in readings if len(reading) > 1]
        self._single_of = lru_cache(maxsize=None)(self._find_single)

    def read(self, texts: Sequence[str]) -> list[Shown]:
        """Some texts with what of them is matched."""
        reader = _reader()
        batch = reader.tokenizer.tokenize(texts)
        fits = self._fits(batch, self._slots_of(reader, batch))
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

    def _slots_of(self, reader: _Reader, batch: TokenBatch) -> dict[int, int]:
        """The slots that terms fit, a bit each; of those that fit none nothing is told."""
        tokens = reader.tokenizer.vocabulary.tokens
        found: dict[int, int] = {}
        for slot in self._words:
            for term in chain.from_iterable(map(reader.terms_of, slot.bare_forms)):
                if slot.weight(tokens[term]) > 0:
                    found[term] = found.get(term, 0) | self._bits[slot]
        if self._open:
            for term in distinct(np.concatenate((batch.terms, batch.number_terms))).tolist():
                bits = sum(self._bits[slot] for slot in self._open if slot.weight(tokens[term]) > 0)
                if bits:
                    found[term] = found.get(term, 0) | bits
        return found

    @staticmethod
    def _fits(batch: TokenBatch, slots_of: Mapping[int, int]) -> Fits:
        """The tokens of a batch that fit any slot, by their places in it."""
        fits: Fits = {}
        for term, slots in slots_of.items():
            for place in np.flatnonzero(batch.terms == term).tolist():
                fits[place] = [(slots, int(batch.ends[place]))]
        numbers = zip(
            batch.number_tokens.tolist(), batch.number_terms.tolist(), batch.number_ends.tolist(), strict=True
        )
        for place, term, end in numbers:
            slots = slots_of.get(term, 0)
            if slots:
                last = place
                while batch.ends[last] < end:
                    last += 1  # of 1.000m2 the whole is shown
                fits.setdefault(place, []).append((slots, int(batch.ends[last])))
        return fits

    def _mark(self, fits: Fits, begins: Sequence[int]) -> list[Marked]:
        """The matched tokens of one text; where several leaves match one, the longest match."""
        marked: dict[int, Marked] = {}
        for place, forms in fits.items():
            for slots, end in forms:
                number = self._single_of(slots)
                if number >= 0 and (place not in marked or marked[place].end < end):
                    marked[place] = Marked(begins[place], end, number)
        for number, slop, reading in self._rows:
            for place, end in self._places(fits, reading, slop):
                known = marked.get(place)
                if known is None or known.end < end:
                    marked[place] = Marked(begins[place], end, number)
        return [marked[place] for place in sorted(marked)]

    def _find_single(self, slots: int) -> int:
        """The first leaf that is one of some slots and no more; -1 for none."""
        return next((number for bit, number in self._singles if bit & slots), -1)

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
