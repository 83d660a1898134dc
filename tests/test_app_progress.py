"""Progress of indexing on a terminal, and what Ctrl-C leaves."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vnsearch import Index
from vnsearch.app.messages import Messages
from vnsearch.app.progress import Progress
from vnsearch.app.terminal import Terminal

ROOT = Path(__file__).parent.parent
ENVIRON = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL")} | {"PYTHONPATH": str(ROOT)}


class Screen(io.StringIO):
    """A terminal that keeps what was written."""

    def isatty(self) -> bool:
        return True

    def shown(self) -> list[str]:
        return [line.removesuffix("\x1b[K") for line in self.getvalue().split("\r")[1:]]


class Clock:
    """A clock that is told how late it is."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    return Screen()


def work(screen: Screen, bursts: int, size: int, seconds: float, known: int = 0, language: str = "en") -> list[str]:
    """What is shown while so many bursts of files come, each after so long."""
    clock = Clock()
    terminal = Terminal(io.StringIO(), screen, color=False, wraps=False)
    progress = Progress(terminal, Messages(language), clock)  # type: ignore[arg-type]
    for burst in range(bursts):
        clock.now += seconds
        for place in range(size):
            clock.now += 1e-6
            progress(known + burst * size + place + 1, known + bursts * size)
    return screen.shown()


def test_speed_and_time_left_are_told_and_do_not_jump(screen: Screen) -> None:
    shown = work(screen, bursts=40, size=1000, seconds=3.0)
    assert shown[0] == "Indexing 1 of 40,000"
    assert shown[1] == "Indexing 1,001 of 40,000 · 333 files/s · about 115 s left"
    assert all("· 333 files/s ·" in line for line in shown[1:-1])
    left = [re.search(r"about (\d+) (s|min)", line) for line in shown[1:-1]]
    seconds = [int(found[1]) * (60 if found[2] == "min" else 1) for found in left if found]
    assert len(seconds) == 39 and seconds == sorted(seconds, reverse=True) and seconds[-1] == 5
    assert shown[-1] == "Writing the index"


def test_files_that_were_known_do_not_count_as_speed(screen: Screen) -> None:
    shown = work(screen, bursts=3, size=100, seconds=10.0, known=100_000)
    assert shown[1].startswith("Indexing 100,101 of 100,300 · 10 files/s · about 10 s left")


def test_a_narrow_screen_gets_a_short_line(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = work(screen, bursts=5, size=1000, seconds=3.0, language="vi")
    assert all(len(line) < 40 for line in shown) and "tệp" not in shown[1]


def test_nothing_is_shown_where_nobody_watches(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Con đường dài.", encoding="utf-8")
    command = [sys.executable, "-m", "vnsearch", "index"]
    done = subprocess.run(command, cwd=tmp_path, env=ENVIRON, capture_output=True, timeout=60)
    assert done.returncode == 0 and done.stderr == b""


INTERRUPTED = """
import os, sys, time
import vnsearch.sync, vnsearch.engine.store
from vnsearch.app.main import main

def pause(function):
    def paused(*arguments):
        result = function(*arguments)
        os.write(1, b"now\\n")  # at once, whoever else writes
        time.sleep({seconds})
        return result
    return paused

{patch}
vnsearch.sync.MAX_FILES = 2
sys.exit(main(["index", "new", "--jobs", "{jobs}", *sys.argv[1:]]))
"""
SECOND = """
reading = vnsearch.sync.Reading.__call__
second = pause(reading)
vnsearch.sync.Reading.__call__ = lambda self, tasks: (second if "2" in str(tasks[0].file) else reading)(self, tasks)
"""
READING = "vnsearch.sync.Reading.__call__ = pause(vnsearch.sync.Reading.__call__)"
COMMITTED = "vnsearch.engine.store.write_toc = pause(vnsearch.engine.store.write_toc)"


def interrupt(cwd: Path, patch: str, jobs: int, *more: str) -> tuple[int, str]:
    """Index `new` and press Ctrl-C, which all processes of a terminal get, when the patched function has run."""
    seconds = 1.0 if jobs > 1 else 60.0  # a process that reads is waited for
    code = INTERRUPTED.format(patch=patch, jobs=jobs, seconds=seconds)
    with subprocess.Popen(
        [sys.executable, "-c", code, *more],
        cwd=cwd,
        env=ENVIRON,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert [process.stdout.readline() for _ in range(jobs)] == [b"now\n"] * jobs
        os.killpg(process.pid, signal.SIGINT)
        began = time.monotonic()
        said = process.stderr.read().decode("utf-8")
        assert time.monotonic() - began < 50
    return process.returncode, said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an index of one document, and six files that are not in it yet."""
    for name, files in (("old", 1), ("new", 6)):
        (tmp_path / name).mkdir()
        for number in range(files):
            (tmp_path / name / f"{name}{number}.txt").write_text(f"Con đường số {number}.", encoding="utf-8")
    with Index.create(tmp_path / "index") as made:
        made.sync(tmp_path / "old")
    return tmp_path


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_before_the_commit_changes_nothing_and_says_so(folder: Path, jobs: int) -> None:
    status, said = interrupt(folder, READING, jobs)
    assert status == 130
    assert said == "vnsearch: interrupted: nothing was changed, the index is as it was: 1 document in the index\n"
    with Index.open(folder / "index") as index:
        assert index.stats().documents == 1 and index.search("đường").total == 1
        assert len(index.sync(folder / "new").added) == 6


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_ctrl_c_half_way_says_how_far_it_was(folder: Path) -> None:
    status, said = interrupt(folder, SECOND, jobs=1)
    assert status == 130 and said.startswith("vnsearch: interrupted after 2 of 6 files: nothing was changed, ")
    with Index.open(folder / "index") as index:
        assert index.stats().documents == 1


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_ctrl_c_leaves_what_was_to_be_overwritten(folder: Path) -> None:
    """It was emptied before the new one was begun."""
    status, said = interrupt(folder, READING, 1, "--overwrite")
    assert status == 130
    assert said == "vnsearch: interrupted: nothing was changed, the index is as it was: 1 document in the index\n"


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_ctrl_c_says_that_an_index_that_could_not_be_read_is_gone(folder: Path) -> None:
    (folder / "index" / "vnsearch.json").write_text("{")
    status, said = interrupt(folder, READING, 1, "--overwrite")
    assert status == 130
    assert said.endswith("the index that was there is gone, and the new one is empty: 0 documents in the index\n")


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_ctrl_c_after_the_commit_says_that_it_was_made(folder: Path) -> None:
    status, said = interrupt(folder, COMMITTED, jobs=1)
    assert (status, said) == (
        130,
        "vnsearch: interrupted when all 6 files had been written: 7 documents in the index\n",
    )
    with Index.open(folder / "index") as index:
        assert index.search("đường").total == 7
