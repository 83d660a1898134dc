"""`vnsearch index` and `vnsearch delete`: what goes into the index and what leaves it."""

from pathlib import Path
from typing import Annotated

from ..declaration import Argument, JsonOption, Option, command, setting
from ..surroundings import ERROR, FOUND, NOTHING, Surroundings


@command("index")
def index_command(
    around: Surroundings,
    paths: Annotated[list[Path] | None, Argument("PATHS", "help.argument.paths")] = None,
    overwrite: Annotated[bool, Option(("--overwrite",), "help.option.overwrite")] = False,
    jobs: Annotated[int, Option(("--jobs", "-j"), "help.option.jobs", metavar="N", least=0)] = setting("jobs"),
    json: JsonOption = False,
) -> int:
    """Make the index mirror folders and files."""
    from ..indexing import mirror, report_text, sources

    terminal, say = around.terminal, around.say
    mirrored = mirror(around, sources(paths or [], say), overwrite=overwrite, jobs=jobs)
    if json:
        terminal.json(mirrored.report.to_dict())
    else:
        terminal.data(report_text(mirrored, say))
    if not mirrored.report.total:
        terminal.talk(f"vnsearch: {say('index.nothing')}")
        return ERROR
    return FOUND


@command("delete")
def delete(
    around: Surroundings,
    ids: Annotated[list[str], Argument("ID", "help.argument.ids")],
    json: JsonOption = False,
) -> int:
    """Take documents out of the index."""
    with around.open() as opened:
        deleted = opened.delete(ids)
    if json:
        around.terminal.json({"deleted": deleted})
    elif deleted:
        around.terminal.data(around.say.count("delete.deleted", deleted))
    if not deleted:
        around.terminal.talk(f"vnsearch: {around.say('delete.none')}")
    return FOUND if deleted else NOTHING
