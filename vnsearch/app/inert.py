"""Text from documents made harmless to show: nothing in it can command a terminal, hide, or turn a line around.

Each character that would act instead of being seen is exchanged for one that is seen, one for one, so that offsets
into the text stay offsets into what is shown, and highlighting needs no second reckoning:

* the controls of ASCII become their pictures (ESC is shown as ␛), line breaks and tabs become a space;
* the controls U+0080 to U+009F, among them a second CSI, and lone surrogates become U+FFFD;
* format characters, among them bidi overrides and all that is zero width, become a middle dot;
* the line and paragraph separators become ␤.

Sources: UAX #9 and UTR #36 (bidi spoofing), ECMA-48 (control functions), Unicode block "Control Pictures".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

Spans = Sequence[tuple[int, int]]
"""(begin, end) offsets into a text, in order and disjoint."""

REPLACEMENT: Final = "\ufffd"
FORMAT: Final = "·"
SEPARATOR: Final = "\u2424"
_PICTURES: Final = 0x2400
_SPACES: Final = "\t\n\v\f\r"


def _stand_in(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        if character in _SPACES:
            return " "
        if character < " ":
            return chr(_PICTURES + ord(character))
        return "\u2421" if character == "\x7f" else SEPARATOR if character == "\x85" else REPLACEMENT
    if category == "Cf":
        return FORMAT
    if category == "Cs":
        return REPLACEMENT
    return SEPARATOR if category in ("Zl", "Zp") else character


class _StandIns(dict[int, str]):
    """Code point -> what is shown for it, filled as characters are met."""

    def __missing__(self, point: int) -> str:
        shown = self[point] = _stand_in(chr(point))
        return shown


_STAND_INS: Final = _StandIns()
_STAND_INS_OF_LINES: Final = _StandIns({ord("\n"): "\n"})
# Compiled when JSON is written.
_UNSAFE_IN_JSON: Final = (
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def inert(text: str) -> str:
    """The text on one line, of the same length, with a visible stand-in for every character that is not seen.

    Idempotent. One table look-up a character.

    >>> inert("a\\x1b[31mb\\nc\\u202ed")
    'a␛[31mb c·d'
    """
    return text.translate(_STAND_INS)


def inert_lines(text: str) -> str:
    """As `inert`, but line feeds stay: for a whole document. CR LF becomes one line feed, so lengths may differ."""
    return text.replace("\r\n", "\n").translate(_STAND_INS_OF_LINES)


def inert_snippet(text: str, spans: Spans) -> tuple[str, Spans]:
    """A stretch of text on one line, each run of spaces one space and none at the ends, its spans moved along.

    >>> inert_snippet("\\n\\nđạo \\t đức\\x07", [(2, 5), (8, 11)])
    ('đạo đức␇', [(0, 3), (4, 7)])
    """
    text = inert(text)
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text, places = _single_spaced(text)
        spans = [(places[begin], min(places[end], len(text))) for begin, end in spans]
    return text, [(begin, end) for begin, end in spans if begin < end]


def _single_spaced(text: str) -> tuple[str, list[int]]:
    """A text with each run of spaces one and none at the ends, and where each of its offsets is then."""
    shown: list[str] = []
    places: list[int] = []
    for character in text:
        places.append(len(shown))
        if character != " " or (shown and shown[-1] != " "):
            shown.append(character)
    if shown and shown[-1] == " ":
        shown.pop()
    places.append(len(shown))
    return "".join(shown), places


def inert_json(document: str) -> str:
    r"""JSON text with such characters inside its strings written as escapes: the same data, safe to print.

    >>> inert_json('"a\u202eb"')
    '"a\\u202eb"'
    """
    import json

    return re.sub(_UNSAFE_IN_JSON, lambda found: json.dumps(found[0])[1:-1], document)
