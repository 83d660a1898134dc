"""bm25s with its numba backend: marked single words, no positions and no folding, so "or" and questions only."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from ..surroundings import load
from .adapter import Article, Engine, Kind

WORDS: Final[dict[str, Any]] = {"token_pattern": r"(?u)\w+", "stopwords": None, "show_progress": False}


class Bm25s(Engine):
    name = "bm25s"
    needs = ("bm25s", "numba")
    kinds = frozenset(("or", "question"))

    def build(self, articles: Iterable[Article], folder: Path) -> float:
        bm25s = library()
        begin = time.perf_counter()
        kept = [{"id": a.id, "title": a.title, "text": a.text} for a in articles]
        index = bm25s.BM25(backend="numba")
        index.index(bm25s.tokenize([f"{a['title']}\n{a['text']}" for a in kept], **WORDS), show_progress=False)
        index.save(str(folder), corpus=kept, show_progress=False)
        return time.perf_counter() - begin

    def open(self, folder: Path) -> None:
        self._bm25s = library()
        self._index = self._bm25s.BM25.load(str(folder), load_corpus=True, show_progress=False)
        self._articles = len(self._index.corpus)

    def search(self, kind: Kind, text: str, limit: int) -> list[str]:
        tokens = self._bm25s.tokenize(text, **WORDS)
        found = self._index.retrieve(tokens, k=min(limit, self._articles), show_progress=False)
        return [a["title"] for a, score in zip(found.documents[0], found.scores[0], strict=True) if score > 0]

    def close(self) -> None:
        del self._index


def library() -> Any:
    """The library, told to be quiet."""
    bm25s = load("bm25s")
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it talks of every index at DEBUG
    return bm25s
