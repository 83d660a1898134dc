"""Paragraphs and sentences: where a text may be cut.

A paragraph ends at a line end. A line that runs on into the next one (hard-wrapped text) is the exception: where lines
are about as long as each other and the next begins in the middle of a sentence, the line end is only a space.
A sentence ends at . ! ? … or ; after its closing quotes and brackets, before white space; not after an abbreviation
(TP. HCM, T.Ư, ông Tr. 5), an initial (V.I. Lênin), or an ordinal (1. Mở đầu).

Source: the rules SB5 to SB11 of UAX #29 (sentence borders), cut down to what Vietnamese prose needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LINE: Final = re.compile(r"\S[^\r\n\u2028\u2029\x0b\x0c\x85]*")
# From the first of a row of enders only, and without going back: else a row of dots takes quadratic time.
_SENTENCE_END: Final = re.compile(r"(?<![.!?…;])[.!?…;]++[\"'”’»)\]]*+(?=\s)")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(.\"“])(?:[^\W\d_]|[A-ZĐ]{2,3}|Tp|Ths|Ts|Gs|Bs|Ks|Tr|tr|vd|VD|đc|Đc|St|Mr|Mrs|Dr|No|\d{1,3})\.$"
)
_NAME: Final = re.compile(r"\s[A-ZĐ]{3}\.$")
"""A short upper-case word that ends the sentence after all: ... ở TP. HCM. Thật ..."""
_CLOSED: Final = frozenset('.!?…:;"”»)|')


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text that hold more than white space, as (begin, end) without the white space around them."""
    for match in _LINE.finditer(text):
        begin = match.start()
        yield begin, begin + len(match.group().rstrip())


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text as (begin, end), hard-wrapped lines joined. Linear in the length of the text."""
    begin = end = -1
    for first, last in lines(text):
        if begin >= 0 and not runs_on(text, end, first):
            yield begin, end
            begin = first
        elif begin < 0:
            begin = first
        end = last
    if begin >= 0:
        yield begin, end


def runs_on(text: str, end: int, following: int) -> bool:
    """Whether the line that ends at `end` goes on at `following`: no blank line between, no end of sentence, and the
    next line begins in lower case."""
    if not text[following].islower() or text[end - 1] in _CLOSED:
        return False
    return len(text[end:following].strip(" \t").replace("\r\n", "\n")) == 1


def sentences(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of text[begin:end], which is one paragraph, as (begin, end) offsets into the text.

    >>> text = "Ông V.I. Lênin ở TP. HCM. Thật không? Có."
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['Ông V.I. Lênin ở TP. HCM.', 'Thật không?', 'Có.']
    """
    start = begin
    for match in _SENTENCE_END.finditer(text, begin, end):
        stop = match.end()
        if match.group() == "." and _ABBREVIATION.search(text[max(start, stop - 8) : stop]):
            following = text[stop : stop + 2].strip()
            if not (following and following[0].isupper() and _NAME.search(text[max(start, stop - 8) : stop])):
                continue
        yield start, stop
        start = stop
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
