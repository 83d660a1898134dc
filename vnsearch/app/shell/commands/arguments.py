"""What stands behind the name of a command, read and checked."""

from __future__ import annotations

from collections.abc import Sequence

from ....errors import RequestError
from ....models import Hit
from ..session import Session


def number(session: Session, name: str, argument: str, least: int, most: int) -> int:
    """A number in a range. Raises `RequestError`."""
    if argument.isdecimal() and len(argument) < 10 and least <= int(argument) <= most:
        return int(argument)
    raise RequestError(session.around.say("shell.number", command=name, least=least, most=most))


def result(session: Session, name: str, argument: str) -> tuple[int, Hit]:
    """The number of a result on the pages seen, and the result. Raises `RequestError`."""
    say = session.around.say
    if not session.seen:
        hint = say("shell.no-such-result.hint", command=name)
        raise RequestError(say("shell.no-such-result", number=argument or "?"), hint)
    chosen = number(session, name, argument, 1, max(session.seen))
    if chosen not in session.seen:
        hint = say("shell.no-such-result.hint", command=name)
        raise RequestError(say("shell.no-such-result", number=chosen), hint)
    return chosen, session.seen[chosen]


def choice(session: Session, name: str, argument: str, values: Sequence[str]) -> str:
    """One of some values, however its letters are cased. Raises `RequestError`."""
    if argument.lower() in values:
        return argument.lower()
    raise RequestError(session.around.say("shell.choose", command=name, values=", ".join(values)))


def wanted(session: Session, name: str, argument: str, usage: str) -> str:
    """An argument that has to be there. Raises `RequestError`."""
    if argument:
        return argument
    raise RequestError(session.around.say("shell.wanted", usage=f"{name} {usage}"))
