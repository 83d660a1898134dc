"""`vnsearch shell` from its beginning to its end, at a terminal or fed by a pipe."""

from __future__ import annotations

from dataclasses import replace

from ... import __version__
from ...errors import IndexNotFound
from ..surroundings import FOUND, NOTHING, Surroundings
from ..terminal import readable_input
from .dialogue import attempt
from .session import Session


def run(around: Surroundings) -> int:
    """Talk until the input ends; the exit status."""
    if around.terminal.interactive:
        return interact(Session(around, interactive=True))
    return read_batch(Session(replace(around, terminal=around.terminal.plain()), interactive=False))


def interact(session: Session) -> int:
    """Prompt for lines until Ctrl-D or `quit`."""
    from .prompt import make_prompt

    prompt = make_prompt(session)
    _welcome(session)
    try:
        while True:
            try:
                if not attempt(session, prompt.prompt()):
                    break
            except KeyboardInterrupt:  # between two steps: while a command runs, `attempt` takes it
                continue
            except EOFError:
                break
    finally:
        session.close()
    return FOUND


def read_batch(session: Session) -> int:
    """Take each line of standard input as a query or a command; 1 where nothing at all was found."""
    session.index()
    try:
        for line in readable_input():
            if not attempt(session, line.removeprefix("\ufeff")):
                break
    finally:
        session.close()
    return FOUND if session.found else NOTHING


def _welcome(session: Session) -> None:
    say = session.around.say
    try:
        documents = session.index().stats().documents
    except IndexNotFound:
        session.tell(say("shell.no-index", folder=session.around.folder))
        return
    session.tell(say("shell.welcome", version=__version__, documents=say.count("index.documents", documents)))
