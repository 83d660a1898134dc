"""Stock Whoosh: its default codec, a marked and a folded field.

Its stop filter is left out: it deletes ý, ở and "in".
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..surroundings import load
from .adapter import SHORT, Article, Engine, Kind


class Whoosh(Engine):
    name = "whoosh"
    needs = ("whoosh",)
    kinds = frozenset(SHORT)

    def build(self, articles: Iterable[Article], folder: Path) -> float:
        fields, analysis, indexing = load("whoosh.fields"), load("whoosh.analysis"), load("whoosh.index")
        marked = analysis.RegexTokenizer() | analysis.LowercaseFilter()
        folded = marked | analysis.CharsetFilter(load("whoosh.support.charset").accent_map)
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            title=fields.STORED,
            text=fields.STORED,
            marked=fields.TEXT(analyzer=marked),
            folded=fields.TEXT(analyzer=folded),
        )
        begin = time.perf_counter()
        index = indexing.create_in(str(folder), schema)
        writer = index.writer()
        for article in articles:
            both = f"{article.title}\n{article.text}"
            writer.add_document(id=article.id, title=article.title, text=article.text, marked=both, folded=both)
        writer.commit()
        index.close()
        return time.perf_counter() - begin

    def open(self, folder: Path) -> None:
        parsing = load("whoosh.qparser")
        index = load("whoosh.index").open_dir(str(folder))
        self._searcher = index.searcher()

        def parser(field: str, group: Any) -> Any:
            return parsing.QueryParser(field, index.schema, group=group)

        self._parsers = {
            "or": parser("marked", parsing.OrGroup),
            "and": parser("marked", parsing.AndGroup),
            "phrase": parser("marked", parsing.AndGroup),
            "unmarked": parser("folded", parsing.OrGroup),
        }

    def search(self, kind: Kind, text: str, limit: int) -> list[str]:
        query = self._parsers[kind].parse(f'"{text}"' if kind == "phrase" else text)
        return [hit["title"] for hit in self._searcher.search(query, limit=limit)]

    def close(self) -> None:
        self._searcher.close()
