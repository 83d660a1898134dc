"""`.save`, `.run`, `.saved` and `.export`: what outlives the conversation."""

from __future__ import annotations

import os
from pathlib import Path

from ....errors import RequestError
from ....search.request import MAX_WINDOW
from ...reporting import shorten
from ..export import FORMATS, exported
from ..files import write_whole
from ..saved import BadFile, Saved, clean_name, read_saved, save, saved_path
from ..session import Session
from .arguments import wanted
from .register import command


@command("save", "NAME")
def _save(session: Session, argument: str) -> None:
    say = session.around.say
    name = _name(session, ".save", argument)
    if session.question.empty:
        raise RequestError(say("shell.no-results-yet"))
    path = _path(session)
    try:
        save(path, name, Saved(session.question, session.match, session.marks))
    except BadFile:
        raise _bad(session, path) from None
    session.tell(say("shell.saved", name=name))


@command("run", "NAME")
def _run(session: Session, argument: str) -> None:
    say = session.around.say
    name = _name(session, ".run", argument)
    searches = _searches(session)
    if name not in searches:
        raise RequestError(say("shell.no-saved", name=name), say("shell.no-saved.hint"))
    saved, before = searches[name], (session.match, session.marks)
    session.match, session.marks = saved.match, saved.marks
    try:
        session.ask(saved.question)
    except BaseException:
        session.match, session.marks = before
        raise


@command("saved")
def _saved(session: Session, argument: str) -> None:
    terminal, say = session.around.terminal, session.around.say
    searches = _searches(session)
    if not searches:
        session.tell(say("shell.none-saved"))
        return
    from ...rendering import pair_lines

    rows = []
    for name, saved in sorted(searches.items()):
        question = saved.question
        parts = [*question.within, *(f"{field}={value}" for field, value in question.filters)]
        asked = say("shell.like", id=question.like) if question.like else question.query
        rows.append((shorten(name), " · ".join(map(shorten, filter(None, (asked, *parts))))))
    terminal.painted(pair_lines(rows, terminal, colon=" "))


def _searches(session: Session) -> dict[str, Saved]:
    path = _path(session)
    try:
        return read_saved(path)
    except BadFile:
        raise _bad(session, path) from None


def _bad(session: Session, path: Path) -> RequestError:
    return RequestError(session.around.say("shell.bad-saved", path=path), session.around.say("shell.bad-saved.hint"))


def _path(session: Session) -> Path:
    try:
        return saved_path(os.environ)
    except RuntimeError:
        raise RequestError(session.around.say("shell.no-home")) from None


def _name(session: Session, command: str, argument: str) -> str:
    name = clean_name(wanted(session, command, argument, "NAME"))
    if name is None:
        raise RequestError(session.around.say("shell.bad-name"))
    return name


@command("export", "FILE [!]")
def _export(session: Session, argument: str) -> None:
    say = session.around.say
    bare = argument.removesuffix("!").rstrip()
    over = bare != argument
    path = Path(wanted(session, ".export", bare, "FILE")).expanduser()
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise RequestError(say("shell.bad-format", file=path.name), ", ".join(FORMATS))
    if session.question.empty:
        raise RequestError(say("shell.no-results-yet"))
    results = session.fetch(session.question, 0, MAX_WINDOW)
    columns = tuple(session.index().stats().fields)
    try:
        write_whole(path, exported(results, FORMATS[ending], columns, say), over=over)
    except FileExistsError:
        raise RequestError(say("shell.exists", file=path), say("shell.exists.hint", file=path)) from None
    session.tell(say.count("shell.exported", len(results), file=path))
