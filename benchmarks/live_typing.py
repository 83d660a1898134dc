"""How long the shell takes to its first prompt, and to answer each key while live searches run.

    python -m benchmarks.live_typing INDEX [--starts N] [--seed N]

The first prompt: from the start of a process in a pseudo-terminal until the prompt is written there. A key: from the
moment it is sent to the shell's own application until the screen with it is drawn (into memory), pauses between keys
being of any length a person may leave, so that keys fall into searches too; and how much of that the thread that takes
the keys worked itself. The same is told for a shell whose live results are off, which is the cost of the line editor.
A machine that is busy with other things shows in all of it: its load is printed.
"""

from __future__ import annotations

import argparse
import io
import os
import pty
import random
import select
import statistics
import sys
import tempfile
import termios
import threading
import time
from dataclasses import replace
from pathlib import Path

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from vnsearch.app.messages import Messages
from vnsearch.app.settings import Settings
from vnsearch.app.shell.prompt import Prompt
from vnsearch.app.shell.session import Session
from vnsearch.app.surroundings import Surroundings
from vnsearch.app.terminal import Terminal

from .surroundings import machine, own_versions

QUERIES = (
    "tu tuong dao duc ho chi minh",
    'công an hà nội khởi tố vụ án -"ma túy"',
    "tuw tuowngr ddaoj dduwcs",
    "thành* phố OR title:ha noi",
    "ai là người đầu tiên bay vào vũ trụ",
    "ty gia xyzzy hom nay",
)
SHORTEST, LONGEST = 0.02, 0.25
"""Seconds between two keys."""


def keystrokes(index: Path, live: bool, seed: int) -> tuple[list[float], list[float]]:
    """The seconds that each key of the queries took, and those that the thread that takes the keys worked for it."""
    rng = random.Random(seed)
    terminal = Terminal(io.StringIO(), io.StringIO(), color=True, wraps=True)
    around = Surroundings(terminal, Messages("en"), index, replace(Settings(), live=live))
    session = Session(around, interactive=True)
    session.index()
    times: list[float] = []
    work: list[float] = []
    screen = Vt100_Output(io.StringIO(), lambda: Size(24, 80), term="xterm-256color", enable_cpr=False)
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=screen):
        prompt = Prompt(session)
        drawn = threading.Event()
        drawn.set()
        wanted = ""
        worked = 0.0

        def after_render(_: object) -> None:
            nonlocal worked
            before, worked = worked, time.thread_time()
            if prompt.editor.default_buffer.text == wanted and not drawn.is_set():
                work.append(worked - before)
                drawn.set()

        prompt.editor.app.after_render += after_render

        def hands() -> None:
            nonlocal wanted
            for query in QUERIES:
                for end in range(1, len(query) + 1):
                    time.sleep(rng.uniform(SHORTEST, LONGEST))
                    wanted = query[:end]
                    drawn.clear()
                    started = time.perf_counter()
                    keyboard.send_text(query[end - 1])
                    drawn.wait(10)
                    times.append(time.perf_counter() - started)
                keyboard.send_text("\x03")
            time.sleep(0.2)
            keyboard.send_text("\x04")

        typist = threading.Thread(target=hands)
        typist.start()
        try:
            prompt.prompt()
        except EOFError:
            typist.join()
        session.close()
    return times, work


def first_prompt(index: Path) -> float:
    """The seconds from the start of a process until its prompt is on the terminal."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-m", "vnsearch", "--index", str(index), "shell"])
    termios.tcsetwinsize(terminal, (24, 80))
    shown = b""
    while b"vnsearch>" not in shown and time.perf_counter() - started < 5:
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 4096)
    taken = time.perf_counter() - started
    os.write(terminal, b"\x04")
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:  # the terminal is gone with the process
        pass
    os.waitpid(child, 0)
    return taken


def milliseconds(times: list[float]) -> str:
    """The median, the 95th percentile and the longest."""
    ordered = sorted(times)
    return "p50 {:5.1f}  p95 {:5.1f}  max {:5.1f} ms".format(
        *(1000 * x for x in (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1]))
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    index = options.index.resolve()
    print(machine(), own_versions())
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        starts = [first_prompt(index) for _ in range(options.starts)]
        print(f"first prompt:             {milliseconds(starts)}  ({len(starts)} starts)")
        for live in (False, True):
            times, work = keystrokes(index, live, options.seed)
            print(f"a key, live results {'on ' if live else 'off'}:  {milliseconds(times)}  ({len(times)} keys)")
            print(f"  its thread's own work:  {milliseconds(work)}")
    print("load: {:.2f} {:.2f} {:.2f}".format(*os.getloadavg()))


if __name__ == "__main__":
    main()
