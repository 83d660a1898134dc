"""Numbers and dates in their other writing: thế kỷ 20 and thế kỷ XX, 2/9/1945 and 2 tháng 9 năm 1945.

Words are given as rows of canonical tokens. Numerals in Roman letters are known by the word before them (đại hội XIII,
quý III); those of one letter, and those that are syllables (vi, xi), are left alone: letters have lost their case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .canonical import bare
from .syllable import parse

COUNTED: Final = frozenset(
    tuple(words.split())
    for words in (
        *("thế kỷ", "đại hội", "hội nghị", "khóa", "lần thứ", "lần", "kỳ", "nhiệm kỳ", "chương", "phần", "mục", "quý"),
        *("tập", "quyển", "hạng", "cấp", "đợt", "vòng", "quân khu", "triều"),
    )
)
"""What is numbered in Roman letters too."""

HIGHEST: Final = 39
"""Of Roman numerals those of X, V and I are read."""

_COUNTED: Final = frozenset(tuple(map(bare, words)) for words in COUNTED)
_TENS: Final = ("", "x", "xx", "xxx")
_ONES: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN: Final = {str(n): _TENS[n // 10] + _ONES[n % 10] for n in range(1, HIGHEST + 1)}
_OTHER: Final = {
    mine: other
    for value, roman in _ROMAN.items()
    if len(roman) > 1 and parse(roman) is None
    for mine, other in ((value, roman), (roman, value))
}

# Compiled when a chunk begins with a digit.
_DATE: Final = r"0?([1-9]|[12]\d|3[01])([/.-])0?([1-9]|1[0-2])\2(1\d{3}|20\d{2})"
_DAY: Final = r"0?([1-9]|[12]\d|3[01])/0?([1-9]|1[0-2])"
_MONTH: Final = r"0?([1-9]|1[0-2])[/.-](1\d{3}|20\d{2})"


def may_be_figure(token: str) -> bool:
    """Whether a canonical token may be of a number or a date that has another writing: all that the functions below
    find holds one that may."""
    return token[:1].isdecimal() or token in _OTHER


def numerals(row: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The numbers that may be written in the other numerals, as (place, canonical token).

    >>> list(numerals(["thế", "kỷ", "20", "khóa", "xii", "19"]))
    [(2, 'xx'), (4, '12')]
    """
    for place in range(1, len(row)):
        other = _OTHER.get(row[place])
        if other is not None:
            before = tuple(map(bare, row[max(0, place - 2) : place]))
            if before in _COUNTED or before[-1:] in _COUNTED:
                yield place, other


def in_words(chunk: str) -> tuple[str, ...]:
    """A date in figures as it is written in words, most often and as in documents; none where it is no date.

    >>> in_words("2/9/1945"), in_words("12/2018"), in_words("30.4"), in_words("31/12")
    (('2 tháng 9 năm 1945', '02 tháng 9 năm 1945'), ('tháng 12 năm 2018',), (), ('31 tháng 12',))
    """
    if not chunk[:1].isdecimal():
        return ()
    if match := re.fullmatch(_DATE, chunk):
        day, month, year = match[1], match[3], f" năm {match[4]}"
    elif match := re.fullmatch(_DAY, chunk):
        day, month, year = match[1], match[2], ""
    elif match := re.fullmatch(_MONTH, chunk):
        day, month, year = "", match[1], f" năm {match[2]}"
    else:
        return ()
    # In documents a digit must not be put in, so days below 10 have a zero before them, and the first two months.
    padded = f"0{month}" if month in ("1", "2") else month
    ways = (f"{day} tháng {month}{year}", f"{day.zfill(2) if day else day} tháng {padded}{year}")
    return tuple(dict.fromkeys(way.strip() for way in ways))


def in_figures(row: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The dates in words, as (first, one past the last, date in figures): ngày 2 tháng 9 năm 1945, tháng 9 năm 1945.

    >>> list(in_figures("lễ ngày 2 tháng 9 năm 1945".split()))
    [(1, 7, '2/9/1945')]
    """
    place = 0
    while place < len(row):
        found = _in_figures(row, place) if bare(row[place]) == "thang" else None
        if found is not None:
            yield found
            place = found[1]
        else:
            place += 1


def _in_figures(row: Sequence[str], place: int) -> tuple[int, int, str] | None:
    """The date that has its month at a place."""
    month = _number(row, place + 1, 12)
    day = _number(row, place - 1, 31)
    year = row[place + 3] if place + 3 < len(row) and bare(row[place + 2]) == "nam" else ""
    has_year = len(year) == 4 and year.isdecimal()
    if not month or not (day or has_year):
        return None
    first = place - bool(day)
    if day and first and bare(row[first - 1]) in ("ngay", "mung", "mong"):
        first -= 1
    parts = [part for part in (day, month, year if has_year else "") if part]
    return first, place + (4 if has_year else 2), "/".join(parts)


def _number(row: Sequence[str], place: int, highest: int) -> str:
    """The number at a place without zeros before it, "" where there is none up to the highest."""
    token = row[place] if 0 <= place < len(row) else ""
    return str(int(token)) if token.isdecimal() and len(token) <= 2 and 1 <= int(token) <= highest else ""
