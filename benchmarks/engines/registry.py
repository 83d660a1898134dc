"""The engines by name, ours first."""

from __future__ import annotations

from .adapter import Engine
from .bm25s import Bm25s
from .fts5 import Fts5
from .own import Vnsearch, VnsearchTwo
from .plain import PlainBm25
from .tantivy import Tantivy, TantivyTwo
from .whoosh import Whoosh

ENGINES: dict[str, type[Engine]] = {
    engine.name: engine for engine in (Vnsearch, VnsearchTwo, PlainBm25, Tantivy, TantivyTwo, Fts5, Bm25s, Whoosh)
}

OURS = Vnsearch.name
