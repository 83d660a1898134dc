"""The query in the editor of the user, and back."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document

from ..complaints import complain, os_error_text
from ..surroundings import Surroundings


def editor_command(setting: str, environ: Mapping[str, str]) -> list[str]:
    """The command line of the editor: that of the settings, else $VISUAL, else $EDITOR, else what the system has.

    >>> editor_command("", {"EDITOR": "code --wait"}), editor_command("nano", {"EDITOR": "vi"})
    (['code', '--wait'], ['nano'])
    """
    asked = setting or environ.get("VISUAL", "") or environ.get("EDITOR", "")
    with suppress(ValueError):  # an open quote
        words = shlex.split(asked, posix=sys.platform != "win32")
        if words:
            return words
    return ["notepad" if sys.platform == "win32" else "vi"]


async def edit(buffer: Buffer, around: Surroundings) -> None:
    """Let the user edit the line; its line breaks become spaces. Where there is no editor, the line stays."""
    text = await run_in_terminal(lambda: _edited(buffer.text, around), in_executor=True)
    buffer.document = Document(text, len(text))


def _edited(text: str, around: Surroundings) -> str:
    command = editor_command(around.settings.editor, os.environ)
    handle, name = tempfile.mkstemp(suffix=".txt", prefix="vnsearch-")
    try:
        with open(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text + "\n")
        status = subprocess.run([*command, name], check=False).returncode
        if status:
            return text
        with open(name, encoding="utf-8", errors="replace") as file:
            return " ".join(file.read().removeprefix("\ufeff").split())
    except OSError as error:
        complain(around.terminal, os_error_text(error))
        return text
    finally:
        with suppress(OSError):
            os.unlink(name)
