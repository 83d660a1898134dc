"""The shell: at a prompt, driven through a pipe input; and as a reader of piped lines."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from vnsearch import Document
from vnsearch.app.main import main
from vnsearch.app.messages import Messages
from vnsearch.app.shell import dialogue
from vnsearch.app.shell.conversation import interact
from vnsearch.app.shell.history import history_path, open_history
from vnsearch.app.shell.prompt import make_prompt
from vnsearch.app.shell.session import PAGE, Session
from vnsearch.app.surroundings import Surroundings
from vnsearch.app.terminal import Terminal
from vnsearch.index import Index

COUNT = 2 * PAGE + 1


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, neutral: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an index of COUNT documents on one subject."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with Index.create("index") as index:
        index.add(
            Document(id=f"d{n:02}", title=f"Bài {n}", text=f"tham nhũng {'tiêu cực ' * n}quit") for n in range(COUNT)
        )
    yield tmp_path


class Talk(NamedTuple):
    out: str
    err: str


def talk(keys: str, lang: str = "en", folder: str = "index") -> Talk:
    """What an interactive shell says while these keys are typed, then Ctrl-D."""
    terminal = Terminal(io.StringIO(), io.StringIO(), color=False, wraps=False)
    say = Messages("vi" if lang == "vi" else "en")
    with create_pipe_input() as keyboard:
        keyboard.send_text(keys + "\x04")
        with create_app_session(input=keyboard, output=DummyOutput()):
            assert interact(Session(Surroundings(terminal, say, Path(folder)), interactive=True)) == 0
    return Talk(terminal.out.getvalue(), terminal.err.getvalue())  # type: ignore[attr-defined]


def numbers(out: str) -> list[int]:
    return [int(line.split(".")[0]) for line in out.splitlines() if line[:1].isdigit() and ". Bài" in line]


def test_a_query_shows_a_numbered_page() -> None:
    out, err = talk("tham nhung\n")
    assert out.startswith(f"vnsearch 0.1.0: {COUNT} documents")
    assert numbers(out) == [*range(1, PAGE + 1)]
    assert f"{COUNT} results, 1 to {PAGE} shown" in out and "next page" in out and "previous page" not in out
    assert err == ""


def test_paging_forth_and_back() -> None:
    out, _ = talk("tham nhũng\nn\n\n\np\np\np\n")
    pages = [[*range(1, PAGE + 1)], [*range(PAGE + 1, 2 * PAGE + 1)], [COUNT]]
    assert numbers(out) == pages[0] + pages[1] + pages[2] + pages[1] + pages[0]
    assert "That was the last page." in out and "This is the first page." in out


def test_paging_without_results_is_told() -> None:
    out, err = talk("n\n\nzzz\np\n")
    assert err.count("There are no results to page through.") == 2
    assert "Nothing found for zzz" in out


@pytest.mark.parametrize("word", ["quit", "exit", ".quit", ".exit", " quit "])
def test_leaving(word: str) -> None:
    assert numbers(talk(f"{word}\ntham nhũng\n").out) == []


def test_words_of_the_shell_can_be_searched_in_quotes() -> None:
    out, _ = talk('"quit"\n')
    assert len(numbers(out)) == PAGE


def test_ctrl_c_clears_the_line_and_stays() -> None:
    out, _ = talk("quit\x03tham nhũng\n")
    assert len(numbers(out)) == PAGE


def test_show_a_result_by_its_number() -> None:
    out, err = talk(f".show 1\ntham nhũng\nn\n.show {PAGE + 1}\n.show 99\n.show x\n")
    assert out.count("\nid: ") == 1 and "tham nhũng" in out
    lines = err.splitlines()
    assert len(lines) == 3 and "no result number 1" in lines[0]
    assert all("takes a number" in line for line in lines[1:])


def test_settings_hold_for_the_searches_that_follow() -> None:
    out, err = talk(".limit 2\n.match all\n.marks exact\ntham nhung\ntham nhũng\n.marks\n.limit 0\n.match most\n")
    assert "Nothing found for tham nhung" in out
    assert numbers(out) == [1, 2]
    assert out.endswith("marks: exact\n")
    assert "from 1 to" in err and "auto, all, any" in err and err.count("\n") == 2


def test_a_mistyped_command_gets_a_suggestion_and_the_shell_goes_on() -> None:
    out, err = talk(".hlep\n.foobar\n.net framework\ntham nhũng\n")
    lines = err.splitlines()
    assert "there is no command .hlep (did you mean .help?)" in lines[0]
    assert "in quotes" in lines[1]
    assert len(numbers(out)) == PAGE
    assert talk(".5 tham nhũng\n").err == ""


def test_help_names_every_command() -> None:
    for lang, words in (("en", "leave"), ("vi", "thoát")):
        out, _ = talk(".help\n", lang)
        assert words in out
        for name in (".help", ".quit", ".show N", ".stats", ".limit N", ".match", ".marks", ".index [PATH]"):
            assert f"\n{name}" in out


def test_an_index_that_changes_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = dialogue.handle

    def change_before(session: Session, line: str) -> None:
        if line == "moi":
            with Index.open("index") as index:
                index.add([Document(id="new", title="Bài mới", text="moi")])
        handle(session, line)

    monkeypatch.setattr(dialogue, "handle", change_before)
    assert "Bài mới" in talk("tham nhũng\nmoi\n").out


def test_without_an_index_the_shell_says_how_to_make_one(folder: Path) -> None:
    Path("texts").mkdir()
    Path("texts/a.txt").write_text("Đường sắt Bắc Nam", encoding="utf-8")
    out, err = talk("duong\n.index nowhere\n.index\n.index texts\nduong\n.stats\n", folder="other")
    assert out.startswith("There is no index in other yet.")
    assert [line.split(" (")[0] for line in err.splitlines()] == [
        "vnsearch: there is no index in other",
        "vnsearch: no file or folder nowhere",
        "vnsearch: there is no folder seeds/ here",
    ]
    assert "1 added" in out and "Đường sắt Bắc Nam" in out and "Documents:          1" in out


def test_history_is_kept_and_private(folder: Path) -> None:
    talk("tham nhũng\n")
    talk("tiêu cực\n")
    file = folder / "state" / "vnsearch" / "history"
    text = file.read_text("utf-8")
    assert "+tham nhũng" in text and "+tiêu cực" in text
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text("\x1b[A\x1b[A\n")
        session = Session(Surroundings(Terminal.standard(), Messages("en")), interactive=True)
        assert make_prompt(session).prompt() == "tham nhũng"


def test_history_is_never_in_the_way(folder: Path) -> None:
    Path("file").touch()
    assert isinstance(open_history({"XDG_STATE_HOME": str(folder / "file")}), InMemoryHistory)
    history = open_history({"XDG_STATE_HOME": str(folder / "s")})
    path = history_path({"XDG_STATE_HOME": str(folder / "s")})
    history.store_string("\udcff lone")
    path.unlink()
    path.mkdir()
    history.store_string("x")
    assert list(history.load_history_strings()) == []


Batch = Callable[..., "tuple[int, str, str]"]


@pytest.fixture
def batch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Batch:
    """`batch("line", ...)`: the shell with these lines piped in."""

    def run(*lines: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()), encoding="latin-1"))
        status = main(["shell"])
        return (status, *capsys.readouterr())

    return run


def test_piped_lines_are_queries(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    status, out, err = batch("\ufefftham nhũng", "", "zzz", ".limit 1", "tiêu cực", "")
    assert (status, err) == (0, "")
    assert "\x1b" not in out and "vnsearch>" not in out
    assert numbers(out) == [*range(1, PAGE + 1), 1]
    assert out.splitlines()[0] == f"tham nhũng: {COUNT} results"
    assert "\nzzz: 0 results\n" in out


def test_piped_n_and_p_are_queries_too(batch: Batch) -> None:
    assert "n: 0 results" in batch("tham nhũng", "n")[1]


def test_piped_lines_that_find_nothing(batch: Batch) -> None:
    assert batch("zzz", "qqq")[0] == 1
    assert batch("")[0] == 1


def test_an_error_on_one_line_does_not_stop_the_next(batch: Batch) -> None:
    status, out, err = batch(".hlep", "tham nhũng", ".limit x", "quit", "tiêu cực")
    assert status == 0
    assert err.count("\n") == 2 and len(numbers(out)) == PAGE


def test_piped_lines_without_an_index(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VNSEARCH_INDEX", "nowhere")
    status, out, err = batch("tham nhũng")
    assert (status, out) == (2, "") and "there is no index in nowhere" in err
