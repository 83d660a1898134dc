"""What goes into an index and what comes out of a search: frozen dataclasses, each with `to_dict()`.

Offsets count characters (Unicode code points) of the text as it was given. `to_dict()` holds only what JSON knows:
dates become ISO strings, tuples become lists, and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, fields
from datetime import date, datetime
from typing import Any, Literal, overload

from .records import record

FieldValue = str | int | float | bool | date | datetime | list[str] | tuple[str, ...]
"""What a field of a document may hold.

A field has one kind in an index: "text" (one or several), "number", "date" (with a time or without) or "flag" (a bool).
A time zone is kept and shown, but filters and sorting take the date and the time as they are written.
"""

Match = Literal["auto", "all", "any"]
Marks = Literal["auto", "exact", "ignore"]
Group = Literal["document", "passage"]
Relaxed = Literal["marks", "most", "any"]


def _plain(value: object) -> Any:
    if isinstance(value, _Record):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


class _Record:
    """What the dataclasses of this module share."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as values that JSON can hold."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


@record(frozen=True, slots=True)
class Document(_Record):
    """One text to be found.

    `id` names it for good: adding another document with the same id replaces it. `fields` are facts about it
    (`{"source": "nhandan", "date": date(2018, 5, 15)}`) to filter, sort and show; their names are of letters,
    digits, - and _. `path` is the file it came from.
    `borders` are offsets in `text` where a new passage must begin: where an article ends and teasers start, say.
    """

    id: str
    text: str
    title: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    path: str | None = None
    borders: tuple[int, ...] = ()


@record(frozen=True, slots=True)
class Passage(_Record):
    """A stretch of a document that answers a query.

    `start` is the offset of `text` in the document; `spans` are (begin, end) offsets into `text` to highlight, in
    order and disjoint. `score` compares the passages of one query.
    """

    text: str
    start: int
    score: float
    spans: tuple[tuple[int, int], ...] = ()


@record(frozen=True, slots=True)
class Hit(_Record):
    """One result: a document with its best passages, best first; or one passage, where the search grouped by passages.

    `score` is higher for what answers better; scores compare within one query only. `title_spans` are (begin, end)
    offsets into `title` to highlight, in order and disjoint.
    """

    id: str
    title: str
    path: str | None
    score: float
    fields: Mapping[str, FieldValue]
    passages: tuple[Passage, ...]
    title_spans: tuple[tuple[int, int], ...] = ()


@record(frozen=True, slots=True)
class Interpretation(_Record):
    """How a query was understood: `query` written out in full, and `notes` on what is not obvious from it."""

    query: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.query


@record(frozen=True, slots=True)
class SearchResults(_Record):
    """One page of results, in order; a sequence of `Hit`.

    `total` counts all results, not only this page. `elapsed` is in seconds. `relaxed` tells what was given up to find
    these: None nothing, "marks" the marks that were typed, "most" some of the words, "any" all but one of them.
    `suggestion` is a query that would find more, or None.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    offset: int
    elapsed: float
    interpretation: Interpretation
    relaxed: Relaxed | None = None
    suggestion: str | None = None

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, place: int) -> Hit: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Hit, ...]: ...

    def __getitem__(self, place: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[place]


@record(frozen=True, slots=True)
class Skipped(_Record):
    """A file that was left out, and why."""

    path: str
    reason: str


@record(frozen=True, slots=True)
class SyncReport(_Record):
    """What `Index.sync` did: ids by what became of them, and files that could not be read."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def total(self) -> int:
        """How many documents the folder gave to the index."""
        return len(self.added) + len(self.updated) + len(self.unchanged)


@record(frozen=True, slots=True)
class Term(_Record):
    """What one word of a query contributed to a score, or a pair of words side by side, or the best passage.

    `matched` are the spellings in the document that the word was found as (none for a pair); `documents` counts the
    documents of the index that hold it; `score` is its part of the document's score.
    """

    word: str
    matched: tuple[str, ...]
    documents: int
    score: float


@record(frozen=True, slots=True)
class Explanation(_Record):
    """Why a document scores what it scores for a query.

    `score` is the sum of those of `terms`. `matches` tells whether a search finds the document at all. `text` says all
    of it in lines to read.
    """

    id: str
    query: str
    matches: bool
    score: float
    terms: tuple[Term, ...]
    text: str

    def __str__(self) -> str:
        return self.text


@record(frozen=True, slots=True)
class FacetValue(_Record):
    """One value of a field as text, and how many of the documents that match hold it.

    A value of dates is a year, 2018, or, where all dates are of one year, a month, 2018-05: as a filter takes them.
    """

    value: str
    count: int


@record(frozen=True, slots=True)
class Facets(_Record):
    """What the documents that match a query hold in a field of a kind (see `Stats.fields`).

    `values` of text and truth, the most frequent first; of dates and numbers, in their order. `total` counts the
    documents that match, `missing` those of them that have no such field.
    """

    field: str
    kind: str
    values: tuple[FacetValue, ...]
    total: int
    missing: int


@record(frozen=True, slots=True)
class Stats(_Record):
    """The size of an index.

    `syllables` counts the tokens of all texts and titles, `vocabulary` those of the texts that differ. `bytes` is what
    the files take on disk. `fields` tells the kind of each field of the documents: "text", "number", "date" or "flag".
    `format` is the version of the files, `modified` when the last commit was made (in UTC).
    """

    path: str
    documents: int
    passages: int
    syllables: int
    vocabulary: int
    bytes: int
    fields: Mapping[str, str]
    format: int
    modified: datetime
