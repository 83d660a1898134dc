"""Another program in the foreground of this terminal: a pager, an editor. No shell stands between."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any


def run(command: Sequence[str], lines: Iterable[str] | None = None) -> int:
    """Run a program until it ends, and return its exit status; `lines` are its standard input, else the keyboard.

    Ctrl-C is for that program alone meanwhile. Raises OSError where it cannot be started.
    """
    with _without_interrupts():
        if lines is None:
            return subprocess.run(command, check=False).returncode
        with subprocess.Popen(command, stdin=subprocess.PIPE, encoding="utf-8", errors="replace") as process:
            assert process.stdin is not None
            # Who leaves a pager early closes the pipe.
            with suppress(BrokenPipeError):
                process.stdin.writelines(f"{line}\n" for line in lines)
            with suppress(BrokenPipeError):
                process.stdin.close()
        return process.returncode


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let interrupts pass. A handler that does nothing, unlike SIG_IGN, is not inherited by the program."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def pass_over(number: int, frame: Any) -> None:
        return None

    before = signal.signal(signal.SIGINT, pass_over)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
