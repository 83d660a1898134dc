"""Filters on the metadata as a person types them: `NAME=VALUE`, and from which day until which."""

from __future__ import annotations

from collections.abc import Sequence

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
    values: dict[str, list[str]] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise RequestError(say("error.filter", value=text), say("error.filter.hint"))
        values.setdefault(name.strip(), []).append(value.strip())
    if since is not None or until is not None:
        if DATE in values:
            raise RequestError(say("error.dates"), say("error.dates.hint"))
        values[DATE] = [_range(since, until, say)]
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
