"""Results as the text of a file, in a format that the end of its name tells (`formats`), or as plain lines."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

from ...models import SearchResults
from ..answers import Answer
from ..formats import Format, answer_text
from ..messages import Messages
from ..rendering import results_lines
from ..terminal import Terminal

FORMATS: Final[dict[str, Format | None]] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".txt": None,
    ".paths": "paths",
}
"""The format of a file by the end of its name; None for the lines that are printed."""


def exported(results: SearchResults, form: Format | None, columns: Sequence[str], say: Messages) -> str:
    """The whole text of a file. `columns` are the fields that CSV shows."""
    return "".join(_lines(results, say) if form is None else answer_text(Answer(results), form, columns))


def _lines(results: SearchResults, say: Messages) -> Iterator[str]:
    nowhere = io.StringIO()
    plain = Terminal(nowhere, nowhere, color=False, wraps=False)
    return (f"{line}\n" for line in results_lines(results, plain, say))
