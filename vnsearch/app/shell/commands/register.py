"""The register of the commands of the shell, each a function under its name; `.help` is made from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....errors import RequestError
from ....records import record
from ..session import Session

Run = Callable[[Session, str], None]


@record(frozen=True, slots=True)
class Command:
    """One command: what runs it, how its argument is written in `.help`, and whether it takes the whole `screen`."""

    name: str
    run: Run
    argument: str
    screen: bool

    @property
    def usage(self) -> str:
        """How it is typed."""
        return f".{self.name} {self.argument}".rstrip()


COMMANDS: Final[dict[str, Command]] = {}
"""The commands by name, in the order of `.help`."""

ALIASES: Final = {"exit": "quit"}


def command(name: str, argument: str = "", *, screen: bool = False) -> Callable[[Run], Run]:
    """Register a function as the command `.name`.

    Its help are the messages `shell.help.name` and `shell.help.name.example`. With `screen` it needs a terminal.
    """

    def register(run: Run) -> Run:
        COMMANDS[name] = Command(name, run, argument, screen)
        return run

    return register


def run(session: Session, name: str, argument: str) -> None:
    """Run `.name argument`. Raises `RequestError`, with the nearest name where there is no such command."""
    known = find(session, name)
    if known.screen and not session.interactive:
        raise RequestError(session.around.say("shell.needs-terminal", command=f".{known.name}"))
    known.run(session, argument)


def find(session: Session, name: str) -> Command:
    """The command of a name. Raises `RequestError` with the nearest name where there is none."""
    known = COMMANDS.get(ALIASES.get(name.lower(), name.lower()))
    if known is not None:
        return known
    from difflib import get_close_matches

    say = session.around.say
    close = [f".{match}" for match in get_close_matches(name.lower()[:100], COMMANDS, n=1)]
    hint = say("shell.unknown.close", close=close[0]) if close else say("shell.unknown.hint")
    raise RequestError(say("shell.unknown", command=f".{name}"), hint)
