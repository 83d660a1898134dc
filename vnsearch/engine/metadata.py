"""What is known of each document beside its text: a card to show, and columns to filter and sort by.

A card is a line of JSON. A column holds one field of all documents of a segment: numbers, moments (microseconds since
1970), truth values, or texts, which are numbers of distinct values in ascending order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from json.encoder import encode_basestring
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import DocumentError
from ..models import Document, FieldValue
from ..text.tokens import tokenize
from .container import Container, ContainerWriter
from .strings import Strings, decode, encode, write_strings

RESERVED: Final = frozenset(
    ("id", "title", "title_bare", "body", "body_bare", "record", "start", "end", "size", "text", "path", "score")
)
"""Names that metadata fields cannot have."""

KINDS: Final = ("text", "number", "flag", "date")

LARGEST: Final = 1e300
"""The largest number that a metadata field holds; what is not finite has no order."""

_EPOCH: Final = datetime(1970, 1, 1)
_MICROSECOND: Final = timedelta(microseconds=1)


class Card(NamedTuple):
    """A document without its text; `source` is what `Index.sync` remembers of its file."""

    id: str
    title: str
    path: str | None
    fields: Mapping[str, FieldValue]
    borders: tuple[int, ...] = ()
    source: Mapping[str, Any] | None = None

    def to_json(self) -> bytes:
        """The card as one line. Nearly all that it holds is text, and an encoder of all of JSON takes three times as
        long to begin as that takes to write."""
        path = "null" if self.path is None else encode_basestring(self.path)
        held = f'"id":{encode_basestring(self.id)},"title":{encode_basestring(self.title)},"path":{path}'
        fields = {name: _to_json(value) for name, value in self.fields.items()}
        more = f',"fields":{_JSON.encode(fields) if fields else "{}"}'
        if self.borders:
            more += f',"borders":{_JSON.encode(self.borders)}'
        if self.source is not None:
            more += f',"source":{_JSON.encode(self.source)}'
        return encode(f"{{{held}{more}}}")

    @classmethod
    def from_json(cls, line: bytes) -> Card:
        """What `to_json` wrote."""
        card = json.loads(decode(line))
        fields = {name: _from_json(value) for name, value in card["fields"].items()}
        borders = tuple(card.get("borders", ()))
        return cls(card["id"], card["title"], card["path"], fields, borders, card.get("source"))

    @classmethod
    def of(cls, document: Document, source: Mapping[str, Any] | None = None) -> Card:
        """The card of a document."""
        return cls(document.id, document.title, document.path, document.fields, document.borders, source)

    def document(self, text: str) -> Document:
        """The document again, with its text."""
        return Document(self.id, text, self.title, self.fields, self.path, self.borders)


_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


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


def kind_of(name: str, value: FieldValue) -> str:
    """Which of the `KINDS` a field value is of; raises `DocumentError` where it is of none."""
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, (int, float)):
        if not abs(value) <= LARGEST:
            raise DocumentError(f"the number in field '{name}' is too large, or is none", "give a finite number")
        return "number"
    if isinstance(value, (date, datetime)):
        return "date"
    if isinstance(value, str) or (isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value)):
        return "text"
    raise DocumentError(
        f"field '{name}' holds a {type(value).__name__}",
        "give text, a list of texts, a number, a date, or a truth value",
    )


def check_name(name: str) -> None:
    """Raise `DocumentError` unless `name` can name a metadata field."""
    if not isinstance(name, str):
        raise DocumentError(f"a field cannot be called {name!r}", "a name is a text")
    if name in RESERVED:
        raise DocumentError(f"a field cannot be called '{name}'", "that name has a meaning of its own; choose another")
    if not name or name.startswith("_") or not name.replace("_", "").replace("-", "").isalnum():
        raise DocumentError(f"a field cannot be called {name!r}", "use letters, digits, - and _")


def canonical_value(value: str) -> str:
    """A text value as columns hold it: its canonical tokens, parted by single spaces.

    >>> canonical_value("Nhân  Dân")
    'nhân dân'
    """
    return " ".join(token.canonical for token in tokenize(value))


def moment(value: date | datetime) -> int:
    """A date or time in microseconds since 1970; a time zone is left out of account."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value.replace(tzinfo=None) - _EPOCH) // _MICROSECOND


def id_hash(document_id: str) -> np.uint64:
    """64 bits of an id, to look it up by."""
    found: np.uint64 = np.frombuffer(_digests((document_id,)), dtype="<u8")[0]
    return found


def _digests(ids: Iterable[str]) -> bytes:
    """Eight bytes of each id."""
    from hashlib import blake2b  # it loads OpenSSL: a search does without

    return b"".join(blake2b(encode(held), digest_size=8).digest() for held in ids)


class CardsWriter:
    """Collects the cards of a segment, and writes them with the columns of their fields.

    They become lines as they come: another thread is at work on postings then, and has less to do at the end."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._ids: list[bytes] = []
        self._fields: list[Mapping[str, FieldValue]] = []

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, cards: Sequence[Card]) -> None:
        """Add the cards of further documents."""
        self._lines += [card.to_json() for card in cards]
        self._ids.append(_digests(card.id for card in cards))
        self._fields += [card.fields for card in cards]

    def write(self, container: ContainerWriter, headers: NDArray[np.int64]) -> None:
        """Write all of them; `headers` int64[n] are the header records of their documents."""
        write_strings(container, "cards", self._lines)
        container.add("documents.headers", headers.astype(np.uint32))
        hashes = np.frombuffer(b"".join(self._ids), dtype="<u8")
        order = np.argsort(hashes, kind="stable")
        container.add("ids.hashes", hashes[order])
        container.add("ids.documents", order.astype(np.uint32))
        for name in sorted({name for fields in self._fields for name in fields}):
            values = [fields.get(name) for fields in self._fields]
            kind = next(kind_of(name, value) for value in values if value is not None)
            if kind == "text":
                _write_texts(container, name, values)
            else:
                _write_numbers(container, name, kind, values)


def _write_numbers(container: ContainerWriter, name: str, kind: str, values: Sequence[Any]) -> None:
    present = np.array([value is not None for value in values], dtype=np.uint8)
    container.add(f"field.{name}.present", present)
    if kind == "date":
        moments = [0 if value is None else moment(value) for value in values]
        container.add(f"field.{name}.moments", np.array(moments, dtype=np.int64))
    elif kind == "flag":
        container.add(f"field.{name}.flags", np.array([bool(value) for value in values], dtype=np.uint8))
    else:
        container.add(f"field.{name}.numbers", np.array([value or 0 for value in values], dtype=np.float64))


def _write_texts(container: ContainerWriter, name: str, values: Sequence[Any]) -> None:
    rows = [[value] if isinstance(value, str) else list(value or ()) for value in values]
    rows = [[canonical_value(value) for value in row] for row in rows]
    distinct = sorted({value for row in rows for value in row}, key=encode)
    codes = {value: code for code, value in enumerate(distinct)}
    write_strings(container, f"field.{name}.values", map(encode, distinct))
    container.add(f"field.{name}.codes", np.array([codes[v] for row in rows for v in row], dtype=np.uint32))
    counts = np.array([len(row) for row in rows], dtype=np.uint32)
    container.add(f"field.{name}.rows", np.concatenate((np.zeros(1, np.uint32), np.cumsum(counts, dtype=np.uint32))))


class TextColumn:
    """A field of texts: `values` in ascending order, and for each document the numbers of its values."""

    def __init__(self, container: Container, name: str) -> None:
        self.values = Strings(container, f"field.{name}.values")
        self.codes: NDArray[np.uint32] = container.array(f"field.{name}.codes")
        self.rows: NDArray[np.uint32] = container.array(f"field.{name}.rows")

    def documents(self, codes: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The documents that hold any of the marked values; bool[values] -> bool[documents]."""
        hits = np.concatenate(([0], np.cumsum(codes[self.codes])))
        chosen: NDArray[np.bool_] = hits[self.rows[1:]] > hits[self.rows[:-1]]
        return chosen


def read_column(
    container: Container, name: str, kind: str, documents: int
) -> tuple[NDArray[np.bool_], NDArray[np.float64] | NDArray[np.int64]]:
    """A field that is not of text: whether each document has it, and its value."""
    array = f"field.{name}." + {"date": "moments", "flag": "flags", "number": "numbers"}[kind]
    if array not in container:
        return np.zeros(documents, dtype=bool), np.zeros(documents, dtype=np.int64)
    return container.array(f"field.{name}.present").astype(bool), container.array(array)
