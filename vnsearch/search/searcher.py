"""One search from the text of a query to a page of results."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..engine.snapshot import Snapshot
from ..models import Hit, Interpretation, Relaxed, SearchResults
from .context import Context, read_context
from .finding import Answer, find, is_long
from .hits import read_hits
from .leaves import Leaf
from .query import Every, Node, respell, write
from .request import Request, read
from .reranking import Judge
from .sorting import sort_by

LIKELY: Final = 0.5
"""A marking with this probability is shown as what was meant."""

LITTLE: Final = 10
"""A query that finds fewer may have been misspelled: slips of the pen stand in texts too. Then another one finds so
many times as many."""


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
    leaves = matcher.positive(attempt.root)
    context = read_context(matcher, leaves)
    judge = Judge(matcher, context)
    window = slice(request.offset, request.offset + request.limit)
    if request.sort == "score":
        page, total = judge.first(matched, total, window, request.collapse)
    else:
        page, total = sort_by(judge, snapshot, matched, request.sort, window, request.collapse)
    hits = read_hits(snapshot, page, leaves, request.group, request.passages)
    notes = query.notes + ((attempt.note,) if attempt.note else ())
    understood = Interpretation(write(respelled(attempt.root, context)), notes)
    suggestion = _better(snapshot, request, answer) if _finds_little(snapshot, request, answer, leaves) else None
    return _results(request, started, hits, total, understood, attempt.relaxed, suggestion)


def _finds_little(snapshot: Snapshot, request: Request, answer: Answer, leaves: Sequence[Leaf]) -> bool:
    """Whether a query may have been misspelled: it finds nothing, or little beside what there is, or a part of it only.
    A question always finds a part; and who wants all words knows what they are."""
    if request.literal or not answer.total:
        return not request.literal
    is_little = request.match == "auto" and answer.total < LITTLE and LITTLE * answer.total < snapshot.documents
    return (answer.attempt.relaxed is not None or is_little) and not is_long(leaves)


def _better(snapshot: Snapshot, request: Request, answer: Answer) -> str | None:
    """A query that was probably meant instead, if all of it is found, and more often."""
    from .suggestions import suggest_query

    text = suggest_query(snapshot, request.query)
    if text is None:
        return None
    other = replace(request, query=text, match="all")
    root = read(snapshot, other).root
    least = LITTLE * answer.total if answer.attempt.relaxed is None else 0
    return text if root is not None and find(snapshot, other, root).total > least else None


def _results(
    request: Request,
    started: float,
    hits: tuple[Hit, ...],
    total: int,
    interpretation: Interpretation,
    relaxed: Relaxed | None = None,
    suggestion: str | None = None,
) -> SearchResults:
    elapsed = time.perf_counter() - started
    return SearchResults(request.query, hits, total, request.offset, elapsed, interpretation, relaxed, suggestion)


def respelled(node: Node, context: Context) -> Node:
    """A tree whose words bear the marks that they most likely lack."""
    if not any(context.markings):
        return node
    spellings: dict[str, deque[str]] = defaultdict(deque)
    for leaf, marking in zip(context.asked.leaves, context.markings, strict=True):
        if leaf.typed is not None and marking is not None and marking.probability >= LIKELY:
            spellings[leaf.text].append(leaf.text if marking.token == leaf.typed.token else marking.token)
    return respell(node, lambda text: spellings[text].popleft() if spellings.get(text) else text)
