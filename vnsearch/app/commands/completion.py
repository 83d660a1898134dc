"""`vnsearch completion`: the script by which a shell completes command lines of vnsearch."""

from typing import Annotated

from ..completion import ShellName, script
from ..declaration import Argument, command
from ..surroundings import FOUND, Surroundings

ShellArgument = Annotated[ShellName, Argument("SHELL", "help.argument.shell")]


@command("completion")
def completion(around: Surroundings, shell: ShellArgument) -> int:
    """Print the script of a shell."""
    around.terminal.painted(script(shell).splitlines())
    return FOUND
