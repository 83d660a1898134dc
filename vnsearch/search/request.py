"""A search as it was asked for, with its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final, get_args

from ..engine.snapshot import Snapshot
from ..errors import RequestError
from ..models import Group as Grouping
from ..models import Marks, Match
from ..records import record
from ..text.equivalents import Group
from .expansion import expanded
from .parser import parse, parse_literal
from .query import Query
from .synonyms import Synonyms

MAX_WINDOW: Final = 10_000
"""How far a page of results may reach: offset + limit."""

MAX_PASSAGES: Final = 100
"""How many passages of one document can be shown."""


_MATCH: Final = get_args(Match)
_MARKS: Final = get_args(Marks)
_GROUP: Final = get_args(Grouping)


@record(frozen=True, slots=True)
class Request:
    """A search as asked for; `Index.search` tells what each part means. Values out of range raise `RequestError`."""

    query: str
    limit: int = 10
    offset: int = 0
    match: Match = "auto"
    marks: Marks = "auto"
    group: Grouping = "document"
    filters: Mapping[str, Any] = field(default_factory=dict)
    sort: str = "score"
    literal: bool = False
    passages: int = 3
    collapse: bool = False
    synonyms: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        _check_choice("match", self.match, _MATCH)
        _check_choice("marks", self.marks, _MARKS)
        _check_choice("group", self.group, _GROUP)
        _check_count("limit", self.limit)
        _check_count("offset", self.offset)
        _check_count("passages", self.passages)
        if self.passages > MAX_PASSAGES:
            raise RequestError(f"{self.passages:,} passages of each document were asked for", f"at most {MAX_PASSAGES}")
        if self.offset + self.limit > MAX_WINDOW:
            raise RequestError(
                f"results {self.offset} to {self.offset + self.limit} were asked for",
                f"at most the first {MAX_WINDOW:,} can be shown; narrow the query",
            )


def _check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise RequestError(f"{name}={value!r} is unknown", f"one of: {', '.join(allowed)}")


def _check_count(name: str, value: int) -> None:
    if not isinstance(value, int) or value < 0:
        raise RequestError(f"{name}={value!r} is no count", "give a whole number from 0 on")


def read(snapshot: Snapshot, request: Request) -> Query:
    """The tree of a request's query."""
    return parse_literal(request.query) if request.literal else read_text(snapshot, request, request.query)


def read_text(snapshot: Snapshot, request: Request, text: str) -> Query:
    """The tree of a query that may hold operators, its words with what else will do in their place."""
    query = parse(text, fields=("title", *snapshot.kinds))
    return query if request.marks == "exact" else expanded(query, Synonyms.of(snapshot, request.synonyms))
