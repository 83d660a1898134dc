"""The line editor of the shell."""

from __future__ import annotations

import os
from typing import Final

from prompt_toolkit import PromptSession

from .history import open_history
from .keys import key_bindings

PROMPT: Final = "vnsearch> "


def make_prompt() -> PromptSession[str]:
    """The line editor with the user's history."""
    return PromptSession(PROMPT, history=open_history(os.environ), key_bindings=key_bindings())
