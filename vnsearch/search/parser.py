"""The text of a query -> its tree. Never raises: what cannot be read as an operator is read as text.

    or        = and { OR and }
    and       = clauses { AND clauses }
    clauses   = clause { clause }               side by side: a Bag, all wanted
    clause    = [ + | - ] operand | NOT exclusion
    operand   = chunk | "phrase"[~slop] | ( or ) | field:operand
    exclusion = chunk { chunk } | operand

Vietnamese words are several syllables, so side by side binds tightest, and NOT takes a whole run of plain words:
`tham nhũng NOT lãng phí` excludes the phrase. VÀ HOẶC KHÔNG in capitals are AND OR NOT, except where the whole query is
in capitals (a pasted headline) or KHÔNG is only stressed. An operator with nothing to work on (first, last, doubled) is
a word, and so is one in punctuation ('OR').

A chunk is `field:low..high`, a pattern, `word~1`, or else a word; `?` is a wildcard only inside a word, since at its
end it asks a question. `lexer` tells what quotes, parentheses, signs and fields are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from ..text.tokens import extends, starts
from .lexer import MAX_CLAUSES, Kind, Token, field_key, lex, without_lead
from .query import (
    ENGLISH,
    Every,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Note,
    Pattern,
    Phrase,
    Query,
    Range,
    Word,
    bag,
    conjunction,
    disjunction,
    operator,
)

MAX_LENGTH: Final = 10_000
"""How many characters of a query are read."""

MAX_DISTANCE: Final = 2

MAX_OPEN: Final = 16
"""How many different patterns and fuzzy words of a query are read: each may stand for hundreds of words."""

MAX_EXCLUDED: Final = 4
"""KHÔNG in capitals before more words than these is only stressed (`Người nào KHÔNG có quyền ...?`)."""

_BELONGS: Final = "+#%"
"""What belongs to a word that it follows: C++, C#, 3,5%."""

_JOINING: Final = "-./_,"
"""What may join the parts of a chunk with a star: 05-CT*."""

_WORDS: Final = re.compile(r"[^\W_]+(?: [^\W_]+)*")
# Compiled when a chunk may be one.
_RANGE: Final = r"((?:[^.]|\.(?!\.))*)\.\.(?!\.)((?:[^.]|\.(?!\.))*)"
_FUZZY: Final = r"(?s)(.+)~([0-9]?)"


def parse(text: str, fields: Collection[str] = ()) -> Query:
    """Read a query. `fields` are the names that may stand before a colon; elsewhere a colon is text.

    Linear in the length of the text, which is cut at `MAX_LENGTH` characters.

    >>> parse("tham nhũng OR lãng phí").root == parse("(tham nhũng) HOẶC (lãng phí)").root
    True
    >>> str(parse("date:2018..2022 kinh tế - xã hội -lạm (phát", fields=["date"]))
    'date:2018..2022 kinh tế xã hội phát -lạm'
    """
    text, notes = _cut(text)
    if text.strip() in ("*", "＊"):
        return Query(Every(), text, notes)
    if _WORDS.fullmatch(text) and len(words := text.split(" ")) <= MAX_CLAUSES and not any(map(operator, words)):
        # As most often; what follows makes the same.
        return Query(bag([Word(word, None, ()) for word in words]), text, notes)
    if text[:1] == text[-1:] == '"' and _WORDS.fullmatch(text, 1, len(text) - 1):
        return Query(Phrase(text[1:-1]), text, notes)
    names = {field_key(name): name for name in fields}
    tokens, more = lex(text, names)
    parser = _Parser(text, tokens, names)
    root = parser.either(None) if tokens else None
    return Query(root, text, tuple(dict.fromkeys((*notes, *more, *parser.notes))))


class Reading(NamedTuple):
    """How a token of a query was taken: the operator that it is, the leaf that it made, whether it is excluded."""

    token: Token
    operator: str | None
    leaf: Leaf | None
    excluded: bool


def readings(text: str, fields: Collection[str] = ()) -> list[Reading]:
    """What became of each token of a query, for those who show a query as it is understood. As `parse` otherwise.

    >>> [(r.token.text, r.operator, r.excluded) for r in readings("thuế OR phí NOT x")]
    [('thuế', None, False), ('OR', 'OR', False), ('phí', None, False), ('NOT', 'NOT', False), ('x', None, True)]
    """
    text, _ = _cut(text)
    names = {field_key(name): name for name in fields}
    tokens, _ = lex(text, names)
    parser = _Parser(text, tokens, names)
    if tokens:
        parser.either(None)
    return [
        Reading(token, parser.operators[place], parser.leaves.get(place), place in parser.excluded)
        for place, token in enumerate(tokens)
    ]


def parse_literal(text: str) -> Query:
    """Read a query in which nothing is an operator: every chunk between spaces is a `Word`.

    >>> str(parse_literal('-a "b c"'))
    'a b c'
    """
    text, notes = _cut(text)
    words = [chunk for chunk in map(_trim, text.split()) if chunk]
    if len(words) > MAX_CLAUSES:
        notes = (*notes, Note.TOO_MANY)
    return Query(bag(map(Word, words[:MAX_CLAUSES])) if words else None, text, notes)


def _cut(text: str) -> tuple[str, tuple[Note, ...]]:
    if len(text) <= MAX_LENGTH:
        return text, ()
    # The last word may be cut through: it goes, unless it is all there is.
    whole = text[:MAX_LENGTH].rsplit(maxsplit=1)
    return (whole[0] if whole else ""), (Note.TOO_LONG,)


class _Parser:
    """Recursive descent over the tokens, one round of its methods for each level of parentheses."""

    def __init__(self, text: str, tokens: list[Token], fields: Mapping[str, str]) -> None:
        self.tokens = tokens
        self.fields = fields
        self.notes: list[Note] = []
        self.operators = self._find_operators(capitals=not any(map(str.islower, text)))
        self.place = 0
        self.leaves: dict[int, Leaf] = {}
        self.excluded: set[int] = set()
        self.open: set[Leaf] = set()

    def _find_operators(self, capitals: bool) -> list[str | None]:
        """For each token the operator that it is, or None."""
        found: list[str | None] = [None] * len(self.tokens)
        # Backwards, for an operator needs to know whether what follows it is one.
        for place in range(len(self.tokens) - 1, -1, -1):
            token = self.tokens[place]
            name = operator(token.text) if token.kind is Kind.CHUNK and not token.sign else None
            if name is None:
                continue
            if capitals and token.text not in ENGLISH:
                self.notes.append(Note.CAPITALS)
            elif name == "NOT" and token.text not in ENGLISH and self._run(place, found) > MAX_EXCLUDED:
                self.notes.append(Note.STRESSED)
            elif self._has_operands(name, place, found):
                found[place] = name
            else:
                self.notes.append(Note.DANGLING)
        return found

    def _run(self, place: int, found: list[str | None]) -> int:
        """How many plain words stand behind a token."""
        last = place + 1
        while last < len(self.tokens) and self.tokens[last].kind is Kind.CHUNK and not self.tokens[last].sign:
            if found[last]:
                break
            last += 1
        return last - place - 1

    def _has_operands(self, name: str, place: int, found: list[str | None]) -> bool:
        if place + 1 == len(self.tokens) or self.tokens[place + 1].kind is Kind.CLOSE:
            return False
        if name == "NOT":
            return found[place + 1] is None and not self.tokens[place + 1].sign
        first = place == 0 or self.tokens[place - 1].kind is Kind.OPEN
        return not first and found[place + 1] in (None, "NOT")

    def _take(self, name: str) -> bool:
        """Step over an operator if it is the next token."""
        taken = self.place < len(self.tokens) and self.operators[self.place] == name
        self.place += taken
        return taken

    def either(self, field: str | None) -> Node:
        nodes = [self._both(field)]
        while self._take("OR"):
            nodes.append(self._both(field))
        return disjunction(nodes)

    def _both(self, field: str | None) -> Node:
        nodes = [self._clauses(field)]
        while self._take("AND"):
            nodes.append(self._clauses(field))
        return conjunction(nodes)

    def _clauses(self, field: str | None) -> Node:
        signed: dict[str, list[Node]] = {"": [], "+": [], "-": []}
        excluded: list[Node] = []
        while self.place < len(self.tokens) and self.operators[self.place] not in ("AND", "OR"):
            token = self.tokens[self.place]
            if token.kind is Kind.CLOSE:
                break
            begin = self.place
            if self._take("NOT"):
                excluded.append(Not(self._exclusion(field)))
                self.excluded.update(range(begin + 1, self.place))
            else:
                signed[token.sign].append(self._operand(field))
                if token.sign == "-":
                    self.excluded.update(range(begin, self.place))
        if signed[""] or signed["+"]:
            return conjunction([bag(signed[""], signed["+"], signed["-"]), *excluded])
        return conjunction([*map(Not, signed["-"]), *excluded])

    def _operand(self, field: str | None) -> Node:
        place = self.place
        token = self.tokens[place]
        self.place += 1
        if token.kind is not Kind.OPEN:
            quoted = token.kind is Kind.QUOTED
            leaf = Phrase(token.text, token.slop, token.field or field) if quoted else self._leaf(token.text, field)
            self.leaves[place] = leaf
            return leaf
        node = self.either(token.field or field)
        self.place += 1
        return node

    def _exclusion(self, field: str | None) -> Node:
        """What NOT takes: a run of plain words as a phrase, or one operand."""
        begin = self.place
        words: list[str] = []
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            if token.kind is not Kind.CHUNK or token.sign or self.operators[self.place]:
                break
            leaf = self._leaf(token.text, field)
            if not isinstance(leaf, Word) or leaf.field != field:
                break
            words.append(leaf.text)
            self.leaves[self.place] = leaf
            self.place += 1
        if not words:
            return self._operand(field)
        return Word(words[0], field) if self.place == begin + 1 else Phrase(" ".join(words), field=field)

    def _leaf(self, chunk: str, field: str | None) -> Leaf:
        """A chunk as a leaf, in the field that it names or else in the one around it."""
        name, _, value = without_lead(chunk).partition(":")
        named = self.fields.get(field_key(name))
        if named is not None and any(map(starts, value)):
            chunk, field = value, named
        return self._bounded(_value(chunk, field))

    def _bounded(self, leaf: Leaf) -> Leaf:
        """A leaf; where it is one more pattern or fuzzy word than are read, its text as a word."""
        if not isinstance(leaf, (Pattern, Fuzzy)) or leaf in self.open:
            return leaf
        if len(self.open) == MAX_OPEN:
            self.notes.append(Note.TOO_OPEN)
            return Word(leaf.text, leaf.field)
        self.open.add(leaf)
        return leaf


def _value(chunk: str, field: str | None) -> Leaf:
    if field is not None:
        ends = re.fullmatch(_RANGE, chunk)
        low, high = map(_signed, ends.groups()) if ends else ("", "")
        if low or high:
            return Range(field, low or None, high or None)
    # With less around it a chunk may read as something else (**b*c** as b*c). Then it does, for a leaf is written with
    # nothing around it and must read the same.
    trim = _trim if field is None else _signed
    marked = trim(chunk, "*~")
    if marked != chunk:
        return _value(marked, field)
    if _is_pattern(chunk):
        return Pattern(chunk, field)
    fuzzy = re.fullmatch(_FUZZY, chunk) if "~" in chunk else None
    if fuzzy and fuzzy[2] != "0" and _is_plain(fuzzy[1]) and any(map(str.isalpha, fuzzy[1])):
        return Fuzzy(fuzzy[1], min(int(fuzzy[2] or "1"), MAX_DISTANCE), field)
    word = trim(chunk)
    return Word(word, field) if word == chunk else _value(word, field)


def _trim(chunk: str, kept: str = "") -> str:
    """A chunk without the punctuation around it, but for the characters to keep."""
    begin, end = 0, len(chunk)
    while begin < end and not (starts(chunk[begin]) or chunk[begin] in kept):
        begin += 1
    while end > begin and not (starts(chunk[end - 1]) or extends(chunk[end - 1]) or chunk[end - 1] in kept):
        end -= 1
    while begin < end < len(chunk) and chunk[end] in _BELONGS:
        end += 1
    return chunk[begin:end]


def _signed(value: str, kept: str = "") -> str:
    """A value without the punctuation around it, but for the sign of a negative number."""
    return ("-" if re.match(r"-\d", value) else "") + _trim(value, kept)


def _is_plain(text: str) -> bool:
    """Whether a text is letters and digits, with their marks, and nothing else."""
    return all(starts(c) or extends(c) for c in text)


def _is_pattern(chunk: str) -> bool:
    stem = chunk.replace("*", "").replace("?", "")
    if stem == chunk or "**" in chunk or not any(map(str.isalnum, stem)):
        return False
    return _is_plain(stem) or ("?" not in chunk and all(starts(c) or extends(c) or c in _JOINING for c in stem))
