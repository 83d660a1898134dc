"""The date of a page, as its dateline gives it.

A dateline is a line that says when (and by whom, and where) and nothing else: "Thứ Ba, 15/05/2018, 19:24", "Minh An |
18/01/2022, 22:55", "Hà Nội, ngày 15 tháng 5 năm 2018". A date inside a sentence or a headline is what the text is
about, not when it appeared.

Dates are read in the Vietnamese order (day, month, year) or as ISO 8601 (year, month, day); two-digit years are not
read, since 05/06/07 could be three different days.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from unicodedata import normalize

from .blocks import plain
from .labels import SECTIONS

YEARS: Final = range(1900, 2100)
"""The years that a dateline can name; others are numbers of another kind."""

_NUMERIC: Final = re.compile(r"(?<![\d./-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d|[/.-]\d)", re.ASCII)
_ISO: Final = re.compile(r"(?<![\d./-])(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d|[/.-]\d)", re.ASCII)
_SPELLED: Final = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s*,|\s+năm)?\s+(\d{4})(?!\d)", re.ASCII | re.I)
_TIME: Final = re.compile(r"T?\b\d{1,2}(?:[:hg]\d{2}){1,2}(?:\.\d+)?(?:Z|\s?[+-]\d{2}:?\d{2})?'?", re.ASCII)
_SEPARATORS: Final = re.compile(r"\s[-–—]\s|[|,;:•·/()\[\]+–—]")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_LONGEST: Final = 120
_MOST_NAME_WORDS: Final = 6

_DATELINE_WORDS: Final = frozenset(
    """
    thu hai ba tu nam sau bay chu nhat cn ngay gio phut luc giay sang trua chieu toi am pm sa ch gmt utc h g
    cap dang xuat ban hanh viet tao sua cuoi thoi gian update updated posted published on at by boi luot xem doc views
    view bao dai va
    theo tac gia nguon phong vien pv ctv bai anh ghi tong hop thuc hien bien soan dich
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
"""Unaccented words that datelines and bylines are made of, beside names."""

_OTHER_DAYS: Final = frozenset("sinh mất từ".split())
"""How a line about another day begins: Sinh ngày 19/5/1890."""


def _dates(text: str) -> list[tuple[int, int, date]]:
    """Every valid full date of an NFC text with its place, as (begin, end, date) in order."""
    found: list[tuple[int, int, date]] = []
    for pattern, order in ((_NUMERIC, (4, 3, 1)), (_ISO, (1, 3, 4)), (_SPELLED, (3, 2, 1))):
        for match in pattern.finditer(text):
            year, month, day = (int(match[group]) for group in order)
            try:
                valid = date(year, month, day)
            except ValueError:
                continue
            if year in YEARS:
                found.append((*match.span(), valid))
    return sorted(found)


def dateline(text: str) -> date | None:
    """The date of a line that is a dateline, else None.

    >>> dateline("Minh An | 18/01/2022, 22:55"), dateline("Giá gạo ngày 18/01/2022 tăng mạnh")
    (datetime.date(2022, 1, 18), None)
    """
    if len(text) > _LONGEST:
        return None
    text = normalize("NFC", text)
    found = _dates(text)
    if not found:
        return None
    begin, end, first = found[0]
    rest = _TIME.sub(" ", f"{text[:begin]} | {text[end:]}")
    return first if _names_or_dateline_words(rest) else None


def is_byline(text: str) -> bool:
    """Whether a line says who wrote what follows, with a mark of it: a bar, a role, a dateline.

    >>> is_byline("MINH AN (ghi) |"), is_byline("Theo báo Tin Sáng"), is_byline("Ai ghi tên mình?")
    (True, True, False)
    """
    if len(text) > _LONGEST // 2 or text.endswith((".", "?", "!", "…")):
        return False
    if dateline(text):
        return True
    words = plain(text).split()
    marked = "|" in text or any(word in _ROLES for word in words[:1] + words[-1:])
    return marked and bool(words) and _names_or_dateline_words(normalize("NFC", text))


_ROLES: Final = frozenset("ghi theo pv ctv hop hien dich nguon bai tac phong by".split())


def is_name(text: str) -> bool:
    """Whether a line could be the name of a person or a pen name: one to five words, each with a capital.

    >>> is_name("Minh An"), is_name("NG.ĐOAN"), is_name("Nâng cao chất lượng")
    (True, True, False)
    """
    words = text.split()
    return len(words) <= 5 and len(text) <= _LONGEST // 2 and all(w[0].isupper() for w in words) and ":" not in text


def _names_or_dateline_words(text: str) -> bool:
    """Whether every part of a line, between its separators, is a name, a section, or made of dateline words."""
    for part in _SEPARATORS.split(text):
        words = [word for word in part.split() if _LETTERS.search(word)]
        unknown = [word for word in words if plain(word) not in _DATELINE_WORDS]
        if words and words[0].lower() in _OTHER_DAYS:
            return False
        is_name_of_some = len(unknown) <= _MOST_NAME_WORDS and all(word[0].isupper() for word in unknown)
        if not is_name_of_some and plain(part) not in SECTIONS:
            return False
    return True
