"""The Whoosh schema of an index, and how a document becomes records of it.

A document is one *header* record (its title, its fields, its text as stored) followed by one record for each passage.
The records of a document stand next to each other, in order.

| field | on | holds |
|---|---|---|
| `id` | all | the document's id |
| `title`, `title_bare` | header | canonical and bare terms with positions |
| `body`, `body_bare` | passage | canonical and bare terms with positions |
| `record` | header | stored: the document as JSON |
| `start`, `end`, `size` | all | columns: where the passage lies in the text (-1 on headers), and its number of tokens |
| any other | header | metadata of the document, of one of the `KINDS` |
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from whoosh import fields as whoosh_fields
from whoosh.columns import NumericColumn

from ..errors import DocumentError
from ..models import Document, FieldValue
from .analysis import SEPARATOR, ValueAnalyzer, VietnameseAnalyzer

FORMAT: Final = 1
"""The version of the index format; another version is refused."""

RESERVED: Final = frozenset(
    ("id", "title", "title_bare", "body", "body_bare", "record", "start", "end", "size", "text", "path", "score")
)
"""Names that metadata fields cannot have."""

LARGEST: Final = 1e300
"""The largest number that a metadata field holds; what is not finite has no order."""

KINDS: Final = ("text", "number", "flag", "date")


def base_schema() -> whoosh_fields.Schema:
    """The schema of an index without documents."""
    canonical, bare = VietnameseAnalyzer(fold=False), VietnameseAnalyzer()
    return whoosh_fields.Schema(
        id=whoosh_fields.ID(unique=True),
        title=whoosh_fields.TEXT(analyzer=canonical),
        title_bare=whoosh_fields.TEXT(analyzer=bare),
        body=whoosh_fields.TEXT(analyzer=canonical),
        body_bare=whoosh_fields.TEXT(analyzer=bare),
        record=whoosh_fields.STORED(),
        start=whoosh_fields.COLUMN(NumericColumn("q", default=-1)),
        end=whoosh_fields.COLUMN(NumericColumn("q", default=-1)),
        size=whoosh_fields.COLUMN(NumericColumn("i", default=0)),
    )


def kind_of(name: str, value: FieldValue) -> str:
    """Which of the `KINDS` a field value is of; raises `DocumentError` where it is of none."""
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, (int, float)):
        if not abs(value) <= LARGEST:
            raise DocumentError(
                f"field '{name}' holds {value:.6g}"
                if isinstance(value, float)
                else f"the number in field '{name}' is too large",
                "give a number of at most 300 digits",
            )
        return "number"
    if isinstance(value, (date, datetime)):
        return "date"
    if isinstance(value, str) or (isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value)):
        return "text"
    raise DocumentError(
        f"field '{name}' holds a {type(value).__name__}",
        "give text, a list of texts, a number, a date, or a truth value",
    )


def field_type(kind: str) -> Any:
    """The Whoosh field type of a kind."""
    if kind == "number":
        return whoosh_fields.NUMERIC(float, bits=64, signed=True)
    if kind == "flag":
        return whoosh_fields.BOOLEAN()
    if kind == "date":
        return whoosh_fields.DATETIME()
    return whoosh_fields.TEXT(analyzer=ValueAnalyzer())


def field_kinds(schema: Any) -> dict[str, str]:
    """The metadata fields of a schema and their kinds."""
    kinds = {whoosh_fields.DATETIME: "date", whoosh_fields.NUMERIC: "number", whoosh_fields.BOOLEAN: "flag"}
    return {name: kinds.get(type(field), "text") for name, field in schema.items() if name not in RESERVED}


def check_name(name: str) -> None:
    """Raise `DocumentError` unless `name` can name a metadata field."""
    if not isinstance(name, str):
        raise DocumentError(f"a field cannot be called {name!r}", "a name is a text")
    if name in RESERVED:
        raise DocumentError(f"a field cannot be called '{name}'", "that name has a meaning of its own; choose another")
    if not name or name.startswith("_") or not name.replace("_", "").replace("-", "").isalnum():
        raise DocumentError(f"a field cannot be called {name!r}", "use letters, digits, - and _")


def indexed_value(value: FieldValue) -> Any:
    """The value as its Whoosh field takes it."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, (list, tuple)):
        return SEPARATOR.join(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def dump(document: Document, source: Mapping[str, Any] | None = None) -> str:
    """A document as the JSON of its `record`; `source` is what `Index.sync` wants to remember of the file."""
    return json.dumps(
        {
            "id": document.id,
            "title": document.title,
            "path": document.path,
            "fields": {name: _to_json(value) for name, value in document.fields.items()},
            "borders": document.borders,
            "source": source,
            "text": document.text,
        },
        ensure_ascii=True,  # a lone surrogate in a text survives only so
        separators=(",", ":"),
    )


def load(record: str) -> tuple[Document, dict[str, Any] | None]:
    """What `dump` wrote."""
    data = json.loads(record)
    document = Document(
        id=data["id"],
        text=data["text"],
        title=data["title"],
        fields={name: _from_json(value) for name, value in data["fields"].items()},
        path=data["path"],
        borders=tuple(data["borders"]),
    )
    return document, data["source"]


def _to_json(value: FieldValue) -> Any:
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _from_json(value: Any) -> FieldValue:
    if isinstance(value, dict):
        if "time" in value:
            return datetime.fromisoformat(value["time"])
        return date.fromisoformat(value["date"])
    return value  # type: ignore[no-any-return]
