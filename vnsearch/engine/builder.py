"""Building a segment: chunks of documents (or segments to be merged) in, one file out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..errors import DocumentError
from ..text.canonical import bare
from .chunk import HEADER, MAX_RECORDS, RECORD_SHIFT, TERM_SHIFT, Chunk
from .container import ContainerWriter
from .inverter import Inverter, Run, invert
from .metadata import Card, write_cards
from .strings import encode, write_strings
from .texts import Block, TextsWriter
from .toc import SegmentEntry

TITLE: Final = "title"
BODY: Final = "body"
DEFAULT_BUDGET: Final = 512 << 20
"""The memory, in bytes, that building may take for postings."""


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

    def order(self) -> NDArray[np.int64]:
        """The place of each term number when terms are ordered by bare form, then by spelling; int64[terms]."""
        forms = [(encode(bare(token)), encode(token)) for token in self.tokens]
        order = np.empty(len(forms), dtype=np.int64)
        order[sorted(range(len(forms)), key=forms.__getitem__)] = np.arange(len(forms))
        return order


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
        self._fields = {TITLE: Inverter(self._work, budget // 16), BODY: Inverter(self._work, budget // 4)}
        self._records: list[tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint16]]] = []
        self._cards: list[Card] = []

    @property
    def documents(self) -> int:
        """How many documents were added."""
        return len(self._cards)

    def add_chunk(self, chunk: Chunk, numbers: NDArray[np.uint64], cards: Sequence[Card]) -> None:
        """Add a chunk. `numbers` uint64[n] are the numbers here of its analyser's terms; `cards` its documents'."""
        base = np.uint64(self.records) << RECORD_SHIFT
        for field, postings in ((TITLE, chunk.titles), (BODY, chunk.bodies)):
            terms = numbers[postings >> TERM_SHIFT] << TERM_SHIFT
            self._fields[field].add(terms | ((postings & np.uint64(0xFFFFFFFF)) + base))
        self._add_records(chunk.starts, chunk.ends, chunk.sizes, chunk.texts, cards)

    def add_merged(
        self,
        runs: dict[str, Run],
        records: tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint16]],
        texts: Sequence[Block],
        cards: Sequence[Card],
    ) -> None:
        """Add what another segment holds: its postings as runs, with the records that they will have here."""
        for field, run in runs.items():
            self._fields[field].add_run(run)
        self._add_records(*records, texts, cards)

    def _add_records(
        self,
        starts: NDArray[np.uint32],
        ends: NDArray[np.uint32],
        sizes: NDArray[np.uint16],
        texts: Sequence[Block],
        cards: Sequence[Card],
    ) -> None:
        self._texts.write(texts)
        self._records.append((starts, ends, sizes))
        self._cards.extend(cards)
        self.records += len(starts)
        if self.records >= MAX_RECORDS:
            raise DocumentError(
                f"one commit holds more than {MAX_RECORDS:,} passages", "add the documents in several commits"
            )

    def finish(self) -> SegmentEntry:
        """Complete the file; returns how a commit names it."""
        self._texts.close()
        columns = [np.concatenate(parts) for parts in zip(*self._records, strict=True)] if self._records else []
        for name, column in zip(("starts", "ends", "sizes"), columns, strict=False):
            self._container.add(f"records.{name}", column)
        order = self.terms.order()
        for field, inverter in self._fields.items():
            self._write_field(field, inverter, order)
        headers = np.flatnonzero(columns[0] == HEADER) if columns else np.zeros(0, dtype=np.int64)
        write_cards(self._container, self._cards, headers)
        self._container.close()
        shutil.rmtree(self._work, ignore_errors=True)
        return SegmentEntry(self.path.name, self.records, self.documents, self._container.sum)

    def abort(self) -> None:
        """Give up; nothing is left behind."""
        self._container.abort()
        shutil.rmtree(self._work, ignore_errors=True)

    def _write_field(self, field: str, inverter: Inverter, order: NDArray[np.int64]) -> None:
        done = invert(inverter.runs(), order, self._work, self._budget // 2)
        tokens = [self.terms.tokens[number] for number in done.present.tolist()]
        forms = [bare(token) for token in tokens]
        first = [i for i in range(len(forms)) if not i or forms[i] != forms[i - 1]]
        spelled = [encode(token) for token in tokens]
        by_spelling = sorted(range(len(spelled)), key=spelled.__getitem__)
        write_strings(self._container, f"{field}.terms", spelled)
        write_strings(self._container, f"{field}.bare", (encode(forms[i]) for i in first))
        self._container.add(f"{field}.groups", np.array([*first, len(forms)], dtype=np.uint32))
        self._container.add(f"{field}.sorted", np.array(by_spelling, dtype=np.uint32))
        self._container.add(f"{field}.frequencies", done.frequencies)
        self._container.add(f"{field}.starts", done.starts)
        self._container.add(f"{field}.keys", done.keys)
