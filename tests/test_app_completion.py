"""Completion on the command line: what is offered, and real shells that complete hostile values."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vnsearch.app.commands
from vnsearch import Document, Index
from vnsearch.app.completion import script
from vnsearch.app.completion.line import BREAKS, Word, put_back, split
from vnsearch.app.completion.words import Answer, complete
from vnsearch.app.declaration import COMMANDS
from vnsearch.app.main import main
from vnsearch.app.messages import Messages

assert vnsearch.app.commands  # registers them

ROOT = Path(__file__).parent.parent
HOSTILE = [
    "$(touch pwned)",
    "h`touch pwned`",
    'it\'s "so" \\ $HOME !x',
    "a;touch pwned|b&c>pwned<d",
    "~root",
    "*",
    "b:c=d@e",
    "{1,2}",
    "#x",
    "Báo Nhân Dân “số”",
]
HIDDEN = ["line\nbreak", "tab\tstop", "es\x1b[31mc", "turn\u202eround", "x" * 300]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index whose documents have hostile values in their fields, and a command to find it by."""
    folder = tmp_path_factory.mktemp("completion")
    values = ["nhandan", "nhandan", "tuoitre", *HOSTILE, *HIDDEN]
    with Index.create(folder / "index") as made:
        made.add(
            [Document(id=str(n), text="Con đường.", fields={"source": v, "year": n}) for n, v in enumerate(values)]
        )
    (folder / "bin").mkdir()
    program = folder / "bin" / "vnsearch"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vnsearch "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def offered(folder: Path, *words: str) -> list[str]:
    return [offer.word for offer in complete(words, folder / "index", Messages("en")).offers]


def test_commands_and_options_come_from_their_declaration(folder: Path) -> None:
    assert offered(folder, "") == list(COMMANDS)
    assert offered(folder, "--index", "x", "s") == [name for name in COMMANDS if name.startswith("s")]
    assert offered(folder, "--v") == ["--version"]
    options = {name for p in COMMANDS["search"].parameters() for name in getattr(p.mark, "names", ())}
    assert set(offered(folder, "search", "-")) == {name for name in options if name.startswith("--")} | {"--help"}
    assert offered(folder, "search", "tham", "--li") == ["--limit", "--literal"]
    assert offered(folder, "nonsense", "--li") == [] and offered(folder, "search", "--", "--li") == []


def test_values_of_options_come_from_their_types(folder: Path) -> None:
    assert offered(folder, "search", "--match", "a") == ["auto", "all", "any"]
    assert offered(folder, "search", "--match=al") == ["--match=all"]
    assert offered(folder, "search", "--limit", "") == []
    assert offered(folder, "search", "--sort", "s") == ["score", "source"]
    assert offered(folder, "search", "--sort", "-s") == ["-score", "-source"]
    assert offered(folder, "completion", "") == ["bash", "zsh", "fish"]
    assert offered(folder, "config", "--write", "p") == ["project"]
    assert complete(["--index", ""], folder, Messages("en")) == Answer("folders")
    assert complete(["stats", "--index="], folder, Messages("en")) == Answer("folders")
    assert complete(["index", "x"], folder, Messages("en")) == Answer("files")


def test_fields_and_their_values_come_from_the_index(folder: Path) -> None:
    name = next(n for p in COMMANDS["search"].parameters() if p.name in ("filter", "field") for n in p.mark.names)  # type: ignore[union-attr]
    found = complete(["search", name, "s"], folder / "index", Messages("en"))
    assert found.kind == "open" and [offer.word for offer in found.offers] == ["source="]
    assert offered(folder, "search", name, "source=n") == ["source=nhandan"]
    values = offered(folder, "search", name, "source=")
    assert values[0] == "source=nhandan" and set(values[1:]) == {f"source={v}" for v in ["tuoitre", *HOSTILE]}
    assert offered(folder, "search", f"{name}=source=tu") == [f"{name}=source=tuoitre"]
    assert offered(folder / "nowhere", "--index", str(folder / "index"), "search", name, "y") == ["year="]
    assert offered(folder / "nowhere", f"--index={folder / 'index'}", "search", name, "y") == ["year="]


@pytest.mark.parametrize(
    "arguments", [[], ["bash"], ["bash", "x"], ["zsh"], ["zsh", "search", "--sort", ""], ["?", "-"]]
)
def test_whoever_asks_is_never_told_of_an_error(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["complete-word", *arguments]) == 0
    assert capsys.readouterr().err == ""


def test_it_stands_on_no_help_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "complete-word" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("vnsearch ", [Word()]),
        ("A=1 ./bin/vnsearch sea", [Word("sea", "sea")]),
        ("vnsearch search 'a b", [Word("search", "search"), Word("a b", "'a b", "'")]),
        ('vnsearch "a\\"b\\c" \\$x', [Word('a"b\\c', '"a\\"b\\c"'), Word("$x", "\\$x")]),
        ("vnsearch x\\", [Word("x\\", "x\\")]),
        ("", [Word()]),
    ],
)
def test_a_line_is_cut_as_bash_cuts_it(line: str, words: list[Word]) -> None:
    assert split(line) == words


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "), min_size=1))
def test_what_is_put_back_means_what_was_offered(value: str) -> None:
    for typed in ("", "'", '"', "source="):
        word = split(f"vnsearch {typed}")[-1]
        current = typed.rstrip(BREAKS) if typed == "source=" else typed
        back = put_back(word.text + value, word, "=" if current == "source" else current)
        if back is not None:
            (again,) = split(f"vnsearch {typed}{back}{word.quote}")
            assert again.text == word.text + value
        else:
            assert typed in ("'", '"')


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_well_formed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    printed = capsys.readouterr().out
    assert printed == script(shell)  # type: ignore[arg-type]
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([program, "-n"], input=printed.encode(), check=True, timeout=20)


def session(folder: Path, shell: str, arguments: list[str], setup: list[str]) -> Any:
    """A shell in a terminal that has loaded its script, and in which `vnsearch` prints the arguments it gets."""
    pexpect = pytest.importorskip("pexpect")
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "BASH", "ZDOTDIR"))}
    environ |= {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TERM": "dumb", "HOME": str(folder)}
    environ["PATH"] = f"{folder / 'bin'}{os.pathsep}{environ['PATH']}"
    child = pexpect.spawn(
        program, arguments, cwd=str(folder), env=environ, encoding="utf-8", timeout=20, dimensions=(50, 1000)
    )
    for line in (*setup, "echo REA''DY"):
        child.sendline(line)
    child.expect("READY\r*\n")
    return child


def run_after_tab(child: Any, line: str) -> list[str]:
    """The arguments that a line has after a Tab at its end, as the shell hands them to a program."""
    child.send(line + "\t")
    child.send(" END\r")
    child.expect("<<(.*?)@@END@@>>")
    return str(child.match[1]).split("@@")


SHOW = r"""vnsearch() { printf '<<'; printf '%s@@' "$@"; printf '>>\n'; }"""
FILTER = next(n for p in COMMANDS["search"].parameters() if p.name in ("filter", "field") for n in p.mark.names)  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def bash(folder: Path) -> Iterator[Any]:
    child = session(folder, "bash", ["--norc", "--noprofile", "-i"], ["source <(vnsearch completion bash)", SHOW])
    yield child
    child.close(force=True)


def test_bash_completes_commands_options_and_values(bash: Any) -> None:
    assert run_after_tab(bash, "vnsearch sta") == ["stats"]
    assert run_after_tab(bash, "vnsearch search x --lim") == ["search", "x", "--limit"]
    assert run_after_tab(bash, "vnsearch search --match=an") == ["search", "--match=any"]
    assert run_after_tab(bash, f"vnsearch search x {FILTER} source=nh") == ["search", "x", FILTER, "source=nhandan"]
    assert run_after_tab(bash, f"vnsearch search {FILTER}=source=tu") == ["search", f"{FILTER}=source=tuoitre"]
    assert run_after_tab(bash, f"vnsearch search {FILTER} so\tnh") == ["search", FILTER, "source=nhandan"]
    assert run_after_tab(bash, "vnsearch --index ind") == ["--index", "index/"]
    assert run_after_tab(bash, "vnsearch index bi") == ["index", "bin/"]


@pytest.mark.parametrize("value", HOSTILE)
def test_bash_takes_a_value_as_it_is_and_runs_nothing_of_it(value: str, bash: Any, folder: Path) -> None:
    first = re.sub(r"[^\w]", r"\\\g<0>", value[0])
    assert run_after_tab(bash, f"vnsearch search {FILTER} source={first}") == ["search", FILTER, f"source={value}"]
    if "'" not in value:
        typed = f"vnsearch search {FILTER} 'source={value[0]}"
        assert run_after_tab(bash, typed) == ["search", FILTER, f"source={value}"]
    assert not (folder / "pwned").exists()


@pytest.fixture(scope="module")
def zsh(folder: Path) -> Iterator[Any]:
    setup = ["autoload -Uz compinit; compinit -u -D", "source <(vnsearch completion zsh)", SHOW]
    child = session(folder, "zsh", ["-f", "-i"], setup)
    yield child
    child.close(force=True)


@pytest.fixture(scope="module")
def fish(folder: Path) -> Iterator[Any]:
    show = r"function vnsearch; printf '<<'; printf '%s@@' $argv; printf '>>\n'; end"
    child = session(folder, "fish", ["--no-config", "-i"], ["vnsearch completion fish | source", show])
    yield child
    child.close(force=True)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_complete_commands_options_and_values(shell: str, request: pytest.FixtureRequest) -> None:
    child = request.getfixturevalue(shell)
    assert run_after_tab(child, "vnsearch sta") == ["stats"]
    assert run_after_tab(child, "vnsearch search x --lim") == ["search", "x", "--limit"]
    assert run_after_tab(child, "vnsearch search --match=an") == ["search", "--match=any"]
    assert run_after_tab(child, f"vnsearch search x {FILTER} source=nh") == ["search", "x", FILTER, "source=nhandan"]
    assert run_after_tab(child, "vnsearch --index ind")[1].removesuffix("/") == "index"  # zsh takes the slash back


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize("value", HOSTILE)
def test_other_shells_take_a_value_as_it_is(
    value: str, shell: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    child = request.getfixturevalue(shell)
    first = re.sub(r"[^\w]", r"\\\g<0>", value[0])
    assert run_after_tab(child, f"vnsearch search {FILTER} source={first}") == ["search", FILTER, f"source={value}"]
    assert not (folder / "pwned").exists()
