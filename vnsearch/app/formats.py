"""Output for programs: JSON, JSON Lines, CSV, paths, a count. Golden files in the tests show each.

Two of them hold the data exactly: JSON, where what is not seen stands as an escape (any other character as it is), and
paths ended by NUL. The others are for eyes, too, and show such characters as `inert` does; so a row of CSV is always
one line. A cell of CSV that begins with `=`, `+`, `-` or `@` stays as it is: to put something before it would change
the data. Whoever opens such a file in a spreadsheet should read its columns as text.

Sources: RFC 8259 (JSON), RFC 4180 (CSV).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Final, Literal, get_args

from ..errors import RequestError
from ..models import Document, Facets, FieldValue, SearchResults, Stats
from .answers import Answer
from .inert import inert, inert_json
from .messages import Messages

Format = Literal["json", "jsonl", "csv", "paths", "count"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

SCHEMA: Final = 1
"""The version of the shapes of JSON: it changes when a name or a meaning does, not when a name is added."""

HIT_COLUMNS: Final = ("id", "title", "path", "score", "start", "text")
"""The columns of CSV before those of the metadata, which cannot have these names. `start` and `text` are of the best
passage."""


def chosen(say: Messages, **asked: bool) -> Format | None:
    """The one format that is asked for, by its name; None where none is. Raises `RequestError` where several are."""
    names = [name for name in FORMATS if asked.get(name)]
    if len(names) > 1:
        options = [f"--{name}" for name in names]
        raise RequestError(say("error.formats", formats=", ".join(options)), say("error.formats.hint"))
    return names[0] if names else None


def answer_text(answer: Answer, form: Format, columns: Sequence[str] = ()) -> Iterator[str]:
    """An answer in a format, in pieces that end with a line break. `columns` are the metadata that CSV shows.

    JSON Lines hold a hit each, then the facets. CSV is one table: where facets were asked for, they are it.
    """
    match form:
        case "json":
            yield json_text(answer.to_dict())
        case "jsonl":
            yield from map(json_line, answer.hits_to_dict())
            yield from (json_line(facets.to_dict()) for facets in answer.facets)
        case "csv" if answer.facets:
            yield from csv_text(("field", "value", "count"), facet_rows(answer.facets))
        case "csv":
            yield from csv_text((*HIT_COLUMNS, *columns), _hit_rows(answer.results, columns))
        case "paths":
            yield from (inert(path) + "\n" for path in paths(answer.results))
        case "count":
            yield f"{answer.results.total}\n"


def document_text(document: Document, form: Format) -> Iterator[str]:
    """A whole document in a format; JSON Lines and CSV have one row."""
    values = document.to_dict()
    if form == "json":
        yield json_text(values)
    elif form == "jsonl":
        yield json_line(values)
    else:
        row = (document.id, document.title, document.path, document.text, *document.fields.values())
        yield from csv_text(("id", "title", "path", "text", *document.fields), [row])


def stats_text(stats: Stats, form: Format) -> Iterator[str]:
    """The size of an index in a format; JSON Lines and CSV have one row."""
    values = stats.to_dict()
    if form == "json":
        yield json_text(values)
    elif form == "jsonl":
        yield json_line(values)
    else:
        values["fields"] = [f"{name}={kind}" for name, kind in stats.fields.items()]
        yield from csv_text([f.name for f in fields(stats)], [tuple(values.values())])


def paths(results: SearchResults) -> list[str]:
    """The paths of results in their order, each once; documents that came from no file have none."""
    return list(dict.fromkeys(hit.path for hit in results if hit.path is not None))


def facet_rows(all_facets: Iterable[Facets]) -> Iterator[tuple[str, str, int]]:
    """Field, value and count of every value of facets."""
    for facets in all_facets:
        for value in facets.values:
            yield facets.field, value.value, value.count


def json_text(values: Mapping[str, Any]) -> str:
    """One JSON document, its schema first, indented."""
    import json

    return inert_json(json.dumps({"schema": SCHEMA, **values}, ensure_ascii=False, indent=2)) + "\n"


def json_line(values: Mapping[str, Any]) -> str:
    """One JSON document on a line, its schema first."""
    import json

    return inert_json(json.dumps({"schema": SCHEMA, **values}, ensure_ascii=False)) + "\n"


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[FieldValue | None]]) -> Iterator[str]:
    """A table with its header, a line at a time; lines end with CR LF."""
    import csv
    import io

    page = io.StringIO(newline="")
    writer = csv.writer(page)
    for row in (columns, *rows):
        writer.writerow([inert(_cell(value)) for value in row])
        yield page.getvalue()
        page.seek(0)
        page.truncate()


def _hit_rows(results: SearchResults, columns: Sequence[str]) -> Iterator[tuple[FieldValue | None, ...]]:
    for hit in results:
        best = hit.passages[0] if hit.passages else None
        passage = (None, None) if best is None else (best.start, best.text)
        yield (hit.id, hit.title, hit.path, hit.score, *passage, *(hit.fields.get(name) for name in columns))


def _cell(value: FieldValue | None) -> str:
    """A value as JSON would write it, without quotes; a list parted by semicolons, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return "; ".join(value) if isinstance(value, (list, tuple)) else str(value)
