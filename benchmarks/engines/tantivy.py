"""tantivy from Python: a marked and a folded field with positions.

Title and text are two values of one field, which the query has to look into once; results are not counted, which lets
tantivy skip what cannot reach the top. Both are the faster way for tantivy.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from ..surroundings import load
from .adapter import Article, Engine, Kind

HEAP: Final = 128_000_000
"""Bytes a thread; tantivy-py's own default."""


class Tantivy(Engine):
    name = "tantivy"
    needs = ("tantivy",)

    def build(self, articles: Iterable[Article], folder: Path) -> float:
        tantivy = load("tantivy")
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("marked", stored=True, tokenizer_name="marked")
        builder.add_text_field("folded", tokenizer_name="folded")
        begin = time.perf_counter()
        index = with_tokenizers(tantivy.Index(builder.build(), str(folder)))
        writer = index.writer(HEAP * self.workers, self.workers)
        for article in articles:
            both = [article.title, article.text]
            writer.add_document(tantivy.Document(id=article.id, marked=both, folded=both))
        writer.commit()
        writer.wait_merging_threads()
        seconds = time.perf_counter() - begin
        index.writer().garbage_collect_files()  # what was merged away must not count into the size
        return seconds

    def open(self, folder: Path) -> None:
        self._index = with_tokenizers(load("tantivy").Index.open(str(folder)))
        self._searcher = self._index.searcher()

    def search(self, kind: Kind, text: str, limit: int) -> list[str]:
        query = self._index.parse_query(
            f'"{text}"' if kind == "phrase" else text,
            ["folded" if kind == "unmarked" else "marked"],
            conjunction_by_default=kind == "and",
        )
        hits = self._searcher.search(query, limit, count=False).hits
        return [self._searcher.doc(address).get_first("marked") for _, address in hits]

    def close(self) -> None:
        del self._searcher, self._index


class TantivyTwo(Tantivy):
    """Two threads build."""

    name = "tantivy x2"
    workers = 2


def with_tokenizers(index: Any) -> Any:
    """An index that knows how the fields "marked" and "folded" are cut into words."""
    tantivy = load("tantivy")

    def analyzer(*filters: Any) -> Any:
        built = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for each in filters:
            built = built.filter(each)
        return built.build()

    index.register_tokenizer("marked", analyzer(tantivy.Filter.lowercase()))
    index.register_tokenizer("folded", analyzer(tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold()))
    return index
