"""What vnsearch says to people, in the language they read.

All of it stands in one catalogue (`catalogue`), English beside Vietnamese. The language is the user's wish (`--lang`),
else that of the locale. Messages that count have two forms in English (`.one`, `.many`); Vietnamese has no plural.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, get_args

from ..records import record
from .catalogue import CATALOGUE

Language = Literal["en", "vi"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


@record(frozen=True, slots=True)
class Messages:
    """The catalogue in one language: `say("search.nothing", query=...)`."""

    language: Language

    def __call__(self, key: str, /, **values: object) -> str:
        """The message of that key, its placeholders filled. Raises KeyError on a key that is not in the catalogue."""
        text: str = getattr(CATALOGUE[key], self.language)
        return text.format(**values) if values else text

    def count(self, key: str, count: int, /, **values: object) -> str:
        """The message of that key that fits a number: `key.one` or `key.many`, with {count} filled."""
        return self(f"{key}.one" if count == 1 else f"{key}.many", count=self.number(count), **values)

    def number(self, count: int) -> str:
        """A whole number with its thousands apart, as the language writes it."""
        return f"{count:,}".replace(",", "." if self.language == "vi" else ",")

    def decimal(self, value: float, digits: int) -> str:
        """A number with so many decimals, as the language writes it."""
        return f"{value:.{digits}f}".replace(".", "," if self.language == "vi" else ".")

    def note(self, note: str) -> str:
        """A note of the search in this language; one that the catalogue does not know stays as it is."""
        first, semicolon, last = note.rpartition("; ")
        known = self._known_note(last) if semicolon else None
        return f"{self.note(first)}; {known}" if known else self._known_note(note) or note

    def _known_note(self, note: str) -> str | None:
        for key, text in CATALOGUE.items():
            if key.startswith("note.") and (found := filled(text.en).fullmatch(note)):
                return self(key, **found.groupdict())
        return None


def filled(template: str, flags: int = 0) -> re.Pattern[str]:
    """What a filled template looks like; a placeholder may hold anything but a line break, with DOTALL that too."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(template)), flags)


def language_of(environ: Mapping[str, str]) -> Language:
    """The language that the locale asks for, by the order of POSIX: LC_ALL, LC_MESSAGES, LANG; English by default."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "vi" if environ[name].lower().split("_")[0].split(".")[0] == "vi" else "en"
    return "en"


def language_asked(arguments: Sequence[str]) -> Language | None:
    """The value of `--lang` among the arguments, if it is one we speak.

    Help is written before the arguments are parsed for good, so this is asked first. The last one counts.
    """
    asked: str | None = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
        elif argument == "--lang":
            asked = arguments[place + 1] if place + 1 < len(arguments) else None
    return next((language for language in LANGUAGES if language == asked), None)
