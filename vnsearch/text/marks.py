"""How the marks that were typed bear on the marks that are written: four tiers.

For a query syllable q and an indexed syllable d with the same bare form:

| tier | when | example q -> d |
|---|---|---|
| exact | they are spellings of one syllable | thuý -> thúy, kỹ -> kĩ |
| richer | q has fewer marks, and none of them contradicts d | duong, duờng -> đường |
| poorer | d has fewer marks, and none of them contradicts q | Đảng -> Dang |
| conflicting | anything else | nghĩ -> nghỉ, đường -> dương |

A mark is one of: the stroke of đ, the vowel mark at one letter, the tone of the syllable, whatever a foreign letter has
beyond a plain one (niño, москва). The level tone and the plain vowel are the absence of a mark. Text whose marks were
lost has lost them all or is left with no syllable (duờng); an indexed syllable that bears marks and is whole (dương,
đang) means what it says, and is not a poorer đường or đảng.
All arguments are canonical tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from .alphabet import LETTERS
from .canonical import bare, fold, key
from .syllable import is_syllable, parse


class Tier(IntEnum):
    """How well an indexed syllable answers a query syllable; lower is better."""

    EXACT = 0
    RICHER = 1
    POORER = 2
    CONFLICTING = 3
    NONE = 4


class Marks(NamedTuple):
    """The marks of one token by letter: 0 for none, 1-3 for a vowel mark, 4 for a stroke, 5 for a foreign letter; and
    its tones by letter."""

    letters: tuple[int, ...]
    tones: tuple[int, ...]


@lru_cache(maxsize=65536)
def marks(token: str) -> Marks:
    """The marks of a canonical token, read off its key, so that kỹ and kĩ have the same."""
    parts = [_parts(character) for character in key(token)]
    return Marks(tuple(mark for mark, _ in parts), tuple(tone for _, tone in parts))


def _parts(character: str) -> tuple[int, int]:
    if character == "đ":
        return 4, 0
    if character in LETTERS:
        return LETTERS[character][1:]
    return (5 if fold(character) != character else 0), 0


def tier(query: str, indexed: str) -> Tier:
    """The tier of an indexed token for a query token.

    >>> [tier("đường", d).name for d in ("đường", "duong", "dương", "đương", "phố")]
    ['EXACT', 'POORER', 'CONFLICTING', 'CONFLICTING', 'NONE']
    """
    if key(query) == key(indexed):
        return Tier.EXACT
    if bare(query) != bare(indexed):
        return Tier.NONE
    if is_bare(query):
        return Tier.RICHER
    if is_bare(indexed):
        return Tier.POORER
    q, d = marks(query), marks(indexed)
    if len(q.letters) != len(d.letters):
        return Tier.CONFLICTING
    pairs = [*zip(q.letters, d.letters, strict=True), *_tone_pairs(q.tones, d.tones)]
    fewer = any(theirs and not mine for mine, theirs in pairs)
    more = any(mine and not theirs for mine, theirs in pairs)
    if fewer == more or any(mine and theirs and mine != theirs for mine, theirs in pairs):
        return Tier.CONFLICTING
    if fewer:
        return Tier.RICHER
    return Tier.CONFLICTING if is_complete(indexed) else Tier.POORER


def _tone_pairs(mine: tuple[int, ...], theirs: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The tones to compare. A syllable has one, wherever it stands; what has more (hànội, résumé) is several
    syllables, compared letter by letter."""
    if sum(map(bool, mine)) <= 1 and sum(map(bool, theirs)) <= 1:
        yield max(mine), max(theirs)
    else:
        yield from zip(mine, theirs, strict=True)


def is_bare(token: str) -> bool:
    """Whether a canonical token bears no mark at all."""
    return fold(token) == token


def is_complete(token: str) -> bool:
    """Whether a marked token is a whole syllable as it stands, so that its missing marks are meant to be missing.

    năm is complete (its level tone is meant); duờng and viêt are not syllables, so marks are still owed.

    >>> is_complete("năm"), is_complete("duờng"), is_complete("viêt"), is_complete("nam")
    (True, False, False, False)
    """
    return not is_bare(token) and is_syllable(token)


def lacks_tones(tokens: Iterable[str]) -> bool:
    """Whether canonical tokens were typed with vowel marks but, it seems, without tones.

    They were where some bear a mark, none bears a tone, and a tone is missed: by a syllable that cannot be without one
    (viêt), or by the length of the row, since three syllables with marks and no tone among them are seldom meant.

    >>> lacks_tones(["viêt", "nam"]), lacks_tones(["chương", "trinh", "hanh", "đông"]), lacks_tones(["công", "an"])
    (True, True, False)
    """
    found: list[str] = []
    for token in filter(parse, tokens):
        if any(marks(token).tones):
            return False  # most often the first: the others need not even be read
        found.append(token)
    if all(map(is_bare, found)):
        return False
    return len(found) > 2 or any(not is_syllable(token) and not is_bare(token) for token in found)
