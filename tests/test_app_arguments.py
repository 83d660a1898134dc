"""Arguments read at once mean what typer says they mean."""

from __future__ import annotations

import io
import shlex
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import vnsearch.app.commands
from vnsearch.app.arguments import Call, query_text, read
from vnsearch.app.catalogue import CATALOGUE
from vnsearch.app.cli import read_with_typer
from vnsearch.app.declaration import COMMANDS
from vnsearch.app.main import main
from vnsearch.app.messages import LANGUAGES, Language, Messages
from vnsearch.app.terminal import Terminal
from vnsearch.errors import RequestError

assert vnsearch.app.commands  # registers them

BEFORE = ["--index", "dir", "--index=d", "--lang", "vi", "--lang=fr", "--version", "--", "-x"]
AFTER = ["tham", "-tham", "-n", "5", "-n5", "-nhũng", "-n=5", "--", "-", "", "--limit", "--limit=3", "--offset", "0"]
AFTER += ["--match", "any", "--match=all", "--sort", "-date", "--sort=-date", "--filter", "a=b", "--filter=a=c", "-h5"]
AFTER += ["--field", "--since", "5/2018", "--until=2019", "--facet", "date", "-0", "-05", "--csv", "--paths", "--batch"]
AFTER += ["--index", "dir", "--index=d", "--lang", "en", "--passages", "--json", "--json=1", "--overwrite", "-1", "đạo"]
AFTER += ["--write", "user", "--write=project", "bash", "--jobs", "-j"]


def by_typer(arguments: list[str]) -> Call | None:
    """What typer makes of the arguments: None where it shows help or refuses them."""
    silent = Terminal(io.StringIO(), io.StringIO(), color=False, wraps=False)
    try:
        return read_with_typer(arguments, silent, Messages("en"))
    except RequestError:
        return None


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(BEFORE), max_size=2),
    st.sampled_from(sorted(COMMANDS)),
    st.lists(st.sampled_from(AFTER), max_size=5),
)
@example([], "search", ["tham", "-nhũng", "-n", "5", "--match", "any", "--filter=a=c", "--filter", "a=b", "--json"])
@example(["--index", "dir"], "index", ["a", "--overwrite", "b", "--index=d"])
@example(["--index=d", "--lang", "vi"], "delete", ["--", "-tham", "--"])
def test_what_is_read_at_once_is_what_typer_reads(before: list[str], name: str, after: list[str]) -> None:
    arguments = [*before, name, *after]
    call = read(arguments)
    if call is not None:
        assert call == by_typer(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "tham", "nhũng"],
        ["--index", "d", "search", "tham", "-n", "3", "--json", "--index=e", "--marks", "exact"],
        ["search", "--sort", "-date", "--", "-tham"],
        ["show", "a", "--json"],
        ["index"],
        ["shell", "--lang", "vi"],
        ["stats"],
        ["config", "--write", "user"],
        ["completion", "bash"],
    ],
)
def test_plain_command_lines_are_read_without_typer(arguments: list[str]) -> None:
    assert read(arguments) is not None


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help"],
        ["--version"],
        ["serch", "x"],
        ["show"],
        ["search", "x", "--help"],
        ["search", "x", "-n", "0"],
        ["search", "x", "-n", "٣"],
        ["search", "x", "--match", "most"],
        ["show", "a", "b"],
        ["stats", "a"],
    ],
)
def test_what_is_not_plain_is_left_to_typer(arguments: list[str]) -> None:
    assert read(arguments) is None


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (["lãng", "phí", "-tham"], "lãng phí -tham"),
        (["-tham", "lãng", "phí"], "-tham lãng phí"),
        (["--", "-tham", "--x"], "-tham --x"),
        (["a", "-n", "3", "-nhũng"], "a -nhũng"),
        (["-n3", "a", "-5"], "a -5"),
        (["--paths", "-0", "a", "-05"], "a -05"),
        (["--sort", "-date", "a"], "a"),
        (["-"], "-"),
    ],
)
def test_a_word_behind_a_dash_is_part_of_the_query(arguments: list[str], query: str) -> None:
    for call in (read(["search", *arguments]), by_typer(["search", *arguments])):
        assert call is None or query_text(call.values["query"]) == query
    assert by_typer(["search", *arguments]) is not None


def test_an_option_after_the_name_wins_over_one_before_it() -> None:
    for call in (read(["--index", "a", "stats", "--index", "b"]), by_typer(["--index", "a", "stats", "--index", "b"])):
        assert call is not None and call.values["index"] == Path("b")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_an_example_that_is_read(name: str, language: Language) -> None:
    say = Messages(language)
    program, *arguments = shlex.split(say(COMMANDS[name].example).removeprefix("source <(").removesuffix(")"))
    call = by_typer(arguments)
    assert program == "vnsearch" and call is not None and call.command.name == name


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_of_a_command_ends_with_its_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help", "--lang", "vi"]) == 0
    assert capsys.readouterr().out.endswith(f"\n  Ví dụ:\n    {Messages('vi')(COMMANDS[name].example)}\n")


def test_every_help_is_in_the_catalogue() -> None:
    for command in COMMANDS.values():
        assert command.help in CATALOGUE
        assert all(parameter.mark.help in CATALOGUE for parameter in command.parameters())
