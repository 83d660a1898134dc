"""Adding documents to an index: repaired, analysed in several processes, and written in one commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .engine import Store, Writer
from .engine.metadata import Card
from .engine.workers import work_on
from .engine.writer import Analysis, batches, check_document
from .models import Document
from .text.encodings import repair as repair_text


def add(store: Store, documents: Iterable[Document], *, repair: bool, jobs: int, memory: int) -> int:
    """Carry out `Index.add`."""
    count = 0
    with Writer(store, memory=memory) as writer:
        accepted = (_accept(writer, document, repair) for document in documents)
        for batch, (analyser, chunk) in work_on(Analysis, batches(accepted), jobs):
            writer.put_chunk(chunk, [Card.of(document) for document in batch], analyser)
            count += len(batch)
    return count


def _accept(writer: Writer, document: Document, repair: bool) -> Document:
    """A document that the writer made room for, its text repaired."""
    check_document(document)
    writer.accept(document.id, document.fields)
    if not repair:
        return document
    text, title = repair_text(document.text).text, repair_text(document.title).text
    return document if (text, title) == (document.text, document.title) else replace(document, text=text, title=title)
