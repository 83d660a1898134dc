"""What every command works in, and the exit statuses it may return."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .. import __version__
from ..records import record
from .configuration import Configuration
from .messages import Messages
from .settings import Settings
from .terminal import Terminal

if TYPE_CHECKING:
    from ..index import Index

FOUND: Final = 0
NOTHING: Final = 1
ERROR: Final = 2
INTERRUPTED: Final = 130

VERSION_LINE: Final = f"vnsearch {__version__}"
DEFAULT_INDEX: Final = Path("index")
SEEDS: Final = Path("seeds")


@record(frozen=True, slots=True)
class Surroundings:
    """The terminal, the language, the folder of the index, the settings, and the configuration they come from."""

    terminal: Terminal
    say: Messages
    folder: Path = DEFAULT_INDEX
    settings: Settings = field(default_factory=Settings)
    configuration: Configuration = field(default_factory=Configuration)

    def open(self) -> Index:
        """The index there is. Raises `IndexNotFound` in the user's language."""
        from ..errors import IndexNotFound
        from ..index import Index

        try:
            return Index.open(self.folder, synonyms=self.settings.synonyms)
        except IndexNotFound:
            raise IndexNotFound(self.say("index.none", folder=self.folder), self.say("index.none.hint")) from None
