"""The text of a query -> its tokens: chunks, quoted text, and the parentheses that really group.

Everything here is decided by characters alone and in one pass, so that any text has exactly one reading:

* `"` and its typographic kin open quoted text where they stand like an opening quote and a closing one follows; the
  nearest closing one ends it, of whatever shape. A quote without partner only separates, like a space.
* Parentheses group where they do not stand right behind a letter or digit (f(x), 5(a)), pair up, and hold something.
  Others only separate.
* `+` and `-` are signs at the start of a word only, and directly before it. Between spaces, inside a word, before a
  number, and as a dash (–, —) they are text.
* A field is one of those that the caller names, followed directly by a colon and a value.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import field as dataclass_field
from dataclasses import replace
from enum import Enum, auto
from functools import cache
from typing import Final

from ..records import record
from ..text.tokens import extends, starts
from .query import Note, takes_sign

MAX_CLAUSES: Final = 512
"""How many words (operators too) and phrases of a query are read."""

MAX_DEPTH: Final = 32
"""How deep parentheses may nest."""

MAX_SLOP: Final = 100

_WIDE: Final = str.maketrans("（）：＊＋－？～＂", '():*+-?~"')
_OPENING: Final = "“„‟«"
_NEUTRAL: Final = '"”»'
_SLOP: Final = re.compile(r"~([0-9]+)")


@cache
def _chunks() -> re.Pattern[str]:
    # Compiled when a query is more than bare words.
    return re.compile(r'[^\s()"”»“„‟«]+')


class Kind(Enum):
    """What a token is."""

    CHUNK = auto()
    QUOTED = auto()
    OPEN = auto()
    CLOSE = auto()
    BRACKET = auto()
    """An opening parenthesis right behind a letter or digit. It pairs, so that others pair rightly, and is dropped."""


@record(frozen=True, slots=True)
class Token:
    """One token. `text` is a chunk with the punctuation around it, or what stands between quotes. `sign` and `field`
    stood before it; the field of a chunk is still in its text. `begin` is the place of a chunk's text in the query, and
    `span` where the whole token stands, sign and field with it; places do not count when tokens are compared."""

    kind: Kind
    text: str = ""
    sign: str = ""
    field: str | None = None
    slop: int = 0
    begin: int = dataclass_field(default=-1, compare=False)
    span: tuple[int, int] = dataclass_field(default=(0, 0), compare=False)


def field_key(name: str) -> str:
    """The form in which names of fields are compared."""
    return unicodedata.normalize("NFC", name).casefold()


def lex(text: str, fields: Mapping[str, str]) -> tuple[list[Token], tuple[Note, ...]]:
    """The tokens of a query, with balanced parentheses that are never empty, and notes on what was left out.

    `fields` maps the `field_key` of each field to its name. Linear in the length of the text.
    """
    tokens: list[Token] = []
    leaves = opened = 0
    for token in _Scanner(text, fields):
        # The field before a parenthesis may turn out to be a word.
        leaves += token.kind in (Kind.CHUNK, Kind.QUOTED) or token.field is not None
        if leaves > MAX_CLAUSES:
            balanced, notes = _balance(tokens + [Token(Kind.CLOSE)] * opened)
            return balanced, (Note.TOO_MANY, *notes)
        if token.kind in (Kind.OPEN, Kind.BRACKET):
            opened += 1
        elif token.kind is Kind.CLOSE:
            opened = max(0, opened - 1)
        tokens.append(token)
    return _balance(tokens)


class _Scanner:
    """Goes through the text once; parentheses are not paired yet."""

    def __init__(self, text: str, fields: Mapping[str, str]) -> None:
        self.text = text.translate(_WIDE) + " "  # the space spares the question whether there is a next character
        self.fields = fields
        self.words = [i for i, c in enumerate(self.text) if starts(c)]
        self.closers = [i for i, c in enumerate(self.text) if c in _NEUTRAL or (c in _OPENING and self._ends(i))]

    def __iter__(self) -> Iterator[Token]:
        place = 0
        while place < len(self.text):
            character = self.text[place]
            if character == ")":
                yield Token(Kind.CLOSE, span=(place, place + 1))
                place += 1
            elif character == "(":
                kind = Kind.BRACKET if self._behind_word(place) else Kind.OPEN
                yield Token(kind, span=(place, place + 1))
                place += 1
            elif character in _NEUTRAL or character in _OPENING:
                end = self._quote_end(place)
                if end:
                    token, place = self._quoted(place, end)
                    yield token
                else:
                    place += 1
            elif character.isspace():
                place += 1
            else:
                chunk, place = self._chunk(place)
                if chunk:
                    yield chunk

    def _chunk(self, begin: int) -> tuple[Token | None, int]:
        """The token that begins with a chunk (None where it holds no word), and where it ends."""
        match = _chunks().match(self.text, begin)
        assert match is not None
        chunk, end = match.group(), match.end()
        sign = chunk[0] if chunk[0] in "+-" and self._begins(begin) else ""
        rest = chunk[len(sign) :]
        if sign and rest and not takes_sign(rest):
            sign, rest = "", chunk
        field = self.fields.get(field_key(without_lead(rest[:-1]))) if rest.endswith(":") else None
        if field is not None or not rest:
            quote_end = self._quote_end(end)
            if quote_end:
                token, end = self._quoted(end, quote_end)
                return replace(token, sign=sign, field=field, span=(begin, end)), end
            if self.text[end] == "(":
                return Token(Kind.OPEN, rest, sign, field, span=(begin, end + 1)), end + 1
        found = Token(Kind.CHUNK, rest, sign, begin=begin + len(sign), span=(begin, end))
        return (found if any(map(starts, rest)) else None), end

    def _quoted(self, begin: int, end: int) -> tuple[Token, int]:
        content = " ".join(self.text[begin + 1 : end].split())
        match = _SLOP.match(self.text, end + 1)
        if not match:
            return Token(Kind.QUOTED, content, span=(begin, end + 1)), end + 1
        slop = min(int(match[1].lstrip("0")[:4] or "0"), MAX_SLOP)
        return Token(Kind.QUOTED, content, slop=slop, span=(begin, match.end())), match.end()

    def _quote_end(self, place: int) -> int | None:
        """Where the quote that opens at this place closes; None where none opens, closes, or nothing stands between."""
        if not self._opens(place):
            return None
        closer = bisect_right(self.closers, place)
        word = bisect_right(self.words, place)
        if closer == len(self.closers) or word == len(self.words) or self.words[word] > self.closers[closer]:
            return None
        return self.closers[closer]

    def _opens(self, place: int) -> bool:
        if self.text[place] in _OPENING:
            return True
        if self.text[place] not in _NEUTRAL:
            return False
        if place == 0 or self.text[place - 1].isspace():
            return True
        return not self._behind_word(place) and not self.text[place + 1].isspace()

    def _begins(self, place: int) -> bool:
        return place == 0 or self.text[place - 1].isspace() or self.text[place - 1] == "("

    def _behind_word(self, place: int) -> bool:
        return place > 0 and (starts(self.text[place - 1]) or extends(self.text[place - 1]))

    def _ends(self, place: int) -> bool:
        """Whether an opening quote stands where only a closing one makes sense."""
        return not starts(self.text[place + 1])


def without_lead(text: str) -> str:
    """Text from its first letter, digit or emoji on."""
    return next((text[i:] for i, c in enumerate(text) if starts(c)), "")


def _balance(tokens: list[Token]) -> tuple[list[Token], tuple[Note, ...]]:
    """Tokens without the parentheses that have no partner, hold nothing, or nest too deep."""
    partner = _pairs(tokens)
    balanced: list[Token] = []
    dropped: set[int] = set()
    depth = 0
    for place, token in enumerate(tokens):
        if token.kind in (Kind.CHUNK, Kind.QUOTED):
            balanced.append(token)
        elif token.kind is Kind.CLOSE and place in partner and place not in dropped:
            balanced.append(token)
            depth -= 1
        elif token.kind is Kind.OPEN and place in partner and depth < MAX_DEPTH:
            balanced.append(token)
            depth += 1
        elif token.kind is Kind.OPEN:
            dropped.add(partner.get(place, place))
            if token.field is not None:
                balanced.append(Token(Kind.CHUNK, token.text, span=token.span))
    deep = any(tokens[place].kind is Kind.CLOSE for place in dropped)
    return balanced, ((Note.TOO_DEEP,) if deep else ())


def _pairs(tokens: list[Token]) -> dict[int, int]:
    """The places of parentheses that group, each with its partner's."""
    partner: dict[int, int] = {}
    opened: list[tuple[int, int]] = []
    leaves = 0
    for place, token in enumerate(tokens):
        if token.kind in (Kind.OPEN, Kind.BRACKET):
            opened.append((place, leaves))
        elif token.kind is not Kind.CLOSE:
            leaves += 1
        elif opened:
            begin, before = opened.pop()
            if leaves > before and tokens[begin].kind is Kind.OPEN:
                partner[begin] = place
                partner[place] = begin
            elif tokens[begin].field is not None:
                leaves += 1  # the name of the field is read as a word
    return partner
