"""One search from the text of a query to a page of results.

What a query matches is tried from the strictest reading to the loosest, and the first that finds anything is taken:
as typed; as keystrokes of an input method that was off (tuw -> tư); with marks that contradict those typed; with most
of the words; with any of them. `SearchResults.relaxed` and the notes of the interpretation say which it was.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, get_args

import numpy as np

from ..engine.snapshot import Snapshot
from ..errors import RequestError
from ..models import Group, Hit, Interpretation, Marks, Match, Relaxed, SearchResults
from ..text import keystrokes
from ..text.marks import lacks_tones
from ..text.tokens import tokenize
from . import filters as metadata
from .hits import read_hits
from .matching import Mask, Matcher
from .parser import parse, parse_literal
from .query import And, Bag, Every, Node, Not, Or, Query, bag, conjunction, disjunction, write
from .ranking import rank, sort_by
from .scoring import Scorer
from .slots import MarksPolicy

MAX_WINDOW: Final = 10_000
"""How far a page of results may reach: offset + limit."""

MAX_PASSAGES: Final = 100
"""How many passages of one document can be shown."""


@dataclass(frozen=True, slots=True)
class Request:
    """A search as asked for; `Index.search` tells what each part means. Values out of range raise `RequestError`."""

    query: str
    limit: int = 10
    offset: int = 0
    match: Match = "auto"
    marks: Marks = "auto"
    group: Group = "document"
    filters: Mapping[str, Any] = field(default_factory=dict)
    sort: str = "score"
    literal: bool = False
    passages: int = 3

    def __post_init__(self) -> None:
        for name, values in (("match", Match), ("marks", Marks), ("group", Group)):
            allowed = get_args(values)
            if getattr(self, name) not in allowed:
                raise RequestError(f"{name}={getattr(self, name)!r} is unknown", f"one of: {', '.join(allowed)}")
        for name in ("limit", "offset", "passages"):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 0:
                raise RequestError(f"{name}={value!r} is no count", "give a whole number from 0 on")
        if self.passages > MAX_PASSAGES:
            raise RequestError(f"{self.passages:,} passages of each document were asked for", f"at most {MAX_PASSAGES}")
        if self.offset + self.limit > MAX_WINDOW:
            raise RequestError(
                f"results {self.offset} to {self.offset + self.limit} were asked for",
                f"at most the first {MAX_WINDOW:,} can be shown; narrow the query",
            )


class Attempt(NamedTuple):
    """One way to read a query."""

    root: Node
    policy: MarksPolicy
    need: Relaxed | None
    relaxed: Relaxed | None = None
    note: str = ""


class Answer(NamedTuple):
    """The attempt that was taken, its matcher, the units that it matches (bool[units]), and how many these are."""

    attempt: Attempt
    matcher: Matcher
    matched: Mask
    total: int


def search(snapshot: Snapshot, request: Request) -> SearchResults:
    """Carry out a search. Raises `RequestError` for a filter or a sort field that the index does not have."""
    started = time.perf_counter()
    query = read(snapshot, request)
    root = query.root
    if root is None and request.filters:
        root = Every()
    if root is None:
        note = "nothing to search for: the query holds no letter and no digit"
        return _results(request, started, (), 0, Interpretation(request.query, (note,)))
    answer = find(snapshot, request, root)
    attempt, matcher, matched, total = answer
    leaves = list(matcher.positive(attempt.root))
    scorer = Scorer(matcher)
    window = slice(request.offset, request.offset + request.limit)
    if request.sort == "score":
        best = rank(scorer, leaves, matched, total, window.stop)
        ranked = best._replace(units=best.units[window], scores=best.scores[window])
    else:
        ranked = sort_by(scorer, leaves, matched, request.sort, window)
    hits = read_hits(snapshot, ranked, leaves, request.group, request.passages)
    notes = tuple(str(note) for note in query.notes) + ((attempt.note,) if attempt.note else ())
    return _results(request, started, hits, total, Interpretation(write(attempt.root), notes), attempt.relaxed)


def _results(
    request: Request,
    started: float,
    hits: tuple[Hit, ...],
    total: int,
    interpretation: Interpretation,
    relaxed: Relaxed | None = None,
) -> SearchResults:
    elapsed = time.perf_counter() - started
    return SearchResults(request.query, hits, total, request.offset, elapsed, interpretation, relaxed)


def read(snapshot: Snapshot, request: Request) -> Query:
    """The tree of a request's query."""
    if request.literal:
        return parse_literal(request.query)
    return parse(request.query, fields=("title", *snapshot.kinds))


def find(snapshot: Snapshot, request: Request, root: Node) -> Answer:
    """The first attempt that matches anything; where none does, the first of all, with no units."""
    allowed = metadata.select(snapshot, request.filters) if request.filters else None
    first: Answer | None = None
    for attempt in _attempts(snapshot, request, root):
        matcher = Matcher(snapshot, attempt.policy, request.group)
        answer = _try(attempt, matcher, allowed)
        if answer.total:
            return answer
        if affirmative(attempt.root) != attempt.root:
            kept = _try(attempt._replace(root=affirmative(attempt.root)), matcher, allowed)
            if kept.total:
                # The exclusion was obeyed: looser words would only find what nobody asked for.
                note = f"nothing is left after the exclusion; without it: {kept.total}"
                return answer._replace(attempt=attempt._replace(note=note))
        first = first or answer
    assert first is not None  # there is always one attempt
    return first


def _try(attempt: Attempt, matcher: Matcher, allowed: Mask | None) -> Answer:
    mask: Mask = matcher.match(attempt.root, attempt.need)
    if allowed is not None:
        mask = mask & matcher.restrict(allowed)
    return Answer(attempt, matcher, mask, int(np.count_nonzero(mask)))


def affirmative(node: Node) -> Node:
    """A tree without what it excludes."""
    match node:
        case And(children):
            return conjunction([affirmative(child) for child in children if not isinstance(child, Not)])
        case Or(children):
            return disjunction([affirmative(child) for child in children])
        case Bag(should, must, _):
            return bag([affirmative(c) for c in should], [affirmative(c) for c in must])
        case _:
            return node


def _attempts(snapshot: Snapshot, request: Request, root: Node) -> Iterator[Attempt]:
    need: Relaxed | None = "any" if request.match == "any" else None
    fixed = {"exact": MarksPolicy.EXACT, "ignore": MarksPolicy.IGNORED}.get(request.marks)
    toneless = lacks_tones(token.canonical for token in tokenize(request.query))
    policy = fixed or (MarksPolicy.TONELESS if toneless else MarksPolicy.COMPATIBLE)
    yield Attempt(root, policy, need)
    decoded = None if request.literal else _decoded(snapshot, request)
    keys = f"read as keystrokes: {write(decoded)}" if decoded is not None else ""
    if decoded is not None:
        yield Attempt(decoded, policy, need, None, keys)
    if fixed is None:
        note = "nothing has these marks: other marks were accepted"
        yield Attempt(root, MarksPolicy.CONFLICTING, need, "marks", note)
        if decoded is not None:
            yield Attempt(decoded, MarksPolicy.CONFLICTING, need, "marks", f"{keys}; {note}")
    if request.match == "auto":
        yield Attempt(root, policy, "most", "most", "nothing holds all of the words: most of them were wanted")
        yield Attempt(root, policy, "any", "any", "nothing holds most of the words: any of them will do")


def _decoded(snapshot: Snapshot, request: Request) -> Node | None:
    """The query as an input method would have typed it, where that is another query."""
    text = keystrokes.decode(request.query)
    return parse(text, fields=("title", *snapshot.kinds)).root if text else None
