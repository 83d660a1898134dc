"""VIQR: Vietnamese in plain ASCII, each mark typed after its vowel: `Tie^'ng Vie^.t`, `ddu+o+`ng`.

`^ ( +` make the vowel, `' ` ? ~ .` the tone, `dd` is đ, a backslash takes the meaning from what follows it. Three of
the tone marks are punctuation too, and few writers escaped that: `chi.` is chị, or "chi" and a full stop. What can be a
syllable decides; where both can, the place does (`_closes`).

Source: RFC 1456, "Conventions for Encoding the Vietnamese Language" (May 1993), section 3.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..alphabet import Tone, VowelMark, compose
from ..syllable import is_syllable

_TONES: Final = {"'": Tone.SAC, "`": Tone.HUYEN, "?": Tone.HOI, "~": Tone.NGA, ".": Tone.NANG}
_MARKS: Final = {"^": VowelMark.CIRCUMFLEX, "(": VowelMark.BREVE, "+": VowelMark.HORN}
_LONGEST: Final = 32
"""Longer words are no text: a syllable has 7 letters, each under two marks at most."""

_PUNCTUATION: Final = "'?.("
"""The marks that may be punctuation instead."""

_HEAVY: Final = frozenset(
    """bi chi nghi thi tri vi bô hô đô lô sô tô nghê hê lê vê tê tư dư ngư sư ngu vu cu tru phu thu
    vơ chơ trơ sơ nơ ho tho me nhe thuy nguy tuy""".split()
)
"""Syllables more common before a capital letter with the dot below than at the end of a sentence without."""

_VOWEL: Final = r"(?:[aA][(^]?|[eE]\^?|[oO][+^]?|[uU]\+?|[iIyY])['`?~.]?"
_UNIT: Final = re.compile(rf"{_VOWEL}|dd|D[dD](?!D)|[A-Za-z]")
"""One letter with its marks."""

_RUN: Final = re.compile(rf"\\[(^+'`?~.dD\\]|(?:{_UNIT.pattern})+")
_STROKE: Final = re.compile("dd|D[dD]")
_BORDER: Final = re.compile(r"(?<=[a-z(^+'`?~.])(?=[A-Z])")

CLEAR: Final = re.compile(r"[aeoAEO]\^|[aA]\(['`?~.]?[A-Za-z]|[uoUO]\+|[aeiouyAEIOUY][`~]|(?<![A-Za-z])dd|D[dD]")
"""What VIQR always has and English has not: a vowel mark, a grave or tilde on a vowel, dd that no letter precedes."""

STRANGE: Final = re.compile(
    r"[\^+](?:(?<=[A-Za-z][aeoAEO]\^|[A-Za-z][uoUO]\+)['`?~.]"
    r"|(?<=[aeoAEO]\^|[uoUO]\+)['`?~.][A-Za-z]|(?<=[uU]\+)[oO]\+)"
)
"""A vowel under two marks in a word of several letters, or ươ: next to impossible in anything but VIQR."""


def read_viqr(text: str) -> str:
    """ASCII text as VIQR. What makes no Vietnamese syllable and bears no clear mark stays as it is.

    >>> read_viqr("Tie^'ng Vie^.t, kho^ng pha?i cu?a chi. ta. DDi. I don't know.")
    "Tiếng Việt, không phải của chị ta. Đi. I don't know."
    """
    return _RUN.sub(_read_run, text)


def _read_run(run: re.Match[str]) -> str:
    if run[0][0] == "\\":
        return run[0][1:]
    if run[0].isalpha() and not _STROKE.search(run[0]):
        return run[0]
    # Words run together show by the capital in them: TrụNguyễn.
    words = _BORDER.split(run[0])
    rests = [word[0] for word in words[1:]] + [run.string[run.end() : run.end() + 8]]
    return "".join(map(_read_word, words, rests))


def _read_word(word: str, rest: str) -> str:
    """The letters of one word that stands before `rest`."""
    if len(word) > _LONGEST:
        return word
    reading, closed = _readings(word)
    return closed if closed and _closes(closed[:-1], closed[-1], rest) else reading


@lru_cache(maxsize=65536)
def _readings(word: str) -> tuple[str, str]:
    """How a word reads; and where its last mark may be punctuation as well, how it reads then (else nothing)."""
    units = _UNIT.findall(word)
    clear = CLEAR.search(word) is not None
    toned = "".join(map(_letter, units))
    if units[-1][-1] not in _PUNCTUATION:
        return (toned if clear or _is_syllable(toned) else word), ""
    bare = "".join(map(_letter, (*units[:-1], units[-1][:-1])))
    closed = bare + units[-1][-1]
    if _is_syllable(toned):
        return toned, closed if _is_syllable(bare) else ""
    # A foreign word: only a mark that has no other meaning is believed.
    return (closed if clear or _is_syllable(bare) else word), ""


def _closes(syllable: str, mark: str, rest: str) -> bool:
    """Whether a mark after a syllable is punctuation, by what follows it.

    At the end of a line or before a digit it is. Before a capital letter a question mark is a tone (của Việt Nam), and
    a full stop is one where that makes a common word (chị Lan, Bộ Y tế); elsewhere it ends a sentence.
    """
    if mark in "'(":
        return mark == "("
    if rest.startswith(mark):
        return mark == "." and rest.startswith("..") and not rest.startswith("...")
    after = rest.lstrip("\"')]} \t")
    if not after or after[0] in "\r\n" or rest[0].isdigit():
        return True
    return mark == "." and after[0].isupper() and syllable.lower() not in _HEAVY


def _is_syllable(word: str) -> bool:
    return is_syllable(word.lower())


def _letter(unit: str) -> str:
    if len(unit) == 1:
        return unit
    if unit[1] in "dD":
        return "đ" if unit[0] == "d" else "Đ"
    mark = _MARKS.get(unit[1], VowelMark.NONE)
    tone = _TONES.get(unit[-1], Tone.NGANG)
    letter = compose(unit[0].lower(), mark, tone)
    return letter.upper() if unit[0].isupper() else letter
