"""Writing one field of a segment: terms, pairs of terms, and their postings. `segment` tells what the arrays hold."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .bm25 import Scores, saturation
from .container import ContainerWriter
from .inverter import Inverted
from .places import POSITION_BITS
from .postings import COUNT_BITS, Encoded, encode
from .runs import Keys, Run, Runs, halves, merged, pair
from .stretches import first_of_each
from .strings import write_strings


class RecordFacts(NamedTuple):
    """What must be known of the records of a field to write it: their norms (float32[records], see `bm25`), and the
    number of the document of each (int32[records])."""

    norms: Scores
    documents: NDArray[np.int32]


class Ordered(NamedTuple):
    """The terms of a segment, ordered by bare form and then by spelling: `places` uint64[terms] has the place in this
    order of each term, by rank; `spellings` and `forms` are the terms and their bare forms in it."""

    places: Keys
    spellings: list[bytes]
    forms: list[bytes]


class Pairs(NamedTuple):
    """The pairs of a field: how many each first term has (int64[terms]), their second terms (uint32[pairs]; see
    `segment`), and their lists."""

    counts: NDArray[np.int64]
    seconds: NDArray[np.uint32]
    lists: list[Encoded]


class FieldWriter:
    """Collects what stands in a field, and writes it. `budget` is the memory for postings, in bytes."""

    def __init__(self, name: str, folder: Path, budget: int) -> None:
        self._name = name
        self._terms = Runs(folder, budget // 2)
        self._pairs = Runs(folder, budget // 2)
        self._held: Future[Keys]
        self._merged_pairs: Future[Pairs]

    def add(self, inverted: Inverted, numbers: Keys, base: int) -> None:
        """Add further postings, whose terms have these numbers here, and whose records begin here with `base`."""
        terms = inverted.terms
        self._terms.add(terms._replace(things=numbers[terms.things], base=base))
        for pairs in inverted.pairs:
            first, second = halves(pairs.things)
            self._pairs.add(pairs._replace(things=pair(numbers[first], numbers[second]), base=base))

    def add_runs(self, terms: Run, pairs: Run) -> None:
        """Add what another segment holds, as runs."""
        self._terms.add(terms)
        self._pairs.add(pairs)

    def close(self, beside: Executor, ranks: Keys) -> None:
        """Nothing more is added. `ranks` uint64[terms] are those of all terms of the segment, by number. What can be
        done before their order is known is begun `beside`."""
        self._ranks = ranks
        self._held = beside.submit(self._ranks_held)
        self._merged_pairs = beside.submit(self._merge_pairs)

    def write_terms(self, container: ContainerWriter, terms: Ordered, records: RecordFacts) -> None:
        """Write the terms and their postings. `terms` are all those of the segment."""
        places = terms.places[self._held.result()]
        by_place = np.argsort(places)
        self._write_spellings(container, terms, places[by_place].tolist())
        container.add(f"{self._name}.ranks", by_place.astype(np.uint32))
        self._write_postings(container, by_place, records)

    def write_pairs(self, container: ContainerWriter) -> None:
        """Write the pairs, after the terms."""
        name = f"{self._name}.pairs"
        pairs = self._merged_pairs.result()
        container.add(f"{name}.firsts", _offsets(pairs.counts))
        container.add(f"{name}.seconds", pairs.seconds)
        self._write_lists(container, name, pairs.lists)

    def _ranks_held(self) -> Keys:
        """The ranks of the terms that are in this field, ascending."""
        held = np.zeros(len(self._ranks), dtype=bool)
        for run in self._terms.all:
            held[self._ranks[run.things]] = True
        return np.flatnonzero(held).astype(np.uint64)

    def _ranked_pairs(self, things: Keys) -> Keys:
        first, second = halves(things)
        return pair(self._ranks[first], self._ranks[second])

    def _merge_pairs(self) -> Pairs:
        held = self._held.result()
        here = np.zeros(len(self._ranks), dtype=np.uint32)  # the ranks among the terms of this field
        here[held] = np.arange(len(held), dtype=np.uint32)
        counts = np.zeros(len(held), dtype=np.int64)
        seconds: list[NDArray[np.uint32]] = [np.zeros(0, dtype=np.uint32)]
        lists: list[Encoded] = []
        for things, starts, postings in merged(self._pairs.all, self._ranked_pairs):
            lists.append(encode((postings >> COUNT_BITS).view(np.int32), postings.astype(np.uint8), starts))
            first_terms, second_terms = halves(things)
            firsts = here[first_terms]
            counts[firsts[0] : firsts[-1] + 1] += np.bincount(firsts - firsts[0])
            seconds.append(here[second_terms] << np.uint32(1) | lists[-1].wide)
        return Pairs(counts, np.concatenate(seconds), lists)

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

    def _write_postings(self, container: ContainerWriter, by_place: NDArray[np.int64], facts: RecordFacts) -> None:
        """Write the postings of terms, by rank, and what is known of each, `by_place`."""
        occurrences: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
        frequencies, documents, maxima = occurrences.copy(), occurrences.copy(), [np.zeros(0, dtype=np.float32)]
        lists: list[Encoded] = []
        container.begin(f"{self._name}.positions", np.uint8)
        for _, starts, places in merged(self._terms.all, self._ranks.take):
            container.append(places.astype(np.uint8))
            records = places >> POSITION_BITS
            fresh = first_of_each(records)
            fresh[starts] = True
            begins = np.flatnonzero(fresh)
            counts = np.diff(begins, append=len(records)).astype(np.uint8)
            held = records[begins].view(np.int32)
            firsts = np.searchsorted(begins, starts)
            new = first_of_each(facts.documents[held])
            new[firsts] = True
            occurrences.append(np.diff(starts, append=len(places)))
            frequencies.append(np.diff(firsts, append=len(held)))
            documents.append(np.add.reduceat(new, firsts, dtype=np.int64))
            maxima.append(np.maximum.reduceat(saturation(counts, facts.norms[held]), firsts))
            lists.append(encode(held, counts, firsts))
        container.add(f"{self._name}.frequencies", np.concatenate(frequencies)[by_place].astype(np.uint32))
        container.add(f"{self._name}.documents", np.concatenate(documents)[by_place].astype(np.uint32))
        container.add(f"{self._name}.maxima", np.concatenate(maxima)[by_place])
        container.add(f"{self._name}.occurrences", _offsets(np.concatenate(occurrences)))
        self._write_lists(container, self._name, lists)

    @staticmethod
    def _write_lists(container: ContainerWriter, name: str, parts: list[Encoded]) -> None:
        sizes = np.concatenate([np.zeros(0, dtype=np.int64), *(part.sizes for part in parts)])
        container.add(f"{name}.starts", _offsets(sizes))
        container.add_parts(f"{name}.units", np.uint16, (part.units for part in parts))


def _offsets(sizes: NDArray[np.int64]) -> NDArray[np.uint32] | NDArray[np.uint64]:
    """Where what has these sizes begins, one behind the other, and where it ends; in four bytes each where that is
    enough."""
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
    return starts.astype(np.uint32) if starts[-1] < 1 << 32 else starts.astype(np.uint64)
