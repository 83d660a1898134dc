"""The plain words of a query, and where they stand in its text: what may be rewritten without touching anything else.

A word is plain where it is one token, has no sign, no field and no wildcard, is no operator, and is not excluded.
Quoted text, `05-CT/TW`, `thành*`, `title:x`, `-x` and what stands behind NOT are not plain. Plain words with nothing
but space between them are a row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..text.tokens import tokenize
from .lexer import Kind, Token, field_key, lex
from .parser import parse
from .query import ENGLISH, Word, operator


class PlainWord(NamedTuple):
    """A plain word: its canonical form, and where it stands in the query."""

    canonical: str
    begin: int
    end: int


class PlainText(NamedTuple):
    """The rows of plain words of a query, and the other tokens in order, with None for each row."""

    rows: tuple[tuple[PlainWord, ...], ...]
    others: tuple[Token | None, ...]


def plain_text(query: str, fields: Collection[str]) -> PlainText:
    """The plain words of a query; `fields` are the names that may stand before a colon. Never raises; linear."""
    rows: list[list[PlainWord]] = []
    others: list[Token | None] = []
    for token, word in _words(query, fields):
        if word is None:
            others.append(token)
        elif others and others[-1] is None and query[rows[-1][-1].end : word.begin].isspace():
            rows[-1].append(word)
        else:
            rows.append([word])
            others.append(None)
    return PlainText(tuple(map(tuple, rows)), tuple(others))


def _words(query: str, fields: Collection[str]) -> Iterator[tuple[Token, PlainWord | None]]:
    """Each token of a query, with the plain word that it is."""
    capitals = not any(map(str.islower, query))
    tokens, _ = lex(query, {field_key(name): name for name in fields})
    groups: list[bool] = []  # for each open parenthesis, whether what it holds is wanted, in all fields
    excluded = False
    for token in tokens:
        name = operator(token.text) if token.kind is Kind.CHUNK and not token.sign else None
        word = _plain_word(token, fields) if all(groups) and not excluded else None
        if token.kind is Kind.OPEN:
            groups.append(not token.sign and token.field is None and not excluded)
        elif token.kind is Kind.CLOSE and groups:
            groups.pop()
        if name is not None and not (capitals and token.text not in ENGLISH):
            excluded = name == "NOT"
            word = None
        elif token.kind is not Kind.CHUNK:
            excluded = False
        yield token, word


def _plain_word(token: Token, fields: Collection[str]) -> PlainWord | None:
    if token.kind is not Kind.CHUNK or token.sign or token.begin < 0:
        return None
    found = list(tokenize(token.text))
    if len(found) != 1:
        return None
    canonical, begin, end, _ = found[0]
    if parse(token.text, fields).root != Word(token.text[begin:end]):
        return None
    return PlainWord(canonical, token.begin + begin, token.begin + end)
