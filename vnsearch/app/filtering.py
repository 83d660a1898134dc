"""Filters on the metadata as a person types them: `NAME=VALUE`, and from which day until which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..errors import RequestError
from .messages import Messages

DATE = "date"
"""The field that tells when a document appeared."""


def read_filters(
    given: Sequence[str], since: str | None, until: str | None, say: Messages
) -> dict[str, str | list[str]]:
    """What `Index.search` takes as filters: name to value, or to all its values where a name is repeated.

    `since` and `until` are a year, a month or a day; what they name belongs to the range, to its last moment. Raises
    `RequestError` for what cannot be read.
    """
    pairs: list[tuple[str, str]] = []
    for text in given:
        pair = read_pair(text)
        if pair is None:
            raise RequestError(say("error.filter", value=text), say("error.filter.hint"))
        pairs.append(pair)
    if since is not None or until is not None:
        if any(name == DATE for name, _ in pairs):
            raise RequestError(say("error.dates"), say("error.dates.hint"))
        pairs.append((DATE, _range(since, until, say)))
    return grouped(pairs)


def read_pair(text: str) -> tuple[str, str] | None:
    """`NAME=VALUE` as a name and a value; None for what is not."""
    name, equals, value = (part.strip() for part in text.partition("="))
    return (name, value) if name and equals else None


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, str | list[str]]:
    """Names and values as `Index.search` takes them: a name with several values passes what has any of them."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: held[0] if len(held) == 1 else held for name, held in values.items()}


def _range(since: str | None, until: str | None, say: Messages) -> str:
    """A range of dates as a filter has it, open where nothing is given."""
    from ..search.filters import read_date

    moments = []
    for option, text, end in (("--since", since, 0), ("--until", until, 1)):
        if text is not None:
            try:
                moments.append(read_date(text)[end])
            except ValueError:
                raise RequestError(say("error.date", option=option, value=text), say("error.date.hint")) from None
    if len(moments) == 2 and moments[0] > moments[1]:
        raise RequestError(say("error.range", since=since, until=until))
    return f"{since or ''}..{until or ''}"
