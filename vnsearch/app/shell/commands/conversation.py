"""`.help`, `.keys` and `.quit`."""

from __future__ import annotations

from typing import Final

from ...pager import page
from ...rendering import block, pair_lines
from ..keys import KEYS as EDITING
from ..session import Leave, Session
from .register import COMMANDS, command, find

NEXT: Final = "n"
PREVIOUS: Final = "p"
REFINE: Final = "+ "
"""What begins a line that refines the results."""

KEYS: Final = (
    ("Enter", "shell.key.enter"),
    ("n, p", "shell.key.pages"),
    *EDITING,
)
"""Keys, each with the key of the message that tells what it does."""


@command("help", "[COMMAND]")
def _help(session: Session, argument: str) -> None:
    terminal, say = session.around.terminal, session.around.say
    if argument:
        known = find(session, argument.removeprefix("."))
        lines = [f"{known.usage}", say(f"shell.help.{known.name}")]
        for text in (*lines, say("shell.example", example=say(f"shell.help.{known.name}.example"))):
            terminal.painted(block("", text, (), terminal))
        return
    words = say("shell.help.words")
    at_a_prompt = (
        (f"{REFINE}{words}", say("shell.help.refine")),
        (NEXT, say("shell.help.next")),
        (PREVIOUS, say("shell.help.previous")),
    )
    rows = [
        (words, say("shell.help.query")),
        (f'"{words}"', say("shell.help.phrase")),
        (f"-{words}", say("shell.help.exclude")),
        *(at_a_prompt if session.interactive else ()),  # from a pipe these are queries
        *((c.usage, say(f"shell.help.{c.name}")) for c in COMMANDS.values()),
    ]
    page(pair_lines(rows, terminal, colon=" "), session.around)


@command("keys")
def _keys(session: Session, argument: str) -> None:
    terminal, say = session.around.terminal, session.around.say
    terminal.painted(pair_lines([(key, say(name)) for key, name in KEYS], terminal, colon=" "))


@command("quit")
def _quit(session: Session, argument: str) -> None:
    raise Leave
