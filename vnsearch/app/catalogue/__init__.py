"""The messages themselves, English beside Vietnamese: a module a subject, in the order in which a user meets them.

A placeholder `{name}` stands in both languages or in none; a test keeps it so.
"""

from __future__ import annotations

from typing import Final

from .configuration import CONFIGURATION
from .errors import ERRORS
from .examples import EXAMPLES
from .help import HELP
from .indexing import INDEXING
from .results import RESULTS
from .shell import SHELL
from .shell_help import SHELL_HELP
from .text import Text
from .typing import TYPING

_SUBJECTS: Final = (HELP, EXAMPLES, RESULTS, INDEXING, CONFIGURATION, ERRORS, SHELL, SHELL_HELP, TYPING)

CATALOGUE: Final[dict[str, Text]] = {key: text for subject in _SUBJECTS for key, text in subject.items()}

__all__ = ["CATALOGUE", "Text"]
