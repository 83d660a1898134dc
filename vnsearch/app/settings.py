"""What a user may settle once for all commands and the shell, and what holds where nothing is settled."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from ..models import Marks, Match
from ..records import record

Color = Literal["auto", "always", "never"]
Editing = Literal["emacs", "vi"]
Speech = Literal["auto", "en", "vi"]


@record(frozen=True, slots=True)
class Settings:
    """The effective settings. Each field is one key of a configuration file.

    `limit` is how many results a command prints and `page` how many the shell shows at once; `pager` and `editor` are
    command lines, empty where the environment decides; `jobs` is 0 for one process a core; `lang` is "auto" where the
    locale decides.
    """

    index: Path = Path("index")
    synonyms: Path | None = None
    lang: Speech = "auto"
    limit: int = 10
    page: int = 5
    match: Match = "auto"
    marks: Marks = "auto"
    collapse: bool = False
    color: Color = "auto"
    pager: str = ""
    editor: str = ""
    jobs: int = 0
    editing: Editing = "emacs"
    mouse: bool = False
    live: bool = True


RANGES: Final[Mapping[str, tuple[int, int]]] = {"limit": (1, 10_000), "page": (1, 100), "jobs": (0, 61)}
"""The least and the most of every setting that is a number. (Windows can wait for 61 processes.)"""

COMMAND_LINES: Final = frozenset(("pager", "editor"))
"""Settings that are run as commands. A project file may come with a folder that somebody sent: it cannot set them."""
