"""One conversation with an index: its settings, and the page that is shown.

It knows nothing of keys, prompts or commands: `dialogue` tells what a line of input does to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ...errors import RequestError
from ...models import Marks, Match, SearchResults
from ..rendering import results_lines
from ..reporting import remarks, shorten, summary
from ..surroundings import Surroundings

if TYPE_CHECKING:
    from ...index import Index

PAGE: Final = 5
"""How many results a page of the shell has."""


class Leave(Exception):
    """The person asked to leave."""


@dataclass(slots=True)
class Session:
    """The state of one conversation. `seen` maps the numbers shown for the present query to document ids."""

    around: Surroundings
    interactive: bool
    limit: int = PAGE
    match: Match = "auto"
    marks: Marks = "auto"
    page: SearchResults | None = None
    seen: dict[int, str] = field(default_factory=dict)
    found: bool = False
    _index: Index | None = None

    def index(self) -> Index:
        """The index, opened when it is first needed, as of its last commit."""
        if self._index is None:
            self._index = self.around.open()
        else:
            self._index.refresh()
        return self._index

    def close(self) -> None:
        """Let go of the index; the next use opens it again."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def search(self, query: str) -> None:
        """Show the first page for a query."""
        self.seen.clear()
        self._show(self._ask(query, 0))

    def turn(self, step: int) -> None:
        """Show the page after (1) or before (-1) the present one."""
        if self.page is None or not self.page.total:
            raise RequestError(self.around.say("shell.no-results"))
        offset = self.page.offset + (len(self.page) if step > 0 else -self.limit)
        if step > 0 and offset >= self.page.total:
            self.tell(self.around.say("shell.last-page"))
        elif step < 0 and not self.page.offset:
            self.tell(self.around.say("shell.first-page"))
        else:
            self._show(self._ask(self.page.query, max(offset, 0)))

    def tell(self, text: str) -> None:
        """One line of the conversation."""
        self.around.terminal.data(text)

    def _ask(self, query: str, offset: int) -> SearchResults:
        return self.index().search(query, limit=self.limit, offset=offset, match=self.match, marks=self.marks)

    def _show(self, page: SearchResults) -> None:
        terminal, say = self.around.terminal, self.around.say
        self.page = page
        self.found = self.found or bool(page.total)
        self.seen.update(enumerate((hit.id for hit in page), start=page.offset + 1))
        if not self.interactive:
            self.tell(say("results.of", query=shorten(page.query), results=say.count("results", page.total)))
        terminal.painted(results_lines(page, terminal, say))
        if not self.interactive:
            self.tell("")
            return
        if not page.total:
            self.tell(say("shell.nothing", query=shorten(page.interpretation.query or page.query)))
            lines = list(remarks(page, say))
        else:
            self.tell("")
            lines = list(summary(page, say))
        for line in lines:
            self.tell(line)
        keys = []
        if page.offset + len(page) < page.total:
            keys.append(say("shell.more"))
        if page.offset:
            keys.append(say("shell.back"))
        if keys:
            self.tell(" · ".join(keys))
