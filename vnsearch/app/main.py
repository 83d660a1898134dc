"""The entry point: arguments in, exit status out, and no error that is not one clear line.

Exit status: 0 found, 1 nothing found, 2 error (also of usage), 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final

from ..errors import VnsearchError
from . import commands
from .arguments import Call, read
from .complaints import as_error, complain, os_error_text
from .configuration import Configuration, load
from .declaration import Option, Setting
from .messages import Messages, language_asked, language_of
from .surroundings import FOUND, INTERRUPTED, VERSION_LINE, Surroundings
from .terminal import ReaderGone, Terminal

__all__ = ["commands", "main"]

COMPLETE: Final = "complete-word"
"""What the completion scripts of shells ask at every Tab (`completion.answering`); no command for people."""

FORGIVING: Final = frozenset(("config", "completion"))
"""Commands that run although the configuration is wrong: they tell of it, or have no use for it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status. Never raises for what a user or a file can cause."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    # One search multiplies no matrix: threads for that would only be started and stopped.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    terminal = Terminal.standard()
    configuration = load(os.environ)
    lang = configuration.settings.lang
    say = Messages(language_asked(arguments) or (language_of(os.environ) if lang == "auto" else lang))
    try:
        status = _guarded(arguments, terminal, say, configuration)
        terminal.flush()
    except ReaderGone:
        status = FOUND
        terminal.abandon()
    except OSError as error:
        status = complain(terminal, os_error_text(error))
        terminal.abandon()
    return status


def _guarded(arguments: Sequence[str], terminal: Terminal, say: Messages, configuration: Configuration) -> int:
    try:
        return _run(arguments, terminal, say, configuration)
    except (ReaderGone, OSError):
        raise
    except VnsearchError as error:
        from .problems import problem_text

        return complain(terminal, problem_text(error, say))
    except KeyboardInterrupt as interrupt:
        complain(terminal, str(interrupt) or say("error.interrupted"))
        return INTERRUPTED
    except Exception:
        import traceback

        for line in traceback.format_exc().splitlines():
            terminal.talk(line)
        return complain(terminal, say("error.internal"))


def _run(arguments: Sequence[str], terminal: Terminal, say: Messages, configuration: Configuration) -> int:
    if list(arguments) == ["--version"]:
        terminal.data(VERSION_LINE)
        return FOUND
    if arguments[:1] == [COMPLETE]:
        from .completion.answering import answer

        answer(arguments[1:], terminal, configuration.settings.index, say)
        return FOUND
    call = read(["shell"] if not arguments and terminal.interactive else arguments)
    if call is None:
        from .cli import read_with_typer

        call = read_with_typer(arguments, terminal, say)
        if call is None:
            return FOUND
    configuration = _with_flags(configuration, call)
    settings = configuration.settings
    terminal = terminal.colored(settings.color)
    for warning in configuration.warnings:
        complain(terminal, str(as_error(warning, say)))
    if configuration.problems and call.command.name not in FORGIVING:
        raise as_error(configuration.problems[0], say)
    values = {
        name: getattr(settings, value.name) if isinstance(value, Setting) else value
        for name, value in call.values.items()
        if name not in ("index", "lang")
    }
    return call.command.run(Surroundings(terminal, say, settings.index, settings, configuration), **values)


def _with_flags(configuration: Configuration, call: Call) -> Configuration:
    """The configuration with the options of a command line that correspond to settings."""
    given, options = {}, {}
    for parameter in call.command.parameters():
        default, mark = parameter.default, parameter.mark
        if isinstance(default, Setting) and isinstance(mark, Option) and call.values[parameter.name] != default:
            given[default.name] = call.values[parameter.name]
            options[default.name] = mark.names[0]
    return configuration.with_flags(given, options) if given else configuration
