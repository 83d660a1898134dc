"""A query that would find more than the one that was typed: "did you mean".

Only plain words are corrected (`plain`), each row of them by what the collection holds (`correction`); everything else
stays as it was typed, to the character. There is a suggestion where a word was probably not meant as it stands, and
only if the collection holds all the plain words of what is suggested. Marks that are missing, another placement of the
tone, i for y, and capitals are no faults, since the search does not mind them. But where there is a fault, the words
that were typed without marks get theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..engine.snapshot import Snapshot
from ..text.keystrokes import telex, vni
from ..text.marks import Tier, is_bare, lacks_tones, tier
from ..text.tokens import tokenize
from .correction import Meant, correct
from .plain import PlainWord, plain_text
from .query import operator
from .slots import MarksPolicy

MAX_LENGTH: Final = 500
"""A longer query was not typed but pasted, and there are no suggestions for it."""


def suggest_query(snapshot: Snapshot, query: str) -> str | None:
    """The text of a query that was probably meant instead, or None.

    It holds only plain words that the collection holds, and differs from the query by more than marks left out, the
    place of the tone, i for y, and capitals. Never raises. Costs a few milliseconds a word, whatever the size of the
    collection.
    """
    fields = ("title", *snapshot.kinds)
    plain = plain_text(query, fields) if len(query) <= MAX_LENGTH else None
    if plain is None or not plain.rows:
        return None
    words = [word.canonical for row in plain.rows for word in row]
    toneless = lacks_tones(token.canonical for token in tokenize(query))
    policy = MarksPolicy.TONELESS if toneless else MarksPolicy.COMPATIBLE
    unmarked = all(map(is_bare, words)) and not any(telex(word) or vni(word) for word in words)
    pieces: list[str] = []
    end = 0
    is_other = False
    for row in plain.rows:
        meant = correct(snapshot, [word.canonical for word in row], policy, unmarked)
        if meant is None:
            return None
        is_other |= any(piece.changed for piece in meant)
        for begin, stop, text in _written(query, row, meant):
            pieces += (query[end:begin], text)
            end = stop
    suggestion = "".join(pieces) + query[end:]
    # What was put in must not have become an operator or the name of a field.
    if not is_other or plain_text(suggestion, fields).others != plain.others:
        return None
    return suggestion


def _written(query: str, row: Sequence[PlainWord], meant: list[Meant]) -> Iterator[tuple[int, int, str]]:
    """What is to stand from one place of the query to another: as typed where that is the same word."""
    for first, last, terms, _ in meant:
        begin, end = row[first].begin, row[last - 1].end
        typed = query[begin:end]
        same = last - first == len(terms) == 1 and tier(row[first].canonical, terms[0]) is Tier.EXACT
        yield begin, end, typed if same else _in_case(typed, " ".join(terms))


def _in_case(typed: str, text: str) -> str:
    """Text in the capitals in which something was typed: all, the first, or none."""
    if len(typed) > 1 and typed.isupper():
        return text.upper() if operator(text.upper()) is None else text
    return text[:1].upper() + text[1:] if typed[:1].isupper() else text
