"""A query as a tree: what is asked for, apart from how it was typed and how it will be answered.

Leaves keep their text as it was typed; whoever matches them cuts it into tokens. Inner nodes combine:

* `Bag` is how people ask: bare words, all of them wanted but open to relaxing; `+` what must be, `-` what must not.
* `And`, `Or`, `Not` are strict. A `Not` stands only among the children of an `And`, beside something positive or
  `Every`, so "everything but x" is `And((Every(), Not(x)))` and nobody has to answer a bare negation.

`conjunction`, `disjunction` and `bag` build trees in that form. `write` turns a tree back into a query that
`parser.parse` reads as an equal tree (given the same fields, and within the parser's limits).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeGuard

from ..records import record
from ..text.tokens import starts

ENGLISH: Final = {"AND": "AND", "OR": "OR", "NOT": "NOT"}
VIETNAMESE: Final = {"VÀ": "AND", "HOẶC": "OR", "KHÔNG": "NOT"}

# Compiled when a sign is met.
_NUMBER: Final = r"\d++(?:[.,]\d++)*+(?![./-]?[^\W_])"


def operator(chunk: str) -> str | None:
    """The operator that a chunk spells in English or Vietnamese, in any Unicode form: "AND", "OR", "NOT" or None."""
    return None if len(chunk) > 12 or chunk.islower() else _named(chunk)


@lru_cache(maxsize=1 << 12)
def _named(chunk: str) -> str | None:
    """The operator. Kept, since the same words are asked when a query is read and when it is written."""
    name = unicodedata.normalize("NFC", chunk)
    return ENGLISH.get(name) or VIETNAMESE.get(name)


def takes_sign(chunk: str) -> bool:
    """Whether a `+` or `-` directly before a chunk is an operator. Before a number (-5°C, +84) it is the number's."""
    first = chunk.lstrip("*")[:1]
    return first != "" and starts(first) and not re.match(_NUMBER, chunk)


class Note(StrEnum):
    """What a person should know about how a query was read."""

    TOO_LONG = "the query is very long: only its beginning was read"
    TOO_MANY = "the query has very many words: only the first were read"
    TOO_OPEN = "the query has very many words with wildcards or slips: the last ones were read as plain words"
    TOO_DEEP = "parentheses are nested very deep: the inner ones were ignored"
    CAPITALS = "the query is all in capitals: VÀ, HOẶC, KHÔNG were read as words"
    DANGLING = "an operator with nothing to work on was read as a word"
    STRESSED = "KHÔNG before so many words was read as a word: write NOT to exclude them"


class _Node:
    """What all nodes share: `str(node)` writes it as a query."""

    __slots__ = ()

    def __str__(self) -> str:
        return write(self)  # type: ignore[arg-type]


@record(frozen=True, slots=True)
class Word(_Node):
    """One chunk between spaces, without the punctuation around it: `hòa`, `05-CT/TW`, `TP.HCM`, `3,5%`.

    `also` are phrases that will do in its place, each with a weight below 1. `expansion` puts them there; they were not
    typed, so they are not written.
    """

    text: str
    field: str | None = None
    also: tuple[tuple[str, float], ...] = ()


@record(frozen=True, slots=True)
class Phrase(_Node):
    """What stood between quotes: its words in this order, at most `slop` other words among them."""

    text: str
    slop: int = 0
    field: str | None = None


@record(frozen=True, slots=True)
class Pattern(_Node):
    """A word with `*` (any characters) or `?` (one character): `thành*`, `h?c`, `05-CT*`."""

    text: str
    field: str | None = None


@record(frozen=True, slots=True)
class Fuzzy(_Node):
    """A word and those within `distance` edits of it (1 or 2)."""

    text: str
    distance: int = 1
    field: str | None = None


@record(frozen=True, slots=True)
class Range(_Node):
    """Values of a field from `low` to `high`, both included; None leaves that end open. Never open at both."""

    field: str
    low: str | None
    high: str | None


@record(frozen=True, slots=True)
class Every(_Node):
    """All there is."""


@record(frozen=True, slots=True)
class And(_Node):
    """All the children; two or more, and not all of them `Not`."""

    children: tuple[Node, ...]


@record(frozen=True, slots=True)
class Or(_Node):
    """Any of the children; two or more."""

    children: tuple[Node, ...]


@record(frozen=True, slots=True)
class Not(_Node):
    """Without the child; stands only in an `And`."""

    child: Node


@record(frozen=True, slots=True)
class Bag(_Node):
    """Clauses side by side: `should` are all wanted and may be relaxed, `must` may not; `must_not` excludes.

    `should` and `must` are never both empty. The clauses of each keep the order in which they were typed.
    """

    should: tuple[Node, ...]
    must: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()


Leaf = Word | Phrase | Pattern | Fuzzy | Range | Every
"""The nodes without children."""

Node = Word | Phrase | Pattern | Fuzzy | Range | Every | And | Or | Not | Bag


@record(frozen=True, slots=True)
class Query:
    """A query that was read: its tree (None: there is nothing to search for), its text, and notes on the reading, each
    a `Note` or a line on what else is looked for."""

    root: Node | None
    text: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "" if self.root is None else write(self.root)


def conjunction(nodes: Iterable[Node]) -> Node:
    """All of one or more nodes, as one: nested `And` opened, `Every` only where nothing else is positive."""
    children: list[Node] = []
    for node in nodes:
        children += node.children if isinstance(node, And) else (node,)
    excluding = [node for node in children if isinstance(node, Not)]
    telling = [node for node in children if not isinstance(node, Every)]
    if len(telling) == len(excluding):
        return And((Every(), *excluding)) if excluding else Every()
    return telling[0] if len(telling) == 1 else And(tuple(telling))


def disjunction(nodes: Iterable[Node]) -> Node:
    """Any of one or more nodes, as one: nested `Or` opened."""
    children: list[Node] = []
    for node in nodes:
        children += node.children if isinstance(node, Or) else (node,)
    return children[0] if len(children) == 1 else Or(tuple(children))


def bag(should: Iterable[Node], must: Iterable[Node] = (), must_not: Iterable[Node] = ()) -> Node:
    """Clauses side by side, as one node: bare words in parentheses (`luật (sửa đổi)`) join those around them."""
    wanted: list[Node] = []
    for node in should:
        plain = isinstance(node, Bag) and not node.must and not node.must_not
        wanted += node.should if isinstance(node, Bag) and plain else (node,)
    needed, excluded = tuple(must), tuple(must_not)
    if not wanted and not needed:
        return conjunction(map(Not, excluded))
    if len(wanted) == 1 and not needed and not excluded:
        return wanted[0]
    return Bag(tuple(wanted), needed, excluded)


def are_bare(nodes: Sequence[Node]) -> TypeGuard[Sequence[Word]]:
    """Whether nodes are words in no field."""
    return all([isinstance(node, Word) and node.field is None for node in nodes])


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that a result may hold, from left to right (in a `Bag`: should, then must); what is excluded is left
    out. These are what to highlight."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from positive_leaves(child)
        case Bag(should, must, _):
            for child in (*should, *must):
                yield from positive_leaves(child)
        case Not():
            return
        case _:
            yield node


def respell(node: Node, spell: Callable[[str], str]) -> Node:
    """A tree with other spellings of the words that a result may hold."""
    match node:
        case Word(text, field, also):
            return Word(spell(text), field, also)
        case And(children):
            return And(tuple(respell(child, spell) for child in children))
        case Or(children):
            return Or(tuple(respell(child, spell) for child in children))
        case Bag(should, must, must_not):
            needed = tuple(respell(child, spell) for child in must)
            return Bag(tuple(respell(child, spell) for child in should), needed, must_not)
        case _:
            return node


def write(node: Node) -> str:
    """The node as a query.

    >>> write(Or((Bag((Word("tham"), Word("nhũng"))), And((Word("thuế"), Not(Phrase("lãng phí")))))))
    'tham nhũng OR thuế NOT "lãng phí"'
    """
    match node:
        case Word(text, field, _):
            return _in(field) + text if field is not None else _bare(text)
        case Bag(should, (), ()) if are_bare(should):  # as most often
            return " ".join([_bare(word.text) for word in should])
        case Bag(should, must, must_not):
            clauses = [*map(_clause, should), *(_signed("+", c) for c in must), *(_signed("-", c) for c in must_not)]
            return " ".join(clauses)
        case Phrase(text, slop, field):
            return f'{_in(field)}"{text}"' + (f"~{slop}" if slop else "")
        case Pattern(text, field):
            return _in(field) + text
        case Fuzzy(text, distance, field):
            return f"{_in(field)}{text}~{distance}"
        case Range(field, low, high):
            return f"{field}:{low or ''}..{high or ''}"
        case Every():
            return "*"
        case Not(child):
            return "NOT " + _clause(child)
        case Or(children):
            return " OR ".join(map(write, children))
        case And(children):
            return _write_and(children)


def _bare(text: str) -> str:
    """A word in no field. Punctuation around it is no part of it, and keeps it from being read as an operator."""
    return f"'{text}'" if operator(text) else text


def _in(field: str | None) -> str:
    return "" if field is None else field + ":"


def _write_and(children: tuple[Node, ...]) -> str:
    text = ""
    for child in children:
        if not isinstance(child, Every):
            link = "" if not text else " " if isinstance(child, Not) else " AND "
            text += link + (f"({write(child)})" if isinstance(child, Or) else write(child))
    return text


def _clause(node: Node) -> str:
    """A node written as one clause."""
    return f"({write(node)})" if isinstance(node, (And, Or, Bag)) else write(node)


def _signed(sign: str, node: Node) -> str:
    """A node written as one clause under a sign."""
    if isinstance(node, Word) and node.field is None:
        return sign + (node.text if takes_sign(node.text) else f"({write(node)})")
    clause = _clause(node)
    return sign + (clause if clause[0] in '("' or takes_sign(clause) else f"({clause})")
