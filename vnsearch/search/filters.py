"""Metadata: the documents whose fields hold what a filter or `field:value` asks for.

A value is read by the kind of the field: a text is found by its words (`source:nhân dân`) or, through `filters=`, as a
whole; a date may be a year, a month, or a day in either Vietnamese or ISO order; a number is a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..engine.metadata import canonical_value, moment
from ..engine.snapshot import Snapshot
from ..errors import RequestError
from ..text.canonical import canonical

Mask = NDArray[np.bool_]

_TRUTHS: Final = {
    **dict.fromkeys(("true", "yes", "1", "có", "đúng"), True),
    **dict.fromkeys(("false", "no", "0", "không", "sai"), False),
}


def select_field(
    snapshot: Snapshot,
    field: str,
    by_words: Mask | None = None,
    value: str | None = None,
    low: str | None = None,
    high: str | None = None,
) -> Mask:
    """The documents that `field:value` or `field:low..high` means; bool[documents].

    `by_words` is the answer for a field of text, whose words the matcher finds. A value that cannot be one of the
    field's kind matches nothing; a query never fails.
    """
    nothing = np.zeros(snapshot.documents, dtype=bool)
    kind = snapshot.kinds.get(field)
    if kind is None:
        return nothing
    if value is not None:
        if kind == "text":
            return nothing if by_words is None else by_words
        if kind == "flag":
            truth = _TRUTHS.get(canonical(value))
            return nothing if truth is None else _flag(snapshot, field, truth)
        low = high = value
    try:
        return _between(snapshot, field, kind, low, high)
    except ValueError:
        return nothing


def select(snapshot: Snapshot, filters: Mapping[str, Any]) -> Mask:
    """The documents that pass all of `filters`; bool[documents].

    A filter's value is what the field must equal (texts without regard to case and spelling of marks' places), a list
    of values of which one must do, or a text `low..high` on a date or number. Raises `RequestError` for a field that
    the index does not have or a value that is none of its kind.
    """
    passed = np.ones(snapshot.documents, dtype=bool)
    for field, value in filters.items():
        kind = kind_of(snapshot, field)
        values = value if isinstance(value, (list, tuple, set, frozenset)) else (value,)
        try:
            passed &= np.logical_or.reduce([_equals(snapshot, field, kind, v) for v in values])
        except (ValueError, TypeError):
            raise RequestError(
                f"{value!r} is no {kind}, as field '{field}' holds", "give a value of that kind"
            ) from None
    return passed


def kind_of(snapshot: Snapshot, field: str) -> str:
    """The kind of a field. Raises `RequestError` for one that the index does not have."""
    kind = snapshot.kinds.get(field)
    if kind is None:
        known = ", ".join(sorted(snapshot.kinds)) or "none"
        raise RequestError(f"no document has a field '{field}'", f"fields of this index: {known}")
    return kind


def _equals(snapshot: Snapshot, field: str, kind: str, value: Any) -> Mask:
    if kind == "text":
        wanted = canonical_value(str(value))
        return snapshot.select_texts(field, lambda held: held == wanted)
    if kind == "flag":
        truth = _TRUTHS.get(canonical(str(value)))
        if truth is None:
            raise ValueError
        return _flag(snapshot, field, truth)
    if isinstance(value, str) and ".." in value:
        low, _, high = value.partition("..")
        return _between(snapshot, field, kind, low or None, high or None)
    if isinstance(value, (date, datetime, int, float)):
        value = value.isoformat() if isinstance(value, (date, datetime)) else str(value)
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return _between(snapshot, field, kind, value, value)


def _flag(snapshot: Snapshot, field: str, value: bool) -> Mask:
    present, flags = snapshot.column(field)
    chosen: Mask = present & (flags.astype(bool) == value)
    return chosen


def _between(snapshot: Snapshot, field: str, kind: str, low: str | None, high: str | None) -> Mask:
    if kind == "text":
        lowest = canonical_value(low) if low else ""
        highest = canonical_value(high) + "\U0010ffff" if high else "\U0010ffff"
        return snapshot.select_texts(field, lambda held: lowest <= held <= highest)
    passed, values = snapshot.column(field)
    least = _value(kind, low, 0) if low else None
    most = _value(kind, high, 1) if high else None
    if least is not None:
        passed = passed & (values >= least)
    if most is not None:
        passed = passed & (values <= most)
    return passed


def _value(kind: str, text: str, end: int) -> float | int:
    """A number, or the first (0) or last (1) moment of a date, as a column holds it."""
    return moment(read_date(text)[end]) if kind == "date" else float(text)


# Compiled when a date is read.
_ISO: Final = r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$"
_VIETNAMESE: Final = r"(?:(?:(\d{1,2})[-/.])?(\d{1,2})[-/.])?(\d{4})$"


def read_date(text: str) -> tuple[datetime, datetime]:
    """The first and the last moment of a year, a month or a day, as 2018, 2018-05, 5/2018, 2018-05-15 or 15/5/2018.

    Raises `ValueError` for anything else.

    >>> [moment.date().isoformat() for moment in read_date("2/2024")]
    ['2024-02-01', '2024-02-29']
    """
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        moment = None
    if moment is not None:
        return moment.replace(tzinfo=None), moment.replace(tzinfo=None)
    if iso := re.match(_ISO, text):
        year, month, day = iso.groups()
    elif vietnamese := re.match(_VIETNAMESE, text):
        day, month, year = vietnamese.groups()
    else:
        raise ValueError(f"{text!r} is no date")
    from calendar import monthrange  # which takes a while to import, and few queries have a date

    first = date(int(year), int(month or 1), int(day or 1))
    last = first.replace(month=int(month or 12), day=1)
    last = first if day else last.replace(day=monthrange(last.year, last.month)[1])
    end = datetime.combine(last, time()) + timedelta(days=1, microseconds=-1)
    return datetime.combine(first, time()), end
