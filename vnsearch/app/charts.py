"""The facets of results: bars on a screen, rows for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..models import Facets
from .bars import bar
from .cells import cells, wrap
from .formats import facet_rows
from .inert import inert
from .messages import Messages
from .rendering import FAINT, STRONG, block, paint
from .terminal import Terminal

FACET_CELLS: Final = 40
MAX_NAME: Final = 30
"""How many cells of a value are shown beside its bar."""


def facet_lines(facets: Facets, terminal: Terminal, say: Messages) -> Iterator[str]:
    """What documents hold in a field: a bar a value on a screen, else rows of field, value and count parted by tabs."""
    if not terminal.draws:
        for row in facet_rows([facets]):
            yield "\t".join(inert(str(cell)) for cell in row)
        return
    yield from block(
        "",
        say("facets.head", field=facets.field, documents=say.count("results.documents", facets.total)),
        (),
        terminal,
        STRONG,
    )
    names = [_cut(inert(value.value), min(MAX_NAME, (terminal.width or MAX_NAME) // 2)) for value in facets.values]
    counts = [say.number(value.count) for value in facets.values]
    most = max((value.count for value in facets.values), default=0)
    widest, longest = max(map(cells, names), default=0), max(map(len, counts), default=0)
    room = min(FACET_CELLS, max((terminal.width or 0) - widest - longest - 4, 1))
    for name, count, value in zip(names, counts, facets.values, strict=True):
        drawn = bar(value.count / most, room) if most else ""
        painted = paint(drawn, FAINT) if terminal.color else drawn
        yield f"  {name}{' ' * (widest - cells(name))} {count:>{longest}} {painted}".rstrip()
    shown = sum(value.count for value in facets.values)
    if facets.missing:
        yield from block("  ", say("facets.missing", missing=say.number(facets.missing)), (), terminal, FAINT)
    elif not shown:
        yield from block("  ", say("facets.none"), (), terminal, FAINT)


def _cut(text: str, width: int) -> str:
    """The beginning of a text that is wider than so many cells."""
    if cells(text) <= width:
        return text
    end = next((end for _, end in wrap(text, width - 1)), 0)
    return text[:end] + "…"
