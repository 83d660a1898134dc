"""How far a long piece of work is: how much is done, how fast it goes, and how long it will take yet.

Files come in bursts, a batch that was read at once. What is known at the end of a burst is exact, and between bursts
only the time goes on; so the speed is told as of the last burst, over all of the work, and does not jump about.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import Final

from .messages import Messages
from .terminal import Terminal

INTERVAL: Final = 0.1
"""Seconds between two reports."""

PATIENCE: Final = 2.0
"""Seconds of work before the speed is told: what the first files took says little."""

MINUTE: Final = 60


class Progress:
    """Shows on the terminal how many of all files are done. It is called with (done, all) after each."""

    def __init__(self, terminal: Terminal, say: Messages, clock: Callable[[], float] = time.monotonic) -> None:
        self.done = 0
        self.total = 0
        self._terminal = terminal
        self._say = say
        self._clock = clock
        self._begun = self._last = self._shown = clock()
        self._first: int | None = None

    def __call__(self, done: int, total: int) -> None:
        now = self._clock()
        if self._first is None:
            self._first = done - 1  # what was done before there was anything to do: files known to be unchanged
            self.done = self._first
        if done == total:
            self._terminal.status(self._say("index.writing"))
        elif now - self._shown >= INTERVAL:
            self._shown = now
            self._terminal.status(self._line(done, total, now))
        self.done, self.total, self._last = done, total, now

    def _line(self, done: int, total: int, now: float) -> str:
        """What is done, with speed and time left as far as they are known and the screen has room for them."""
        line = self._say("index.progress", done=self._say.number(done), total=self._say.number(total))
        took, read = self._last - self._begun, self.done - (self._first or 0)
        if took < PATIENCE or read <= 0:
            return line
        speed = read / took
        left = (total - self.done) / speed - (now - self._last)
        for part in (
            self._say("index.progress.speed", speed=self._say.number(round(speed)) if speed >= 1 else "<1"),
            self._say("index.progress.left", time=self._duration(left)),
        ):
            if len(line) + len(part) + 3 < shutil.get_terminal_size().columns:
                line = f"{line} · {part}"
        return line

    def _duration(self, seconds: float) -> str:
        """A time as roughly as it is known: minutes, or under two of them steps of five seconds."""
        if seconds >= 2 * MINUTE:
            return self._say("index.minutes", count=round(seconds / MINUTE))
        return self._say("index.seconds", count=max(5, 5 * round(seconds / 5)))
