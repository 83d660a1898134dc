"""`.help` and `.quit`."""

from __future__ import annotations

from typing import Final

from ...rendering import pair_lines
from ..session import Leave, Session
from .register import COMMANDS, command

NEXT: Final = "n"
PREVIOUS: Final = "p"


@command("help")
def _help(session: Session, argument: str) -> None:
    say = session.around.say
    words = say("shell.help.words")
    rows = [
        (words, say("shell.help.query")),
        (f'"{words}"', say("shell.help.phrase")),
        (f"-{words}", say("shell.help.exclude")),
        (NEXT, say("shell.help.next")),
        (PREVIOUS, say("shell.help.previous")),
        *((f".{c.name} {c.argument}".rstrip(), say(f"shell.help.{c.name}")) for c in COMMANDS.values()),
    ]
    session.around.terminal.painted(pair_lines(rows, session.around.terminal, colon=" "))


@command("quit")
def _quit(session: Session, argument: str) -> None:
    raise Leave
