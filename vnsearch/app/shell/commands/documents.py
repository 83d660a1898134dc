"""`.show`: one of the documents found."""

from __future__ import annotations

from ....errors import RequestError
from ...rendering import document_lines
from ..session import Session
from .arguments import number as read_number
from .register import command


@command("show", "N")
def _show(session: Session, argument: str) -> None:
    say = session.around.say
    number = read_number(session, ".show", argument, 1, max(session.seen, default=1))
    if number not in session.seen:
        raise RequestError(say("shell.no-such-result", number=number), say("shell.no-such-result.hint"))
    terminal = session.around.terminal
    terminal.painted(document_lines(session.index().get(session.seen[number]), terminal))
