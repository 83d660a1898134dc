"""The engine: what is written to an index folder and read from it. The only room that touches index files.

analysis                      Vietnamese analysis for any Whoosh schema
batch, chunk, workers,
allocation                    documents -> arrays, a batch at a time, in several processes
order, inverter, radix        the order of terms; the postings of a batch in it
runs, field_writer, builder,
budget                        the postings of all batches, merged -> one segment file
container, strings, texts,
postings, places, metadata,
definitions                   what a segment file is made of
signatures, resemblance       what tells near-duplicates, and their groups
bm25                          the part of the score that a segment can know
stretches                     steps that the array code of all of these takes
segment, joining, snapshot,
cache                         reading: a segment, and a whole commit as arrays
near                          terms one edit away from a word
store, toc, lock              the folder: commits, readers, the one writer
writer, merge                 adding, replacing, deleting; keeping segments few
whoosh_index, whoosh_schema,
whoosh_terms                  the index as Whoosh sees it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .analysis import VietnameseAnalyzer
    from .whoosh_index import open_whoosh
    from .writer import Writer

from .snapshot import Snapshot
from .store import Store

__all__ = ["Snapshot", "Store", "VietnameseAnalyzer", "Writer", "open_whoosh"]


def __getattr__(name: str) -> Any:
    # Whoosh and what writes are imported by those who ask for them: a search does without.
    if name == "VietnameseAnalyzer":
        from .analysis import VietnameseAnalyzer

        return VietnameseAnalyzer
    if name == "Writer":
        from .writer import Writer

        return Writer
    if name == "open_whoosh":
        from .whoosh_index import open_whoosh

        return open_whoosh
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
