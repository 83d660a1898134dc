"""What the tests of the shell share: an index to talk about, and a conversation driven through a pipe input."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from vnsearch import Document, Index
from vnsearch.app.messages import Messages
from vnsearch.app.settings import Settings
from vnsearch.app.shell.conversation import interact
from vnsearch.app.shell.session import Session
from vnsearch.app.surroundings import Surroundings
from vnsearch.app.terminal import Terminal

HOSTILE = "\x1b]0;gotcha\x07\x1b[2J\r\nx\u202ey\x9b31m\u2028" + "z" * 10_000
"""What no terminal may be given raw."""

NEWS = 12


def news(n: int) -> Document:
    """One of `NEWS` articles: the more often it says tiêu cực, the less it ranks for tham nhũng."""
    text = f"Mở đầu.\n\nChống tham nhũng {'tiêu cực ' * n}{'cùng' if n % 2 else 'và'} lãng phí.\n\nKết: tham nhũng."
    fields = {"date": date(2016 + n // 4 * 2, 1 + n, 3), "source": "nhandan" if n % 3 else "tuoitre", "pages": n}
    return Document(id=f"d{n:02}", title=f"Bài {n}", text=text, path=f"news/{n}.txt", fields=fields)


def hostile() -> Document:
    """An article all of whose parts are hostile."""
    text = f"dữ dội {HOSTILE}\nlần dữ dội sau {HOSTILE}"
    return Document(id="evil\x1b[31m", title=HOSTILE, text=text, path=f"{HOSTILE[:40]}.txt", fields={"source": HOSTILE})


def write_index(folder: Path, documents: Iterable[Document]) -> None:
    """Make an index."""
    with Index.create(folder) as index:
        index.add(documents)


class Talk(NamedTuple):
    """What a shell said."""

    out: str
    err: str


def talk(
    *lines: str, lang: str = "en", folder: str = "index", settings: Settings | None = None, screen: bool = False
) -> Talk:
    """What an interactive shell says while these lines are typed, then Ctrl-D; whether its output is a `screen`."""
    terminal = Terminal(io.StringIO(), io.StringIO(), color=False, wraps=screen)
    say = Messages("vi" if lang == "vi" else "en")
    around = Surroundings(terminal, say, Path(folder), settings or Settings())
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(f"{line}\n" for line in lines) + "\x04")
        with create_app_session(input=keyboard, output=DummyOutput()):
            assert interact(Session(around, interactive=True)) == 0
    return Talk(terminal.out.getvalue(), terminal.err.getvalue())  # type: ignore[attr-defined]


def titles(out: str) -> list[str]:
    """The numbered titles in an output, with their numbers."""
    return [line for line in out.splitlines() if line[:1].isdigit() and ". Bài" in line]
