"""`.facets` and `.dates`: what the results hold in a field, drawn as bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ....errors import RequestError
from ....models import Facets, FacetValue
from ...charts import facet_lines
from ...rendering import pair_lines
from ..session import Session
from .register import command

MOST: Final = 20
MOST_DATES: Final = 400
"""So many values are asked for."""

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
    _draw(session, counted)


@command("dates", "[FIELD]")
def _dates(session: Session, argument: str) -> None:
    say = session.around.say
    dates = [name for name, kind in session.index().stats().fields.items() if kind == "date"]
    if not dates or (argument and argument not in dates):
        raise RequestError(say("shell.no-dates"), say("shell.no-dates.hint", fields=", ".join(dates)) if dates else "")
    field = argument or ("date" if "date" in dates else dates[0])
    counted = _count(session, field, MOST_DATES)
    _draw(session, replace(counted, values=tuple(without_gaps(counted.values))))


def _count(session: Session, field: str, most: int) -> Facets:
    question = session.searched()
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


def _draw(session: Session, counted: Facets) -> None:
    terminal = session.around.terminal
    terminal.painted(facet_lines(counted, terminal, session.around.say))
