"""Which words of a question only ask.

The text that answers `Ai là người đầu tiên bay vào vũ trụ?` need not hold `ai`, and one that holds it is no better. The
words are the interrogatives of Vietnamese and what stands with them in fixed expressions (Diệp Quang Ban, *Ngữ pháp
tiếng Việt*, 2005, on interrogative sentences).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .canonical import fold

MIN_LENGTH: Final = 5
"""In shorter queries every word is looked for as it stands."""

_EXPRESSIONS: Final = (
    "ai, gì, nào, đâu, mấy, bao nhiêu, bao lâu, bao giờ, bao xa, khi nào, lúc nào, hồi nào, thế nào, như thế nào, "
    "ra sao, vì sao, tại sao, làm sao, cái gì, điều gì, những gì, những ai, ở đâu, hay không, "
    "có phải, phải không, đúng không, hay chưa, đúng hay sai"
)
_ROWS: Final = frozenset(tuple(expression.split()) for expression in _EXPRESSIONS.split(", "))
_BARE_ROWS: Final = frozenset(tuple(map(fold, row)) for row in _ROWS)
_FIRST: Final = frozenset(row[0] for row in _ROWS | _BARE_ROWS)
_LONGEST: Final = max(map(len, _ROWS))
_COPULA: Final = "là"
"""Belongs to the interrogative that follows it: là gì, là ai."""


def asking(tokens: Sequence[str], *, bare: bool = False, least: int = 1) -> list[bool]:
    """For each of the canonical tokens of a query, whether it only asks. Linear in their number.

    With `bare` the tokens have lost their marks, and may also mean something else (dau: đâu, đầu), the less so, the
    more of them an expression has at `least`.

    >>> words = "ai là người đầu tiên".split()
    >>> [word for word, asks in zip(words, asking(words)) if asks]
    ['ai']
    """
    asks = [False] * len(tokens)
    rows, copula = (_BARE_ROWS, fold(_COPULA)) if bare else (_ROWS, _COPULA)
    if len(tokens) < MIN_LENGTH or _FIRST.isdisjoint(tokens):
        return asks
    for first in range(len(tokens)):
        for last in range(min(len(tokens), first + _LONGEST), first + least - 1, -1):
            if tuple(tokens[first:last]) in rows:
                asks[first:last] = [True] * (last - first)
                if first and tokens[first - 1] == copula:
                    asks[first - 1] = True
                break
    return asks
