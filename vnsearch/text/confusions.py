"""How Vietnamese is misspelled: what may have been meant by a syllable as typed, and how far-fetched that is.

A slip changes the letters, the marks, or both:

* letters, by ear: sounds that are one in a dialect (s/x, ch/tr, d/gi/r, l/n, v/d; n/ng and c/t at the end) and
  spellings that are one in sound (ng/ngh, c/k/q, i/y);
* letters, by hand: one too many, one missing, another one, two neighbours swapped;
* marks: hỏi for ngã, another tone, another vowel mark, đ for d, or none.

Each has a cost, which stands for the negative logarithm of its probability: how seldom people do it, and in how many
ways it could have come out (a missing letter is one of a few, another letter one of a hundred). In all of them the same
`MARGIN` is counted, so that a correction must be that much likelier than what was typed before it is worth saying. So
costs compare, and add up; 0 is no slip at all. The numbers are estimates: `benchmarks/suggestions.py` tells what comes
of them.

A token is taken apart into its plain letters, the mark of each, and its tone, so that a slip of letters keeps the marks
that were typed.
Sources: Đoàn Thiện Thuật, *Ngữ âm tiếng Việt* (1977), and Hoàng Thị Châu, *Phương ngữ học tiếng Việt* (2004), for which
sounds are one where; Damerau, *A technique for computer detection and correction of spelling errors* (1964), for the
slips of the hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import permutations
from string import ascii_lowercase
from typing import Final, NamedTuple

from .alphabet import LETTERS, TONE_OF, VOWELS, Tone
from .canonical import fold
from .syllable import ONSETS, RIMES

MARGIN: Final = 2.5
"""How much likelier than what was typed, as a logarithm, a correction must be."""

BY_EAR: Final = 2.5 + MARGIN
"""A sound for another that is one with it in a dialect."""
BY_SPELLING: Final = 2.0 + MARGIN
"""A spelling for another of the same sound."""
HOI_NGA: Final = 2.0 + MARGIN
"""Hỏi for ngã, or ngã for hỏi."""
TONE: Final = 3.5 + MARGIN
"""Another tone."""
MARK: Final = 3.5 + MARGIN
"""Another vowel mark, or a stroke where there is none."""
UNMARKED: Final = 3.0 + MARGIN
"""No tone, or no mark, where there should be one."""
DOUBLED: Final = 3.0 + MARGIN
"""A letter typed twice."""
SWAPPED: Final = 4.0 + MARGIN
"""Two neighbouring letters in each other's place."""
MISSING: Final = 4.5 + MARGIN
"""A letter missing."""
SURPLUS: Final = 6.0 + MARGIN
"""A letter too many."""
ANOTHER: Final = 6.5 + MARGIN
"""Another letter. It may be any, so each one is seldom."""

_SOUNDS: Final = ("s x", "ch tr", "d gi r", "d v gi", "l n")
_SPELLINGS: Final = ("c k q", "g gh", "ng ngh")
_FOREIGN: Final = (("f", "ph"), ("z", "d"), ("z", "gi"), ("j", "gi"), ("w", "qu"))
"""Letters that are not Vietnamese, as they are used in messages for what they sound like."""
_CODAS: Final = ("n ng", "n nh", "c t", "ch t")


def _pairs(classes: tuple[str, ...], cost: float) -> Iterator[tuple[str, str, float]]:
    for members in classes:
        for typed, meant in permutations(members.split(), 2):
            yield typed, meant, cost


def _by_typed(*given: tuple[str, str, float]) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, dict[str, float]] = {}
    for typed, meant, cost in given:
        others = found.setdefault(typed, {})
        others[meant] = min(cost, others.get(meant, cost))
    return {typed: tuple(others.items()) for typed, others in found.items()}


_BEGINNINGS: Final = _by_typed(
    *_pairs(_SOUNDS, BY_EAR),
    *_pairs(_SPELLINGS, BY_SPELLING),
    *((typed, meant, BY_SPELLING) for typed, meant in _FOREIGN),
)
_ENDS: Final = _by_typed(*_pairs(_CODAS, BY_EAR), ("i", "y", BY_SPELLING), ("y", "i", BY_SPELLING))
_LONGEST: Final = 7  # nghiêng
_LONGEST_END: Final = 3  # ngh
_STROKE: Final = 4
_ANY: Final = -1
_HOI_AND_NGA: Final = {Tone.HOI, Tone.NGA}


class Spelling(NamedTuple):
    """A token taken apart: its letters without any mark; the mark of each letter, 0 for none, 1 to 3 for a vowel mark,
    4 for the stroke of đ, -1 for one that is not known; and its tone, 0 where it has several."""

    letters: str
    marks: tuple[int, ...]
    tone: int


@cache
def _shapes() -> frozenset[str]:
    """The letters of all syllables that can be written, without marks: some 3,000."""
    return frozenset(fold(onset + rime) for onset in (*ONSETS, "") for rime in RIMES)


@lru_cache(maxsize=16384)
def taken_apart(token: str) -> Spelling:
    """The spelling of a canonical token.

    >>> taken_apart("tưởng")
    Spelling(letters='tuong', marks=(0, 3, 3, 0, 0), tone=2)
    """
    tones = {tone for tone in map(TONE_OF.get, token) if tone}
    parts = [(c, 0) if c not in LETTERS else ("d", _STROKE) if c == "đ" else LETTERS[c][:2] for c in token]
    letters, marks = "".join(letter for letter, _ in parts), tuple(mark for _, mark in parts)
    return Spelling(letters, marks, tones.pop() if len(tones) == 1 else 0)


def is_shaped(token: str) -> bool:
    """Whether the letters of a token, marks aside, are those of a syllable."""
    return taken_apart(token).letters in _shapes()


@lru_cache(maxsize=1024)
def respellings(token: str) -> tuple[tuple[Spelling, float], ...]:
    """What may have been meant by a canonical token, if one slip of letters was made, and what each slip costs.

    They have the letters of syllables, the marks typed with those that stayed, and the tone typed. Some dozens for a
    syllable, none for what is longer than a syllable could be.

    >>> {cost: spelling.letters for spelling, cost in respellings("sử")}[BY_EAR]
    'xu'
    """
    typed = taken_apart(token)
    if not token.isalpha() or len(token) > _LONGEST + 1:
        return ()
    shapes = _shapes()
    found: dict[Spelling, float] = {}
    for letters, marks, cost in (*_by_ear(typed), *_by_hand(typed)):
        if letters in shapes and letters != typed.letters:
            spelling = Spelling(letters, marks, typed.tone)
            found[spelling] = min(cost, found.get(spelling, cost))
    return tuple(found.items())


_Slips = Iterator[tuple[str, tuple[int, ...], float]]


def _by_ear(typed: Spelling) -> _Slips:
    letters, marks, _ = typed
    for length in range(1, min(_LONGEST_END, len(letters) - 1) + 1):
        rest = letters[length:]
        for onset, cost in () if any(marks[:length]) else _BEGINNINGS.get(letters[:length], ()):
            none = (0,) * len(onset)
            yield onset + rest, none + marks[length:], cost
            # The i of giếng is of its onset and of its rime.
            if letters[:length] == "gi":
                yield onset + letters[1:], none + marks[1:], cost
            elif onset == "gi" and rest[0] == "i":
                yield "g" + rest, (0, *marks[length:]), cost
        for end, cost in _ENDS.get(letters[-length:], ()) if letters[-length - 1] in VOWELS else ():
            yield letters[:-length] + end, marks[:-length] + (0,) * len(end), cost


def _by_hand(typed: Spelling) -> _Slips:
    letters, marks, _ = typed
    for place in range(len(letters) + 1):
        before, behind = letters[:place], letters[place:]
        head, tail = marks[:place], marks[place:]
        if behind:
            yield before + behind[1:], head + tail[1:], DOUBLED if before[-1:] == behind[0] else SURPLUS
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:], (*head, tail[1], tail[0], *tail[2:]), SWAPPED
        for letter in ascii_lowercase:
            yield before + letter + behind, (*head, _ANY, *tail), MISSING
            if behind:
                yield before + letter + behind[1:], (*head, _ANY, *tail[1:]), ANOTHER


def mark_cost(typed: Spelling, term: str, *, toneless: bool = False) -> float | None:
    """What it costs that marks were typed as they were, where a canonical term of the same letters was meant.

    `toneless`: the tone was left out on purpose, and so costs nothing. None where the two do not compare letter by
    letter.

    >>> mark_cost(taken_apart("nghĩ"), "nghỉ") == HOI_NGA, mark_cost(taken_apart("nghi"), "nghỉ") == UNMARKED
    (True, True)
    """
    _, mine, tone = typed
    _, theirs, meant_tone = taken_apart(term)
    if len(mine) != len(theirs):
        return None
    cost = 0.0
    if tone != meant_tone and (tone or not toneless):
        cost = HOI_NGA if {tone, meant_tone} == _HOI_AND_NGA else TONE if tone else UNMARKED
    if mine != theirs:
        for mark, meant in zip(mine, theirs, strict=True):
            if mark != meant and mark != _ANY:
                cost += MARK if mark else UNMARKED
    return cost
