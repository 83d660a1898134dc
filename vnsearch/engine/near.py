"""The strings of a sorted list that are one edit away from a word, found without reading the list.

One edit is a letter too many, a letter missing, another letter, or two neighbours in each other's place (Damerau 1964).
All strings that are right up to some letter stand in one stretch of the list. So the word is followed letter by letter
into ever shorter stretches; at each letter the edits of just that letter are looked up in the stretch, and where it
has become short, what is left is read and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .strings import Strings, decode, encode

_FEW: Final = 64
"""A stretch this short is read."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_LAST: Final = "\U0010ffff"


def near(strings: Strings, word: str) -> Iterator[str]:
    """The strings one edit away from a word, among strings in ascending order; some may come twice.

    Letters that are put in are those of bare forms, a to z and the digits. Costs some hundred steps of bisection for
    the first two or three letters of the word, whatever its length and that of the list.
    """
    low, high = 0, len(strings)
    for place in range(len(word) + 1):
        if high - low <= _FEW:
            yield from (form for form in map(decode, strings.slice(low, high)) if is_one_edit(word, form))
            return
        for edited in _edits_at(word, place):
            if strings.find(encode(edited), low, high) is not None:
                yield edited
        begun = word[: place + 1]
        low, high = strings.bisect(encode(begun), low, high), strings.bisect(encode(begun + _LAST), low, high)


def _edits_at(word: str, place: int) -> Iterator[str]:
    """The word with one edit of its letter at a place."""
    before, behind = word[:place], word[place:]
    if behind:
        yield before + behind[1:]
    if len(behind) > 1 and behind[0] != behind[1]:
        yield before + behind[1] + behind[0] + behind[2:]
    for letter in _LETTERS:
        yield before + letter + behind
        if behind and letter != behind[0]:
            yield before + letter + behind[1:]


def is_one_edit(a: str, b: str) -> bool:
    """Whether one edit makes one word of the other."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[first:], b[first:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
