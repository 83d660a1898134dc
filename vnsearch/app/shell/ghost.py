"""The rest of a query, shown faintly behind the cursor: from the history first, then from what stands side by side.

The statistics of pairs know marks that were not typed (`dao d`: đạo đức). What is shown behind the cursor is the rest
of the suggestion; who accepts it gets all of it, marks included.
"""

from __future__ import annotations

import asyncio
from typing import Final

from prompt_toolkit.auto_suggest import AutoSuggest, Suggestion
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document

from ..inert import inert
from .lines import folded, is_command
from .live import Live

DELAY: Final = 0.03
"""Seconds without a key before a text is completed."""

MAX_TEXT: Final = 200
MAX_HISTORY: Final = 5000
TRIES: Final = 5
"""So many suggestions of the index are looked at for one that goes on as typed."""


class Whole(Suggestion):
    """A suggestion that knows the whole line that it makes."""

    def __init__(self, whole: str, rest: str) -> None:
        super().__init__(rest)
        self.whole = whole

    def word(self) -> tuple[str, str]:
        """The line with only the next word of the suggestion, and what is left to suggest behind it."""
        begin = len(self.whole) - len(self.text)
        space = self.whole.find(" ", begin + (len(self.text) - len(self.text.lstrip())))
        end = len(self.whole) if space < 0 else space
        return self.whole[:end], self.whole[end:]


class Ghost(AutoSuggest):
    """Suggests the rest of a line, in the thread of `live`."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def get_suggestion(self, buffer: Buffer, document: Document) -> Suggestion | None:
        """The rest of a line. Asks the index: not for the thread that takes the keys."""
        return self.suggest(buffer.history.get_strings()[-MAX_HISTORY:], document.text)

    async def get_suggestion_async(self, buffer: Buffer, document: Document) -> Suggestion | None:
        """The same, found in the thread of `live` a moment after the last key."""
        if not document.is_cursor_at_the_end:
            return None
        await asyncio.sleep(DELAY)
        if buffer.document != document:
            return None
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.live.pool, self.get_suggestion, buffer, document)
        except Exception:  # a suggestion is a courtesy: without an index there is none
            return None

    def suggest(self, history: list[str], text: str) -> Whole | None:
        """What goes on as `text` begins, of the lines typed before (the last first), or as the collection has it."""
        if not text.strip() or "\n" in text or len(text) > MAX_TEXT:
            return None
        for line in reversed(history):
            if line.startswith(text) and len(line) > len(text) and inert(line) == line:
                return Whole(line, line[len(text) :])
        if is_command(text) or len(text.strip()) < 2:
            return None
        for whole in self.live.session.index().suggest(text, TRIES):
            if len(whole) > len(text) and inert(whole) == whole and folded(whole[: len(text)]) == folded(text):
                return Whole(whole, whole[len(text) :])
        return None
