"""An answer handed over as it was asked for: as lines, where a person reads them, or in a format for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Self

from ..errors import RequestError
from ..records import record
from .answers import Answer, Question
from .messages import Messages
from .surroundings import FOUND, NOTHING, Surroundings

if TYPE_CHECKING:
    from ..index import Index
    from .formats import Format

PASSAGES: Final = 3
"""How many passages of a document are shown."""


@record(frozen=True, slots=True)
class Output:
    """The format that was asked for, None for lines; `nul` is for exact paths, each ended by NUL."""

    form: Format | None
    nul: bool = False

    @classmethod
    def wanted(cls, say: Messages, *, nul: bool, **asked: bool) -> Self:
        """What the options ask for. Raises `RequestError` where that is several formats, or NUL without paths."""
        if nul and not asked["paths"]:
            raise RequestError(say("error.nul"), say("error.nul.hint"))
        if not any(asked.values()):
            return cls(None)
        from .formats import chosen

        return cls(chosen(say, **asked), nul)

    @property
    def passages(self) -> int:
        """How many passages of a document it shows at most."""
        return {"paths": 0, "count": 0, "csv": 1}.get(self.form or "", PASSAGES)

    def check(self, question: Question, say: Messages) -> None:
        """Raise `RequestError` where a question asks for what this cannot show."""
        rows_only = self.form in ("paths", "count")
        if question.facets and rows_only:
            raise beside("--facet", f"--{self.form}", say)
        if question.explain and (rows_only or self.form == "csv"):
            raise beside("--explain", f"--{self.form}", say)
        if question.explain and question.group == "passage":
            raise beside("--explain", "--passages", say)

    def give(self, around: Surroundings, answer: Answer, index: Index, question: Question | None = None) -> int:
        """Hand over an answer, tell beside it what it does not tell itself, and return the exit status.

        Without a question it is what is like a document.
        """
        terminal = around.terminal
        if self.form is None:
            best = question.best_score(index, answer) if question is not None else None
            show(_lines(around, answer, best), around)
        else:
            from . import formats

            if self.nul:
                terminal.exact(formats.paths(answer.results))
            else:
                columns = tuple(index.stats().fields) if self.form == "csv" else ()
                terminal.written(formats.answer_text(answer, self.form, columns))
        terminal.flush()
        found = bool(answer.results.total if self.form == "count" else answer.results)
        for line in self._remarks(answer, question, found, around.say):
            terminal.talk(line if found else f"vnsearch: {line}")
        return FOUND if found else NOTHING

    def _remarks(self, answer: Answer, question: Question | None, found: bool, say: Messages) -> Iterator[str]:
        from .reporting import nothing_found, pathless, remarks, summary

        if not found:
            yield from (say("similar.nothing"),) if question is None else nothing_found(answer.results, question, say)
        elif self.form is None:
            yield from summary(answer.results, say)
        elif self.form != "json":
            yield from remarks(answer.results, say)
        if self.form == "paths":
            yield from pathless(answer.results, self.nul, say)


def show(lines: Iterable[str], around: Surroundings) -> None:
    """Lines for a person: in the pager where somebody sits at a screen that is too short for them."""
    if around.terminal.interactive:
        from .pager import page

        page(lines, around)
    else:
        around.terminal.painted(lines)


def beside(option: str, other: str, say: Messages) -> RequestError:
    """The error of two options that cannot be had together."""
    return RequestError(say("error.beside", option=option, other=other))


def _lines(around: Surroundings, answer: Answer, best: float | None) -> Iterator[str]:
    from .rendering import results_lines

    yield from results_lines(answer.results, around.terminal, around.say, best, answer.explanations)
    if answer.facets and answer.results:
        from .charts import facet_lines

        for facets in answer.facets:
            yield ""
            yield from facet_lines(facets, around.terminal, around.say)
