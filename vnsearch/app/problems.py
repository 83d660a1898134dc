"""Errors of the library in the language of the user. The library speaks English; the catalogue knows its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import VnsearchError
from .catalogue.problems import PROBLEMS
from .catalogue.text import Text
from .messages import Messages, filled


def problem_text(error: VnsearchError, say: Messages) -> str:
    """What happened and what to do, on one line."""
    message, hint = phrase(error.message, say), phrase(error.hint, say)
    return f"{message} ({hint})" if hint else message


def phrase(text: str, say: Messages, sentences: Iterable[Text] = PROBLEMS) -> str:
    """A sentence of the library in the user's language; one that is not among `sentences` stays as it is."""
    if say.language != "en":
        for known in sentences:
            if found := filled(known.en, re.DOTALL).fullmatch(text):
                translated: str = getattr(known, say.language)
                return translated.format(**found.groupdict())
    return text
