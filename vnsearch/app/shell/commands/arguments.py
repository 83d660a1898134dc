"""What stands behind the name of a command, read and checked."""

from __future__ import annotations

from collections.abc import Sequence

from ....errors import RequestError
from ..session import Session


def number(session: Session, name: str, argument: str, least: int, most: int) -> int:
    """A number in a range. Raises `RequestError`."""
    if argument.isdecimal() and len(argument) < 10 and least <= int(argument) <= most:
        return int(argument)
    raise RequestError(session.around.say("shell.number", command=name, least=least, most=most))


def choice(session: Session, name: str, argument: str, values: Sequence[str]) -> str:
    """One of some values, however its letters are cased. Raises `RequestError`."""
    if argument.lower() in values:
        return argument.lower()
    raise RequestError(session.around.say("shell.choose", command=name, values=", ".join(values)))
