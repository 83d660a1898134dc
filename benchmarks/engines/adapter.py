"""What the benchmark asks of an engine.

Every engine indexes title and text with positions, with marks and without, and stores both, in the way its own manual
shows first; where two ways are open, it takes the faster one. What an engine cannot do it leaves out and says so.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from ..surroundings import Installed

Kind = Literal["or", "and", "phrase", "unmarked", "question", "default", "ranking"]
"""How a query is meant. All but "and" and "phrase" want any of the words; "unmarked" is typed without marks; "default"
is what our own users get who name no option at all, passages included; "ranking" is the same without passages."""

SHORT: tuple[Kind, ...] = ("or", "and", "phrase", "unmarked")
"""The kinds whose queries are 1-5 syllables, and which other engines have too."""


@dataclass(frozen=True, slots=True)
class Article:
    """What is indexed."""

    id: str
    title: str
    text: str

    @property
    def size(self) -> int:
        """Bytes of UTF-8."""
        return sum(len(part.encode("utf-8", "surrogatepass")) for part in (self.title, self.text))


class Engine(Installed, ABC):
    """One engine. An instance builds an index or has one open, and is used by one thread."""

    name: ClassVar[str]
    workers: ClassVar[int] = 1
    """Processes or threads that build. An engine that has several is only timed at building."""
    index_of: ClassVar[str] = ""
    """The engine whose index it reads, where it builds none of its own."""
    kinds: ClassVar[frozenset[Kind]] = frozenset((*SHORT, "question"))

    @abstractmethod
    def build(self, articles: Iterable[Article], folder: Path) -> float:
        """Index all articles in an empty folder; seconds from the first article to the durable commit, imports not."""

    @abstractmethod
    def open(self, folder: Path) -> None:
        """Open the index in a folder."""

    @abstractmethod
    def search(self, kind: Kind, text: str, limit: int) -> list[str]:
        """The stored titles of the best results. `text` is syllables with single spaces between them."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the files."""

    def size(self, folder: Path) -> int:
        """Bytes of the index on disk."""
        return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
