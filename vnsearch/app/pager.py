"""Long output in the pager of the user: only where somebody watches a screen.

The lines come from `rendering`: their text is inert and the escape sequences in them are ours. The pager is the one of
the settings, else $PAGER, else less; where there is none the lines are printed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final

from ..errors import RequestError
from .cells import cells
from .foreground import run
from .surroundings import Surroundings

CONTEXT: Final = 4
"""On which line of the screen less puts what it goes to."""

MAX_SOUGHT: Final = 40
MAX_LENGTH: Final = 60
"""So many matched texts, each of so many characters, are looked for in the pager."""

_OUR_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")


def page(lines: Iterable[str], around: Surroundings) -> None:
    """Show lines: in the pager where they are more than the screen holds, else as they are."""
    lines = iter(lines)
    head = list(islice(lines, shutil.get_terminal_size().lines))
    if len(head) < shutil.get_terminal_size().lines:
        around.terminal.painted(head)
    else:
        read(chain(head, lines), around)


def read(lines: Iterable[str], around: Surroundings, line: int = 1, sought: Sequence[str] = ()) -> None:
    """Show lines in the pager, from one of them on; in less, `n` and `N` go between the texts that are `sought`.

    Raises `RequestError` where the command line of the pager has no closing quote.
    """
    command = pager_command(around)
    if command and Path(command[0]).stem == "less":
        command += less_options(line, sought)
        lines = map(_ended, lines)
    if not command:
        around.terminal.painted(lines)
        return
    around.terminal.flush()
    run(command, lines)


def _ended(line: str) -> str:
    """A line with a space at its end, where there is room: a sought word ends with what follows it, since less takes no
    `$` on its command line."""
    full = cells(_OUR_COLOURS.sub("", line)) >= shutil.get_terminal_size().columns
    return line if full else f"{line} "


def pager_command(around: Surroundings) -> list[str]:
    """The words of the command line of the pager; none where output should be printed."""
    if not around.terminal.interactive or os.environ.get("TERM") == "dumb":
        return []
    asked = around.settings.pager or os.environ.get("PAGER", "")
    command = split_command(asked, around)
    if command:
        return command if shutil.which(command[0]) else []
    return ["less"] if shutil.which("less") else []


def split_command(text: str, around: Surroundings) -> list[str]:
    """A command line as its words. Raises `RequestError` where a quote is not closed."""
    try:
        return shlex.split(text)
    except ValueError:
        raise RequestError(around.say("error.command-line", command=text)) from None


def less_options(line: int, sought: Sequence[str]) -> list[str]:
    """What less is told: pass our colours, go to a line, and search from there.

    >>> less_options(7, ["đạo đức", "$x"])
    ['-R', '-i', '-j4', '+7g/(^|[^[:alnum:]])(đạo đức|.x)[^[:alnum:]]\\n']
    """
    pattern = search_pattern(sought)
    return ["-R", "-i", f"-j{CONTEXT}", f"+{line}g" + (f"/{pattern}\n" if pattern else "")]


def search_pattern(sought: Sequence[str]) -> str:
    """A regular expression for whole texts, in the dialect that all builds of less share.

    Only letters, digits and spaces stand for themselves; any other character is a dot, so nothing needs an escape.
    """
    texts = dict.fromkeys(text.strip().lower()[:MAX_LENGTH] for text in sought)
    plain = ("".join(c if c.isalnum() or c == " " else "." for c in text) for text in texts)
    known = [text for text in dict.fromkeys(plain) if text.strip(". ")][:MAX_SOUGHT]
    return f"(^|[^[:alnum:]])({'|'.join(known)})[^[:alnum:]]" if known else ""
