"""Results as the text of a file, in a format that the end of its name tells.

JSON holds the data exactly; in the others what would act instead of being seen has a stand-in (see `inert`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Final

from ...models import SearchResults
from ..inert import inert, inert_json
from ..messages import Messages
from ..rendering import plain_value, results_lines
from ..terminal import Terminal


def _json(results: SearchResults, say: Messages) -> str:
    return inert_json(json.dumps({"schema": 1, **results.to_dict()}, ensure_ascii=False, indent=2)) + "\n"


def _jsonl(results: SearchResults, say: Messages) -> str:
    lines = (json.dumps({"schema": 1, **hit.to_dict()}, ensure_ascii=False) for hit in results)
    return "".join(f"{inert_json(line)}\n" for line in lines)


def _csv(results: SearchResults, say: Messages) -> str:
    """A row a hit; its fields are columns after our own, its best passage the last one."""
    names = sorted({name for hit in results for name in hit.fields})
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["rank", "id", "title", "path", "score", *names, "passage"])
    for rank, hit in enumerate(results, start=results.offset + 1):
        fields = [plain_value(hit.fields[name]) if name in hit.fields else "" for name in names]
        passage = hit.passages[0].text if hit.passages else ""
        facts = [hit.id, hit.title, hit.path or "", f"{hit.score:.4f}", *fields, passage]
        writer.writerow([rank, *map(inert, facts)])
    return rows.getvalue()


def _txt(results: SearchResults, say: Messages) -> str:
    nowhere = io.StringIO()
    plain = Terminal(nowhere, nowhere, color=False, wraps=False)
    return "".join(f"{line}\n" for line in results_lines(results, plain, say))


def _paths(results: SearchResults, say: Messages) -> str:
    return "".join(f"{inert(hit.path or hit.id)}\n" for hit in results)


FORMATS: Final[dict[str, Callable[[SearchResults, Messages], str]]] = {
    ".json": _json,
    ".jsonl": _jsonl,
    ".csv": _csv,
    ".txt": _txt,
    ".paths": _paths,
}
"""What writes results, by the end of a file's name."""
