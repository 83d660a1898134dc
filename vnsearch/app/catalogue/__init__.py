"""The messages themselves, English beside Vietnamese: a module a subject, in the order in which a user meets them.

A placeholder `{name}` stands in both languages or in none; a test keeps it so.
"""

from __future__ import annotations

from typing import Final

from .errors import ERRORS
from .help import HELP
from .indexing import INDEXING
from .results import RESULTS
from .shell import SHELL
from .text import Text
from .typing import TYPING

CATALOGUE: Final[dict[str, Text]] = {**HELP, **RESULTS, **INDEXING, **ERRORS, **SHELL, **TYPING}

__all__ = ["CATALOGUE", "Text"]
