"""Plain BM25 over our engine: what ranking costs beside it.

A query is read, matched, relaxed and shown as understood, and hits are made, as ever; but words are scored by BM25 and
nothing else is: no pairs, no passages, no restored marks, no near-duplicates, no second look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ..surroundings import load, own_versions
from .adapter import Article, Engine, Kind
from .own import Vnsearch


class PlainBm25(Engine):
    """The words of a query over the postings of our index."""

    name = "vnsearch, plain BM25"
    needs = ("vnsearch",)
    index_of = Vnsearch.name
    kinds = frozenset(("ranking",))

    @classmethod
    def versions(cls) -> Mapping[str, str]:
        return own_versions()

    def build(self, articles: Iterable[Article], folder: Path) -> float:
        raise NotImplementedError(f"it reads the index of {self.index_of}")

    def open(self, folder: Path) -> None:
        search = "vnsearch.search."
        self._request, self._context = load(search + "request"), load(search + "context")
        self._find, self._rank = load(search + "finding").find, load(search + "ranking").rank
        self._write, self._hit = load(search + "query").write, load("vnsearch.models").Hit
        self._scorer = load(search + "scoring").Scorer
        self._snapshot = load("vnsearch.engine").Store.open(folder).snapshot()

    def search(self, kind: Kind, text: str, limit: int) -> list[str]:
        request = self._request.Request(text, limit, passages=0)
        root = self._request.read(self._snapshot, request).root
        if root is None:
            return []
        attempt, matcher, matched, total = self._find(self._snapshot, request, root)
        scorer = self._scorer(matcher, "document")
        alone = [self._context.Asked((leaf,), (1.0,)) for leaf in matcher.positive(attempt.root)]
        features = [feature for asked in alone for feature in scorer.features(asked)]
        found = self._rank(scorer, features, matched, total, limit)
        self._write(attempt.root)
        cards = [self._snapshot.card(unit) for unit in found.units.tolist()]
        scores = found.scores.tolist()
        hits = [self._hit(c.id, c.title, c.path, s, dict(c.fields), ()) for c, s in zip(cards, scores, strict=True)]
        return [hit.title for hit in hits]

    def close(self) -> None:
        del self._snapshot
