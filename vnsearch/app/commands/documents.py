"""`vnsearch show`: one document, whole."""

from __future__ import annotations

from ..declaration import IdArgument, JsonOption, command
from ..surroundings import FOUND, Surroundings


@command("show")
def show(around: Surroundings, id: IdArgument, json: JsonOption = False) -> int:
    """Print a document."""
    from ..rendering import document_lines

    with around.open() as opened:
        document = opened.get(id)
    if json:
        around.terminal.json(document.to_dict())
    else:
        around.terminal.painted(document_lines(document, around.terminal))
    return FOUND
