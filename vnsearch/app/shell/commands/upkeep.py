"""`.stats` and `.index`: the index itself."""

from __future__ import annotations

from pathlib import Path

from ...indexing import mirror, report_text, sources
from ...rendering import stats_lines
from ..session import Session
from .register import command


@command("stats")
def _stats(session: Session, argument: str) -> None:
    terminal, say = session.around.terminal, session.around.say
    terminal.painted(stats_lines(session.index().stats(), terminal, say))


@command("index", "[PATH]")
def _index(session: Session, argument: str) -> None:
    say = session.around.say
    paths = sources([Path(argument).expanduser()] if argument else [], say)
    session.close()
    session.tell(report_text(mirror(session.around, paths, jobs=session.around.settings.jobs), say))
