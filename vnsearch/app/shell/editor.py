"""The query in the editor of the user, and back."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document

from ...errors import VnsearchError
from ..complaints import complain, os_error_text
from ..editor import editor_words
from ..foreground import run
from ..problems import problem_text
from ..surroundings import Surroundings


async def edit(buffer: Buffer, around: Surroundings) -> None:
    """Let the user edit the line; its line breaks become spaces. Where there is no editor, the line stays."""
    text = await run_in_terminal(lambda: _edited(buffer.text, around), in_executor=True)
    buffer.document = Document(text, len(text))


def _edited(text: str, around: Surroundings) -> str:
    try:
        command = editor_words(around)
    except VnsearchError as error:
        complain(around.terminal, problem_text(error, around.say))
        return text
    handle, name = tempfile.mkstemp(suffix=".txt", prefix="vnsearch-")
    try:
        with open(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text + "\n")
        if run([*command, name]):
            return text
        with open(name, encoding="utf-8", errors="replace") as file:
            return " ".join(file.read().removeprefix("\ufeff").split())
    except OSError as error:
        complain(around.terminal, os_error_text(error))
        return text
    finally:
        with suppress(OSError):
            os.unlink(name)
