"""`vnsearch show`: one document, whole."""

from ..declaration import IdArgument, JsonOption, command
from ..surroundings import FOUND, Surroundings
from .options import CsvOption, JsonlOption


@command("show")
def show(
    around: Surroundings, id: IdArgument, json: JsonOption = False, jsonl: JsonlOption = False, csv: CsvOption = False
) -> int:
    """Print a document."""
    from ..formats import chosen, document_text
    from ..output import show as show_lines
    from ..rendering import document_lines

    form = chosen(around.say, json=json, jsonl=jsonl, csv=csv)
    with around.open() as opened:
        document = opened.get(id)
    if form is None:
        show_lines(document_lines(document, around.terminal), around)
    else:
        around.terminal.written(document_text(document, form))
    return FOUND
