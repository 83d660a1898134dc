"""The two streams a command speaks to: data to standard output, talk to standard error.

Whatever is written here is inert (see `inert`), whether colour is wanted is decided here, and a reader that went
away (`vnsearch search ... | head -1`) is told by one exception.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, TextIO

from ..records import record
from .cells import wrap
from .inert import inert
from .settings import Color

MIN_WIDTH: Final = 20


class ReaderGone(Exception):
    """Whoever read our output has closed it."""


def wants_color(stream: TextIO, environ: Mapping[str, str], setting: Color = "auto") -> bool:
    """Whether to colour what goes to a stream.

    NO_COLOR forbids it, then FORCE_COLOR asks for it, then the setting decides, and where that is "auto", a terminal
    that is not dumb. Sources: no-color.org, force-color.org.
    """
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") != "0":
        return True
    if setting != "auto":
        return setting == "always"
    return environ.get("TERM") != "dumb" and stream.isatty()


@record(frozen=True, slots=True)
class Terminal:
    """Where output goes and how. `wraps` tells whether lines are broken to the width of a screen."""

    out: TextIO
    err: TextIO
    color: bool
    wraps: bool

    @classmethod
    def standard(cls) -> Terminal:
        """The streams of this process, able to write any text that a query or a file name can hold."""
        out, err = _writable(sys.stdout), _writable(sys.stderr)
        return cls(out, err, color=wants_color(out, os.environ), wraps=out.isatty())

    @property
    def width(self) -> int | None:
        """The width of the screen in cells as it is now, or None where lines are not broken."""
        if not self.wraps:
            return None
        import shutil

        return max(shutil.get_terminal_size().columns, MIN_WIDTH)

    @property
    def draws(self) -> bool:
        """Whether bars can be drawn: on a screen that is not dumb and shows any character."""
        encoding = (getattr(self.out, "encoding", None) or "utf-8").lower()
        return self.wraps and os.environ.get("TERM") != "dumb" and encoding.startswith("utf")

    @property
    def interactive(self) -> bool:
        """Whether somebody sits there: both standard input and output are a terminal."""
        return self.out.isatty() and sys.stdin is not None and sys.stdin.isatty()

    def colored(self, setting: Color) -> Terminal:
        """The same streams, coloured as a setting wants that is not "auto", if the environment leaves it open."""
        if setting == "auto":
            return self
        return replace(self, color=wants_color(self.out, os.environ, setting))

    def plain(self) -> Terminal:
        """The same streams without colours and without broken lines."""
        return Terminal(self.out, self.err, color=False, wraps=False)

    def data(self, text: str) -> None:
        """One line of data."""
        _write(self.out, inert(text) + "\n")

    def painted(self, lines: Iterable[str]) -> None:
        """Lines of data from `rendering`, which has made their text inert and put our own colours around it."""
        for line in lines:
            _write(self.out, line + "\n")

    def json(self, values: Mapping[str, Any]) -> None:
        """A JSON document as data, its schema first: text as it is, only what is not seen written as escapes."""
        from .formats import json_text

        _write(self.out, json_text(values))

    def written(self, pieces: Iterable[str]) -> None:
        """Data from `formats`, which has made its text inert."""
        for piece in pieces:
            _write(self.out, piece)

    def exact(self, names: Iterable[str]) -> None:
        """Names of files, each ended by NUL, byte for byte as the system knows them: for `xargs -0`.

        On a terminal they are inert, the NUL among them.
        """
        ended = [name + "\0" for name in names]
        bytes_out = getattr(self.out, "buffer", None)
        if bytes_out is None or self.out.isatty():
            _write(self.out, "".join(map(inert, ended)))
            return
        self.flush()
        try:
            bytes_out.write(b"".join(map(_bytes, ended)))
        except BrokenPipeError:
            raise ReaderGone from None

    def talk(self, text: str) -> None:
        """One line to the person, beside the data; on a screen broken between words."""
        text, width = inert(text), self.width if self.err.isatty() else None
        if width is not None and not text[:1].isspace():  # what is indented stands as it is
            text = "\n".join(text[begin:end] for begin, end in wrap(text, width))
        _write(self.err, text + "\n")

    def status(self, text: str) -> None:
        """A line that the next one replaces; nothing where nobody watches."""
        if self.err.isatty() and os.environ.get("TERM") != "dumb":
            _write(self.err, f"\r{inert(text)}\x1b[K")
            self.err.flush()

    def flush(self) -> None:
        """Hand everything over. Raises `ReaderGone`, or OSError where the system cannot take it (a full disk)."""
        try:
            self.out.flush()
        except BrokenPipeError:
            raise ReaderGone from None

    def abandon(self) -> None:
        """Stop writing to standard output, so that the end of the process does not try once more."""
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except BrokenPipeError:
        raise ReaderGone from None


def _bytes(name: str) -> bytes:
    """A name of a file in the bytes of the system; as UTF-8 where these do not know its letters."""
    try:
        return os.fsencode(name)
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass")


def _writable(stream: TextIO | None) -> TextIO:
    """A stream that never fails on a character; UTF-8 wherever no terminal and no wish of the user says otherwise.

    Lines end as they are written on every system, those of CSV with CR LF.
    """
    if stream is None:  # closed by the caller of the process
        return open(os.devnull, "w", encoding="utf-8")
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        keeps = stream.isatty() or "PYTHONIOENCODING" in os.environ
        reconfigure(encoding=None if keeps else "utf-8", errors="backslashreplace", newline="\n")
    return stream


def read_input(limit: int) -> str:
    """Standard input as one text of at most `limit` characters: UTF-8, with U+FFFD for what is not."""
    return readable_input().read(limit).removeprefix("\ufeff")


def readable_input() -> TextIO:
    """Standard input, able to read any bytes."""
    if sys.stdin is None:
        return open(os.devnull, encoding="utf-8")
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None and not sys.stdin.isatty():
        keeps = "PYTHONIOENCODING" in os.environ
        reconfigure(encoding=None if keeps else "utf-8", errors="replace")
    return sys.stdin
