"""`.facets` and `.dates`: what the results hold in a field, drawn as bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ....errors import RequestError
from ....models import Facets, FacetValue
from ...bars import bar
from ...cells import cells, wrap
from ...inert import inert
from ...rendering import pair_lines
from ..session import Session
from .register import command

MOST: Final = 20
MOST_DATES: Final = 400
"""So many values are asked for."""

WIDEST_BAR: Final = 40
_YEAR_OR_MONTH: Final = re.compile(r"(\d{4})(?:-(\d\d))?")


@command("facets", "[FIELD]")
def _facets(session: Session, argument: str) -> None:
    if not argument:
        terminal, say = session.around.terminal, session.around.say
        fields = session.index().stats().fields
        if not fields:
            raise RequestError(say("shell.no-fields"))
        terminal.painted(pair_lines(fields.items(), terminal, colon=" "))
        return
    counted = _count(session, argument, MOST)
    _draw(session, counted, counted.values)


@command("dates", "[FIELD]")
def _dates(session: Session, argument: str) -> None:
    say = session.around.say
    dates = [name for name, kind in session.index().stats().fields.items() if kind == "date"]
    if not dates or (argument and argument not in dates):
        raise RequestError(say("shell.no-dates"), say("shell.no-dates.hint", fields=", ".join(dates)) if dates else "")
    field = argument or ("date" if "date" in dates else dates[0])
    counted = _count(session, field, MOST_DATES)
    _draw(session, counted, list(without_gaps(counted.values)))


def _count(session: Session, field: str, most: int) -> Facets:
    question, say = session.question, session.around.say
    if question.like:
        raise RequestError(say("shell.like.fixed"), say("shell.like.fixed.hint"))
    filters = question.filtered() or None
    text = session.text(question)
    return session.index().facets(text, field, limit=most, match=session.match, marks=session.marks, filters=filters)


def without_gaps(values: Sequence[FacetValue]) -> Iterator[FacetValue]:
    """Years or months in their order, those between that have no documents too, unless they are very many."""
    places = [_place(value.value) for value in values]
    known = [place for place in places if place is not None]
    if len(known) < len(values) or not known or known[-1] - known[0] >= MOST_DATES:
        yield from values
        return
    counts = dict(zip(known, (value.count for value in values), strict=True))
    months = "-" in values[0].value
    for place in range(known[0], known[-1] + 1):
        yield FacetValue(f"{place // 12:04}-{place % 12 + 1:02}" if months else f"{place:04}", counts.get(place, 0))


def _place(value: str) -> int | None:
    """A year or a month as a number whose next is the year or month after it."""
    found = _YEAR_OR_MONTH.fullmatch(value)
    if found is None:
        return None
    year, month = found.groups()
    return int(year) * 12 + int(month) - 1 if month else int(year)


def _draw(session: Session, counted: Facets, values: Sequence[FacetValue]) -> None:
    """A row a value: its name, how often, and a bar; where nobody watches, name and number with a tab between."""
    say, terminal = session.around.say, session.around.terminal
    if not session.interactive:
        terminal.painted(f"{inert(value.value)}\t{value.count}" for value in values)
        return
    width = terminal.width or 80
    names = [_short(value.value, width // 3) for value in values]
    numbers = [say.count("shell.count", value.count) for value in values]
    widest = max(map(cells, names), default=0)
    digits = max(map(len, numbers), default=0)
    room = min(WIDEST_BAR, max(width - widest - digits - 3, 1))
    most = max((value.count for value in values), default=0)
    for name, number, value in zip(names, numbers, values, strict=True):
        drawn = bar(value.count / most, room) if most else ""
        terminal.painted([f"{name}{' ' * (widest - cells(name))} {number:>{digits}} {drawn}".rstrip()])
    parts = [say.count("results", counted.total)]
    if counted.missing:
        parts.append(say.count("shell.without", counted.missing, field=counted.field))
    session.tell(" · ".join(parts))


def _short(text: str, width: int) -> str:
    """A value on one line, cut to so many cells."""
    text = " ".join(inert(text[: width * 8]).split())
    if cells(text) <= width:
        return text
    begin, end = next(iter(wrap(text.replace(" ", "\xa0"), width - 1)))
    return text[begin:end] + "…"
