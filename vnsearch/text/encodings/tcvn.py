"""TCVN 5712:1993, the Vietnamese national standard, and TCVN3, what the ABC fonts made of it.

VN1 (`tcvn5712`) holds all 134 letters; to find room it puts toned capitals on control characters. Most software could
not bear that, so the ABC fonts (.VnTime, .VnArial ...) kept the small letters and seven capitals without tone, and drew
capitals with a second font (.VnTimeH) from the bytes of the small letters: TCVN3. A text in it has lost the case of
nearly every accented capital; `read_tcvn3` gives back what the capitals around a letter still tell.

Sources: TCVN 5712:1993 (the chart of VN1, whose right half is also ISO-IR 180); for TCVN3 the ABC fonts' practice.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ..alphabet import TONE_OF, TONELESS
from .western import rows, table

_CHART: Final = (
    rows(0x01, "ÚỤ.ỪỬỮ")
    | rows(0x11, "ỨỰỲỶỸÝỴ")
    | rows(0x80, "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ")
    | rows(0xA0, ".ĂÂÊÔƠƯĐăâêôơưđẰ")
    | dict(zip(range(0xB0, 0xB5), "\u0300\u0309\u0303\u0301\u0323", strict=True))
    | rows(0xB5, "àảãáạẲằẳẵắẴ ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ")
)

TCVN5712: Final = table(_CHART)
"""Western character -> what VN1 means by it."""

TCVN3: Final = table({byte: c for byte, c in _CHART.items() if byte >= 0xA0 and (c.islower() or c in "ĂÂÊÔƠƯĐ")})
"""Western character -> what the ABC fonts draw for it."""


def read_tcvn5712(text: str) -> str:
    """Western text as TCVN 5712:1993 (VN1), composed."""
    return unicodedata.normalize("NFC", text.translate(TCVN5712))


def read_tcvn3(text: str) -> str:
    """Western text as TCVN3 (ABC fonts), with capitals where their neighbours tell.

    >>> read_tcvn3("Céng hoµ x· héi chñ nghÜa"), read_tcvn3("CéNG HOµ X· HéI CHñ NGHÜA")
    ('Cộng hoà xã hội chủ nghĩa', 'CỘNG HOÀ XÃ HỘI CHỦ NGHĨA')
    """
    pieces = _LONE_SIGN.split(text)
    pieces[::2] = [piece.translate(TCVN3) for piece in pieces[::2]]
    return _restore_capitals(_TWICE.sub(lambda twice: twice[0][1].upper(), "".join(pieces)))


_TWICE: Final = re.compile("|".join(TONELESS[c].upper() + c for c, tone in TONE_OF.items() if tone))
"""A plain capital and then the same vowel small with its tone (`A¸` for Á): how many wrote the capitals fonts lack."""

_LONE_SIGN: Final = re.compile(r"((?<![^\s\d])[©®](?![^\s\d]))")
"""A © or ® that stands alone is that sign from another font: â and đ are not words."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_TWO_CAPITALS: Final = re.compile(r"[A-ZĂÂÊÔƠƯĐ][^\W\d_]*[A-ZĂÂÊÔƠƯĐ]")
_LINE: Final = re.compile(r"[^\r\n]+")
_LOST: Final = frozenset(c for c in TCVN3.values() if c.islower())
"""The letters that may have been capitals."""


def _case(word: str) -> bool | None:
    """Whether the letters whose case survived say capitals (True), small (False), or too little (None).

    One capital at the start says nothing: Hà and HÀ are both Hµ.
    """
    kept = [c for c in word if c not in _LOST]
    if any(c.islower() for c in kept):
        return False
    return True if len(kept) > 1 else None


def _restore_capitals(text: str) -> str:
    return _LINE.sub(_capital_words, text)


def _capital_words(line: re.Match[str]) -> str:
    """Raise the words of a line that are in capitals, and in a line of capitals those that may be."""
    if not _TWO_CAPITALS.search(line[0]):
        return line[0]
    cases = [_case(word) for word in _WORD.findall(line[0])]
    heading = True in cases and False not in cases
    raised = iter([case or (heading and case is None) for case in cases])
    return _WORD.sub(lambda word: word[0].upper() if next(raised) else word[0], line[0])
