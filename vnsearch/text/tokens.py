"""Text -> tokens, one at a time: the plain reference of tokenization.

A *run* is a stretch of letters, digits, the marks that combine with them, and invisible characters between them.
Most runs are one token; a run that holds ideographs or emoji is cut further, one token a character or emoji sequence.
Everything else separates. Offsets are always offsets into the text as given, whatever its Unicode form.

Tokens that no white space parts are *joined* (05-CT/TW, TP.HCM, 18.1.2022): such a chain is a unit, whose parts a
search asks for side by side and in order. A number written in groups (1.000.000 or 1,000,000) is also known by its
value.

`batch` does the same over arrays and is held equal to this module by a property test.
Sources: the Unicode general categories (UAX #44) for the classes; UAX #29, rules WB4 and WB5, for what extends a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from .canonical import canonical
from .characters import is_ideograph, is_invisible, is_mark, is_pictograph


class Token(NamedTuple):
    """One token of a text: its canonical form, where it stands (character offsets), and whether it is joined to the
    token before it."""

    canonical: str
    begin: int
    end: int
    joined: bool = False


class Number(NamedTuple):
    """A number written in groups of digits: its value as plain digits, where it stands, and its first token's place."""

    value: str
    begin: int
    end: int
    token: int


def extends(character: str) -> bool:
    """Whether a character continues a run without starting one: combining marks and invisible characters.

    Outside the basic plane only the variation selectors do, so that one small table serves both tokenizers.
    """
    if character > "\uffff":
        return "\U000e0100" <= character <= "\U000e01ef"
    return is_mark(character) or is_invisible(character)


def starts(character: str) -> bool:
    """Whether a character starts a run: letters, digits, ideographs, emoji."""
    return character.isalnum() or is_pictograph(character)


def _ranges(characters: Iterable[str]) -> str:
    """A regular-expression class body for characters in ascending order."""
    ranges: list[list[str]] = []
    for character in characters:
        if ranges and ord(character) == ord(ranges[-1][1]) + 1:
            ranges[-1][1] = character
        else:
            ranges.append([character, character])
    return "".join(f"{re.escape(a)}-{re.escape(b)}" for a, b in ranges)


@cache
def _run_pattern() -> re.Pattern[str]:
    # str.isalnum and \w agree, but for the underscore, which \w adds.
    extenders = _ranges(c for c in map(chr, range(0x300, 0x10000)) if extends(c))
    tail = f"\u00ad{extenders}\U000e0100-\U000e01ef"
    return re.compile(f"(?:[^\\W_]|[\U0001f1e6-\U0001faff])(?:[^\\W_]|[\U0001f1e6-\U0001faff{tail}])*")


_PLAIN_RUN: Final = re.compile(r"[^\W_]+")
_PLAIN_TEXT: Final = re.compile(
    "[\0-\u00ac\u00ae-\u02ff\u0370-\u0482\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*"
)
"""Text in which no character extends a run, and no ideograph or emoji stands: nearly all of it."""


def is_plain(text: str) -> bool:
    """Whether each run of a text is one token for certain, as it is but for rare texts."""
    return text.isascii() or _PLAIN_TEXT.fullmatch(text) is not None


def split_run(run: str) -> Iterator[tuple[int, int]]:
    """The tokens of one run, as (begin, end) in it.

    Each ideograph is one token, each emoji sequence (with its modifiers and joined emoji, or a pair of regional
    indicators) is one, and what is between them is one. Invisible characters at the end of a token are not part of it.
    """
    begin = 0
    place = 0
    while place < len(run):
        character = run[place]
        if is_ideograph(character) or is_pictograph(character):
            if place > begin:
                yield from _trimmed(run, begin, place)
            begin = place
            place = _emoji_end(run, place) if is_pictograph(character) else place + 1
            while place < len(run) and extends(run[place]):
                place += 1
            yield from _trimmed(run, begin, place)
            begin = place
        else:
            place += 1
    if begin < len(run):
        yield from _trimmed(run, begin, len(run))


def _trimmed(run: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while end > begin and is_invisible(run[end - 1]):
        end -= 1
    if end > begin:
        yield begin, end


def _emoji_end(run: str, place: int) -> int:
    """The end of the emoji sequence that starts at `place` (UTS #51, ED-17, without tags)."""
    regional = "\U0001f1e6" <= run[place] <= "\U0001f1ff"
    place += 1
    if regional:
        return place + 1 if place < len(run) and "\U0001f1e6" <= run[place] <= "\U0001f1ff" else place
    while place < len(run):
        if "\U0001f3fb" <= run[place] <= "\U0001f3ff" or run[place] == "\ufe0f":
            place += 1
        elif run[place] == "\u200d" and place + 1 < len(run) and is_pictograph(run[place + 1]):
            place += 2
        else:
            break
    return place


def _spans(text: str) -> Iterator[tuple[int, int]]:
    if is_plain(text):
        for match in _PLAIN_RUN.finditer(text):
            yield match.span()
        return
    for match in _run_pattern().finditer(text):
        run = match.group()
        offset = match.start()
        if run.isascii():
            yield match.span()
        else:
            for begin, end in split_run(run):
                yield offset + begin, offset + end


def tokenize(text: str) -> Iterator[Token]:
    """The tokens of a text in order. Never raises; linear in the length of the text.

    >>> [t.canonical for t in tokenize("Ðảng ủy TP.HCM, 東京")]
    ['đảng', 'ủy', 'tp', 'hcm', '東', '京']
    >>> [t.joined for t in tokenize("số 05-CT/TW")]
    [False, False, True, True]
    """
    last = -1
    for begin, end in _spans(text):
        form = canonical(text[begin:end])
        if form:
            joined = last >= 0 and not _has_space(text, last, begin)
            yield Token(form, begin, end, joined)
            last = end


@lru_cache(maxsize=1 << 14)
def tokens_of(chunk: str) -> tuple[Token, ...]:
    """The tokens of a chunk of a query, which is mostly one word. Kept, since people ask for the same words again."""
    return tuple(tokenize(chunk))


def _has_space(text: str, begin: int, end: int) -> bool:
    return any(text[i].isspace() for i in range(begin, end))


GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*(?![0-9]|\1[0-9])")
"""A number written in groups of three digits, where a number begins."""


def ungrouped(number: str) -> str:
    """The digits of a grouped number, without what parts its groups."""
    return number.replace(".", "").replace(",", "")


def numbers(text: str, tokens: list[Token]) -> Iterator[Number]:
    """The grouped numbers of a text whose tokens are given.

    1.000.000 and 1,000,000 have the value 1000000. A date (18.1.2022), a version (1.2.3), or a telephone number
    (0912.345.678) is no grouped number, for its groups are not of three digits.

    >>> text = "từ 1.000 đến 1,000,000 đồng, ngày 18.1.2022"
    >>> [n.value for n in numbers(text, list(tokenize(text)))]
    ['1000', '1000000']
    """
    for place, token in enumerate(tokens):
        if not token.canonical.isdigit() or token.end - token.begin > 3:
            continue
        if token.joined and text[token.begin - 1] in ".," and tokens[place - 1].canonical[-1].isdigit():
            continue
        match = GROUPED.match(text, token.begin)
        if match:
            yield Number(ungrouped(match.group()), token.begin, match.end(), place)


def units(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Chains of joined tokens as (first, one past the last) places; a token that stands alone is a unit of one.

    >>> list(units(list(tokenize("Chỉ thị 05-CT/TW"))))
    [(0, 1), (1, 2), (2, 5)]
    """
    first = 0
    for place in range(1, len(tokens) + 1):
        if place == len(tokens) or not tokens[place].joined:
            yield first, place
            first = place
