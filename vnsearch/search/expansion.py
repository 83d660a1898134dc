"""What else will do for the words of a query: synonyms, and other writings of the same.

A stretch of bare words w1 .. wn that means the same as s is matched by a text that holds all of them, or s:

    (w1 and .. and wn) or s  =  (w1 or s) and .. and (wn or s)

So each of the words is given s to be looked for too, and nothing else about the query changes: all words are wanted, or
most of them, as before, and a text that holds s has them all. Quoted phrases and what is excluded stay as they were
typed; so do the fields of documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from ..text.canonical import bare
from ..text.figures import in_figures, in_words, may_be_figure, numerals
from ..text.syllable import parse
from ..text.tokens import tokens_of
from .query import And, Bag, Node, Or, Query, Word, are_bare
from .synonyms import WEIGHT, Expansion, Other, Synonyms, in_capitals


class Expanded(NamedTuple):
    """A query tree with what else will do, and a note for each stretch that has any."""

    root: Node
    notes: tuple[str, ...]


class _Chunk(NamedTuple):
    """A bare word by itself: its canonical tokens, their bare forms, which of them were typed in capitals, and whether
    any may be of a number or a date."""

    tokens: tuple[str, ...]
    forms: tuple[str, ...]
    capitals: tuple[bool, ...]
    is_figure: bool


class Row(NamedTuple):
    """Some bare words side by side as a row of tokens.

    `words` holds for each token the place of its word; `capitals` whether it was typed in capitals.
    """

    tokens: list[str]
    words: list[int]
    capitals: list[bool]


def expand(root: Node, synonyms: Synonyms) -> Expanded:
    """A query tree in which bare words know what else will do in their place. Linear in the length of the query."""
    expander = _Expander(synonyms)
    return Expanded(expander.node(root), tuple(dict.fromkeys(expander.notes)))


def expanded(query: Query, synonyms: Synonyms) -> Query:
    """A query with its tree expanded, and the notes on that behind its own."""
    root = query.root
    if root is None:
        return query
    nodes = root.should if isinstance(root, Bag) and not root.must else (root,)
    if are_bare(nodes) and not _chunks(nodes, synonyms):  # as most often
        return query
    root, notes = expand(root, synonyms)
    return Query(root, query.text, (*query.notes, *notes)) if notes else query


class _Expander:
    """The one walk over a tree; `notes` are gathered on the way."""

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self.notes: list[str] = []

    def node(self, node: Node) -> Node:
        """A node with what else will do."""
        match node:
            case Word():
                return self._words((node,))[0]
            case And(children):
                return And(tuple(self.node(child) for child in children))
            case Or(children):
                return Or(tuple(self.node(child) for child in children))
            case Bag(should, must, must_not):
                clauses = self._clauses(should), self._clauses(must)
                return node if clauses[0] is should and clauses[1] is must else Bag(*clauses, must_not)
            case _:
                return node

    def _clauses(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """Clauses side by side, the same where nothing else will do for any: bare words that are neighbours are looked
        at together."""
        if not nodes:
            return nodes
        if are_bare(nodes):
            return tuple(self._words(nodes))  # which is itself where it is one
        clauses: list[Node] = []
        for field, group in groupby(nodes, lambda node: (node.field or "") if isinstance(node, Word) else None):
            held = list(group)
            words = [node for node in held if isinstance(node, Word)]
            clauses += self._words(words) if field is not None else map(self.node, held)
        return tuple(clauses)

    def _words(self, words: Sequence[Word]) -> Sequence[Word]:
        if words[0].field not in (None, "title"):
            return words
        chunks = _chunks(words, self._synonyms)
        if not chunks:
            return words
        row = _as_row(chunks)
        also: list[dict[str, float]] = [{} for _ in words]
        for first, last, others in self._found(words, row):
            for word in range(row.words[first], row.words[last - 1] + 1):
                also[word].update((" ".join(other.row), other.weight) for other in others)
            typed = " ".join(word.text for word in words[row.words[first] : row.words[last - 1] + 1])
            self.notes.append(f"{typed}: {', '.join(dict.fromkeys(other.text for other in others))}")
        return [
            replace(word, also=tuple(others.items())) if others else word
            for word, others in zip(words, also, strict=True)
        ]

    def _found(self, words: Sequence[Word], row: Row) -> Iterator[Expansion]:
        """What will do in the place of whole words."""
        for found in self._synonyms.expansions(row.tokens, row.capitals):
            if _is_border(row, found.first) and _is_border(row, found.last):
                yield found
        yield from _figures(words, row)


def _chunks(words: Sequence[Word], synonyms: Synonyms) -> list[_Chunk]:
    """Bare words by themselves; none where nothing else will do for any."""
    chunks = [_read_chunk(word.text) for word in words]
    forms = [form for chunk in chunks for form in chunk.forms]
    return chunks if synonyms.may_hold(forms) or any([chunk.is_figure for chunk in chunks]) else []


@lru_cache(maxsize=1 << 14)
def _read_chunk(text: str) -> _Chunk:
    """A word by itself. Kept, since people ask for the same words again."""
    found = tokens_of(text)
    tokens = tuple(token.canonical for token in found)
    capitals = tuple(in_capitals(text[token.begin : token.end]) for token in found)
    return _Chunk(tokens, tuple(map(bare, tokens)), capitals, any(map(may_be_figure, tokens)))


def _as_row(chunks: Sequence[_Chunk]) -> Row:
    """Some bare words as a row of tokens. Where most are syllables in capitals (a headline), capitals mean nothing."""
    row = Row([], [], [])
    for place, chunk in enumerate(chunks):
        row.tokens.extend(chunk.tokens)
        row.words.extend([place] * len(chunk.tokens))
        row.capitals.extend(chunk.capitals)
    shouted = sum(capital and parse(token) is not None for token, capital in zip(row.tokens, row.capitals, strict=True))
    if len(row.tokens) > 1 and 2 * shouted > len(row.tokens):
        row.capitals[:] = [False] * len(row.tokens)
    return row


def _is_border(row: Row, place: int) -> bool:
    """Whether a word begins at a place, or the row ends there."""
    return place in (0, len(row.words)) or row.words[place] != row.words[place - 1]


def _figures(words: Sequence[Word], row: Row) -> Iterator[Expansion]:
    """Numbers and dates in their other writing."""
    for place, other in numerals(row.tokens):
        if _is_border(row, place) and _is_border(row, place + 1):
            yield Expansion(place, place + 1, (Other(other.upper(), (other,), WEIGHT),))
    for first, last, date in in_figures(row.tokens):
        if _is_border(row, first) and _is_border(row, last):
            yield Expansion(first, last, (Other(date, tuple(date.split()), WEIGHT),))
    for place, word in enumerate(words):
        ways = in_words(word.text)
        if ways:
            first = row.words.index(place)
            last = first + row.words.count(place)
            yield Expansion(first, last, tuple(Other(way, tuple(way.split()), WEIGHT) for way in ways))
