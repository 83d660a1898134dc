"""A command line as bash keeps it, cut into words up to the cursor, and words put back so that bash takes them as text.

bash gives the line as it was typed, quotes and all, and takes back text that replaces the end of it. A value of a
document may hold anything, so whatever means something to bash is quoted on the way back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

BREAKS: Final = "\"'@><=;|&(: "
"""Where bash lets a new word begin for completion, unless its user says otherwise (COMP_WORDBREAKS)."""

_SPECIAL: Final = re.compile(r"[^\w@%+=:,./\-\x80-\U0010ffff]", re.ASCII)
_ESCAPED_IN_QUOTES: Final = '"\\$`'


@dataclass(slots=True)
class Word:
    """A word of the line: what it means, and how it was typed. `quote` is the quote that is open at its end."""

    text: str = ""
    typed: str = ""
    quote: str = ""


def split(line: str) -> list[Word]:
    """The words of a line up to the cursor, the last one perhaps empty; what stands before the program is left out."""
    words = [Word()]
    place = 0
    while place < len(line):
        word, char = words[-1], line[place]
        taken = 1
        if char == "\\" and word.quote != "'" and place + 1 < len(line):
            taken = 2
            kept = word.quote == '"' and line[place + 1] not in _ESCAPED_IN_QUOTES
            word.text += line[place : place + 2] if kept else line[place + 1]
        elif word.quote:
            word.text, word.quote = (word.text, "") if char == word.quote else (word.text + char, word.quote)
        elif char in "\"'":
            word.quote = char
        elif char in " \t\n":
            if word.typed:
                words.append(Word())
            place += 1
            continue
        else:
            word.text += char
        word.typed += line[place : place + taken]
        place += taken
    program = next((n for n, word in enumerate(words[:-1]) if PurePath(word.text).name.startswith("vnsearch")), 0)
    return words[program + 1 :] if len(words) > 1 else words


def put_back(offered: str, word: Word, current: str) -> str | None:
    """A whole word as the text that bash is to put in place of the end of the line; None where that cannot be written.

    `current` is what bash takes for the word at the cursor: of `--field=sour` it is `sour`, the rest stays on the line.
    """
    if word.quote:
        kept = word.typed[: word.typed.rindex(word.quote) + 1]
    else:
        tail = next((current[:n] for n in range(len(current), 0, -1) if word.typed.endswith(current[:n])), "")
        if set(tail) & set("\"'"):  # a quote that was closed again: bash itself is not sure where the word begins
            return None
        kept = word.typed[: len(word.typed) - len(tail.lstrip(BREAKS))]
    begun = split(f"x {kept}")[-1].text if kept else ""
    if not offered.startswith(begun):
        return None
    rest = offered[len(begun) :]
    if not word.quote:
        return _SPECIAL.sub(r"\\\g<0>", rest)
    if word.quote == "'" or not set(rest) & set(_ESCAPED_IN_QUOTES + "!"):
        return None if word.quote in rest else rest
    return None if "!" in rest else "".join(f"\\{c}" if c in _ESCAPED_IN_QUOTES else c for c in rest)
