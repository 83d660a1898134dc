"""The Whoosh schema under which Whoosh sees an index of vnsearch.

A document is one *header* record (its title, its metadata) followed by one record for each passage, and Whoosh's
document numbers are the numbers of these records.

| field | on | Whoosh type |
|---|---|---|
| `id` | all | ID, stored |
| `title`, `title_bare` | header | TEXT of canonical and of bare terms; `title` is stored |
| `body`, `body_bare` | passage | TEXT of canonical and of bare terms; `body` is stored |
| metadata | header | TEXT, NUMERIC, BOOLEAN or DATETIME, stored; texts and dates are sortable |
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from whoosh import fields

from ..models import FieldValue
from .analysis import SEPARATOR, ValueAnalyzer, VietnameseAnalyzer

BARE: Final = "_bare"
"""Ends the name of a field whose terms are bare forms: `body_bare` are the bare forms of `body`."""


def schema_of(kinds: Mapping[str, str]) -> fields.Schema:
    """The schema of an index with these metadata fields."""
    canonical, bare = VietnameseAnalyzer(fold=False), VietnameseAnalyzer()
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer=canonical, stored=True),
        title_bare=fields.TEXT(analyzer=bare),
        body=fields.TEXT(analyzer=canonical, stored=True),
        body_bare=fields.TEXT(analyzer=bare),
    )
    for name, kind in kinds.items():
        schema.add(name, _field_type(kind))
    return schema


def _field_type(kind: str) -> Any:
    if kind == "number":
        # Not sortable: Whoosh 2.7.4 cannot write the column of a float field. Sort by its stored value.
        return fields.NUMERIC(float, bits=64, signed=True, stored=True)
    if kind == "flag":
        return fields.BOOLEAN(stored=True)
    if kind == "date":
        return fields.DATETIME(stored=True, sortable=True)
    return fields.TEXT(analyzer=ValueAnalyzer(), stored=True, sortable=True)


def whoosh_value(value: FieldValue) -> Any:
    """A field value as its Whoosh field takes it."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, (list, tuple)):
        return SEPARATOR.join(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value
