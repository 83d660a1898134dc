"""What is said about results: how many, how they were found, and what to try where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..models import SearchResults
from .answers import Question
from .inert import inert
from .messages import Messages

MAX_REPEATED: Final = 200
# Compiled when nothing was found.
_EXCLUDES: Final = r"(?:^|[\s(])-[\w\"(]|\b(?:NOT|KHÔNG)\b"
_EXCLUDED_PHRASE: Final = r'(?:^|(?<=[\s(]))-"[^"]*"'


def remarks(results: SearchResults, say: Messages) -> Iterator[str]:
    """What a reader of results should know about them."""
    for note in results.interpretation.notes:
        yield say("results.note", note=say.note(note))
    if results.suggestion:
        yield say("results.suggestion", query=results.suggestion)


def summary(results: SearchResults, say: Messages) -> Iterator[str]:
    """How many results there are and how long it took, then the remarks."""
    found = say.count("results", results.total)
    if len(results) < results.total:
        first = results.offset + 1
        found = say("results.range", results=found, first=first, last=results.offset + len(results))
    yield say("results.summary", results=found, milliseconds=say.decimal(results.elapsed * 1000, 1))
    yield from remarks(results, say)


def pathless(results: SearchResults, exact: bool, say: Messages) -> Iterator[str]:
    """What a list of paths does not show of results, or, where it is not `exact`, not as it is."""
    missing = sum(hit.path is None for hit in results)
    changed = sum(hit.path is not None and hit.path != inert(hit.path) for hit in results)
    if missing:
        yield say.count("paths.missing", missing)
    if changed and not exact:
        yield say.count("paths.changed", changed)


def nothing_found(results: SearchResults, asked: Question, say: Messages) -> Iterator[str]:
    """What was asked, and what of it could be loosened."""
    query = shorten(results.interpretation.query or results.query)
    if results.total:
        yield say("search.past", results=say.count("results", results.total), query=query, offset=results.offset)
        return
    options = loosening(results, asked, say)
    line = say("search.nothing", query=query)
    if options:
        line += f" ({say('search.try', options=say('search.try.or').join(options))})"
    if query:
        yield line
    yield from remarks(results, say)


def shorten(query: str) -> str:
    """A query as it is repeated to the person who typed it: one line, its beginning where it is long."""
    query = " ".join(query.split())
    return query if len(query) <= MAX_REPEATED else query[: MAX_REPEATED - 1] + "…"


def loosening(results: SearchResults, asked: Question, say: Messages) -> list[str]:
    """The options that would ask for less, as a person types them."""
    query = results.query
    excludes = re.search(_EXCLUDES, query) is not None
    phrase = re.sub(_EXCLUDED_PHRASE, "", query).count('"') > 1
    options: list[str] = []
    # Bare words are relaxed by themselves; beside operators they are not.
    if asked.match == "all" or (asked.match == "auto" and (excludes or phrase)):
        options.append(say("search.try.match"))
    if asked.marks == "exact":
        options.append(say("search.try.marks"))
    if asked.filters:
        options.append(say("search.try.filter"))
    if excludes:
        options.append(say("search.try.not"))
    if phrase:
        options.append(say("search.try.phrase"))
    return options
