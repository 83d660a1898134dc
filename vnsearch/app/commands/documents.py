"""`vnsearch show`: one document, whole."""

from __future__ import annotations

from ..declaration import IdArgument, JsonOption, command
from ..surroundings import FOUND, Surroundings
from .options import CsvOption, JsonlOption


@command("show")
def show(
    around: Surroundings, id: IdArgument, json: JsonOption = False, jsonl: JsonlOption = False, csv: CsvOption = False
) -> int:
    """Print a document."""
    from ..formats import chosen, document_text
    from ..rendering import document_lines

    form = chosen(around.say, json=json, jsonl=jsonl, csv=csv)
    with around.open() as opened:
        document = opened.get(id)
    if form is None:
        around.terminal.painted(document_lines(document, around.terminal))
    else:
        around.terminal.written(document_text(document, form))
    return FOUND
