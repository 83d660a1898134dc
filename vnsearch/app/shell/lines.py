"""What a line is before it is entered: a query, a command, or a word of the shell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ...search.plain import plain_text
from ...text.canonical import fold
from .commands.conversation import NEXT, PREVIOUS, REFINE
from .dialogue import QUIT
from .question import Question


def is_command(text: str) -> bool:
    """Whether a text is, or is about to become, a command of the shell: `.`, `.sh`, `.show 3`; not `.5`."""
    text = text.lstrip()
    return text[:1] == "." and (len(text) == 1 or text[1].isalpha())


def is_query(text: str) -> bool:
    """Whether Enter would search for a text."""
    text = text.strip()
    return bool(text) and not is_command(text) and text not in QUIT and text not in (NEXT, PREVIOUS)


def asked(text: str, question: Question) -> Question | None:
    """What Enter would ask, after a question; None where it would ask nothing."""
    text = text.strip()
    if not is_query(text):
        return None
    if not text.startswith(REFINE):
        return replace(question, query=text, within=(), like="")
    if question.empty or question.like:
        return None
    return replace(question, within=(*question.within, text.removeprefix(REFINE).strip()))


def begins(text: str, question: Question, fields: Collection[str]) -> Question | None:
    """The question that a text asks (see `asked`) with its last word as the beginning of one; None where it ends with
    anything but a bare word, or with one letter."""
    rows = plain_text(text, fields).rows
    if not rows or rows[-1][-1].end != len(text) or len(rows[-1][-1].canonical) < 2:
        return None
    if question.within:
        return replace(question, within=(*question.within[:-1], question.within[-1] + "*"))
    return replace(question, query=question.query + "*")


def folded(text: str) -> str:
    """A text by its bare letters, word by word, to tell what goes on as it was typed."""
    return " ".join(map(fold, text.lower().split(" ")))
