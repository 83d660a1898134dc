"""What answers queries: our engine through its public face, the reference, and libraries as a program would use them.

A program that knows that people leave out marks keeps a field with marks and a folded one, and looks into the folded
one where a query bears none; so do the rows of pairs and of tantivy. bm25s has words with marks only. Both libraries
get words in NFC, which neither sees to.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Final

from vnsearch import Document, Index

from ..engines.bm25s import WORDS
from ..engines.bm25s import library as quiet_bm25s
from ..engines.tantivy import HEAP, with_tokenizers
from ..surroundings import Installed, load, own_versions
from .bm25 import Bm25, words_of
from .figures import DEPTH
from .forms import is_bare, nfc

PAIR_WEIGHT: Final = 0.5
"""What a pair earns in the reference, beside its words."""


class Documents:
    """The documents of a set, and what several rows of the reference read off them, once."""

    def __init__(self, documents: list[Document]) -> None:
        self.all = documents
        self.reference = lru_cache(lambda folded: Bm25(documents, folded))


class Engine(Installed, ABC):
    """What answers the queries of one set."""

    name: ClassVar[str]
    known: ClassVar[bool] = False
    """Whether it stands in the rows of known items too, where articles are many."""

    @abstractmethod
    def __init__(self, documents: Documents, folder: Path) -> None:
        """Index documents, in an empty folder where files are needed."""

    @abstractmethod
    def search(self, query: str) -> list[str]:
        """The ids of the best documents, best first, at most `DEPTH`."""

    def read(self, query: str) -> Hashable:
        """What it sees of a query: two that read the same are answered the same, and only one is asked."""
        return query

    def close(self) -> None:
        """Let go of files."""


class Vnsearch(Engine):
    """Ours, called with nothing but how many results are wanted, and that no texts are."""

    name = "vnsearch"
    known = True

    @classmethod
    def versions(cls) -> Mapping[str, str]:
        return own_versions()

    def __init__(self, documents: Documents, folder: Path) -> None:
        self._index = Index.create(folder)
        self._index.add(documents.all)

    def search(self, query: str) -> list[str]:
        return [hit.id for hit in self._index.search(query, limit=DEPTH, passages=0)]

    def reopen(self) -> None:
        """Open the index anew, so that nothing is kept of scores."""
        self._index.close()
        self._index = Index.open(self._index.path)

    def close(self) -> None:
        self._index.close()


class Words(Engine):
    """BM25 over words as they are written."""

    name = "BM25"
    known = True
    folded = False
    pair_weight = 0.0

    def __init__(self, documents: Documents, folder: Path) -> None:
        self._bm25: Bm25 = documents.reference(self.folded)

    def search(self, query: str) -> list[str]:
        return self._bm25.search(query, self.pair_weight)

    def read(self, query: str) -> Hashable:
        return self._bm25.read(query)


class FoldedWords(Words):
    """BM25 over words without their marks."""

    name = "BM25 folded"
    folded = True


class FoldedPairs(FoldedWords):
    """BM25 over words and adjacent pairs, all without their marks."""

    name = "pairs folded"
    pair_weight = PAIR_WEIGHT


class Pairs(Engine):
    """BM25 over words and adjacent pairs; without marks where the query has none."""

    name = "BM25 pairs"
    known = True

    def __init__(self, documents: Documents, folder: Path) -> None:
        self._documents = documents

    def search(self, query: str) -> list[str]:
        return self._bm25(query).search(query, PAIR_WEIGHT)

    def read(self, query: str) -> Hashable:
        return is_bare(query), self._bm25(query).read(query)

    def _bm25(self, query: str) -> Bm25:
        made: Bm25 = self._documents.reference(is_bare(query))
        return made


class Bm25s(Engine):
    """bm25s as it comes, without its English stop words: words with their marks."""

    name = "bm25s"
    needs = ("bm25s",)

    def __init__(self, documents: Documents, folder: Path) -> None:
        self._library = quiet_bm25s()
        self._ids = [document.id for document in documents.all]
        self._index = self._library.BM25()
        texts = [nfc(f"{document.title}\n{document.text}") for document in documents.all]
        self._index.index(self._library.tokenize(texts, **WORDS), show_progress=False)

    def search(self, query: str) -> list[str]:
        tokens = self._library.tokenize(nfc(query), **WORDS)
        found = self._index.retrieve(tokens, k=min(DEPTH, len(self._ids)), show_progress=False)
        return [self._ids[at] for at, score in zip(found.documents[0], found.scores[0], strict=True) if score > 0]

    def read(self, query: str) -> Hashable:
        return nfc(query).lower()


class Tantivy(Engine):
    """tantivy with a marked and a folded field: a query with marks looks into the first, one without into the other."""

    name = "tantivy"
    needs = ("tantivy",)
    fields: ClassVar[list[str]] = ["marked"]
    """Where a query with marks looks."""

    def __init__(self, documents: Documents, folder: Path) -> None:
        tantivy = load("tantivy")
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("marked", tokenizer_name="marked")
        builder.add_text_field("folded", tokenizer_name="folded")
        self._index = with_tokenizers(tantivy.Index(builder.build(), str(folder)))
        writer = self._index.writer(HEAP, 1)
        for document in documents.all:
            both = [nfc(document.title), nfc(document.text)]
            writer.add_document(tantivy.Document(id=document.id, marked=both, folded=both))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: str) -> list[str]:
        parsed = self._index.parse_query(self._plain(query), ["folded"] if is_bare(query) else self.fields)
        hits = self._searcher.search(parsed, DEPTH, count=False).hits
        return [self._searcher.doc(address).get_first("id") for _, address in hits]

    def read(self, query: str) -> Hashable:
        return self._plain(query)

    def close(self) -> None:
        del self._searcher, self._index

    @staticmethod
    def _plain(query: str) -> str:
        """The words in lower case: what its query language would take for an operator is text here."""
        return " ".join(words_of(query))


class TantivyBoth(Tantivy):
    """A query with marks looks into both fields, since some of its words may lack theirs."""

    name = "tantivy both"
    fields: ClassVar[list[str]] = ["marked", "folded"]


ENGINES: Final[Mapping[str, type[Engine]]] = {
    engine.name: engine for engine in (Vnsearch, Words, FoldedWords, Pairs, FoldedPairs, Bm25s, Tantivy, TantivyBoth)
}
"""The engines by name, ours first."""

OURS: Final = Vnsearch.name
