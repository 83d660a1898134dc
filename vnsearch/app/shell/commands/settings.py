"""`.limit`, `.match` and `.marks`: how is searched."""

from __future__ import annotations

from typing import Final, cast, get_args

from ....models import Marks, Match
from ..session import Session
from .arguments import choice, number
from .register import command

MAX_PAGE: Final = 1000


@command("limit", "N")
def _limit(session: Session, argument: str) -> None:
    if argument:
        session.limit = number(session, ".limit", argument, 1, MAX_PAGE)
    _tell_setting(session, "limit", session.limit)


@command("match", "|".join(get_args(Match)))
def _match(session: Session, argument: str) -> None:
    if argument:
        session.match = cast(Match, choice(session, ".match", argument, get_args(Match)))
    _tell_setting(session, "match", session.match)


@command("marks", "|".join(get_args(Marks)))
def _marks(session: Session, argument: str) -> None:
    if argument:
        session.marks = cast(Marks, choice(session, ".marks", argument, get_args(Marks)))
    _tell_setting(session, "marks", session.marks)


def _tell_setting(session: Session, name: str, value: object) -> None:
    session.tell(session.around.say("shell.setting", name=name, value=value))
