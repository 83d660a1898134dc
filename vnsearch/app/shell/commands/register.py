"""The register of the commands of the shell, each a function under its name; `.help` is made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ....errors import RequestError
from ..session import Session

Run = Callable[[Session, str], None]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what runs it, and how its argument is written in `.help`."""

    name: str
    run: Run
    argument: str


COMMANDS: Final[dict[str, Command]] = {}
"""The commands by name, in the order of `.help`."""

ALIASES: Final = {"exit": "quit"}


def command(name: str, argument: str = "") -> Callable[[Run], Run]:
    """Register a function as the command `.name`; its help is the message `shell.help.name`."""

    def register(run: Run) -> Run:
        COMMANDS[name] = Command(name, run, argument)
        return run

    return register


def run(session: Session, name: str, argument: str) -> None:
    """Run `.name argument`. Raises `RequestError` with the nearest name where there is no such command."""
    known = COMMANDS.get(ALIASES.get(name.lower(), name.lower()))
    if known is not None:
        known.run(session, argument)
        return
    from difflib import get_close_matches

    say = session.around.say
    close = [f".{match}" for match in get_close_matches(name.lower(), COMMANDS, n=1)]
    hint = say("shell.unknown.close", close=close[0]) if close else say("shell.unknown.hint")
    raise RequestError(say("shell.unknown", command=f".{name}"), hint)
