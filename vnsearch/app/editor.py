"""A file in the editor of the user, at a line."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from ..errors import RequestError
from .foreground import run
from .pager import split_command
from .surroundings import Surroundings

PLUS: Final = frozenset("vi vim nvim view gvim nano pico emacs emacsclient kak micro joe jed ne mg".split())
"""Editors that take the line as `+LINE` before the file."""

GOTO: Final = frozenset("code code-insiders codium vscodium cursor".split())
"""Editors that take `--goto FILE:LINE`."""

USUAL: Final = ("nano", "vi", "notepad")
"""What is tried where nobody chose an editor."""


def edit(path: Path, line: int, around: Surroundings) -> None:
    """Open a file in the editor, and wait until it is left. Raises `RequestError` where there is no editor."""
    around.terminal.flush()
    run(editor_command(path, line, around), None)


def editor_words(around: Surroundings) -> list[str]:
    """The words of the command line of the editor: that of the settings, else $VISUAL, else $EDITOR, else a usual one.

    Raises `RequestError` where there is none.
    """
    chosen = around.settings.editor or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    command = split_command(chosen, around) or [name for name in USUAL if shutil.which(name)][:1]
    if not command:
        raise RequestError(around.say("error.no-editor"), around.say("error.no-editor.hint"))
    return command


def editor_command(path: Path, line: int, around: Surroundings) -> list[str]:
    """The command line that opens a file at a line, where the editor is known to take one. Raises as `editor_words`."""
    command = editor_words(around)
    # Absolute, so that no name of a file is an option.
    file = str(path.absolute())
    name = Path(command[0]).stem
    if name in PLUS:
        return [*command, f"+{line}", file]
    if name in GOTO:
        return [*command, "--goto", f"{file}:{line}"]
    return [*command, file]
