"""The command as a process: what it imports, its streams, and its end."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from vnsearch.__main__ import run
from vnsearch.app.formats import csv_text
from vnsearch.app.terminal import Terminal

ROOT = Path(__file__).parent.parent
ENVIRON = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith("LC_") and key not in ("LANG", "VNSEARCH_INDEX", "PYTHONIOENCODING", "OPENBLAS_NUM_THREADS")
} | {"PYTHONPATH": str(ROOT)}


def vnsearch(*arguments: str | bytes, cwd: Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "vnsearch", *arguments]
    return subprocess.run(command, cwd=cwd, env=ENVIRON, capture_output=True, timeout=60, **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of one document on roads."""
    folder = tmp_path_factory.mktemp("process")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "a.txt").write_text("Đường sắt Bắc Nam\n\n" + "Con đường dài. \n\n" * 4000, encoding="utf-8")
    assert vnsearch("index", cwd=folder).returncode == 0
    return folder


LISTING = """
import json, sys
from vnsearch.app.main import main
status = main({arguments!r})
import os
print()
print(json.dumps([status, sorted(sys.modules), os.environ.get("OPENBLAS_NUM_THREADS")]))
"""


def imported(*arguments: str, cwd: Path) -> tuple[int, set[str], str | None]:
    code = LISTING.format(arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=ENVIRON, capture_output=True, timeout=60, check=True
    )
    status, modules, threads = json.loads(done.stdout.splitlines()[-1])
    return status, set(modules), threads


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["search", "--help"],
        ["search"],
        ["--nonsense"],
        ["config"],
        ["config", "--json"],
        ["completion", "bash"],
        ["complete-word", "zsh", "search", "--match", ""],
    ],
)
def test_what_needs_no_index_imports_no_engine(arguments: list[str], tmp_path: Path) -> None:
    _, modules, _ = imported(*arguments, cwd=tmp_path)
    assert not modules & {"numpy", "whoosh", "prompt_toolkit", "rich", "wcwidth", "unidecode"}


@pytest.mark.parametrize("form", [[], ["--json"], ["--jsonl"], ["--csv"], ["--paths", "-0"], ["--count"]])
def test_a_search_imports_only_what_searching_needs(form: list[str], folder: Path) -> None:
    status, modules, threads = imported("search", "duong", "-n", "1", *form, cwd=folder)
    assert status == 0
    assert "numpy" in modules and threads == "1"
    assert not modules & {"prompt_toolkit", "rich", "wcwidth", "typer", "pydantic", "tomllib", "difflib"}
    assert not modules & {"multiprocessing", "concurrent", "zipfile", "hashlib", "calendar", "string", "numpy.ma"}
    ours = {f"vnsearch.{name}" for name in ("sync", "sources", "adding", "engine.writer", "search.suggestions")}
    assert not modules & ours | modules & {f"vnsearch.text.{name}" for name in ("abbreviations", "keystrokes")}


GARBAGE = """
import gc, json, sys
from vnsearch.__main__ import run
collected = []
gc.callbacks.append(lambda phase, info: collected.append(phase))
sys.argv = ["vnsearch", "search", "duong"]
status = run()
print()
print(json.dumps([status, len(collected), gc.get_freeze_count() > 0]))
"""


def test_a_search_looks_for_no_garbage(folder: Path) -> None:
    """What it makes stays until the end of the process, which looks for none either."""
    command = [sys.executable, "-c", GARBAGE]
    done = subprocess.run(command, cwd=folder, env=ENVIRON, capture_output=True, timeout=60, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [0, 0, True]


def test_the_installed_command_is_the_module() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts == {"vnsearch": f"{run.__module__}:{run.__name__}"}


def test_version() -> None:
    done = vnsearch("--version", cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"") and done.stdout.startswith(b"vnsearch 0.")


def test_output_is_utf_8_whatever_the_locale(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vnsearch", "search", "đường sắt".encode(), "--json"],
        cwd=folder,
        env=ENVIRON | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert "Đường sắt Bắc Nam" in json.loads(done.stdout.decode("utf-8"))["hits"][0]["title"]
    assert "Đường sắt".encode() in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes on POSIX only")
def test_an_argument_that_is_no_utf_8_does_no_harm(folder: Path) -> None:
    for arguments in (
        [b"search", b"\xff\xfe"],
        [b"search", b"--json", b"\xff"],
        [b"show", b"\xff"],
        [b"index", b"\xff"],
    ):
        done = vnsearch(*arguments, cwd=folder)
        assert done.returncode in (1, 2)
        assert b"Traceback" not in done.stderr
        done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that can be closed at one end")
@pytest.mark.parametrize("arguments", [["show", "a.txt"], ["show", "a.txt", "--csv"], ["search", "--batch"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str], folder: Path) -> None:
    command = [sys.executable, "-m", "vnsearch", *arguments]
    queries = folder / "queries"
    queries.write_text("đường\n" * 500, encoding="utf-8")
    with (
        queries.open() as lines,
        subprocess.Popen(
            command, cwd=folder, env=ENVIRON, stdin=lines, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process,
    ):
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that can be closed at one end")
@pytest.mark.parametrize("form", [["--json"], ["--csv"], ["--paths"], ["--paths", "-0"], ["--count"]])
def test_a_reader_that_was_never_there_is_no_error(form: list[str], folder: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "vnsearch", "search", "duong", *form]
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run(command, cwd=folder, env=ENVIRON, stdout=gone, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 0 and done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "vnsearch", "show", "a.txt"],
            cwd=folder,
            env=ENVIRON,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"vnsearch: ") and done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_closed_streams_do_no_harm(folder: Path) -> None:
    line = f'"{sys.executable}" -m vnsearch search duong >&- 2>&- <&-; echo $?'
    done = subprocess.run(line, shell=True, cwd=folder, env=ENVIRON, capture_output=True, timeout=60)
    assert done.stdout.strip() == b"0"


def test_lines_piped_into_the_shell(folder: Path) -> None:
    done = vnsearch("shell", cwd=folder, input="đường sắt\nzzz\n".encode())
    out = done.stdout.decode("utf-8")
    assert done.returncode == 0 and done.stderr == b""
    assert out.startswith("đường sắt: 1 result") and "zzz: 0 results" in out and "\x1b" not in out
    assert vnsearch("shell", cwd=folder, input=b"zzz\n").returncode == 1


def test_help_for_a_pipe_leaves_out_what_only_a_prompt_has(folder: Path) -> None:
    """From a pipe `n`, `p` and `+ words` are queries."""
    shown = vnsearch("shell", cwd=folder, input=b".help\n").stdout.decode()
    assert "\n-QUERY " in shown
    assert not any(f"\n{name} " in shown for name in ("+ QUERY", "n", "p"))


def test_without_a_terminal_the_bare_command_is_help(tmp_path: Path) -> None:
    done = vnsearch(cwd=tmp_path, input=b"")
    assert done.returncode == 0 and done.stdout.startswith(b"Usage: vnsearch ")


def test_a_real_terminal(folder: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    environ = ENVIRON | {
        "TERM": "xterm",
        "XDG_STATE_HOME": str(folder),
        "COLUMNS": "60",
        "LANG": "C.UTF-8",
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }
    arguments = ["-m", "vnsearch"]
    child = pexpect.spawn(
        sys.executable, arguments, cwd=str(folder), env=environ, dimensions=(24, 60), encoding="utf-8", timeout=20
    )
    child.expect("1 document in the index")
    child.expect("vnsearch>")
    child.send("duong sat\r")
    child.expect("\x1b\\[1;31m")
    child.expect("1 result in")
    child.expect("vnsearch>")
    child.send("\x04")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


@pytest.mark.parametrize(
    ("environ", "colored", "drawn"),
    [
        ({"TERM": "xterm"}, True, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False, True),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, False),
    ],
)
def test_a_search_on_a_real_terminal(environ: dict[str, str], colored: bool, drawn: bool, folder: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    unset = {name: value for name, value in ENVIRON.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    printed = pexpect.run(
        f"{sys.executable} -m vnsearch search duong sat",
        cwd=str(folder),
        env=unset | {"LANG": "C.UTF-8"} | environ,
        dimensions=(24, 60),
        encoding="utf-8",
        timeout=20,
    )
    assert ("\x1b[1;31mĐường sắt\x1b[0m" in printed) is colored == ("\x1b" in printed)
    assert ("█ score" in printed) is drawn
    assert "1 result in" in printed
    assert all(len(line) <= 60 for line in re.sub(r"\x1b\[[\d;]*m", "", printed).splitlines())


def test_lines_end_alike_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="utf-8", newline="\r\n"))
    terminal = Terminal.standard()
    terminal.data("a")
    terminal.written(csv_text(("b",), []))
    terminal.flush()
    assert written.getvalue() == b"a\nb\r\n"
