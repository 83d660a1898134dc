"""Writing: documents in, one atomic commit out."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from whoosh.index import LockError
from whoosh.query import Term

from ..errors import DocumentError, IndexBusy
from ..models import Document
from ..text.passages import cut
from ..text.tokens import tokenize
from . import schema


class Writer:
    """The one writer of an index, as a context manager: commits at the end, rolls back on an exception.

    Raises `IndexBusy` where another process or thread is writing. The lock is the operating system's, so a process that
    dies does not hold it.
    """

    def __init__(self, index: Any, timeout: float = 10.0) -> None:
        # Whoosh names its files by the random numbers of the whole program, which may have been seeded: with the same
        # seed twice, one commit would write over another.
        state = random.getstate()
        random.seed()
        try:
            self._writer = index.writer(timeout=timeout)
        except LockError:
            raise IndexBusy("another process is writing to the index", "wait for it to end, then try again") from None
        finally:
            random.setstate(state)
        self._kinds = schema.field_kinds(self._writer.schema)
        self._ids: set[str] = set()
        self._changed = False

    def put(self, document: Document, source: Mapping[str, Any] | None = None) -> None:
        """Add a document; one with the same id that was committed before is replaced.

        Raises `DocumentError` where the document cannot be indexed; nothing of it is then written.
        """
        _check(document)
        if document.id in self._ids:
            raise DocumentError(f"two documents are called '{document.id}'", "give each its own id")
        metadata = self._metadata(document)
        self.delete(document.id)
        self._ids.add(document.id)
        self._changed = True
        with self._writer.group():
            self._writer.add_document(
                id=document.id,
                title=document.title,
                title_bare=document.title,
                record=schema.dump(document, source),
                start=-1,
                end=-1,
                size=sum(1 for _ in tokenize(document.title)),
                **metadata,
            )
            for begin, end in cut(document.text, sorted(document.borders)):
                text = document.text[begin:end]
                size = sum(1 for _ in tokenize(text))
                self._writer.add_document(id=document.id, body=text, body_bare=text, start=begin, end=end, size=size)

    def delete(self, document_id: str) -> int:
        """Delete a document that was committed before; returns how many of its records went."""
        deleted = int(self._writer.delete_by_query(Term("id", document_id)))
        self._changed = self._changed or deleted > 0
        return deleted

    def _metadata(self, document: Document) -> dict[str, Any]:
        values = {}
        for name, value in document.fields.items():
            schema.check_name(name)
            kind = schema.kind_of(name, value)
            known = self._kinds.get(name)
            if known is None:
                self._kinds[name] = kind
                self._writer.schema.add(name, schema.field_type(kind))
            elif known != kind:
                raise DocumentError(
                    f"field '{name}' of document '{document.id}' is a {kind}, but it is a {known} in this index",
                    "use one kind of value for one field",
                )
            values[name] = schema.indexed_value(value)
        return values

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None or not self._changed:
            self._writer.cancel()
            return
        try:
            self._writer.commit()
        except BaseException:
            with suppress(Exception):
                self._writer.cancel()  # or the lock would be held as long as the program lives
            raise


def _check(document: Document) -> None:
    if not isinstance(document, Document):
        raise DocumentError(f"a {type(document).__name__} is no document", "give a vnsearch.Document")
    if not isinstance(document.id, str) or not document.id:
        raise DocumentError(f"a document has the id {document.id!r}", "an id is a text of at least one character")
    if len(document.id) > 1000:
        raise DocumentError(f"the id '{document.id[:40]}…' is too long", "an id has at most 1,000 characters")
    for name in ("id", "text", "title"):
        if not isinstance(getattr(document, name), str):
            raise DocumentError(f"the {name} of document '{document.id}' is no text", "give a str")
    try:
        document.id.encode()
    except UnicodeEncodeError:
        raise DocumentError(f"the id {document.id!r} is not valid Unicode", "leave out lone surrogates") from None
