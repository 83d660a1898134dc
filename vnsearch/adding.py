"""Adding documents to an index: repaired and analysed, in several processes if need be, and written in one commit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from .engine import Store, Writer
from .engine.chunk import Analyser, Chunk
from .engine.metadata import Card
from .engine.workers import work_on
from .engine.writer import batches, check_document
from .models import Document
from .text.encodings import doubtful
from .text.encodings import repair as repair_text


def add(store: Store, documents: Iterable[Document], *, repair: bool, jobs: int, memory: int) -> int:
    """Carry out `Index.add`."""
    count = 0
    with Writer(store, memory=memory) as writer:
        accepted = (_accepted(writer, document) for document in documents)
        for batch, prepared in work_on(partial(Preparation, repair, jobs), batches(accepted), jobs):
            cards = [Card.of(document) for document in batch]
            for place, title in prepared.titles.items():
                cards[place] = cards[place]._replace(title=title)
            writer.put_chunk(prepared.chunk, cards, prepared.analyser)
            count += len(batch)
    return count


def _accepted(writer: Writer, document: Document) -> Document:
    """A document that the writer made room for."""
    check_document(document)
    writer.accept(document.id, document.fields)
    return document


class Prepared(NamedTuple):
    """The chunk of a batch, the titles that were repaired, by place in it, and whose vocabulary the chunk goes on
    with."""

    chunk: Chunk
    titles: Mapping[int, str]
    analyser: int


class Preparation:
    """Repairs and analyses batches of documents; for `workers.work_on`."""

    def __init__(self, repair: bool, jobs: int) -> None:
        self._repair = repair
        self._analyser = Analyser(alone=jobs <= 1)

    def __call__(self, documents: Sequence[Document]) -> Prepared:
        """What becomes of a batch."""
        titles: dict[int, str] = {}
        if self._repair:
            documents = list(documents)
            in_texts = doubtful([document.text for document in documents])
            in_titles = doubtful([document.title for document in documents])
            for place in {*in_texts, *in_titles}:
                old = documents[place]
                documents[place] = new = _repaired(old)
                if new.title != old.title:
                    titles[place] = new.title
        return Prepared(self._analyser.analyse(documents), titles, os.getpid())


def _repaired(document: Document) -> Document:
    text, title = repair_text(document.text).text, repair_text(document.title).text
    return document if (text, title) == (document.text, document.title) else replace(document, text=text, title=title)
