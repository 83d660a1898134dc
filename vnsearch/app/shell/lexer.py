"""The colours of a query: each of its tokens by what the query language made of it.

There is no second grammar here: `search.parser.readings` tells the operators, fields, patterns and what is excluded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Final

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import split_lines
from prompt_toolkit.lexers import Lexer

from ...search.lexer import Kind
from ...search.parser import Reading, readings
from ...search.query import Fuzzy, Pattern, Phrase, Range
from ..inert import inert
from .lines import is_command
from .live import Live

_COLON: Final = re.compile("[:：]")

MAX_COLOURED: Final = 2000
"""Texts longer than this were pasted, and are shown as they are: colours may take no time from a key."""


class QueryLexer(Lexer):
    """Colours what is typed, and dims the words that the last answer of `live` did not find."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The lines of a document in colours, their text inert."""
        lines = list(split_lines(self._fragments(document.text)))
        return lambda number: lines[number] if number < len(lines) else []

    def invalidation_hash(self) -> Hashable:
        """Changes whenever the same text may get other colours."""
        answer = self.live.answer
        return (answer.fields, answer.unknown) if answer else None

    def _fragments(self, text: str) -> StyleAndTextTuples:
        # Line breaks keep their place; all other characters are exchanged one for one.
        shown = "\n".join(map(inert, text.split("\n")))
        if len(text) > MAX_COLOURED:
            return [("", shown)]
        if is_command(text):
            end = len(text) - len(text.lstrip().partition(" ")[2]) if " " in text.lstrip() else len(text)
            return [("class:query.command", shown[:end]), ("class:query.argument", shown[end:])]
        answer = self.live.answer
        fragments: StyleAndTextTuples = []
        place = 0
        for reading in readings(text, answer.fields if answer else ("title",)):
            begin, end = reading.token.span
            if begin < place:
                continue
            fragments.append(("", shown[place:begin]))
            for style, size in self._parts(reading, text[begin:end]):
                excluded = " class:query.excluded" if reading.excluded else ""
                fragments.append((f"class:query.{style}{excluded}", shown[begin : begin + size]))
                begin += size
            place = end
        return [*fragments, ("", shown[place:])]

    def _parts(self, reading: Reading, typed: str) -> list[tuple[str, int]]:
        """A token, as it was typed, in (style, length) from left to right: sign, field, and the rest of it."""
        token = reading.token
        if reading.operator or token.kind is Kind.CLOSE:
            return [("operator", len(typed))]
        before = len(token.sign)
        parts = [("operator", before)]
        own = token.kind is Kind.CHUNK and getattr(reading.leaf, "field", None) is not None
        colon = _COLON.search(typed) if own or token.field is not None else None
        if colon is not None:
            parts.append(("field", colon.end() - before))
            before = colon.end()
        return [*parts, (self._style(reading), len(typed) - before)]

    def _style(self, reading: Reading) -> str:
        leaf, answer = reading.leaf, self.live.answer
        if leaf is not None and answer is not None and leaf in answer.unknown:
            return "unknown"
        match leaf:
            case Phrase():
                return "phrase"
            case Pattern() | Fuzzy() | Range():
                return "pattern"
            case None:
                return "operator"
            case _:
                return "word"
