"""Completion on a shell's command line: a script for each shell, which asks `words` what may stand at the cursor."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

ShellName = Literal["bash", "zsh", "fish"]


def script(shell: ShellName) -> str:
    """The script that a shell loads."""
    return Path(__file__).with_name(f"{shell}.sh").read_text(encoding="utf-8")
