"""Results and documents as lines for a terminal.

Text is made inert first, wrapped by cells second, coloured last: so a colour never counts as width, a span never
moves, and every line closes the colours it opens. Without colour and without a width the same lines are plain and
stable, for other programs to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Final

from ..models import Document, FieldValue, Hit, SearchResults, Stats
from .cells import cells, wrap
from .inert import Spans, inert, inert_lines, inert_snippet
from .messages import Messages
from .terminal import Terminal

HIGHLIGHT: Final = "1;31"
STRONG: Final = "1"
FAINT: Final = "2"
INDENT: Final = "   "
BULLET: Final = "- "


def _paint(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text


def _highlight(text: str, begin: int, end: int, spans: Spans, style: str) -> str:
    """`text[begin:end]` in a style, the parts of it inside spans highlighted."""
    painted: list[str] = []
    place = begin
    for first, last in spans:
        first, last = max(first, place), min(last, end)
        if first < last:
            painted += _paint(text[place:first], style), _paint(text[first:last], HIGHLIGHT)
            place = last
    painted.append(_paint(text[place:end], style))
    return "".join(painted)


def block(prefix: str, text: str, spans: Spans, terminal: Terminal, style: str = "") -> Iterator[str]:
    """A prefix and a text hanging from it: wrapped beside the prefix where the terminal wraps, spans highlighted."""
    text = inert(text)
    width = terminal.width
    indent = cells(prefix)
    lines = [(0, len(text))] if width is None else list(wrap(text, max(width - indent, 1)))
    for begin, end in lines or [(0, 0)]:
        shown = _highlight(text, begin, end, spans, style) if terminal.color else text[begin:end]
        yield (prefix + shown).rstrip()
        prefix = " " * indent


def hit_lines(hit: Hit, number: int, terminal: Terminal, say: Messages) -> Iterator[str]:
    """One result: number and title, where it is, and its passages."""
    title, spans = (hit.title, hit.title_spans) if hit.title.strip() else (hit.id, ())
    yield from block(f"{number}. ", *inert_snippet(title, spans), terminal, STRONG)
    facts = [hit.path or hit.id]
    if "date" in hit.fields:
        facts.append(plain_value(hit.fields["date"]))
    facts.append(say("results.score", score=say.decimal(hit.score, 2)))
    yield from block(INDENT, " · ".join(facts), (), terminal, FAINT)
    for passage in hit.passages:
        yield from block(INDENT + BULLET, *inert_snippet(passage.text, passage.spans), terminal)


def results_lines(results: SearchResults, terminal: Terminal, say: Messages) -> Iterator[str]:
    """One page of results, an empty line between two."""
    for number, hit in enumerate(results, start=results.offset + 1):
        if number > results.offset + 1:
            yield ""
        yield from hit_lines(hit, number, terminal, say)


def document_lines(document: Document, terminal: Terminal) -> Iterator[str]:
    """A whole document: what is known about it, then its text with its own lines, wrapped where the terminal wraps."""
    facts = [("id", document.id)]
    if document.path is not None and document.path != document.id:
        facts.append(("path", document.path))
    facts += [(name, plain_value(value)) for name, value in document.fields.items()]
    if document.title:
        yield from block("", document.title, (), terminal, STRONG)
    yield from pair_lines(facts, terminal, FAINT)
    yield ""
    for line in inert_lines(document.text).split("\n"):
        yield from block("", line, (), terminal)


def pair_lines(
    pairs: Iterable[tuple[str, str]], terminal: Terminal, style: str = "", colon: str = ":"
) -> Iterator[str]:
    """Names and values, the values lined up."""
    pairs = [(inert(name), value) for name, value in pairs]
    widest = max((cells(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        yield from block(f"{name}{colon}{' ' * (widest - cells(name) + 1)}", value, (), terminal, style)


def plain_value(value: FieldValue) -> str:
    """The value of a field as a person reads it; a date in the order of ISO 8601."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(value) if isinstance(value, list) else str(value)


def stats_lines(stats: Stats, terminal: Terminal, say: Messages) -> Iterator[str]:
    """The size of an index, a fact a line."""
    facts: dict[str, object] = {f.name: getattr(stats, f.name) for f in fields(stats)}
    facts["fields"] = ", ".join(f"{name} ({kind})" for name, kind in stats.fields.items()) or "-"
    facts["modified"] = plain_value(stats.modified.astimezone().replace(tzinfo=None))
    return pair_lines([(say(f"stats.{name}"), str(value)) for name, value in facts.items()], terminal)
