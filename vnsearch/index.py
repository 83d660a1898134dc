"""The one facade: an index of Vietnamese documents that programs embed.

    from vnsearch import Document, Index

    with Index.create("index") as ix:
        ix.add([Document(id="a", text="Tư tưởng, đạo đức, phong cách Hồ Chí Minh")])
        for hit in ix.search("tu tuong dao duc"):
            print(hit.id, hit.passages[0].text)

An `Index` may be used by many threads at once. Readers see the last commit that this `Index` knows: its own commits at
once, those of others after `refresh()`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

from .engine import Snapshot, Store
from .engine.budget import DEFAULT_BUDGET
from .engine.toc import FORMAT
from .errors import IndexProblem
from .models import (
    Document,
    Explanation,
    Facets,
    Group,
    Marks,
    Match,
    SearchResults,
    Stats,
    SyncReport,
)
from .search import searcher
from .search.request import Request
from .search.synonyms import read_file
from .text.equivalents import Group as Equivalents

PathLike = str | os.PathLike[str]


class Index:
    """An index in a folder, `path`. Make one with `Index.create`, or open one with `Index.open`.

    What writes (`add`, `sync`, `delete`, `optimize`) waits up to ten seconds for another writer of this index, in this
    process or elsewhere, and then raises `IndexBusy`. Searches wait for nobody. Every method raises `IndexProblem`
    after `close`. The errors stand in `vnsearch.errors`.
    """

    def __init__(self, store: Store, synonyms: tuple[Equivalents, ...] = ()) -> None:
        self.path = store.folder
        self._synonyms = synonyms
        self._store = store
        self._lock = RLock()
        self._closed = False
        self._snapshot = store.snapshot()

    @classmethod
    def create(cls, path: PathLike, overwrite: bool = False, *, synonyms: PathLike | None = None) -> Self:
        """Make an empty index in a folder, which is made too. `synonyms`: see `open`.

        Raises `IndexExists` where there is an index already and `overwrite` is false, or where the folder holds other
        files: they are never deleted. Raises `IndexProblem` where no folder can be made, `IndexBusy` where somebody
        writes to the index that is to be overwritten, and `SynonymsError`; then nothing is changed.
        """
        groups = _groups(synonyms)
        return cls(Store.create(Path(path), overwrite), groups)

    @classmethod
    def open(cls, path: PathLike, *, synonyms: PathLike | None = None) -> Self:
        """Open the index in a folder. Raises `IndexNotFound`, `IndexDamaged` or `IndexVersion`.

        `synonyms` is a file of phrases that mean the same, a group a line: `xe máy = mô tô`. They are looked for beside
        those that the documents define and the abbreviations that every reader knows. Raises `SynonymsError`.
        """
        return cls(Store.open(Path(path)), _groups(synonyms))

    def add(
        self, documents: Iterable[Document], *, repair: bool = True, jobs: int = 1, memory: int = DEFAULT_BUDGET
    ) -> int:
        """Add documents in one commit; one whose id the index has replaces it. Returns how many were given.

        Text in the encoding of an old font, or misread once (`Céng hoµ`), is converted, and kept as converted;
        `repair=False` takes it as it is. `jobs` is the number of processes that analyse; the result is the same
        whatever it is. `memory` bounds what building takes for postings, in bytes; beyond that they go to the disk.

        Raises `DocumentError` for one that cannot be indexed and for two with the same id, and `IndexBusy`; then
        nothing is changed, nor where the documents themselves raise. They are read one after the other and need not fit
        in memory together.
        """
        from .adding import add

        with self._lock:
            self._open()
            count = add(self._store, documents, repair=repair, jobs=jobs, memory=memory)
            self.refresh()
        return count

    def sync(
        self,
        paths: PathLike | Sequence[PathLike],
        progress: Callable[[int, int], None] | None = None,
        *,
        jobs: int = 1,
        anew: bool = False,
    ) -> SyncReport:
        """Make the index mirror a folder (or a file, or several): add what is new, update what changed, delete what is
        gone. Documents that came from elsewhere stay.

        A file that cannot be read is listed in the report, and what the index has of it stays. `progress` is called
        with (files done, files in all); `jobs` is the number of processes that read and analyse. Raises
        `SourceNotFound` and `SourceEmpty` for a path that gives nothing, and `IndexBusy`; then nothing is changed.

        With `anew` every file is read again and all else goes, as in an empty index; until that is done, searches find
        what was there.
        """
        from .sync import sync

        given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        with self._lock:
            self._open()
            report = sync(self._store, [Path(path) for path in given], progress, jobs, anew)
            self.refresh()
        return report

    def delete(self, ids: str | Iterable[str]) -> int:
        """Delete documents by id in one commit; ids that the index does not have are passed over.

        Returns how many documents went. Raises `IndexBusy`.
        """
        with self._lock:
            self.refresh()
            known = [
                i for i in dict.fromkeys([ids] if isinstance(ids, str) else ids) if self._open().find(i) is not None
            ]
            if known:
                from .engine import Writer

                with Writer(self._store) as writer:
                    for document_id in known:
                        writer.delete(document_id)
                self.refresh()
        return len(known)

    def optimize(self) -> None:
        """Write the index anew as one segment, without what was deleted. Searches get a little faster, the folder
        smaller; it takes about as long as a copy of the index. Raises `IndexBusy`."""
        from .engine import Writer

        with self._lock:
            self._open()
            with Writer(self._store) as writer:
                writer.optimize()
            self.refresh()

    def get(self, document_id: str) -> Document:
        """The document with an id, as it was added, but for text that `add` converted, and lists for tuples of texts.

        Raises `DocumentNotFound`.
        """
        with self._open() as snapshot:
            return snapshot.document(snapshot.number_of(document_id))

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        match: Match = "auto",
        marks: Marks = "auto",
        group: Group = "document",
        filters: Mapping[str, Any] | None = None,
        sort: str = "score",
        literal: bool = False,
        passages: int = 3,
        collapse: bool = False,
    ) -> SearchResults:
        """Search, and return one page of results, best first: at most `limit` of them behind the first `offset`.

        `match`: "all" wants all of the bare words, "any" any of them, "auto" all and, where nothing holds them all,
        most and then any of them. `marks`: "auto" takes typed marks as evidence, "exact" wants just them, "ignore" does
        not look at marks. `group`: results are documents, or single passages. `sort`: "score", or the name of a field,
        with "-" before it for descending. `literal`: no operators, all of the query is text. `passages`: how many of a
        document are shown at most; 0 leaves out texts and highlights, which is faster. Of near-duplicates two may stand
        together among the first results, others come behind; with `collapse` only the best is left, and `total` does
        not count the others.

        `filters` tells for a field the value that it must equal, or a list of values of which one will do, or, for
        dates and numbers, a text `low..high` that may lack an end. All of them must hold. Texts are equal whatever
        their case; a date may be a day, a month or a year: `date(2018, 5, 15)`, "15/5/2018", "2018-05-15", "5/2018",
        2018.

        No query text raises. Raises `RequestError` for a parameter out of range (`offset` and `limit` together reach to
        10,000, `passages` to 100), an unknown field, and a value that is none of its field's kind.
        """
        request = Request(
            query, limit, offset, match, marks, group, filters or {}, sort, literal, passages, collapse, self._synonyms
        )
        with self._open() as snapshot:
            return searcher.search(snapshot, request)

    def suggest(self, prefix: str, limit: int = 10) -> list[str]:
        """Completions of what has been typed so far, the likeliest first, each the whole text to put in its place.

        They have their marks. Empty where nothing goes on. Raises `RequestError` for a limit out of range.
        """
        from .search import completion

        Request("", limit)
        with self._open() as snapshot:
            return completion.complete(snapshot, prefix, limit)

    def explain(
        self,
        query: str,
        document_id: str,
        *,
        match: Match = "auto",
        marks: Marks = "auto",
        filters: Mapping[str, Any] | None = None,
        literal: bool = False,
    ) -> Explanation:
        """Why a document ranks where it does for a query, searched as `search` would with these parameters.

        Raises `DocumentNotFound`, and `RequestError` for a parameter out of range or an unknown field.
        """
        from .search import explanation

        request = Request(
            query, match=match, marks=marks, filters=filters or {}, literal=literal, synonyms=self._synonyms
        )
        with self._open() as snapshot:
            return explanation.explain(snapshot, request, document_id)

    def facets(
        self,
        query: str,
        field: str,
        *,
        limit: int = 20,
        match: Match = "auto",
        marks: Marks = "auto",
        filters: Mapping[str, Any] | None = None,
        literal: bool = False,
    ) -> Facets:
        """What the documents that `search` would find hold in a field, and how often: at most `limit` values.

        A query that holds nothing counts all documents. Raises `RequestError` for an unknown field and for a parameter
        out of range.
        """
        from .search import facets

        request = Request(
            query, limit, 0, match, marks, "document", filters or {}, literal=literal, synonyms=self._synonyms
        )
        with self._open() as snapshot:
            return facets.facets(snapshot, request, field, limit)

    def similar(self, document_id: str, limit: int = 10) -> SearchResults:
        """Documents like a given one, the most similar first, by the words and pairs of words that tell it from others.

        In the results `query` is the id, and `interpretation` those words. Each has one passage. Raises
        `DocumentNotFound`, and `RequestError` for a limit out of range.
        """
        from .search import likeness

        Request("", limit)
        with self._open() as snapshot:
            return likeness.similar(snapshot, document_id, limit)

    def stats(self) -> Stats:
        """The size of the index."""
        snapshot = self._open()
        return Stats(
            path=str(self.path),
            documents=snapshot.documents,
            passages=snapshot.passages,
            syllables=int(snapshot.document_sizes.sum()),
            vocabulary=snapshot.vocabulary_size("body"),
            bytes=self._store.size(),
            fields=dict(sorted(snapshot.kinds.items())),
            format=FORMAT,
            modified=datetime.fromtimestamp(self._store.modified(), UTC),
        )

    def refresh(self) -> bool:
        """See the last commit of whoever wrote. Returns whether there was a new one.

        Costs next to nothing where there was none. Waits for what this `Index` itself is writing in another thread.
        Raises `IndexNotFound` or `IndexDamaged` where the folder was tampered with.
        """
        with self._lock:
            if self._store.toc().generation == self._open().generation:
                return False
            self._snapshot = self._store.snapshot()
            return True

    def close(self) -> None:
        """Release the files. Closing twice does no harm."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._snapshot = Snapshot(-1, [], {})

    def _open(self) -> Snapshot:
        """The snapshot to read from."""
        if self._closed:
            raise IndexProblem(f"the index in '{self.path}' was closed", "open it again with Index.open")
        return self._snapshot

    def __repr__(self) -> str:
        return f"<Index '{self.path}'{', closed' if self._closed else ''}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _groups(synonyms: PathLike | None) -> tuple[Equivalents, ...]:
    return () if synonyms is None else read_file(Path(synonyms))


def check(path: PathLike) -> list[IndexProblem]:
    """What is wrong with the index in a folder; empty where nothing is. Reads all of it."""
    try:
        store = Store.open(Path(path))
        store.snapshot()
        return [*store.check()]
    except IndexProblem as problem:
        return [problem]
