"""The shell in a real pseudo-terminal, as somebody sits there: keys in, a screen out.

Nothing here sleeps: each step waits for the text that tells that the step before is done.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from shells import NEWS, hostile, news, write_index

from vnsearch.app.cells import cells

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals here")

ROOT = Path(__file__).parent.parent
PROMPT = "vnsearch>"
TIMEOUT = 30

WITH_A_LONG_COMMAND = """
import signal, sys
from vnsearch.app.main import main
from vnsearch.app.shell.commands.register import command

@command("wait")
def wait(session, argument):
    session.tell("waiting now")
    session.around.terminal.flush()
    while True:
        signal.pause()

sys.exit(main(["shell"]))
"""

Spawn = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index, and a program in the place of the pager."""
    folder = tmp_path_factory.mktemp("screen")
    write_index(folder / "index", [*map(news, range(NEWS)), hostile()])
    (folder / "bin").mkdir()
    pager = folder / "bin" / "less"
    pager.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/args\ncat > {folder}/text\necho "pager ran"\n')
    trap = folder / "bin" / "patient"
    trap.write_text(
        '#!/bin/sh\ntrap "echo pager interrupted; exit" INT\ncat > /dev/null\necho paging\nread line < /dev/tty\n'
    )
    for program in (pager, trap):
        program.chmod(0o755)
    return folder


@pytest.fixture
def spawn(folder: Path) -> Iterator[Spawn]:
    """`spawn(rows, columns)`: a shell at its first prompt."""
    children = []

    def start(rows: int = 24, columns: int = 80, *arguments: str, **environ: str) -> Any:
        dropped = ("LESS", "LESSOPEN", "PAGER", "LC_ALL", "COLUMNS", "LINES", "FORCE_COLOR")
        env = {key: value for key, value in os.environ.items() if key not in dropped and key[:9] != "VNSEARCH_"}
        env |= {"TERM": "xterm", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder / "state")}
        env |= {"PROMPT_TOOLKIT_NO_CPR": "1", "NO_COLOR": "1", "PAGER": str(folder / "bin" / "less")} | environ
        child = pexpect.spawn(
            sys.executable,
            list(arguments or ("-m", "vnsearch")),
            cwd=str(folder),
            env=env,
            dimensions=(rows, columns),
            timeout=TIMEOUT,
            encoding="utf-8",
        )
        children.append(child)
        child.expect_exact(PROMPT)
        return child

    yield start
    for child in children:
        child.close(force=True)


def ask(child: Any, line: str, answer: str) -> str:
    """Type a line; what was printed up to the answer that is waited for, and the prompt after it."""
    child.send(line + "\r")
    child.expect_exact(answer)
    before = str(child.before)
    child.expect_exact(PROMPT)
    return before + answer + str(child.before)


def leave(child: Any, key: str) -> None:
    """End a shell, and see that it ended well."""
    child.send(key)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, child.signalstatus) == (0, None)


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (20, 60)])
def test_a_conversation(spawn: Spawn, folder: Path, rows: int, columns: int) -> None:
    child = spawn(rows, columns)
    said = ask(child, "tham nhung", "1 to 5 shown")
    assert "1. Bài 0" in said and "Chống tham nhũng" in said
    assert "6. Bài" in ask(child, "n", "6 to 10 shown")
    assert "11. Bài" in ask(child, "", "11 to 12 shown")
    assert "That was the last page." in ask(child, "n", "last page.")
    assert "6. Bài" in ask(child, "p", "6 to 10 shown")
    ask(child, ".open 2", "pager ran")
    assert "+" in (folder / "args").read_text() and "Bài 1" in (folder / "text").read_text()
    assert "there is no command .opne (did you mean .open?)" in ask(child, ".opne 2", "did you mean .open?)")
    leave(child, "\x04")


def test_lines_fit_the_screen_after_it_was_resized(spawn: Spawn) -> None:
    child = spawn(24, 80)
    wide = ask(child, "lang phi tieu cuc", "shown")
    child.setwinsize(20, 40)
    narrow = ask(child, "lang phi tieu cuc", "shown")
    for said, width in ((wide, 80), (narrow, 40)):
        shown = [line for line in said.splitlines() if line.startswith("     ")]
        assert shown and all(cells(line) <= width for line in shown)
        assert max(map(cells, shown)) > width - 12
    leave(child, ".quit\r")


def test_ctrl_c_clears_the_line(spawn: Spawn) -> None:
    child = spawn()
    child.send("zzz\x03")
    assert "Nothing found" not in ask(child, "tham nhung", "1 to 5 shown")
    leave(child, "\x04")


def test_ctrl_c_stops_a_long_command_and_not_the_shell(spawn: Spawn) -> None:
    child = spawn(24, 80, "-c", WITH_A_LONG_COMMAND)
    child.send(".wait\r")
    child.expect_exact("waiting now")
    child.send("\x03")
    child.expect_exact("vnsearch: interrupted")
    child.expect_exact(PROMPT)
    assert "1. Bài 0" in ask(child, "tham nhung", "1 to 5 shown")
    leave(child, "\x04")


def test_ctrl_c_in_the_pager_is_for_the_pager(spawn: Spawn, folder: Path) -> None:
    child = spawn(PAGER=str(folder / "bin" / "patient"))
    ask(child, "tham nhung", "1 to 5 shown")
    child.send(".open 1\r")
    child.expect_exact("paging")
    child.send("\x03")
    child.expect_exact("pager interrupted")
    child.expect_exact(PROMPT)
    assert "interrupted" not in ask(child, "tham nhung", "1 to 5 shown")
    leave(child, "\x04")


def test_the_pager_is_given_our_colours_and_nobody_elses(spawn: Spawn, folder: Path) -> None:
    child = spawn(NO_COLOR="", FORCE_COLOR="1")
    ask(child, "dữ dội", "1 result")
    ask(child, ".open 1", "pager ran")
    text = (folder / "text").read_text("utf-8")
    assert "\x1b[1;31mdữ dội\x1b[0m" in text
    bare = re.sub(r"\x1b\[(?:0|1|2|1;31)m", "", text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", bare)
    assert all(cells(line) <= 80 for line in bare.splitlines())
    leave(child, "\x04")


def test_help_is_paged_where_it_is_longer_than_the_screen(spawn: Spawn, folder: Path) -> None:
    child = spawn(20, 60)
    (folder / "text").unlink(missing_ok=True)
    ask(child, ".help", "pager ran")
    assert all(f"\n{name} " in (folder / "text").read_text("utf-8") for name in ("+ QUERY", "n", "p", ".export FILE"))
    child.setwinsize(100, 80)
    assert ".export FILE" in ask(child, ".help", "quit, exit, Ctrl-D)")
    leave(child, "\x04")


def test_the_editor_opens_at_the_line_of_the_passage(spawn: Spawn, folder: Path) -> None:
    (folder / "news").mkdir(exist_ok=True)
    (folder / "news" / "1.txt").write_text(news(1).text, encoding="utf-8")
    editor = folder / "bin" / "vi"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/edited\necho "editor ran"\n')
    editor.chmod(0o755)
    child = spawn(VISUAL=f"{editor} -n")
    ask(child, "tham nhung", "1 to 5 shown")
    ask(child, ".edit 2", "editor ran")
    assert (folder / "edited").read_text().splitlines() == ["-n", "+3", str(folder / "news" / "1.txt")]
    assert "there is no file news/0.txt" in ask(child, ".edit 1", "another folder)")
    leave(child, "\x04")


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")
def test_a_hit_opens_in_less_at_its_passage_and_n_goes_on(spawn: Spawn, folder: Path) -> None:
    child = spawn(24, 80, PAGER="less", LESSHISTFILE="-")
    ask(child, "tham nhung", "1 to 5 shown")
    child.send(".open 1\r")
    child.expect_exact("(END)")
    assert "Chống" in child.before and "Kết" in child.before
    child.send("nn")
    child.expect_exact("Pattern not found")
    child.send("\rq")
    child.expect_exact(PROMPT)
    assert "6. Bài" in ask(child, "n", "6 to 10 shown")
    leave(child, "quit\r")
