"""Vietnamese analysis for any Whoosh schema.

    from whoosh.fields import TEXT, Schema
    from vnsearch.engine import VietnameseAnalyzer

    schema = Schema(body=TEXT(analyzer=VietnameseAnalyzer()))

With the default, text and queries meet without their marks, so `duong pho` finds `đường phố` and the other way round.
`VietnameseAnalyzer(fold=False)` keeps the marks and unifies only how they are written. Offsets and positions are those
of the original text; nothing is dropped as a stop word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from whoosh.analysis import Analyzer, Token

from ..text.canonical import bare
from ..text.tokens import numbers, tokenize
from .metadata import canonical_value

WHOLE: Final = "="
"""The first character of the term that stands for the whole value of a metadata field."""

SEPARATOR: Final = "\x1e"
"""Parts the values of a field that has several (Whoosh takes a list for terms that are analysed already)."""


class VietnameseAnalyzer(Analyzer):  # type: ignore[misc]
    """A Whoosh analyzer over `vnsearch.text`.

    `fold` makes bare terms (đường -> duong, kỹ -> ki); without it terms are canonical (HOÀ -> hòa). A number written in
    groups yields its value too, at the position of its first group (1.000.000 -> 1000000).
    """

    def __init__(self, fold: bool = True) -> None:
        self.fold = fold

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        found = list(tokenize(value))
        values = {number.token: number for number in numbers(value, found)}
        for place, item in enumerate(found):
            forms = [(item.canonical, item.end)]
            if place in values:
                forms.append((values[place].value, values[place].end))
            for form, end in forms:
                token.text = bare(form) if self.fold else form
                token.boost = 1.0
                token.stopped = False
                if keeporiginal:
                    token.original = value[item.begin : end]
                if positions:
                    token.pos = start_pos + place
                if chars:
                    token.startchar = start_char + item.begin
                    token.endchar = start_char + end
                yield token


class ValueAnalyzer(Analyzer):  # type: ignore[misc]
    """Analysis of a text field of the metadata: the canonical tokens of each value, and each value as one term.

    The term of a whole value begins with '=', its tokens parted by single spaces; a filter asks for it.
    """

    def __init__(self) -> None:
        self.words = VietnameseAnalyzer(fold=False)

    def __call__(self, value: str, start_pos: int = 0, mode: str = "", **kwargs: Any) -> Iterator[Token]:
        for text in value.split(SEPARATOR):
            token = None
            for token in self.words(text, start_pos=start_pos, mode=mode, **kwargs):
                yield token
            if token is not None and mode != "query":
                token.text = whole_value(text)
                yield token
            start_pos += len(text) + 1  # so that no phrase runs from one value into the next


def whole_value(value: str) -> str:
    """The one term that stands for a whole field value.

    >>> whole_value("Nhân  Dân")
    '=nhân dân'
    """
    return WHOLE + canonical_value(value)
