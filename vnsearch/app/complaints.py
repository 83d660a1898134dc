"""How errors are told: one line each, on standard error."""

from __future__ import annotations

import os

from ..errors import RequestError
from .configuration import Remark
from .messages import Messages
from .surroundings import ERROR
from .terminal import Terminal


def complain(terminal: Terminal, text: str) -> int:
    """One line about what went wrong, and the status that goes with it."""
    terminal.talk(f"vnsearch: {text}")
    return ERROR


def os_error_text(error: OSError) -> str:
    """What the system said, and about which file."""
    said = error.strerror or str(error) or type(error).__name__
    return f"{said}: {os.fsdecode(error.filename)}" if isinstance(error.filename, str | bytes) else said


def as_error(remark: Remark, say: Messages) -> RequestError:
    """What is wrong with the configuration as an error in the user's language."""
    return RequestError(say(remark.key, **remark.values), say(remark.hint, **remark.values))
