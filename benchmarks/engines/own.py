"""Our engine, as programs call it: `vnsearch.Index`."""

from __future__ import annotations

import inspect
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from ..printing import say
from ..surroundings import load, own_versions
from .adapter import SHORT, Article, Engine, Kind

MATCH: Final[dict[Kind, Literal["all", "any", "auto"]]] = {
    "or": "any",
    "and": "all",
    "phrase": "all",
    "unmarked": "any",
    "question": "any",
    "default": "auto",
    "ranking": "auto",
}


class Vnsearch(Engine):
    """One process. Passages are left out where `Index.search` can do that, since no other engine here cuts any."""

    name = "vnsearch"
    needs = ("vnsearch",)
    kinds = frozenset((*SHORT, "question", "default", "ranking"))

    @classmethod
    def versions(cls) -> Mapping[str, str]:
        return own_versions()

    def build(self, articles: Iterable[Article], folder: Path) -> float:
        index_class, document_class = load("vnsearch.index").Index, load("vnsearch.models").Document
        load("vnsearch.adding")  # what writes is imported by who writes
        options = {"jobs": self.workers} if self.workers > 1 else {}
        begin = time.perf_counter()
        documents = (document_class(id=a.id, title=a.title, text=a.text) for a in articles)
        with index_class.create(folder) as index:
            index.add(documents, **options)
            return time.perf_counter() - begin

    def open(self, folder: Path) -> None:
        self._index = load("vnsearch").Index.open(folder)
        self._lean: dict[str, Any] = {"passages": 0} if _takes("search", "passages") else {}
        if not self._lean:
            say("vnsearch: Index.search has no parameter 'passages'; its times include passages")

    def search(self, kind: Kind, text: str, limit: int) -> list[str]:
        if kind == "default":
            return [hit.title for hit in self._index.search(text, limit=limit)]
        query = f'"{text}"' if kind == "phrase" else text
        return [hit.title for hit in self._index.search(query, match=MATCH[kind], limit=limit, **self._lean)]

    def close(self) -> None:
        self._index.close()


class VnsearchTwo(Vnsearch):
    """Two processes build."""

    name = "vnsearch x2"
    workers = 2

    @classmethod
    def missing(cls) -> str | None:
        return super().missing() or (None if _takes("add", "jobs") else "not there: Index.add has no parameter 'jobs'")


def _takes(method: str, parameter: str) -> bool:
    return parameter in inspect.signature(getattr(load("vnsearch").Index, method)).parameters
