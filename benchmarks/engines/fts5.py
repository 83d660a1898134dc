"""SQLite FTS5, `unicode61 remove_diacritics 2`: one folded index of two columns. It does not fold đ."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from .adapter import Article, Engine, Kind

FILE = "articles.db"


class Fts5(Engine):
    name = "fts5"
    needs = ()

    @classmethod
    def missing(cls) -> str | None:
        with sqlite3.connect(":memory:") as connection:
            found = connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
        return None if found else "this SQLite was built without FTS5"

    @classmethod
    def versions(cls) -> Mapping[str, str]:
        return {"sqlite": sqlite3.sqlite_version}

    def build(self, articles: Iterable[Article], folder: Path) -> float:
        begin = time.perf_counter()
        connection = sqlite3.connect(folder / FILE)
        connection.execute(
            "CREATE VIRTUAL TABLE articles USING fts5"
            "(id UNINDEXED, title, text, tokenize = 'unicode61 remove_diacritics 2')"
        )
        with connection:
            connection.executemany("INSERT INTO articles VALUES (?, ?, ?)", ((a.id, a.title, a.text) for a in articles))
        connection.close()
        return time.perf_counter() - begin

    def open(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / FILE)

    def search(self, kind: Kind, text: str, limit: int) -> list[str]:
        if kind == "phrase":
            query = f'"{text}"'
        else:
            query = (" " if kind == "and" else " OR ").join(f'"{word}"' for word in text.split())
        found = self._connection.execute(
            "SELECT title FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?", (query, limit)
        )
        return [title for (title,) in found]

    def close(self) -> None:
        self._connection.close()
