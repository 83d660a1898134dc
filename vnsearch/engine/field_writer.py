"""Writing one field of a segment: terms, pairs of terms, and their postings. `segment` tells what the arrays hold."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .bm25 import Scores, saturation
from .container import ContainerWriter
from .inverter import Inverted
from .places import POSITION_BITS
from .postings import COUNT_BITS, Encoded, encode
from .runs import Keys, Ranked, Run, Runs, halves, pair, sections, side_by_side
from .stretches import first_of_each
from .strings import write_strings

AHEAD: Final = 16
"""So many sections of each field are merged ahead of who writes them."""

T = TypeVar("T")


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


class MergedTerms(NamedTuple):
    """Some of the terms of a field with their postings, by rank: positions (uint8[occurrences]), how many occurrences
    and postings each term has and in how many documents it stands (int64[terms]), what it scores at most
    (float32[terms]), and their lists."""

    positions: NDArray[np.uint8]
    occurrences: NDArray[np.int64]
    frequencies: NDArray[np.int64]
    documents: NDArray[np.int64]
    maxima: Scores
    lists: Encoded


class MergedPairs(NamedTuple):
    """Some of the pairs of a field: from which first term on, how many pairs each has (int64[terms]), their second
    terms (uint32[pairs]; see `segment`), and their lists."""

    first: int
    counts: NDArray[np.int64]
    seconds: NDArray[np.uint32]
    lists: Encoded


class FieldWriter:
    """Collects what stands in a field, and writes it. `budget` is the memory for postings, in bytes."""

    def __init__(self, name: str, folder: Path, budget: int) -> None:
        self._name = name
        self._terms = Runs(folder, budget // 2)
        self._pairs = Runs(folder, budget // 2)
        self._ranks: Keys
        self._held: Keys
        self._merged_terms: Iterator[MergedTerms]
        self._merged_pairs: Iterator[MergedPairs]

    def add(self, inverted: Inverted, numbers: Keys, base: int) -> None:
        """Add further postings, whose terms have these numbers here, and whose records begin here with `base`."""
        for terms in inverted.terms:
            self._terms.add(terms._replace(things=numbers[terms.things], base=base))
        for pairs in inverted.pairs:
            first, second = halves(pairs.things)
            self._pairs.add(pairs._replace(things=pair(numbers[first], numbers[second]), base=base))

    def add_runs(self, terms: Run, pairs: Run) -> None:
        """Add what another segment holds, as runs."""
        self._terms.add(terms)
        self._pairs.add(pairs)

    def close(self, beside: Executor, ranks: Keys, facts: RecordFacts) -> None:
        """Nothing more is added. `ranks` uint64[terms] are those of all terms of the segment, by number. Postings are
        merged `beside`, while what does not depend on them is written."""
        self._ranks = ranks
        self._held = self._ranks_held()
        here = np.zeros(len(ranks), dtype=np.uint32)  # the ranks among the terms of this field
        here[self._held] = np.arange(len(self._held), dtype=np.uint32)
        merge_terms = partial(_merge_terms, ranks=ranks, facts=facts)
        merge_pairs = partial(_merge_pairs, ranked=self._ranked_pairs, here=here)
        self._merged_terms = _ahead(beside, merge_terms, sections(self._terms.all, ranks.take))
        self._merged_pairs = _ahead(beside, merge_pairs, sections(self._pairs.all, self._ranked_pairs))

    def write_terms(self, container: ContainerWriter, terms: Ordered) -> None:
        """Write the terms and their postings. `terms` are all those of the segment."""
        places = terms.places[self._held]
        by_place = np.argsort(places)
        self._write_spellings(container, terms, places[by_place].tolist())
        container.add(f"{self._name}.ranks", by_place.astype(np.uint32))
        self._write_postings(container, by_place)

    def write_pairs(self, container: ContainerWriter) -> None:
        """Write the pairs, after the terms."""
        name = f"{self._name}.pairs"
        counts = np.zeros(len(self._held), dtype=np.int64)
        seconds: list[NDArray[np.uint32]] = [np.zeros(0, dtype=np.uint32)]
        sizes: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
        container.begin(f"{name}.units", np.uint16)
        for pairs in self._merged_pairs:
            container.append(pairs.lists.units)
            counts[pairs.first : pairs.first + len(pairs.counts)] += pairs.counts
            seconds.append(pairs.seconds)
            sizes.append(pairs.lists.sizes)
        container.add(f"{name}.firsts", _offsets(counts))
        container.add_parts(f"{name}.seconds", np.uint32, seconds)
        container.add(f"{name}.starts", _offsets(np.concatenate(sizes)))

    def _ranks_held(self) -> Keys:
        """The ranks of the terms that are in this field, ascending."""
        held = np.zeros(len(self._ranks), dtype=bool)
        for run in self._terms.all:
            held[self._ranks[run.things]] = True
        return np.flatnonzero(held).astype(np.uint64)

    def _ranked_pairs(self, things: Keys) -> Keys:
        first, second = halves(things)
        return pair(self._ranks[first], self._ranks[second])

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

    def _write_postings(self, container: ContainerWriter, by_place: NDArray[np.int64]) -> None:
        """Write the postings of terms, by rank, and what is known of each, `by_place`."""
        occurrences: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
        frequencies, documents, maxima = occurrences.copy(), occurrences.copy(), [np.zeros(0, dtype=np.float32)]
        lists: list[Encoded] = []
        container.begin(f"{self._name}.positions", np.uint8)
        for terms in self._merged_terms:
            container.append(terms.positions)
            occurrences.append(terms.occurrences)
            frequencies.append(terms.frequencies)
            documents.append(terms.documents)
            maxima.append(terms.maxima)
            lists.append(terms.lists)
        container.add(f"{self._name}.frequencies", np.concatenate(frequencies)[by_place].astype(np.uint32))
        container.add(f"{self._name}.documents", np.concatenate(documents)[by_place].astype(np.uint32))
        container.add(f"{self._name}.maxima", np.concatenate(maxima)[by_place])
        container.add(f"{self._name}.occurrences", _offsets(np.concatenate(occurrences)))
        sizes = [np.zeros(0, dtype=np.int64), *(part.sizes for part in lists)]
        container.add(f"{self._name}.starts", _offsets(np.concatenate(sizes)))
        container.add_parts(f"{self._name}.units", np.uint16, (part.units for part in lists))


def _ahead(beside: Executor, work: Callable[[list[Run]], T], tasks: Iterator[list[Run]]) -> Iterator[T]:
    """What comes of sections, in order. `AHEAD` of them are begun at once, and another one whenever one is taken: so
    few are in memory that wait to be written."""
    waiting = deque(beside.submit(work, parts) for parts in islice(tasks, AHEAD))

    def results() -> Iterator[T]:
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(beside.submit(work, parts) for parts in islice(tasks, 1))
            yield result

    return results()


def _merge_terms(parts: Sequence[Run], ranks: Keys, facts: RecordFacts) -> MergedTerms:
    """The terms of a section (see `runs.sections`)."""
    _, starts, places = side_by_side(parts, ranks.take)
    records = places >> POSITION_BITS
    fresh = first_of_each(records)
    fresh[starts] = True
    begins = np.flatnonzero(fresh)
    counts = np.diff(begins, append=len(records)).astype(np.uint8)
    held = records[begins].view(np.int32)
    firsts = np.searchsorted(begins, starts)
    new = first_of_each(facts.documents[held])
    new[firsts] = True
    return MergedTerms(
        positions=places.astype(np.uint8),
        occurrences=np.diff(starts, append=len(places)),
        frequencies=np.diff(firsts, append=len(held)),
        documents=np.add.reduceat(new, firsts, dtype=np.int64),
        maxima=np.maximum.reduceat(saturation(counts, facts.norms[held]), firsts),
        lists=encode(held, counts, firsts),
    )


def _merge_pairs(parts: Sequence[Run], ranked: Ranked, here: NDArray[np.uint32]) -> MergedPairs:
    """The pairs of a section; `here` uint32[terms] numbers the terms of the field, by rank."""
    things, starts, postings = side_by_side(parts, ranked)
    lists = encode((postings >> COUNT_BITS).view(np.int32), postings.astype(np.uint8), starts)
    first_terms, second_terms = halves(things)
    firsts = here[first_terms]
    seconds = here[second_terms] << np.uint32(1) | lists.wide
    return MergedPairs(int(firsts[0]), np.bincount(firsts - firsts[0]), seconds, lists)


def _offsets(sizes: NDArray[np.int64]) -> NDArray[np.uint32] | NDArray[np.uint64]:
    """Where what has these sizes begins, one behind the other, and where it ends; in four bytes each where that is
    enough."""
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
    return starts.astype(np.uint32) if starts[-1] < 1 << 32 else starts.astype(np.uint64)
