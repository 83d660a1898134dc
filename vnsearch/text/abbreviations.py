"""Which abbreviations does a text define? "Ủy ban nhân dân (UBND)", and the reverse, "UBND (Ủy ban nhân dân)".

A short form in brackets is an abbreviation of what stands before it where each of its letters begins a syllable there,
in order, up to the last syllable before the bracket. Only linking words (và, của, các) may be passed over, and commas
and dashes may stand between. đ is the initial of Đ, and of D too, for who cannot type it. So a place, a year or a
source in brackets is no abbreviation unless its letters happen to fit.

This is the algorithm of Schwartz and Hearst (*A simple algorithm for identifying abbreviation definitions in biomedical
text*, 2003), with syllables for words. Theirs lets a letter stand inside a word and words be passed over freely, as
English needs; in Vietnamese each syllable of the long form gives its initial, and so little is found by chance.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from .alphabet import LETTERS, TONELESS
from .canonical import bare, canonical
from .characters import repair
from .equivalents import Definition

MOST_LETTERS: Final = 8
LEAST_LETTERS: Final = 2
LEAST_WORDS: Final = 2

LINKS: Final = frozenset("và của các những về cho với trong để of and the for in".split())
"""Canonical words that may give no letter to an abbreviation, inside a long form."""

_LETTERS: Final = "A-Za-zĐđÐƯưĂăÂâÊêÔôƠơ\u031b\u0302\u0306"
_SHORT: Final = rf"[A-ZĐÐƯĂÂÊÔƠ][{_LETTERS}0-9&./–-]{{1,15}}"

_BRACKET: Final = re.compile(
    rf'\((?:(?:(?P<lead>[^()]{{0,40}}?)[\s"“:])?(?P<short>{_SHORT})[”"]?\s?\)'
    r"|(?<=[A-ZĐÐƯ]\s\()(?P<long>[^()]{4,160})\))"
)
_BEFORE: Final = re.compile(rf"(?<!\S)[(“\"]?({_SHORT})[”\"]?\s\Z")
_PIECE: Final = re.compile(r"[0-9]+|[^\W\d_]")
_WORD: Final = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
_GAP: Final = re.compile(r"[\s,/&–-]*")
_CLOSING: Final = ' \u00a0\n”"’»'
_LEAD: Final = re.compile(r"(?:sau day )?(?:duoc )?(?:goi|viet) (?:chung |tat )?la")
_NUMERAL: Final = re.compile("X{0,4}(?:IX|IV|V?I{0,3})")

_ROOM: Final = 20
"""So many characters hold a syllable of a long form and a link before it, with spaces and combining marks."""


_APART: Final = "\n()\n"
"""What parts texts that are read together: no bracket reaches over it."""


def definitions(text: str) -> list[Definition]:
    """The abbreviations that a text defines, each once, in order. Never raises.

    Costs one search for brackets; only what stands before a bracket with capitals is looked at.

    >>> [*map(tuple, definitions("công chức, viên chức (CCVC) của Sở GD&ĐT (Giáo dục và Đào tạo) ở Huế (năm 2018)"))]
    [('CCVC', 'công chức viên chức'), ('GD&ĐT', 'giáo dục và đào tạo')]
    """
    return [definition for _, definition in definitions_of_all((text,))]


def definitions_of_all(texts: Sequence[str]) -> list[tuple[int, Definition]]:
    """What each of many texts defines, as `definitions` says, with the place of the text. To begin a search anew for
    every text would take as long as the search."""
    begins = [0, *accumulate(len(text) + len(_APART) for text in texts)]
    return list(dict.fromkeys(_found(_APART.join(texts), begins)))


def _found(text: str, begins: Sequence[int]) -> Iterator[tuple[int, Definition]]:
    """What is defined in joined texts that begin at some places."""
    for match in _BRACKET.finditer(text):
        lead, short, long = match.group("lead", "short", "long")
        end = match.start()
        place = bisect_right(begins, end) - 1
        begin = begins[place]
        if short is None:
            before = _BEFORE.search(text, max(begin, end - 20), end)
            short = before[1] if before else ""
        pieces = _pieces(short)
        if not pieces:
            continue
        if long is not None:
            found = _expansion(text, *match.span("long"), pieces)
            fits = found is not None and found[0] == match.start("long")
        else:
            found = _expansion(text, max(begin, end - _ROOM * len(pieces)), end, pieces)
            fits = found is not None and (not lead or _is_lead(lead))
        if found is not None and fits:
            yield place, Definition(repair(short), " ".join(found[1]))


@lru_cache(maxsize=1 << 12)
def _pieces(short: str) -> tuple[str, ...]:
    """The letters of a short form, and its numbers, each as one; none where it cannot be an abbreviation."""
    pieces = tuple(_PIECE.findall(repair(short)))
    capitals, letters = sum(map(str.isupper, pieces)), sum(map(str.isalpha, pieces))
    if not LEAST_LETTERS <= letters <= MOST_LETTERS or 2 * capitals < letters or _NUMERAL.fullmatch(short):
        return ()
    return pieces


def _is_lead(lead: str) -> bool:
    """Whether words before a short form say that it is one: sau đây gọi tắt là."""
    return _LEAD.fullmatch(" ".join(bare(canonical(word)) for word in _WORD.findall(lead))) is not None


def _expansion(text: str, begin: int, end: int, pieces: Sequence[str]) -> tuple[int, list[str]] | None:
    """The words that end a stretch of a text and whose initials are the pieces: where they begin, and what they are,
    canonical."""
    while end > begin and text[end - 1] in _CLOSING:
        end -= 1
    place = end
    while place > begin and _is_of_word(text[place - 1]):
        place -= 1
    # Most brackets hold no abbreviation of what is before them, and the last word tells.
    if place == end or not any(_runs(canonical(text[place:end]), pieces, len(pieces))):
        return None
    while 0 < begin < end and _is_of_word(text[begin - 1]):
        begin += 1  # a word of which only the end is in sight has no initial
    words = list(_WORD.finditer(text, begin, end))
    first = _align(pieces, [word[0] for word in words])
    if first is None or len(words) - first < LEAST_WORDS:
        return None
    if not all(_GAP.fullmatch(text, one.end(), other.start()) for one, other in pairwise(words[first:])):
        return None
    return words[first].start(), [canonical(word[0]) for word in words[first:]]


def _is_of_word(character: str) -> bool:
    return character.isalnum() or "\u0300" <= character <= "\u036f"


def _align(pieces: Sequence[str], words: Sequence[str]) -> int | None:
    """The first of the words at the end that give the pieces, each at least one, in order; None where they do not fit.

    Words are passed over only where they must be. At most one step for each piece and word.
    """
    failed: set[tuple[int, int]] = set()

    def first(left: int, word: int) -> int | None:
        """Where what gives the first `left` pieces begins, among the first `word` words."""
        if not left:
            return word
        if not word or (left, word) in failed:
            return None
        form = canonical(words[word - 1])
        ways = [(begin, word - 1) for begin in _runs(form, pieces, left)]
        if form in LINKS and word < len(words):
            ways.append((left, word - 1))
        for way in ways:
            found = first(*way)
            if found is not None:
                return found
        failed.add((left, word))
        return None

    return first(len(pieces), len(words))


def _runs(word: str, pieces: Sequence[str], left: int) -> Iterator[int]:
    """The places from which on the first `left` pieces are given by one canonical word: by its initial, and lower-case
    ones by letters inside it (thạc sĩ -> ThS)."""
    for begin in range(left - 1, -1, -1):
        if _gives(word, pieces[begin:left]):
            yield begin
        if not pieces[begin].islower():
            return


def _gives(word: str, pieces: Sequence[str]) -> bool:
    """Whether a canonical word begins with the first piece and holds the others, in order: thạc -> T, h."""
    initial, *others = pieces
    if initial.isdecimal():
        return not others and word == initial
    letter = initial.lower()
    if letter not in (word[0], TONELESS.get(word[0]), LETTERS.get(word[0], word)[0]):
        return False
    rest = iter(word[1:])
    return all(other in rest for other in others)
