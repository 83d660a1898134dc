"""One conversation with an index: its settings, what is asked, and the page that is shown.

It knows nothing of keys, prompts or commands: `dialogue` tells what a line of input does to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ...errors import RequestError
from ...models import Hit, Marks, Match, SearchResults
from ..rendering import block, results_lines
from ..reporting import remarks, shorten, summary
from ..settings import Settings
from ..surroundings import Surroundings
from .question import BY_SCORE, Question

if TYPE_CHECKING:
    from ...index import Index

PAGE: Final = Settings().page
"""How many results a page of the shell has where nothing is settled."""

MAX_PAST: Final = 1000
"""How many changes can be taken back."""


class Leave(Exception):
    """The person asked to leave."""


@dataclass(slots=True)
class Session:
    """The state of one conversation. `seen` maps the numbers shown for the present question to hits."""

    around: Surroundings
    interactive: bool
    limit: int = field(init=False)
    match: Match = field(init=False)
    marks: Marks = field(init=False)
    question: Question = field(default=Question(), init=False)
    page: SearchResults | None = field(default=None, init=False)
    seen: dict[int, Hit] = field(default_factory=dict, init=False)
    found: bool = field(default=False, init=False)
    _past: list[Question] = field(default_factory=list, init=False)
    _index: Index | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        settings = self.around.settings
        self.limit, self.match, self.marks = settings.page, settings.match, settings.marks

    @property
    def filters(self) -> dict[str, str | list[str]]:
        """The filters that hold, as `Index.search` takes them."""
        return self.question.filtered()

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
        """Show the first page for a new query; filters and order hold on, refinements do not."""
        self.ask(replace(self.question, query=query, within=(), like=""))

    def narrow(self, change: Callable[[Question], Question]) -> None:
        """Ask with other filters, refinements or order. Raises `RequestError` where documents like one are shown."""
        self.ask(change(self.searched()))

    def searched(self) -> Question:
        """The question, where it is one that searches. Raises `RequestError` where documents like one are shown."""
        if self.question.like:
            raise RequestError(self.around.say("shell.like.fixed"), self.around.say("shell.like.fixed.hint"))
        return self.question

    def ask(self, question: Question, *, back: bool = False) -> None:
        """Show the first page for a question, and remember the one before; with `back`, this is one remembered.

        A question that the index cannot answer raises, and changes nothing.
        """
        if question.empty:
            self.index().search("*", limit=0, sort=question.sort)  # raises where there is no such field
            page = None
        else:
            page = self.fetch(question)
        if back:
            self._past.pop()
        elif question != self.question:
            self._past = [*self._past[1 - MAX_PAST :], self.question]
        self.question = question
        self.seen.clear()
        if page is None:
            self.page = None
            self.tell(self.state() or self.around.say("shell.empty"))
        else:
            self._show(page)

    def undo(self) -> None:
        """Ask what was asked before the last change. Raises `RequestError` where there is nothing before."""
        if not self._past:
            raise RequestError(self.around.say("shell.no-undo"))
        self.ask(self._past[-1], back=True)

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
            self._show(self.fetch(self.question, max(offset, 0)))

    def fetch(
        self, question: Question, offset: int = 0, limit: int | None = None, *, passages: int = 3
    ) -> SearchResults:
        """Some of the results of a question, by default as many as a page has."""
        index = self.index()
        limit = self.limit if limit is None else limit
        if question.like:
            page = index.similar(question.like, offset + limit)
            return replace(page, hits=page.hits[offset:], offset=offset)
        return index.search(
            self.text(question),
            limit=limit,
            offset=offset,
            match=self.match,
            marks=self.marks,
            filters=question.filtered() or None,
            sort=question.sort,
            passages=passages,
            collapse=self.around.settings.collapse,
        )

    def text(self, question: Question) -> str:
        """A question's query with its refinements, as one query."""
        return question.text(("title", *self.index().stats().fields)) if question.within else question.query

    def state(self) -> str:
        """What narrows and orders the results beside the query, on one line; empty where nothing does."""
        say, question = self.around.say, self.question
        parts = [f"{name}={shorten(value)}" for name, value in question.filters]
        if question.sort != BY_SCORE:
            parts.append(say("shell.state.sort", field=question.sort))
        parts += [f"+ {shorten(part)}" for part in question.within]
        return say("shell.state", parts=" · ".join(parts)) if parts and not question.like else ""

    def tell(self, text: str) -> None:
        """One line of the conversation."""
        self.around.terminal.painted(block("", text, (), self.around.terminal))

    def _show(self, page: SearchResults) -> None:
        terminal, say = self.around.terminal, self.around.say
        self.page = page
        self.found = self.found or bool(page.total)
        self.seen.update(enumerate(page, start=page.offset + 1))
        query = say("shell.like", id=shorten(page.query)) if self.question.like else shorten(page.query)
        if not self.interactive:
            self.tell(say("results.of", query=query, results=say.count("results", page.total)))
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
        for line in (*lines, self.state()):
            if line:
                self.tell(line)
        keys = []
        if page.offset + len(page) < page.total:
            keys.append(say("shell.more"))
        if page.offset:
            keys.append(say("shell.back"))
        if keys:
            self.tell(" · ".join(keys))
