"""One search from the text of a query to a page of results.

What a query matches is tried from the strictest reading to the loosest, and the first that finds anything is taken:
as typed; as keystrokes of an input method that was off (tuw -> tư); with marks that contradict those typed; with most
of the words; with any of them. `SearchResults.relaxed` and the notes of the interpretation say which it was.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from ..engine.snapshot import Snapshot
from ..errors import RequestError
from ..models import Group, Hit, Interpretation, Marks, Match, Passage, Relaxed, SearchResults
from ..text import keystrokes
from ..text.marks import lacks_tones
from ..text.tokens import tokenize
from . import filters as metadata
from .leaves import Leaf
from .matching import Mask, Matcher
from .parser import parse, parse_literal
from .query import And, Bag, Every, Node, Not, Or, Query, bag, conjunction, disjunction, write
from .scoring import Scorer, Scores
from .slots import MarksPolicy
from .snippets import snippet, spans

MAX_WINDOW: Final = 10_000
"""How far a page of results may reach: offset + limit."""

PASSAGES_PER_HIT: Final = 3


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

    def __post_init__(self) -> None:
        for name, values in (("match", Match), ("marks", Marks), ("group", Group)):
            allowed = get_args(values)
            if getattr(self, name) not in allowed:
                raise RequestError(f"{name}={getattr(self, name)!r} is unknown", f"one of: {', '.join(allowed)}")
        for name in ("limit", "offset"):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 0:
                raise RequestError(f"{name}={value!r} is no count", "give a whole number from 0 on")
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
    """The attempt that was taken, its matcher, and the units that it matches."""

    attempt: Attempt
    matcher: Matcher
    units: NDArray[np.int64]


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
    attempt, matcher, units = answer
    leaves = list(matcher.positive(attempt.root))
    scorer = Scorer(matcher)
    record_scores = scorer.records(leaves)
    unit_scores = scorer.documents(record_scores) if request.group == "document" else record_scores
    ranked = _rank(snapshot, request, units, unit_scores)
    page = ranked[request.offset : request.offset + request.limit]
    show = _document_hit if request.group == "document" else _passage_hit
    hits = tuple(show(snapshot, int(unit), unit_scores, record_scores, leaves) for unit in page)
    notes = tuple(str(note) for note in query.notes) + ((attempt.note,) if attempt.note else ())
    return _results(request, started, hits, len(units), Interpretation(write(attempt.root), notes), attempt.relaxed)


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
        if len(answer.units):
            return answer
        if affirmative(attempt.root) != attempt.root:
            kept = _try(attempt._replace(root=affirmative(attempt.root)), matcher, allowed)
            if len(kept.units):
                # The exclusion was obeyed: looser words would only find what nobody asked for.
                note = f"nothing is left after the exclusion; without it: {len(kept.units)}"
                return answer._replace(attempt=attempt._replace(note=note))
        first = first or answer
    assert first is not None  # there is always one attempt
    return first


def _try(attempt: Attempt, matcher: Matcher, allowed: Mask | None) -> Answer:
    mask: Mask = matcher.match(attempt.root, attempt.need)
    if allowed is not None:
        mask = mask & matcher.restrict(allowed)
    return Answer(attempt, matcher, np.flatnonzero(mask))


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


def _rank(snapshot: Snapshot, request: Request, units: NDArray[np.int64], scores: Scores) -> NDArray[np.int64]:
    """The units in the order asked for. Equal ones keep the order of the index."""
    by_score = units[np.argsort(-scores[units], kind="stable")]
    if request.sort == "score":
        return by_score
    name = request.sort.removeprefix("-")
    if name not in snapshot.kinds:
        known = ", ".join(sorted(snapshot.kinds)) or "none"
        raise RequestError(f"results cannot be sorted by '{name}'", f"by score, or by a field of this index: {known}")
    documents = by_score if request.group == "document" else snapshot.document_of[by_score]
    keys = [_sort_key(snapshot.document(int(document)).fields.get(name)) for document in documents]
    known_places = [place for place, key in enumerate(keys) if key is not None]
    known_places.sort(key=lambda place: keys[place], reverse=request.sort.startswith("-"))  # type: ignore[arg-type,return-value]
    missing = [place for place, key in enumerate(keys) if key is None]
    return by_score[known_places + missing]


def _sort_key(value: object) -> float | str | datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value)).casefold()
    return None if value is None else str(value).casefold()


def _document_hit(
    snapshot: Snapshot, unit: int, unit_scores: Scores, record_scores: Scores, leaves: Sequence[Leaf]
) -> Hit:
    document = snapshot.document(unit)
    first = int(snapshot.header_of[unit])
    last = int(snapshot.header_of[unit + 1]) if unit + 1 < snapshot.documents else snapshot.records
    records = np.arange(first + 1, last)
    records = records[snapshot.document_of[records] == unit]
    best = records[np.argsort(-record_scores[records], kind="stable")][:PASSAGES_PER_HIT]
    kept = [int(r) for r in best if record_scores[r] > 0] or [int(r) for r in records[:1]]
    passages = tuple(_passage(snapshot, document.text, record, record_scores, leaves) for record in kept)
    return _hit(document.id, snapshot, unit, float(unit_scores[unit]), passages, leaves)


def _passage_hit(
    snapshot: Snapshot, unit: int, unit_scores: Scores, record_scores: Scores, leaves: Sequence[Leaf]
) -> Hit:
    number = int(snapshot.document_of[unit])
    document = snapshot.document(number)
    passage = _passage(snapshot, document.text, unit, record_scores, leaves)
    return _hit(document.id, snapshot, number, float(unit_scores[unit]), (passage,), leaves)


def _hit(
    document_id: str,
    snapshot: Snapshot,
    number: int,
    score: float,
    passages: tuple[Passage, ...],
    leaves: Sequence[Leaf],
) -> Hit:
    document = snapshot.document(number)
    return Hit(
        id=document_id,
        title=document.title,
        path=document.path,
        score=score,
        fields=dict(document.fields),
        passages=passages,
        title_spans=spans(document.title, leaves),
    )


def _passage(snapshot: Snapshot, text: str, record: int, scores: Scores, leaves: Sequence[Leaf]) -> Passage:
    start = int(snapshot.starts[record])
    whole = text[start : int(snapshot.ends[record])]
    begin, end, marked = snippet(whole, [leaf for leaf in leaves if leaf.field is None])
    return Passage(whole[begin:end], start + begin, float(scores[record]), marked)
