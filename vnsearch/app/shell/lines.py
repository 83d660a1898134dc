"""What a line is before it is entered: a query, a command, or a word of the shell."""

from __future__ import annotations

from .commands.conversation import NEXT, PREVIOUS
from .dialogue import QUIT


def is_command(text: str) -> bool:
    """Whether a text is, or is about to become, a command of the shell: `.`, `.sh`, `.show 3`; not `.5`."""
    text = text.lstrip()
    return text[:1] == "." and (len(text) == 1 or text[1].isalpha())


def is_query(text: str) -> bool:
    """Whether Enter would search for a text."""
    text = text.strip()
    return bool(text) and not is_command(text) and text not in QUIT and text not in (NEXT, PREVIOUS)
