"""HTML character references left in text: `Ti&#7871;ng Vi&#7879;t`, `c&ocirc;ng ty`.

Only references to Vietnamese letters are read, and only in a text where the words they stand in become Vietnamese:
`caf&eacute;` in an English page and `&lt;` in a program stay.

Source: the HTML Living Standard, section 13.5 (named character references), as the standard library has them.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

from ..alphabet import LETTERS

_LETTERS: Final = frozenset(c for c in LETTERS if not c.isascii()) | {c.upper() for c in LETTERS if not c.isascii()}
NAMED: Final = {name[:-1]: c for name, c in html5.items() if name.endswith(";") and c in _LETTERS}
"""Name -> Vietnamese letter."""

REFERENCE: Final = re.compile(rf"&(?:#([0-9]{{3,5}})|#[xX]0{{0,2}}([0-9a-fA-F]{{2,4}})|({'|'.join(NAMED)}));")


def _letter(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return NAMED[name]
    letter = chr(int(decimal) if decimal else int(hexadecimal, 16))
    return letter if letter in _LETTERS else reference[0]


def read_entities(text: str) -> str:
    """References to Vietnamese letters as those letters; all others stay.

    >>> read_entities("Ti&#7871;ng Vi&#x1EC7;t &lt;c&ocirc;ng ty&gt;")
    'Tiếng Việt &lt;công ty&gt;'
    """
    return REFERENCE.sub(_letter, text)
