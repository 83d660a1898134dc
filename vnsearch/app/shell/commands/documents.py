"""`.open`, `.show`, `.edit`, `.path`, `.explain` and `.similar`: one of the documents found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ....errors import RequestError, SourceNotFound
from ....models import Hit
from ....search.request import MAX_PASSAGES
from ...editor import edit
from ...pager import page, read
from ...rendering import document_lines, explanation_lines
from ..reading import file_line, lay_out, passage_start
from ..session import Session
from .arguments import result
from .register import command


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
    question = session.searched()
    explained = session.index().explain(
        session.text(question), hit.id, match=session.match, marks=session.marks, filters=question.filtered()
    )
    session.tell(say("shell.explained", score=say.decimal(explained.score, 2), id=hit.id))
    terminal.painted(explanation_lines(explained, terminal, say))


@command("similar", "N")
def _similar(session: Session, argument: str) -> None:
    _, hit = result(session, ".similar", argument)
    session.ask(replace(session.question, like=hit.id))
