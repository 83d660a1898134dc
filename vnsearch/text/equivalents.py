"""Lists of what means the same: a group of words and phrases on a line.

    # what follows a # at the beginning of a line, or after a space, is a comment
    UBND = ủy ban nhân dân
    mồng = mùng
    ko => không

`a = b = c` are equal: whichever is typed, the others are looked for too. With `a => b`, who types a looks for b too,
and not the other way round. The abbreviations of the country, `data/abbreviations.txt`, are written so, and so are the
lists of users.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from ..errors import SynonymsError
from .tokens import tokenize

MOST_TOKENS: Final = 16
"""A phrase of a list has at most so many tokens."""

MOST_PHRASES: Final = 32
"""A line has at most so many phrases."""

NATIONAL: Final = Path(__file__).parent / "data" / "abbreviations.txt"
_COMMENT: Final = re.compile(r"(?:^|\s)#.*")
_HINT: Final = "write 'a = b', or 'a => b' for one way only"


class Group(NamedTuple):
    """Phrases that mean the same: who types one of `typed` looks for all of `meant` too."""

    typed: tuple[str, ...]
    meant: tuple[str, ...]


class Definition(NamedTuple):
    """An abbreviation as a text writes it, and the canonical tokens of what it stands for, parted by single spaces."""

    short: str
    long: str


def parse_groups(text: str, name: str) -> list[Group]:
    """The groups of a list; `name` is what an error calls it. Linear in the length of the text.

    Raises `SynonymsError`, which names the line, for one that is no group.

    >>> parse_groups("TP = thành phố  # viết tắt", "a.txt")
    [Group(typed=('TP', 'thành phố'), meant=('TP', 'thành phố'))]
    """
    return list(_groups(text.removeprefix("\ufeff"), name))


def _groups(text: str, name: str, known_good: bool = False) -> Iterator[Group]:
    for number, line in enumerate(text.splitlines(), start=1):
        line = (_COMMENT.sub("", line) if "#" in line else line).strip()
        if not line:
            continue
        sides = [[phrase.strip() for phrase in side.split("=")] for side in line.split("=>")]
        problem = "" if known_good else _problem(sides)
        if problem:
            raise SynonymsError(f"{name}, line {number}: {problem}", _HINT)
        yield Group(tuple(sides[0]), tuple(sides[-1]))


def _problem(sides: list[list[str]]) -> str:
    """What is wrong with a line, "" where nothing is."""
    phrases = [phrase for side in sides for phrase in side]
    if len(phrases) < 2:
        return "there is no '=' in it"
    if len(sides) > 2:
        return "there is more than one '=>' in it"
    if len(phrases) > MOST_PHRASES:
        return f"there are more than {MOST_PHRASES} phrases in it"
    for phrase in phrases:
        tokens = sum(1 for _ in tokenize(phrase))
        if not tokens:
            return "a side of '=' holds no letter and no digit"
        if tokens > MOST_TOKENS:
            return f"a phrase has more than {MOST_TOKENS} words"
    return ""


@cache
def national() -> tuple[Group, ...]:
    """The abbreviations that need no explanation to a Vietnamese reader. Reads a file of the package, once.

    A test looks for what is wrong in it: here that would take every first search some milliseconds.
    """
    return tuple(_groups(NATIONAL.read_text(encoding="utf-8"), NATIONAL.name, known_good=True))
