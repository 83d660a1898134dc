"""The menu of what may be typed: commands and their arguments, fields, values of a field, and words.

Each is found from unmarked typing, and told with how many documents hold it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Final

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from ..inert import inert
from .commands.register import COMMANDS
from .lines import folded, is_command
from .live import Live
from .saved import Saved, read_saved, saved_path

MAX_WORDS: Final = 8
MAX_VALUES: Final = 50
ASKED_VALUES: Final = 1000
"""So many values of a field are looked through for those that hold what was typed."""

MAX_TEXT: Final = 200
_PATHS: Final = ("PATH", "FILE", "FOLDER", "DIR")
_KINDS: Final = {
    "text": "typing.kind.text",
    "number": "typing.kind.number",
    "date": "typing.kind.date",
    "flag": "typing.kind.flag",
}


class QueryCompleter(Completer):
    """Completes what stands before the cursor. Asks the index: to be wrapped in a `ThreadedCompleter`."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The completions, as they are found. None where the index cannot be read."""
        text = document.text_before_cursor
        if len(text) > MAX_TEXT or "\n" in text:
            return
        with suppress(Exception):  # a menu is a courtesy: what goes wrong offers nothing
            if is_command(text):
                yield from self._commands(text.lstrip())
            else:
                yield from self._query(text)

    def _commands(self, text: str) -> Iterator[Completion]:
        say = self.live.session.around.say
        name, space, argument = text[1:].partition(" ")
        if not space:
            for command in COMMANDS.values():
                if command.name.startswith(name.lower()):
                    meta = say(f"shell.help.{command.name}")
                    yield Completion(f".{command.name}", -len(text), display_meta=[("", meta)])
        elif name.lower() in COMMANDS:
            yield from self._arguments(COMMANDS[name.lower()].argument, argument.lstrip())

    def _arguments(self, usage: str, typed: str) -> Iterator[Completion]:
        """The arguments of a command, from how its help writes them: `auto|all|any`, `[PATH]`, `[FIELD|-FIELD]`."""
        *before, last = typed.split(" ")
        words = usage.split()
        if not words:
            return
        if any(name in words[0] for name in _PATHS):
            yield from _inert_only(PathCompleter(expanduser=True).get_completions(Document(typed), CompleteEvent()))
            return
        if len(before) >= len(words):
            return
        for option in words[len(before)].strip("[]").split("|"):
            for choice, meta in self._choices(option):
                if choice.startswith(last.lower()):
                    yield Completion(choice, -len(last), display_meta=[("", meta)])

    def _choices(self, option: str) -> Iterator[tuple[str, str]]:
        """What may stand for one way to write an argument, each with what is said of it."""
        if option.islower():
            yield option, ""
        elif option == "COMMAND":
            yield from ((name, self.live.session.around.say(f"shell.help.{name}")) for name in COMMANDS)
        elif option == "NAME":
            # Their names were checked when they were saved; the file may have been written by another hand.
            yield from ((name, inert(saved.question.query)) for name, saved in _saved() if inert(name) == name)
        elif option in ("FIELD", "-FIELD", "NAME=VALUE"):
            sign, end = option[: option == "-FIELD"], "=" if "=" in option else ""
            yield from ((f"{sign}{name}{end}", kind) for name, kind in self._fields())

    def _query(self, text: str) -> Iterator[Completion]:
        """Fields and values for the last word of a query, or whole queries as the collection would go on."""
        quote = text.rfind('"') if text.count('"') % 2 else len(text)
        typed = text[text.rfind(" ", 0, quote) + 1 :].lstrip("+-(")
        name, colon, value = typed.partition(":")
        fields = {"title": self.live.session.around.say(_KINDS["text"]), **dict(self._fields())}
        if colon and name.lower() in fields and name.lower() != "title":
            yield from self._values(name.lower(), value)
            return
        if typed:
            for field, kind in fields.items():
                if folded(field).startswith(folded(typed)):
                    yield Completion(f"{field}:", -len(typed), display_meta=[("", kind)])
        yield from self._words(text)

    def _fields(self) -> Iterator[tuple[str, str]]:
        """The fields of the documents, with their kinds."""
        say = self.live.session.around.say
        stats = self.live.answer.stats if self.live.answer else None
        for name, kind in (stats or self.live.session.index().stats()).fields.items():
            if inert(name) == name:
                yield name, say(_KINDS[kind]) if kind in _KINDS else kind

    def _values(self, field: str, typed: str) -> Iterator[Completion]:
        """The values of a field that hold what was typed, however it is marked."""
        wanted = folded(typed.lstrip('"'))
        facets = self.live.session.index().facets("*", field, limit=ASKED_VALUES)
        fitting = (value for value in facets.values if '"' not in value.value and wanted in folded(value.value))
        for value in islice(fitting, MAX_VALUES):
            if inert(value.value) == value.value:
                written = f'"{value.value}"' if " " in value.value else value.value
                yield Completion(written, -len(typed), display_meta=[("", self._count(value.count))])

    def _words(self, text: str) -> Iterator[Completion]:
        """The text as the collection would go on, each with how many documents hold its end side by side."""
        session = self.live.session
        if not text.strip():
            return
        index = session.index()
        # What is completed is told by the word before it too, if there is one.
        first = max(len(text.replace('"', " ").split()) - (1 if text[-1].isspace() else 2), 0)
        for whole in index.suggest(text, MAX_WORDS):
            if inert(whole) == whole and whole != text:
                end = " ".join(whole.replace('"', " ").split()[first:])
                found = index.search(f'"{end}"', limit=1, passages=0, marks=session.marks)
                yield Completion(whole, -len(text), display_meta=[("", self._count(found.total))])

    def _count(self, count: int) -> str:
        return self.live.session.around.say.count("typing.documents", count)


def _saved() -> list[tuple[str, Saved]]:
    """The saved searches by name. Raises what reading their file does."""
    return sorted(read_saved(saved_path(os.environ)).items())


def _inert_only(completions: Iterable[Completion]) -> Iterator[Completion]:
    """Names of files may hold anything: those that would command the terminal are left out."""
    return (completion for completion in completions if inert(completion.text) == completion.text)
