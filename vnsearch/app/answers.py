"""A question as the options of a command put it, and its answer: results, and what was asked for beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..models import Explanation, Facets, Group, Marks, Match, SearchResults
from ..records import record

if TYPE_CHECKING:
    from ..index import Index


@record(frozen=True, slots=True)
class Answer:
    """A page of results; an explanation of each hit where they were wanted; facets of the fields that were named."""

    results: SearchResults
    explanations: tuple[Explanation, ...] = ()
    facets: tuple[Facets, ...] = ()

    def hits_to_dict(self) -> list[dict[str, Any]]:
        """The hits as values that JSON can hold, each with its "explanation" where there is one."""
        hits = [hit.to_dict() for hit in self.results]
        for hit, explanation in zip(hits, self.explanations, strict=False):
            hit["explanation"] = explanation.to_dict()
        return hits

    def to_dict(self) -> dict[str, Any]:
        """The results by the names of their dataclass, then "facets" where some were wanted."""
        values = self.results.to_dict() | {"hits": self.hits_to_dict()}
        if self.facets:
            values["facets"] = [facets.to_dict() for facets in self.facets]
        return values


@record(frozen=True, slots=True)
class Question:
    """Everything about a search but its query: the parameters of `Index.search`, whether each hit is to be explained,
    the fields whose facets are wanted, and how many values of each."""

    limit: int = 10
    offset: int = 0
    match: Match = "auto"
    marks: Marks = "auto"
    group: Group = "document"
    filters: Mapping[str, Any] = field(default_factory=dict)
    sort: str = "score"
    literal: bool = False
    passages: int = 3
    collapse: bool = False
    explain: bool = False
    facets: tuple[str, ...] = ()
    values: int = 20

    def ask(self, index: Index, query: str) -> Answer:
        """The answer to a query. Raises `RequestError`."""
        results = self._search(index, query, self.limit, self.offset, self.passages)
        how: dict[str, Any] = {
            "match": self.match,
            "marks": self.marks,
            "filters": self.filters,
            "literal": self.literal,
        }
        explained = results if self.explain else ()
        return Answer(
            results,
            tuple(index.explain(query, hit.id, **how) for hit in explained),
            tuple(index.facets(query, name, limit=self.values, **how) for name in self.facets),
        )

    def best_score(self, index: Index, answer: Answer) -> float:
        """The best score of the first page, by which a score is seen to be high or low on any page."""
        results = answer.results
        if self.offset and self.sort == "score":
            results = self._search(index, results.query, self.limit, 0, 0)
        return max((hit.score for hit in results), default=0.0)

    def _search(self, index: Index, query: str, limit: int, offset: int, passages: int) -> SearchResults:
        return index.search(
            query,
            limit=limit,
            offset=offset,
            match=self.match,
            marks=self.marks,
            group=self.group,
            filters=self.filters or None,
            sort=self.sort,
            literal=self.literal,
            passages=passages,
            collapse=self.collapse,
        )
