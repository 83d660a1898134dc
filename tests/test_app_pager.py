"""The pager and the editor: which program, told what, and given which lines."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shells import HOSTILE, news, talk, write_index

from vnsearch import Document
from vnsearch.app import pager
from vnsearch.app.bars import bar
from vnsearch.app.cells import cells
from vnsearch.app.editor import editor_command
from vnsearch.app.messages import Messages
from vnsearch.app.settings import Settings
from vnsearch.app.shell.reading import file_line, lay_out, matches, passage_start
from vnsearch.app.surroundings import Surroundings
from vnsearch.app.terminal import Terminal
from vnsearch.errors import RequestError
from vnsearch.models import Hit, Passage


class Screen(Terminal):
    """A terminal that somebody sits at, and that keeps what it shows."""

    interactive = True  # type: ignore[assignment]


def screen(**settings: str) -> Surroundings:
    terminal = Screen(io.StringIO(), io.StringIO(), color=True, wraps=True)
    return Surroundings(terminal, Messages("en"), settings=Settings(**settings))  # type: ignore[arg-type]


def shown(around: Surroundings) -> str:
    return around.terminal.out.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture(autouse=True)
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of programs, the only one in the path: less and mypager, which keep what they are given."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "10")
    for name in ("PAGER", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("less", "mypager"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/{name}.args\ncat > {tmp_path}/{name}.text\n')
        program.chmod(0o755)
    yield tmp_path


needs_posix = pytest.mark.skipif(os.name != "posix", reason="the programs of these tests are shell scripts")


@needs_posix
def test_what_fits_the_screen_is_printed_and_more_is_paged(programs: Path) -> None:
    around = screen()
    pager.page((f"{n}" for n in range(9)), around)
    assert shown(around).split() == [*map(str, range(9))]
    pager.page((f"{n}" for n in range(10)), around)
    assert (programs / "less.text").read_text().split() == [*map(str, range(10))]
    assert shown(around).count("\n") == 9


@needs_posix
def test_the_setting_goes_before_the_environment(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "nonsense")
    around = screen(pager='mypager -x "a b;touch hacked"')
    pager.read(["một", "hai"], around, 2, ["hai"])
    assert (programs / "mypager.args").read_text().splitlines() == ["-x", "a b;touch hacked"]
    assert (programs / "mypager.text").read_text() == "một\nhai\n"
    pager.read(["một"], screen(), 1)
    assert not (programs / "less.text").exists(), "a pager that is not there prints"


@pytest.mark.parametrize("name", ["dumb", "gone", "nobody"])
def test_without_a_pager_or_a_screen_lines_are_printed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    around = screen()
    if name == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    elif name == "gone":
        monkeypatch.setenv("PATH", "/nowhere")
    else:
        around = Surroundings(Terminal(io.StringIO(), io.StringIO(), False, False), Messages("en"))
    pager.read(["một", "hai"], around, 1, ["hai"])
    assert shown(around) == "một\nhai\n"


@needs_posix
def test_a_pager_that_is_left_early_is_no_error(programs: Path) -> None:
    (programs / "mypager").write_text("#!/bin/sh\nexit 3\n")
    pager.read(("x" * 1000 for _ in range(10_000)), screen(pager="mypager"))


def test_an_open_quote_is_told() -> None:
    with pytest.raises(RequestError, match="a quote is not closed in: less '"):
        pager.read(["x"], screen(pager="less '"))
    with pytest.raises(RequestError, match="not closed"):
        editor_command(Path("a"), 1, screen(editor='vi "'))


@given(st.lists(st.text(), max_size=60))
def test_what_is_sought_is_never_a_command(sought: list[str]) -> None:
    (*_, option) = pager.less_options(3, sought)
    assert re.fullmatch(r"\+3g(/\(\^\|\[\^\[:alnum:\]\]\)\([\w .|]+\)\[\^\[:alnum:\]\]\n)?", option)
    assert len(option) <= pager.MAX_SOUGHT * (pager.MAX_LENGTH + 1) + 60


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20))
def test_a_text_is_found_by_its_pattern(text: str) -> None:
    pattern = pager.search_pattern([text])
    if pattern:
        assert re.search(
            pattern.replace("[:alnum:]", r"\w").replace("[^[", "[^").replace("]]", "]"), f" {text.lower()} "
        )


@pytest.mark.parametrize(
    ("editor", "options"),
    [
        ("vim -R", ["vim", "-R", "+7", "FILE"]),
        ("/usr/bin/nano", ["/usr/bin/nano", "+7", "FILE"]),
        ("emacs -nw", ["emacs", "-nw", "+7", "FILE"]),
        ("code --wait", ["code", "--wait", "--goto", "FILE:7"]),
        ("gedit", ["gedit", "FILE"]),
    ],
)
def test_an_editor_is_told_the_line_in_its_way(editor: str, options: list[str]) -> None:
    file = str(Path("-rf;x").absolute())
    assert editor_command(Path("-rf;x"), 7, screen(editor=editor)) == [o.replace("FILE", file) for o in options]


def test_the_editor_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "ed")
    assert editor_command(Path("a"), 1, screen())[0] == "ed"
    monkeypatch.setenv("VISUAL", "kak")
    assert editor_command(Path("a"), 1, screen())[:2] == ["kak", "+1"]
    monkeypatch.setenv("PATH", "/nowhere")
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name)
    with pytest.raises(RequestError, match="there is no editor"):
        editor_command(Path("a"), 1, screen())


def test_a_document_begins_at_its_best_passage_with_every_match_marked() -> None:
    text = "Đầu trang.\r\n\r\nMột tham\nnhũng khác.\r\nChống tham nhũng và $lãng phí; THAM NHŨNG, tham nhũngs.\n"
    start = text.index("Chống")
    hit = Hit("a", "Bài", None, 1.0, {}, (Passage(text[start:-1], start, 1.0, ((6, 16), (20, 29))),), ((0, 3),))
    reading = lay_out(
        Document(id="a", text=text, title="Bài"), hit, Terminal(io.StringIO(), io.StringIO(), True, False)
    )
    assert reading.lines[reading.line - 1].startswith("Chống \x1b[1;31mtham nhũng\x1b[0m và \x1b[1;31m$lãng phí")
    assert "\x1b[1;31mTHAM NHŨNG\x1b[0m, tham nhũngs." in reading.lines[reading.line - 1]
    assert reading.matched == ("tham", "nhũng", "tham nhũng", "$lãng phí", "THAM NHŨNG")
    assert reading.lines[0] == "\x1b[1;31mBài\x1b[0m" and "\r" not in "".join(reading.lines)
    assert file_line(text, passage_start(hit)) == 5


def test_passages_that_hardly_count_are_not_marked() -> None:
    text = "tham nhũng; tham những"
    passages = (Passage(text[:10], 0, 9.0, ((0, 10),)), Passage(text[12:], 12, 2.0, ((0, 10),)))
    assert matches(text, Hit("a", "", None, 9.0, {}, passages)) == [(0, 10)]
    assert matches(text, Hit("a", "", None, 0.0, {}, ())) == []


def test_a_hostile_document_is_laid_out_inert() -> None:
    hit = Hit("a", HOSTILE, HOSTILE, 1.0, {"f": HOSTILE}, (Passage(HOSTILE, 0, 1.0, ((0, 12),)),))
    terminal = Terminal(io.StringIO(), io.StringIO(), True, True)
    reading = lay_out(Document("a", HOSTILE, HOSTILE, {"f": HOSTILE}, HOSTILE), hit, terminal)
    plain = [re.sub(r"\x1b\[(?:0|1|2|1;31)m", "", line) for line in reading.lines]
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e]", "".join(plain))
    assert all(cells(line) <= 40 for line in plain)


def test_a_hit_opens_after_the_settings_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_index(tmp_path / "index", map(news, range(3)))
    out, err = talk("tham nhung", ".marks exact", ".open 1")
    assert "Kết: tham nhũng." in out.splitlines() and err == ""


@given(st.floats(-1, 2), st.integers(0, 50))
def test_a_bar_never_leaves_its_room(share: float, width: int) -> None:
    drawn = bar(share, width)
    assert len(drawn) <= width
    assert bool(drawn) == (share > 0 and width > 0)
