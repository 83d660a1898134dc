"""Both languages say the same things."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import vnsearch.app
from vnsearch.app.catalogue import CATALOGUE
from vnsearch.app.messages import Messages, language_asked, language_of
from vnsearch.app.shell import commands  # noqa: F401  registers them
from vnsearch.app.shell.commands.register import COMMANDS
from vnsearch.search.query import Note

SOURCES = sorted(Path(vnsearch.app.__file__).parent.rglob("*.py"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", CATALOGUE)
def test_languages_have_the_same_placeholders(key: str) -> None:
    message = CATALOGUE[key]
    assert message.en.strip() and message.vi.strip()
    assert placeholders(message.en) == placeholders(message.vi)


def test_counted_messages_have_both_forms() -> None:
    for key in CATALOGUE:
        base, _, form = key.rpartition(".")
        if form in ("one", "many"):
            assert {f"{base}.one", f"{base}.many"} <= set(CATALOGUE)


def test_every_key_in_the_code_is_in_the_catalogue_and_every_message_is_used() -> None:
    strings = set()
    beginnings = {"note.", "stats.", "shell.help.", "help.", "setting.", "example."}
    for source in SOURCES:
        if "catalogue" not in source.parts:
            strings |= {n.value for n in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(n, ast.Constant)}
    used = {text for text in strings if isinstance(text, str)}
    for key in CATALOGUE:
        base = key.removesuffix(".one").removesuffix(".many")
        assert base in used or any(key.startswith(beginning) for beginning in beginnings), key
    groups = {key.split(".")[0] + "." for key in CATALOGUE}
    keys = {t for t in used if " " not in t and "/" not in t and any(t.startswith(g) and t != g for g in groups)}
    known = set(CATALOGUE) | {key.removesuffix(".one") for key in CATALOGUE} | beginnings
    assert keys - known == set()


def test_every_command_of_the_shell_has_its_help() -> None:
    assert all({f"shell.help.{name}", f"shell.help.{name}.example"} <= set(CATALOGUE) for name in COMMANDS)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "vi_VN"}, "vi"),
        ({"LANG": "vib_XX"}, "en"),
    ],
)
def test_the_locale_chooses(environ: dict[str, str], language: str) -> None:
    assert language_of(environ) == language


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["search", "x", "--lang", "vi"], "vi"),
        (["--lang=vi", "search", "--lang", "en"], "en"),
        (["search", "--", "--lang", "vi"], None),
        (["--lang"], None),
        (["--lang", "fr"], None),
    ],
)
def test_the_user_chooses(arguments: list[str], language: str | None) -> None:
    assert language_asked(arguments) == language


def test_numbers_are_grouped_as_the_language_does() -> None:
    assert Messages("en").count("results", 12345) == "12,345 results"
    assert Messages("vi").count("results", 12345) == "12.345 kết quả"
    assert (Messages("en").decimal(1.25, 1), Messages("vi").decimal(1.25, 1)) == ("1.2", "1,2")
    assert Messages("en").count("results", 1) == "1 result"


def test_every_note_of_the_parser_is_known_in_vietnamese() -> None:
    assert [str(note) for note in Note if Messages("vi").note(note) == note] == []


def test_notes_of_the_search_are_translated_with_what_they_hold() -> None:
    note = "read as keystrokes: đường (a; b); nothing has these marks: other marks were accepted"
    assert Messages("en").note(note) == note
    assert Messages("vi").note(note).startswith("hiểu theo kiểu gõ phím: đường (a; b); không có kết quả đúng dấu")
    assert Messages("vi").note("something; new {x}") == "something; new {x}"
