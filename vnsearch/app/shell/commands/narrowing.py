"""`.filter`, `.sort`, `.within` and `.undo`: fewer results, in another order, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ....errors import RequestError
from ...filtering import read_pair
from ..session import Session
from .arguments import wanted
from .register import command

CLEAR: Final = frozenset(("-", "clear"))


@command("filter", "[NAME=VALUE|-]")
def _filter(session: Session, argument: str) -> None:
    say = session.around.say
    if not argument:
        for name, value in session.question.filters:
            session.tell(f"{name}={value}")
        if not session.question.filters:
            session.tell(say("shell.no-filters"))
        return
    if argument in CLEAR:
        session.narrow(lambda question: replace(question, filters=()))
        return
    pair = read_pair(argument)
    if pair is None:
        raise RequestError(say("shell.bad-filter", value=argument), say("shell.bad-filter.hint"))
    session.narrow(lambda question: replace(question, filters=(*question.filters, pair)))


@command("sort", "[FIELD|-FIELD|score]")
def _sort(session: Session, argument: str) -> None:
    if not argument:
        session.tell(session.around.say("shell.setting", name="sort", value=session.question.sort))
        return
    session.narrow(lambda question: replace(question, sort=argument))


@command("within", "QUERY")
def within(session: Session, argument: str) -> None:
    """Keep of the results what a further query finds, too."""
    words = wanted(session, ".within", argument, "QUERY")
    if session.question.empty:
        raise RequestError(session.around.say("shell.no-results-yet"))
    session.narrow(lambda question: replace(question, within=(*question.within, words)))


@command("undo")
def _undo(session: Session, argument: str) -> None:
    session.undo()
