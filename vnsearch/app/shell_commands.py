"""The commands of the shell, each a function registered by its name; `.help` is made from the same register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast, get_args

from ..errors import RequestError
from ..models import Marks, Match
from .indexing import mirror, report_text, sources
from .rendering import document_lines, pair_lines, stats_lines
from .session import Leave, Session

MAX_PAGE: Final = 1000

NEXT: Final = "n"
PREVIOUS: Final = "p"

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


@command("show", "N")
def _show(session: Session, argument: str) -> None:
    say = session.around.say
    number = _number(session, ".show", argument, 1, max(session.seen, default=1))
    if number not in session.seen:
        raise RequestError(say("shell.no-such-result", number=number), say("shell.no-such-result.hint"))
    terminal = session.around.terminal
    terminal.painted(document_lines(session.index().get(session.seen[number]), terminal))


@command("limit", "N")
def _limit(session: Session, argument: str) -> None:
    if argument:
        session.limit = _number(session, ".limit", argument, 1, MAX_PAGE)
    _tell_setting(session, "limit", session.limit)


@command("match", "|".join(get_args(Match)))
def _match(session: Session, argument: str) -> None:
    if argument:
        session.match = cast(Match, _choice(session, ".match", argument, get_args(Match)))
    _tell_setting(session, "match", session.match)


@command("marks", "|".join(get_args(Marks)))
def _marks(session: Session, argument: str) -> None:
    if argument:
        session.marks = cast(Marks, _choice(session, ".marks", argument, get_args(Marks)))
    _tell_setting(session, "marks", session.marks)


@command("stats")
def _stats(session: Session, argument: str) -> None:
    terminal, say = session.around.terminal, session.around.say
    terminal.painted(stats_lines(session.index().stats(), terminal, say))


@command("index", "[PATH]")
def _index(session: Session, argument: str) -> None:
    say = session.around.say
    paths = sources([Path(argument).expanduser()] if argument else [], say)
    session.close()
    session.tell(report_text(mirror(session.around, paths), say))


@command("quit")
def _quit(session: Session, argument: str) -> None:
    raise Leave


def _number(session: Session, name: str, argument: str, least: int, most: int) -> int:
    if argument.isdecimal() and len(argument) < 10 and least <= int(argument) <= most:
        return int(argument)
    raise RequestError(session.around.say("shell.number", command=name, least=least, most=most))


def _choice(session: Session, name: str, argument: str, values: Sequence[str]) -> str:
    if argument.lower() in values:
        return argument.lower()
    raise RequestError(session.around.say("shell.choose", command=name, values=", ".join(values)))


def _tell_setting(session: Session, name: str, value: object) -> None:
    session.tell(session.around.say("shell.setting", name=name, value=value))
