"""Results and documents as lines for a terminal.

Text is made inert first, wrapped by cells second, coloured last: so a colour never counts as width, a span never
moves, and every line closes the colours it opens. Without colour and without a width (through a pipe) the lines are
plain and stable, whatever the text: a result is its number and title, three spaces with path, date and score, then a
line a passage behind "   - "; an empty line parts two results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from itertools import islice
from typing import Final

from ..models import Document, Explanation, FieldValue, Hit, SearchResults, Stats, Term
from .bars import bar
from .cells import ELLIPSIS, cells, fitting, wrap
from .inert import Spans, inert, inert_lines, inert_snippet
from .messages import Messages
from .terminal import Terminal

HIGHLIGHT: Final = "1;31"
STRONG: Final = "1"
FAINT: Final = "2"
INDENT: Final = "   "
MOST_LINES: Final = 12
"""So many lines of a title or a passage are shown of a hit on a screen: a word may have 10,000 characters."""
BULLET: Final = "- "
SCORE_CELLS: Final = 8
WIDE: Final = 40
"""From so many cells on a screen has room for bars beside the parts of a score."""
BEST_PASSAGE: Final = "best passage"
"""How an explanation calls what the best passage adds."""


def paint(text: str, style: str) -> str:
    """An inert text in a style (the parameters of an SGR sequence)."""
    return f"\x1b[{style}m{text}\x1b[0m" if style and text else text


def _highlight(text: str, begin: int, end: int, spans: Spans, style: str) -> str:
    """`text[begin:end]` in a style, the parts of it inside spans highlighted."""
    painted: list[str] = []
    place = begin
    for first, last in spans:
        first, last = max(first, place), min(last, end)
        if first < last:
            painted += paint(text[place:first], style), paint(text[first:last], HIGHLIGHT)
            place = last
    painted.append(paint(text[place:end], style))
    return "".join(painted)


def block(
    prefix: str, text: str, spans: Spans, terminal: Terminal, style: str = "", most: int | None = None
) -> Iterator[str]:
    """A prefix and a text hanging from it: wrapped beside the prefix where the terminal wraps, spans highlighted.

    Of what is wrapped to more than `most` lines the first are shown, the last of them with an ellipsis.
    """
    text = inert(text)
    width = terminal.width
    indent = cells(prefix)
    lines = [(0, len(text))] if width is None else list(islice(wrap(text, max(width - indent, 1)), most and most + 1))
    cut = most is not None and len(lines) > most
    shown = lines[:most] if cut else lines or [(0, 0)]
    for number, (begin, end) in enumerate(shown, start=1):
        rest = ""
        if cut and number == len(shown):
            rest = ELLIPSIS
            end = min(end, begin + fitting(text[begin:end] + rest, (width or 0) - indent))
        painted = _highlight(text, begin, end, spans, style) if terminal.color else text[begin:end]
        yield (prefix + painted + rest).rstrip()
        prefix = " " * indent


def hit_lines(
    hit: Hit,
    number: int,
    terminal: Terminal,
    say: Messages,
    best: float = 0.0,
    explanation: Explanation | None = None,
) -> Iterator[str]:
    """One result: number and title; where it is, its date and its score; its passages; why it stands there.

    Where bars can be drawn the score comes first, behind a bar that the score `best` fills.
    """
    title, spans = (hit.title, hit.title_spans) if hit.title.strip() else (hit.id, ())
    yield from block(f"{number}. ", *inert_snippet(title, spans), terminal, STRONG, MOST_LINES)
    facts = [hit.path or hit.id]
    if "date" in hit.fields:
        facts.append(plain_value(hit.fields["date"]))
    score = say("results.score", score=say.decimal(hit.score, 2))
    if best > 0 and terminal.draws:
        facts.insert(0, f"{bar(hit.score / best, SCORE_CELLS):<{SCORE_CELLS}} {score}")
    else:
        facts.append(score)
    yield from block(INDENT, " · ".join(facts), (), terminal, FAINT, MOST_LINES)
    for passage in hit.passages:
        yield from block(INDENT + BULLET, *inert_snippet(passage.text, passage.spans), terminal, "", MOST_LINES)
    if explanation is not None:
        yield from explanation_lines(explanation, terminal, say)


def results_lines(
    results: SearchResults,
    terminal: Terminal,
    say: Messages,
    best: float | None = None,
    explanations: Sequence[Explanation] = (),
) -> Iterator[str]:
    """One page of results, an empty line between two. `best` is the score that fills a bar, by default the best here;
    `explanations` are of each hit, or none."""
    if best is None:
        best = max((hit.score for hit in results), default=0.0)
    reasons: Iterable[Explanation | None] = explanations or (None,) * len(results)
    for place, (hit, reason) in enumerate(zip(results, reasons, strict=True)):
        if place:
            yield ""
        yield from hit_lines(hit, results.offset + place + 1, terminal, say, best, reason)


def explanation_lines(explanation: Explanation, terminal: Terminal, say: Messages) -> Iterator[str]:
    """The parts of a score, one a line: how much, as a bar where bars can be drawn, and for what.

    A word that counts twice, as it was typed and with marks that it most likely lacks, is told once where it is the
    same; neighbours that do not stand side by side are left out.
    """
    parts: dict[str, float] = {}
    for term in explanation.terms:
        is_passage = term.word == BEST_PASSAGE and term is explanation.terms[-1]
        if term.score or not (is_passage or " " in term.word):
            told = say("explain.passage") if is_passage else _told(term, say)
            parts[told] = parts.get(told, 0.0) + term.score
    most = max(parts.values(), default=0.0)
    drawn = most > 0 and terminal.draws and (terminal.width or 0) >= WIDE
    for told, score in parts.items():
        prefix = f"{INDENT}{say.decimal(score, 3):>8}"
        if drawn:
            prefix += f" {bar(score / most, SCORE_CELLS):<{SCORE_CELLS}}"
        yield from block(f"{prefix}  ", told, (), terminal, FAINT)


def _told(term: Term, say: Messages) -> str:
    """A word or a pair of words, in which spellings it was found, and in how many documents it is."""
    documents = say.count("results.documents", term.documents)
    if " " in term.word:
        return say("explain.pair", words=term.word, documents=documents)
    if not term.matched:
        return say("explain.missing", word=term.word, documents=documents)
    if term.matched == (term.word,):
        return say("explain.word", word=term.word, documents=documents)
    return say("explain.spelled", word=term.word, matched=", ".join(term.matched), documents=documents)


def document_head(document: Document, terminal: Terminal, title_spans: Spans = ()) -> Iterator[str]:
    """What is known about a document, and an empty line."""
    facts = [("id", document.id)]
    if document.path is not None and document.path != document.id:
        facts.append(("path", document.path))
    facts += [(name, plain_value(value)) for name, value in document.fields.items()]
    if document.title:
        yield from block("", document.title, title_spans, terminal, STRONG)
    yield from pair_lines(facts, terminal, FAINT)
    yield ""


def document_lines(document: Document, terminal: Terminal) -> Iterator[str]:
    """A whole document: what is known about it, then its text with its own lines, wrapped where the terminal wraps."""
    yield from document_head(document, terminal)
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
