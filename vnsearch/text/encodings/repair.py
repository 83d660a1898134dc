"""Text that is Unicode by name only: old-font letters, double encoding, VIQR and HTML references made right.

Nearly every text that comes here is right, so the first question costs next to nothing: a text of ASCII without `^`,
`+` and `&`, or one with Vietnamese letters of Unicode and none of the characters that only old encodings need, is
returned at once. What is left is weighed (`evidence`): the whole text if it has no true Vietnamese letter, else line by
line, since a page may quote an old one.
"""

from __future__ import annotations

import re
from typing import Final

from ...records import record
from .evidence import ENTITIES, MOJIBAKE, TCVN3, VIQR, VNI, Evidence, Reading, weigh


@record(frozen=True, slots=True)
class Decoded:
    """Text and what it was decoded from.

    `text` is NFC where it was converted from an old encoding; line ends and everything else are as found. `encoding` is
    one of `vnsearch.text.encodings.ENCODINGS`, "html", "latin-1" or "unknown". `certain` is False for a best guess.
    """

    text: str
    encoding: str
    certain: bool


_ONLY_UNICODE: Final = (
    "đạảấầậếềệộốưươơịọờợủụứừựăắằặĐẩẫẵẳễểẻẽẹĩỉỏổồỗớởỡũửữỳỷỹỵ"
    "ẠẢẤẦẨẪẬẮẰẲẴẶĂẺẼẸẾỀỂỄỆĨỈỊỎỌỐỒỔỖỘỚỜỞỠỢƠŨỤỦƯỨỪỬỮỰỲỴỶỸ\u0301\u0300\u0323\u0309\u0303\u0302\u0306\u031b"
)
"""Letters and marks that no old encoding shows: where one stands, the text is what it says."""

TRUE: Final = re.compile(f"[{_ONLY_UNICODE}]")
"""A search for any of them, since one stands near the beginning of nearly every text."""

SUSPECT: Final = "»º¸¬®¶µ¹¾¼½¨\xadÄÆÖÞÏÑØÜßäåæëîïñöøûüþ"
"""Characters of which each old-font or double-encoded text has some, and correct Vietnamese next to none."""

_LINES: Final = re.compile(r"[^\r\n]+")
_SAMPLE: Final = 1 << 20
"""How many characters of a text decide for the whole of it."""

_FONTS: Final = (TCVN3, VNI)
_PASSES: Final = 4
"""Text may be hurt in more than one way (references in one line, an old font in the next); each pass heals one."""


def repair(text: str) -> Decoded:
    """Text with what an old encoding or a wrong reading did to it undone; text that is right comes back unchanged.

    Never raises. `encoding` names what was found, "utf-8" where nothing was, "unknown" where something looks wrong but
    cannot be told. Clean text costs a few searches by character, all else time linear in its length.

    >>> repair("Céng hoµ x· héi chñ nghÜa ViÖt Nam").text
    'Cộng hoà xã hội chủ nghĩa Việt Nam'
    >>> repair("price ¶ 5 © 2020 ®").encoding, repair("Tiáº¿ng Viá»‡t").text
    ('utf-8', 'Tiếng Việt')
    """
    first = _repair_once(text)
    if first.text == text:
        return first
    healed = first.text
    for _ in range(_PASSES):
        again = _repair_once(healed).text
        if again == healed:
            break
        healed = again
    return Decoded(healed, first.encoding, first.certain)


def _repair_once(text: str) -> Decoded:
    if "&" in text and ENTITIES.about.search(text) and weigh(text[:_SAMPLE], (ENTITIES,))[0].sure:
        return Decoded(ENTITIES.read(text), ENTITIES.name, True)
    if not TRUE.search(text):
        return _repair_whole(text)
    if _has_any(text, SUSPECT):
        return _repair_lines(text)
    return Decoded(text, "utf-8", True)


def _has_any(text: str, characters: str) -> bool:
    """Whether a text has any of the characters: one search for each, which runs at the speed of memory."""
    return any(map(text.__contains__, characters))


def _repair_whole(text: str) -> Decoded:
    """A text without any true Vietnamese letter."""
    candidates: tuple[Reading, ...] = () if text.isascii() else (MOJIBAKE, *_FONTS)
    if "^" in text or "+" in text:
        candidates = (*candidates, VIQR)
    # No reading is believed without a strange chunk, and to look for one is cheaper than to weigh.
    readings = tuple(reading for reading in candidates if reading.strange.search(text))
    if not readings:
        return Decoded(text, "utf-8", True)
    evidence = _best(text[:_SAMPLE], readings)
    if evidence.sure and (evidence.reading is not VIQR or _is_mostly_viqr(evidence)):
        return Decoded(evidence.reading.read(text), evidence.reading.name, True)
    by_line = _repair_lines(text)
    if by_line.text != text:
        return by_line
    if evidence.strange and evidence.fits:
        return Decoded(text, "unknown", False)
    return Decoded(text, "utf-8", True)


def _best(text: str, readings: tuple[Reading, ...]) -> Evidence:
    return max(weigh(text, readings), key=lambda e: (e.sure, e.score, e.gained))


def _is_mostly_viqr(evidence: Evidence) -> bool:
    """Most Vietnamese words bear marks; a page of mathematics has a few that look so."""
    return evidence.gained * 3 >= evidence.plain


def _repair_lines(text: str) -> Decoded:
    """A text of which some lines may be in an old font or double-encoded.

    A line is converted where it is sure by itself, or where all doubtful lines together are sure and it agrees.
    """
    lines = [line for line in _LINES.finditer(text) if _is_doubtful(line[0])]
    if not lines:
        return Decoded(text, "utf-8", True)
    together = _best("\n".join(line[0] for line in lines)[:_SAMPLE], (MOJIBAKE, *_FONTS))
    pieces: list[str] = []
    names: list[str] = []
    end = 0
    for line in lines:
        evidence = _best(line[0], (MOJIBAKE, *_FONTS))
        if not evidence.sure and together.sure:
            (evidence,) = weigh(line[0], (together.reading,))
        if evidence.sure or (together.sure and evidence.fits and evidence.gained):
            pieces += (text[end : line.start()], evidence.reading.read(line[0]))
            names.append(evidence.reading.name)
            end = line.end()
    if not names:
        return Decoded(text, "utf-8", True)
    return Decoded("".join((*pieces, text[end:])), names[0], True)


def _is_doubtful(line: str) -> bool:
    """Whether an old encoding is possible: some mark, and no letter that only Unicode has."""
    return not line.isascii() and not TRUE.search(line)
