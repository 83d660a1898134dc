"""What a line of input does to a session: turns the page, runs a command, or searches.

The interactive shell and the batch reader (`shell`) both feed it lines.
"""

from __future__ import annotations

from typing import Final

from ...errors import VnsearchError
from ..complaints import complain, os_error_text
from ..problems import problem_text
from . import commands  # noqa: F401  registers them
from .commands.conversation import NEXT, PREVIOUS, REFINE
from .commands.narrowing import within
from .commands.register import run
from .session import Leave, Session

QUIT: Final = frozenset(("quit", "exit"))

MAX_ERROR: Final = 1000
"""How many characters of an error are told; it may repeat what was typed."""


def attempt(session: Session, line: str) -> bool:
    """Do what a line asks; an error is one line, and the conversation goes on. False when it is over."""
    terminal = session.around.terminal
    try:
        handle(session, line)
    except Leave:
        return False
    except VnsearchError as error:
        complain(terminal, problem_text(error, session.around.say)[:MAX_ERROR])
    except OSError as error:
        complain(terminal, os_error_text(error)[:MAX_ERROR])
    except KeyboardInterrupt as interrupt:
        if not session.interactive:
            raise
        complain(terminal, str(interrupt) or session.around.say("error.interrupted"))
    terminal.flush()
    return True


def handle(session: Session, line: str) -> None:
    """Do what a line asks: turn the page, run a command, or search. Raises `Leave` and every `VnsearchError`."""
    line = line.strip()
    if line in QUIT:
        raise Leave
    if line[:1] == "." and line[1:2].isalpha():
        name, _, argument = line[1:].partition(" ")
        run(session, name, argument.strip())
    elif session.interactive and line in (NEXT, PREVIOUS):
        session.turn(-1 if line == PREVIOUS else 1)
    elif session.interactive and line.startswith(REFINE):
        within(session, line.removeprefix(REFINE).strip())
    elif line:
        session.search(line)
    elif session.interactive and session.page is not None:
        session.turn(1)
