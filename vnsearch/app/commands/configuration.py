"""`vnsearch config`: the effective settings, where each comes from, and a file to begin with."""

from typing import Annotated, Literal

from ..complaints import as_error, complain
from ..declaration import JsonOption, Option, command
from ..surroundings import ERROR, FOUND, Surroundings

Whose = Literal["project", "user"]


@command("config")
def config(
    around: Surroundings,
    write: Annotated[Whose | None, Option(("--write",), "help.option.write")] = None,
    json: JsonOption = False,
) -> int:
    """Print the settings and where they come from, or write a file of them."""
    from ..settling import as_dict, lines, write_file

    terminal, say, configuration = around.terminal, around.say, around.configuration
    if write is not None:
        path = write_file(configuration, write, say)
        terminal.data(say("configuration.written", path=path))
        return FOUND
    if json:
        terminal.json(as_dict(configuration))
    else:
        for line in lines(configuration, say):
            terminal.data(line)
    for problem in configuration.problems:
        complain(terminal, str(as_error(problem, say)))
    return ERROR if configuration.problems else FOUND
