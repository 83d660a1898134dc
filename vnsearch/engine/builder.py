"""Building a segment: chunks of documents (or segments to be merged) in, one file out.

Postings are put in order by a thread of their own: that is work of NumPy, which leaves Python alone, so the next
documents are analysed meanwhile.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..errors import DocumentError
from ..text.canonical import bare
from .bm25 import average_size, norms
from .budget import DEFAULT_BUDGET
from .chunk import Chunk
from .container import ContainerWriter
from .definitions import Defined, write_definitions
from .field_writer import FieldWriter, Ordered, RecordFacts
from .metadata import Card, CardsWriter
from .order import by_hash, hashes_of
from .places import HEADER
from .postings import MAX_RECORDS
from .resemblance import copies
from .runs import Keys, Run
from .signatures import SIZE, Signatures
from .strings import encode_all
from .texts import Block, TextsWriter
from .toc import SegmentEntry

TITLE: Final = "title"
BODY: Final = "body"

AHEAD: Final = 2
"""So many chunks may wait for their postings to be put in order."""

MERGING: Final = 2
"""So many threads merge postings, beside the one that writes."""


class Terms:
    """Term numbers shared by what goes into one segment."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self._numbers: dict[str, int] = {}

    def numbers(self, tokens: Sequence[str]) -> NDArray[np.uint64]:
        """The numbers of tokens, new ones for those that are new; uint64[n]."""
        known = self._numbers
        for token in tokens:
            if token not in known:
                known[token] = len(self.tokens)
                self.tokens.append(token)
        return np.fromiter((known[token] for token in tokens), dtype=np.uint64, count=len(tokens))

    def ranked(self) -> NDArray[np.int64]:
        """The numbers of all terms by rank: in the order of `order`."""
        return by_hash(np.arange(len(self.tokens)), hashes_of(self.tokens), self.tokens)

    def ordered(self, ranked: NDArray[np.int64]) -> Ordered:
        """All terms, in order; `ranked` are their numbers by rank."""
        spellings = encode_all(self.tokens)
        forms = encode_all([bare(token) for token in self.tokens])
        keys = [*map(b"\0".join, zip(forms, spellings, strict=True))]  # no form holds a zero byte
        numbers = sorted(range(len(keys)), key=keys.__getitem__)
        places = np.empty(len(numbers), dtype=np.uint64)
        places[numbers] = np.arange(len(numbers))
        return Ordered(places[ranked], [spellings[number] for number in numbers], [forms[number] for number in numbers])


class Builder:
    """Writes one segment. `finish` completes the file; `abort` leaves nothing behind."""

    def __init__(self, path: Path, budget: int = DEFAULT_BUDGET) -> None:
        self.path = path
        self.records = 0
        self.terms = Terms()
        self._work = Path(tempfile.mkdtemp(prefix="build-", dir=path.parent))
        self._budget = budget
        self._container = ContainerWriter(path)
        self._texts = TextsWriter(self._container)
        self._fields = {
            TITLE: FieldWriter(TITLE, self._work, budget // 8),
            BODY: FieldWriter(BODY, self._work, budget // 2),
        }
        self._beside = ThreadPoolExecutor(1)
        self._merging = ThreadPoolExecutor(MERGING)
        self._waiting: deque[Future[None]] = deque()
        self._signatures: list[Signatures] = []
        self._records: list[tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint16]]] = []
        self._cards = CardsWriter()
        self._defined: list[Defined] = []

    @property
    def documents(self) -> int:
        """How many documents were added."""
        return len(self._cards)

    def add_chunk(self, chunk: Chunk, numbers: Keys, cards: Sequence[Card]) -> None:
        """Add a chunk. `numbers` uint64[n] are the numbers here of its terms; `cards` its documents'."""
        self._signatures.append(chunk.signatures)
        if len(self._waiting) >= AHEAD:
            self._waiting.popleft().result()
        self._waiting.append(self._beside.submit(self._add_postings, chunk, numbers, self.records))
        self._add_records(chunk.starts, chunk.ends, chunk.sizes, chunk.texts, cards, chunk.defined)

    def _add_postings(self, chunk: Chunk, numbers: Keys, base: int) -> None:
        self._fields[TITLE].add(chunk.titles.inverted(), numbers, base)
        self._fields[BODY].add(chunk.bodies.inverted(), numbers, base)

    def _wait(self) -> None:
        while self._waiting:
            self._waiting.popleft().result()

    def add_merged(
        self,
        runs: dict[str, tuple[Run, Run]],
        signatures: Signatures,
        records: tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint16]],
        texts: Sequence[Block],
        cards: Sequence[Card],
        defined: Sequence[Defined],
    ) -> None:
        """Add what another segment holds: runs of its terms and pairs, with the records that they will have here."""
        self._signatures.append(signatures)
        for field, held in runs.items():
            self._fields[field].add_runs(*held)
        self._add_records(*records, texts, cards, defined)

    def _add_records(
        self,
        starts: NDArray[np.uint32],
        ends: NDArray[np.uint32],
        sizes: NDArray[np.uint16],
        texts: Sequence[Block],
        cards: Sequence[Card],
        defined: Sequence[Defined],
    ) -> None:
        self._texts.write(texts)
        self._defined += [Defined(len(self._cards) + document, definition) for document, definition in defined]
        self._records.append((starts, ends, sizes))
        self._cards.add(cards)
        self.records += len(starts)
        if self.records >= MAX_RECORDS:
            raise DocumentError(
                f"one commit holds more than {MAX_RECORDS:,} passages", "add the documents in several commits"
            )

    def finish(self) -> SegmentEntry:
        """Complete the file; returns how a commit names it."""
        ranked = self.terms.ranked()
        ranks = np.empty(len(ranked), dtype=np.uint64)
        ranks[ranked] = np.arange(len(ranked), dtype=np.uint64)
        empty = np.zeros(0, dtype=np.uint32)
        parts = self._records or [(empty, empty, empty.astype(np.uint16))]
        starts, ends, sizes = (np.concatenate(part) for part in zip(*parts, strict=True))
        titles = starts == HEADER
        documents = np.cumsum(titles, dtype=np.int32)
        self._wait()
        signatures = np.concatenate([np.zeros((0, SIZE), np.uint8), *self._signatures])
        found = self._merging.submit(copies, signatures)
        for field, counted in ((TITLE, titles), (BODY, ~titles)):
            facts = RecordFacts(norms(sizes, average_size(sizes[counted])), documents)
            self._fields[field].close(self._merging, ranks, facts)
        terms = self.terms.ordered(ranked)
        self._texts.close()
        self._container.add("records.starts", starts)
        self._container.add("records.ends", ends)
        self._container.add("records.sizes", sizes)
        self._container.add("documents.signatures", signatures.ravel())
        self._container.add("documents.copies", found.result().documents)
        self._container.add("documents.firsts", found.result().firsts)
        for writer in self._fields.values():
            writer.write_terms(self._container, terms)
        self._cards.write(self._container, np.flatnonzero(titles))
        write_definitions(self._container, self._defined)
        for writer in self._fields.values():
            writer.write_pairs(self._container)
        self._container.close()
        self._close()
        return SegmentEntry(self.path.name, self.records, self.documents, self._container.sum)

    def abort(self) -> None:
        """Give up; nothing is left behind."""
        self._container.abort()
        self._close()

    def _close(self) -> None:
        for threads in (self._beside, self._merging):
            threads.shutdown(cancel_futures=True)
        shutil.rmtree(self._work, ignore_errors=True)
