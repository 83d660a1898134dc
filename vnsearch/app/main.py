"""The entry point: arguments in, exit status out, and no error that is not one clear line.

Exit status: 0 found, 1 nothing found, 2 error (also of usage), 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ..errors import VnsearchError
from . import commands
from .arguments import read
from .complaints import complain, os_error_text
from .messages import Messages, language_asked, language_of
from .surroundings import DEFAULT_INDEX, FOUND, INTERRUPTED, VERSION_LINE, Surroundings
from .terminal import ReaderGone, Terminal

__all__ = ["commands", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status. Never raises for what a user or a file can cause."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    # One search multiplies no matrix: threads for that would only be started and stopped.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    terminal = Terminal.standard()
    say = Messages(language_asked(arguments) or language_of(os.environ))
    try:
        status = _guarded(arguments, terminal, say)
        terminal.flush()
    except ReaderGone:
        status = FOUND
        terminal.abandon()
    except OSError as error:
        status = complain(terminal, os_error_text(error))
        terminal.abandon()
    return status


def _guarded(arguments: Sequence[str], terminal: Terminal, say: Messages) -> int:
    try:
        return _run(arguments, terminal, say)
    except (ReaderGone, OSError):
        raise
    except VnsearchError as error:
        from .problems import problem_text

        return complain(terminal, problem_text(error, say))
    except KeyboardInterrupt:
        complain(terminal, say("error.interrupted"))
        return INTERRUPTED
    except Exception:
        import traceback

        for line in traceback.format_exc().splitlines():
            terminal.talk(line)
        return complain(terminal, say("error.internal"))


def _run(arguments: Sequence[str], terminal: Terminal, say: Messages) -> int:
    if list(arguments) == ["--version"]:
        terminal.data(VERSION_LINE)
        return FOUND
    call = read(["shell"] if not arguments and terminal.interactive else arguments)
    if call is None:
        from .cli import read_with_typer

        call = read_with_typer(arguments, terminal, say)
        if call is None:
            return FOUND
    values = dict(call.values)
    del values["lang"]  # asked before anything was said
    folder = values.pop("index") or Path(os.environ.get("VNSEARCH_INDEX") or DEFAULT_INDEX)
    return call.command.run(Surroundings(terminal, say, folder), **values)
