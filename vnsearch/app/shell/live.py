"""Results while somebody types: asked for a moment after the last key, found in a thread of their own.

What is drawn and what is asked meet in one place: before each drawing, `attend` looks whether what stands there has
changed (the text, the modes, the size of the screen). If so, what waits is dropped and the new text waits its moment;
the one thread of `pool` answers it, and the answer is drawn when it is there. The thread that takes the keys does no
more, and reads whole answers only: an answer never changes.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from prompt_toolkit.application import Application
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.formatted_text import StyleAndTextTuples

from ...models import Marks, Match, SearchResults, Stats
from ...records import record
from ...search.parser import Reading, readings
from ...search.query import Fuzzy, Leaf, Pattern, Phrase, Word
from .lines import asked, begins
from .question import Question
from .screen import capacity, live_lines
from .session import Session

DELAY: Final = 0.1
"""Seconds without a key before a text is searched for."""

STATS_AGE: Final = 30.0
"""Seconds for which the size of the index is believed: telling it takes as long as many searches."""

LOOKUPS: Final = 8
"""So many words of a query are looked up at a time to tell whether the collection has them."""

MAX_KNOWN: Final = 10_000


@record(frozen=True, slots=True)
class Typed:
    """What stands at the prompt: a text, how it is to be read, and how much of the answer can be shown."""

    text: str
    question: Question | None
    match: Match
    marks: Marks
    live: bool
    width: int
    hits: int


@record(frozen=True, slots=True)
class Answer:
    """What was found: `results` is None where nothing was searched for. `unknown` are the leaves that stand nowhere."""

    typed: Typed
    results: SearchResults | None = None
    lines: tuple[StyleAndTextTuples, ...] = ()
    unknown: frozenset[Leaf] = frozenset()
    stats: Stats | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names that may stand before a colon."""
        return ("title", *(self.stats.fields if self.stats else ()))


@dataclass(slots=True)
class Live:
    """The results of what is being typed. `on` tells whether they are wanted."""

    session: Session
    on: bool
    answer: Answer | None = None
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "vnsearch-live"))
    _typed: Typed | None = None
    _task: asyncio.Task[None] | None = None
    _known: dict[tuple[Marks, Leaf], bool] = field(default_factory=dict)
    _stats: Stats | None = None
    _stats_time: float = 0.0

    def attend(self, app: Application[str]) -> None:
        """Ask anew where something else stands there than at the last drawing. Takes no time."""
        if app.current_buffer.name != DEFAULT_BUFFER:  # Ctrl-R, say: what was found stays
            return
        size, session = app.output.get_size(), self.session
        text = app.current_buffer.text
        question = asked(text, session.question)
        typed = Typed(
            text if question else "",
            question,
            session.match,
            session.marks,
            self.on,
            size.columns,
            capacity(size.rows),
        )
        if typed != self._typed:
            self._typed = typed
            if self._task is not None:
                self._task.cancel()
            self._task = app.create_background_task(self._follow(app, typed))

    def forget(self) -> None:
        """Take what was found for old: the index may have changed between two lines."""
        self._typed = self.answer = None
        self._known.clear()
        self._stats_time = 0.0

    async def _follow(self, app: Application[str], typed: Typed) -> None:
        if typed.text:
            await asyncio.sleep(DELAY)
        try:
            self.answer = await asyncio.get_running_loop().run_in_executor(self.pool, self.find, typed)
        except Exception:  # shows nothing: who types is told by Enter what is wrong
            self.answer = None
        app.invalidate()

    def find(self, typed: Typed) -> Answer:
        """Search for what was typed; called in the thread of `pool`. Raises what the index raises.

        Where that finds too little, the last word may be half of one: then it is what a word begins with.
        """
        index = self.session.index()
        now = time.monotonic()
        if self._stats is None or now - self._stats_time > STATS_AGE:
            self._stats, self._stats_time = index.stats(), now
        answer = Answer(typed, stats=self._stats)
        if typed.question is None or not typed.live:
            return answer
        results = self._fetch(typed, typed.question)
        if results.relaxed is not None or not results.total:
            begun = begins(typed.text, typed.question, answer.fields)
            longer = self._fetch(typed, begun) if begun else results
            if longer.total and longer.relaxed is None:
                results = longer
        lines = live_lines(results, typed.width) if typed.hits else []
        unknown = self._unknown(readings(typed.text, answer.fields), results, typed)
        return Answer(typed, results, tuple(lines), unknown, self._stats)

    def _fetch(self, typed: Typed, question: Question) -> SearchResults:
        return self.session.fetch(question, limit=max(typed.hits, 1), passages=1 if typed.hits else 0)

    def _unknown(self, read: list[Reading], results: SearchResults, typed: Typed) -> frozenset[Leaf]:
        """The words and phrases of a query that the collection does not hold at all.

        Where all of the words are found together, none has to be looked up.
        """
        leaves = [r.leaf for r in read if isinstance(r.leaf, Word | Phrase | Pattern | Fuzzy)]
        whole = results.total and results.relaxed is None and not any(r.operator or r.excluded for r in read)
        if whole:
            return frozenset()
        if len(self._known) > MAX_KNOWN:
            self._known.clear()
        new = [leaf for leaf in dict.fromkeys(leaves) if (typed.marks, leaf) not in self._known]
        for leaf in new[:LOOKUPS]:
            found = self.session.index().search(str(leaf), limit=1, passages=0, match="all", marks=typed.marks)
            self._known[typed.marks, leaf] = found.total > 0
        return frozenset(leaf for leaf in leaves if self._known.get((typed.marks, leaf)) is False)
