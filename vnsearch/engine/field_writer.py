"""Writing one field of a segment: terms, pairs of terms, and their postings. `segment` tells what the arrays hold."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .bm25 import Scores, saturation
from .chunk import Stream
from .container import ContainerWriter
from .inverter import (
    Inverted,
    Inverter,
    Keys,
    Run,
    invert,
    pair_keys,
    pair_run,
    portions,
    renumber_pairs,
    term_keys,
    term_run,
)
from .places import POSITION_BITS
from .postings import COUNT_BITS, MAX_COUNT, Encoded, encode
from .stretches import first_of_each
from .strings import write_strings


class RecordFacts(NamedTuple):
    """What must be known of the records of a field to write it: their norms (float32[records], see `bm25`), and the
    number of the document of each (int32[records])."""

    norms: Scores
    documents: NDArray[np.int32]


class Ordered(NamedTuple):
    """The terms of a segment, ordered by bare form and then by spelling: `places` uint64[terms] has the place of each
    term number in this order; `spellings` and `forms` are the terms and their bare forms in it."""

    places: Keys
    spellings: list[bytes]
    forms: list[bytes]


Pairs = tuple[NDArray[np.uint32], NDArray[np.uint32], list[Encoded]]
"""The pairs of a field in order: where those of each first term begin, their second terms, and their lists."""


class FieldWriter:
    """Collects what stands in a field, and writes it. `budget` is the memory for postings, in bytes."""

    def __init__(self, name: str, folder: Path, budget: int) -> None:
        self._name = name
        self._folder = folder
        self._budget = budget
        self._terms = Inverter(folder, budget // 4, term_run)
        self._pairs = Inverter(folder, budget // 4, pair_run)
        self._ordered_pairs: Future[Pairs]

    def add(self, stream: Stream, terms: Keys, base: int) -> None:
        """Add the tokens of documents; `terms` are the numbers of the stream's terms here, `base` its first record."""
        places = stream.places + np.uint32(base << POSITION_BITS)
        self._terms.add(term_keys(terms, places))
        self._pairs.add(pair_keys(terms, stream, base))

    def add_runs(self, terms: Run, pairs: Run) -> None:
        """Add what another segment holds, as runs."""
        self._terms.add_run(terms)
        self._pairs.add_run(pairs)

    def write_terms(self, container: ContainerWriter, terms: Ordered, records: RecordFacts, beside: Executor) -> None:
        """Write the terms and their postings. `terms` are all those of the segment. Pairs are put in order `beside`,
        meanwhile."""
        runs = self._terms.runs()
        present = np.zeros(len(terms.places), dtype=bool)
        for run in runs:
            present[terms.places[run.things]] = True
        place = (np.cumsum(present) - 1).astype(np.uint64)[terms.places]
        self._ordered_pairs = beside.submit(self._put_pairs_in_order, place, int(present.sum()))
        self._write_spellings(container, terms, np.flatnonzero(present).tolist())
        postings = invert(runs, lambda things: terms.places[things], self._folder, self._budget)
        self._write_postings(container, postings, records)

    def write_pairs(self, container: ContainerWriter) -> None:
        """Write the pairs, after the terms."""
        name = f"{self._name}.pairs"
        firsts, seconds, parts = self._ordered_pairs.result()
        container.add(f"{name}.firsts", firsts)
        container.add(f"{name}.seconds", seconds)
        self._write_lists(container, name, parts)

    def _put_pairs_in_order(self, place: Keys, terms: int) -> Pairs:
        """The pairs of each first term, their second terms, and their lists; `place` are the numbers of terms here."""
        done = invert(self._pairs.runs(), lambda things: renumber_pairs(things, place), self._folder, self._budget)
        parts: list[Encoded] = []
        for first, last in portions(np.diff(done.starts)):
            held = done.postings[done.starts[first] : done.starts[last]]
            records = (held >> COUNT_BITS).astype(np.int32)
            counts = (held & MAX_COUNT).astype(np.uint8)
            parts.append(encode(records, counts, done.starts[first:last] - done.starts[first]))
        wide = np.concatenate([part.wide for part in parts]) if parts else np.zeros(0, dtype=bool)
        seconds = (done.things & np.uint64(0xFFFFFFFF)) << np.uint64(1) | wide
        firsts = np.searchsorted(done.things >> np.uint64(32), np.arange(terms + 1, dtype=np.uint64))
        return firsts.astype(np.uint32), seconds.astype(np.uint32), parts

    def _write_spellings(self, container: ContainerWriter, terms: Ordered, held: list[int]) -> None:
        """Write those terms that are in the field, by their places."""
        spellings = [terms.spellings[place] for place in held]
        forms = [terms.forms[place] for place in held]
        first = [i for i in range(len(forms)) if not i or forms[i] != forms[i - 1]]
        by_spelling = sorted(range(len(spellings)), key=spellings.__getitem__)
        write_strings(container, f"{self._name}.terms", spellings)
        write_strings(container, f"{self._name}.bare", (forms[i] for i in first))
        container.add(f"{self._name}.groups", np.array([*first, len(forms)], dtype=np.uint32))
        container.add(f"{self._name}.sorted", np.array(by_spelling, dtype=np.uint32))

    def _write_postings(self, container: ContainerWriter, done: Inverted, facts: RecordFacts) -> None:
        frequencies = np.zeros(len(done.things), dtype=np.uint32)
        documents = np.zeros(len(done.things), dtype=np.uint32)
        maxima = np.zeros(len(done.things), dtype=np.float32)
        parts: list[Encoded] = []
        container.begin(f"{self._name}.positions", np.uint8)
        for first, last in portions(np.diff(done.starts)):
            places = done.postings[done.starts[first] : done.starts[last]]
            container.append((places & (1 << POSITION_BITS) - 1).astype(np.uint8))
            records = places >> POSITION_BITS
            fresh = first_of_each(records)
            fresh[done.starts[first:last] - done.starts[first]] = True
            begins = np.flatnonzero(fresh)
            counts = np.diff(begins, append=len(records)).astype(np.uint8)
            held = records[begins].astype(np.int32)
            lists = np.searchsorted(begins, done.starts[first:last] - done.starts[first])
            frequencies[first:last] = np.diff(lists, append=len(held))
            maxima[first:last] = np.maximum.reduceat(saturation(counts, facts.norms[held]), lists)
            new = first_of_each(facts.documents[held])
            new[lists] = True
            documents[first:last] = np.add.reduceat(new, lists, dtype=np.uint32)
            parts.append(encode(held, counts, lists))
        container.add(f"{self._name}.frequencies", frequencies)
        container.add(f"{self._name}.documents", documents)
        container.add(f"{self._name}.maxima", maxima)
        container.add(f"{self._name}.occurrences", _offsets(done.starts))
        self._write_lists(container, self._name, parts)

    @staticmethod
    def _write_lists(container: ContainerWriter, name: str, parts: list[Encoded]) -> None:
        sizes = np.concatenate([part.sizes for part in parts]) if parts else np.zeros(0, dtype=np.int64)
        container.add(f"{name}.starts", _offsets(np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))))
        container.add_parts(f"{name}.units", np.uint16, (part.units for part in parts))


def _offsets(starts: NDArray[np.int64]) -> NDArray[np.uint32] | NDArray[np.uint64]:
    """Offsets in four bytes each where that is enough."""
    return starts.astype(np.uint32) if starts[-1] < 1 << 32 else starts.astype(np.uint64)
