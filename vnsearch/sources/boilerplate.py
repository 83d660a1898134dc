"""The lines of a saved web page that are not its article: labels of teasers, menus, comments and notices.

A line is a label (`labels`) only where the whole line is one: running prose that begins with the same words ("Bình luận
về việc này, ông Nam nói ...") is never taken for one. A counter may stand before or after: "(0) Bình luận", "Ý kiến bạn
đọc (12)".
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from .blocks import Block, is_finished, plain
from .labels import LABELS, LISTED, NAMED, NOTICES, SECTIONS

_NAMED: Final = tuple(f"{label} " for label in sorted(NAMED))
_LONGEST_LABEL: Final = 80
_LONGEST_NOTICE: Final = 250
_MOST_NAME_WORDS: Final = 6
_COUNTERS: Final = re.compile(r"^(?:\d+ )+|(?: \d+)+$")
_AGO: Final = re.compile(
    r"\W*\d{1,3}\s+(?:giây|phút|giờ|ngày|tuần|tháng|năm)\s+trước\s*(?:[-–—:|•·]\s|[-–—:|•·]?$)", re.I
)
_DATED: Final = re.compile(r"\(\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?:[\s,-]+\d{1,2}[:hg]\d{2})?\)$")


def is_label(block: Block) -> bool:
    """Whether a whole line is the label of what is not the article.

    >>> [is_label(Block(0, t, False)) for t in ("(0) Bình luận", "Bình luận về việc này", "TAGS", "Tags: lúa, gạo")]
    [True, False, True, True]
    """
    text = block.text
    if len(text) > _LONGEST_NOTICE:
        return False
    words = plain(text)
    if words.startswith(NOTICES) or text.startswith("©"):
        return True
    if len(text) > _LONGEST_LABEL:
        return _is_list(text)
    return _COUNTERS.sub("", words) in LABELS or (words.startswith(_NAMED) and _is_named(text)) or _is_list(text)


def _is_named(text: str) -> bool:
    if is_finished(text) or ":" in text:
        return False
    words = text.split()
    cuts = range(max(1, len(words) - _MOST_NAME_WORDS), len(words))
    return any(words[cut][0].isupper() and plain(" ".join(words[:cut])) in NAMED for cut in cuts)


def _is_list(text: str) -> bool:
    label, colon, _ = text.partition(":")
    return bool(colon) and len(label) <= _LONGEST_LABEL and not text.endswith(".") and plain(label) in LISTED


def is_dated_teaser(block: Block) -> bool:
    """Whether a line begins with how long ago it appeared, or is a headline with its date in brackets, as teasers are.

    >>> is_dated_teaser(Block(0, "3 tuần trước - Tại buổi tiếp, Bí thư ...", False))
    True
    >>> is_dated_teaser(Block(0, "3 năm trước ông về quê.", False))
    False
    """
    if _AGO.match(normalize("NFC", block.text[:40])):
        return True
    return len(block.text) <= _LONGEST_NOTICE and bool(_DATED.search(block.text))


def is_section(block: Block) -> bool:
    """Whether a line is the name of a section: an entry of a menu, or a kicker above a title."""
    return len(block.text) <= _LONGEST_LABEL and plain(block.text) in SECTIONS
