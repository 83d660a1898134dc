"""`.open`, `.show`, `.edit`, `.path`, `.explain` and `.similar`: one of the documents found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Final

from ....errors import RequestError, SourceNotFound
from ....models import Explanation, Hit
from ....search.request import MAX_PASSAGES
from ...bars import bar
from ...editor import edit
from ...pager import page, read
from ...rendering import block, document_lines
from ..reading import file_line, lay_out, passage_start
from ..session import Session
from .arguments import result
from .register import command

BEST_PASSAGE: Final = "best passage"
"""What the library calls the last part of a score."""

BAR: Final = 12
"""How many cells the bar of an explanation takes at most."""


@command("open", "N", screen=True)
def _open(session: Session, argument: str) -> None:
    number, hit = result(session, ".open", argument)
    document = session.index().get(hit.id)
    reading = lay_out(document, _whole(session, number, hit), session.around.terminal)
    read(reading.lines, session.around, reading.line, reading.matched)


def _whole(session: Session, number: int, hit: Hit) -> Hit:
    """A hit with all of its passages; as it was shown where the settings or the index have changed since."""
    found = session.fetch(session.question, number - 1, 1, passages=MAX_PASSAGES)
    return found[0] if found and found[0].id == hit.id and found[0].passages else hit


@command("show", "N")
def _show(session: Session, argument: str) -> None:
    _, hit = result(session, ".show", argument)
    page(document_lines(session.index().get(hit.id), session.around.terminal), session.around)


@command("edit", "N", screen=True)
def _edit(session: Session, argument: str) -> None:
    number, hit = result(session, ".edit", argument)
    path = Path(_path_of(session, number, hit))
    if not path.is_file():
        say = session.around.say
        raise SourceNotFound(say("shell.no-file", path=path), say("shell.no-file.hint"))
    edit(path, file_line(session.index().get(hit.id).text, passage_start(hit)), session.around)


@command("path", "N")
def _path(session: Session, argument: str) -> None:
    number, hit = result(session, ".path", argument)
    session.tell(_path_of(session, number, hit))


def _path_of(session: Session, number: int, hit: Hit) -> str:
    if hit.path is None:
        raise RequestError(session.around.say("shell.no-path", number=number))
    return hit.path


@command("explain", "N")
def _explain(session: Session, argument: str) -> None:
    say, terminal = session.around.say, session.around.terminal
    _, hit = result(session, ".explain", argument)
    if session.question.like:
        raise RequestError(say("shell.like.fixed"), say("shell.like.fixed.hint"))
    explained = session.index().explain(session.text(session.question), hit.id)
    session.tell(say("shell.explained", score=say.decimal(explained.score, 2), id=hit.id))
    parts = _parts(session, explained)
    widest = max(parts.values(), default=0.0)
    for told, score in parts.items():
        drawn = bar(score / widest, BAR) if widest > 0 else ""
        shown = f" {drawn:<{BAR}}" if session.interactive else ""
        terminal.painted(block(f"{say.decimal(score, 3):>8}{shown}  ", told, (), terminal))


def _parts(session: Session, explained: Explanation) -> dict[str, float]:
    """What gives a part of a score -> how much. A word may count twice: as typed, and with the marks it lacks."""
    say = session.around.say
    parts: dict[str, float] = defaultdict(float)
    for term in explained.terms:
        matched = ", ".join(term.matched)
        if term.word == BEST_PASSAGE and term is explained.terms[-1]:
            told = say("shell.explained.passage")
        else:
            known = f"{term.word} → {matched}" if matched and matched != term.word else term.word
            told = say.count("shell.explained.part", term.documents, word=known)
        parts[told] += term.score
    return parts


@command("similar", "N")
def _similar(session: Session, argument: str) -> None:
    _, hit = result(session, ".similar", argument)
    session.ask(replace(session.question, like=hit.id))
