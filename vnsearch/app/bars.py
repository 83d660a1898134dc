"""Bars drawn with the block elements of Unicode, to an eighth of a cell."""

from __future__ import annotations

from typing import Final

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


def bar(share: float, width: int) -> str:
    """A share from 0 to 1 of a line of so many cells. What is more than nothing is seen.

    >>> bar(0.5, 4), bar(0.001, 4), bar(0, 4), bar(1, 4)
    ('██', '▏', '', '████')
    """
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    if share > 0 and width > 0:
        eighths = max(eighths, 1)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")
