"""`vnsearch search`, `similar` and `shell`: the ways to find something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from ...errors import RequestError
from ...models import Marks, Match
from ..answers import Answer, Question
from ..arguments import query_text
from ..declaration import Argument, IdArgument, JsonOption, Option, command
from ..filtering import read_filters
from ..surroundings import FOUND, NOTHING, Surroundings
from ..terminal import read_input
from .options import CountOption, CsvOption, JsonlOption, LimitOption, NulOption, PathsOption

if TYPE_CHECKING:
    from ...index import Index
    from ..formats import Format

MAX_INPUT = 1 << 20
"""How many characters of a query are read from standard input; what a query may hold is for the index to say."""

VALUES_ON_SCREEN = 20
VALUES = 1000
"""How many values of a facet a person is shown, and how many a program."""

WITHOUT_TEXT = ("paths", "count")
"""Formats that show no passage."""


@command("search", query=True)
def search(
    around: Surroundings,
    query: Annotated[list[str] | None, Argument("QUERY", "help.argument.query")] = None,
    limit: LimitOption = None,
    offset: Annotated[int, Option(("--offset",), "help.option.offset", "N", least=0)] = 0,
    match: Annotated[Match | None, Option(("--match",), "help.option.match")] = None,
    marks: Annotated[Marks | None, Option(("--marks",), "help.option.marks")] = None,
    literal: Annotated[bool, Option(("--literal",), "help.option.literal")] = False,
    field: Annotated[list[str] | None, Option(("--field", "--filter"), "help.option.field", "NAME=VALUE")] = None,
    since: Annotated[str | None, Option(("--since",), "help.option.since", "DATE")] = None,
    until: Annotated[str | None, Option(("--until",), "help.option.until", "DATE")] = None,
    sort: Annotated[str, Option(("--sort",), "help.option.sort", "FIELD")] = "score",
    passages: Annotated[bool, Option(("--passages",), "help.option.passages")] = False,
    collapse: Annotated[bool, Option(("--collapse",), "help.option.collapse")] = False,
    no_collapse: Annotated[bool, Option(("--no-collapse",), "help.option.no-collapse")] = False,
    explain: Annotated[bool, Option(("--explain",), "help.option.explain")] = False,
    facet: Annotated[list[str] | None, Option(("--facet",), "help.option.facet", "FIELD")] = None,
    batch: Annotated[bool, Option(("--batch",), "help.option.batch")] = False,
    json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
    paths: PathsOption = False,
    nul: NulOption = False,
    count: CountOption = False,
) -> int:
    """Search, and print a page of results."""
    form = _format(around, nul=nul, json=json, jsonl=jsonl, csv=csv, paths=paths, count=count)
    settings, say = around.settings, around.say
    question = Question(
        limit=limit or settings.limit,
        offset=offset,
        match=match or settings.match,
        marks=marks or settings.marks,
        group="passage" if passages else "document",
        filters=read_filters(field or [], since, until, say),
        sort=sort,
        literal=literal,
        passages=0 if form in WITHOUT_TEXT else 1 if form == "csv" else 3,
        collapse=collapse or (settings.collapse and not no_collapse),
        explain=explain,
        facets=tuple(dict.fromkeys(facet or ())),
        values=VALUES_ON_SCREEN if around.terminal.wraps else VALUES,
    )
    if collapse and no_collapse:
        raise RequestError(say("error.beside", option="--collapse", other="--no-collapse"))
    _check(around, question, form)
    if batch:
        return _batch(around, question, query or [], form)
    if not query:
        raise RequestError(say("error.no-query"), say("error.no-query.hint"))
    text = query_text(query)
    if text == "-":
        text = " ".join(read_input(MAX_INPUT).split())
    with around.open() as opened:
        answer = question.ask(opened, text)
        if form is None:
            _show(around, answer, question.best_score(opened, answer))
        else:
            _write(around, answer, form, opened, nul)
    return _say_about(around, answer, question, form, nul)


@command("shell")
def shell(around: Surroundings) -> int:
    """Open the shell."""
    from ..shell.conversation import run

    return run(around)


@command("similar")
def similar(
    around: Surroundings,
    id: IdArgument,
    limit: LimitOption = None,
    json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
    paths: PathsOption = False,
    nul: NulOption = False,
    count: CountOption = False,
) -> int:
    """Print documents like one."""
    form = _format(around, nul=nul, json=json, jsonl=jsonl, csv=csv, paths=paths, count=count)
    with around.open() as opened:
        answer = Answer(opened.similar(id, limit or around.settings.limit))
        if form is None:
            _show(around, answer, None)
        else:
            _write(around, answer, form, opened, nul)
    if not answer.results:
        around.terminal.talk(f"vnsearch: {around.say('similar.nothing')}")
    return FOUND if answer.results else NOTHING


def _format(around: Surroundings, *, nul: bool, **asked: bool) -> Format | None:
    """The format that is asked for. Raises `RequestError` where several are, and for -0 without paths."""
    if nul and not asked["paths"]:
        raise RequestError(around.say("error.nul"), around.say("error.nul.hint"))
    if not any(asked.values()):
        return None
    from ..formats import chosen

    return chosen(around.say, **asked)


def _check(around: Surroundings, question: Question, form: Format | None) -> None:
    """Raise `RequestError` where what is asked for cannot be had together."""
    beside = f"--{form}"
    if question.facets and form in WITHOUT_TEXT:
        raise RequestError(around.say("error.beside", option="--facet", other=beside))
    if question.explain and (form in WITHOUT_TEXT or form == "csv"):
        raise RequestError(around.say("error.beside", option="--explain", other=beside))
    if question.explain and question.group == "passage":
        raise RequestError(around.say("error.beside", option="--explain", other="--passages"))


def _show(around: Surroundings, answer: Answer, best: float | None) -> None:
    """Results for a person, or as plain lines."""
    around.terminal.painted(_lines(around, answer, best))


def _lines(around: Surroundings, answer: Answer, best: float | None) -> Iterator[str]:
    from ..rendering import results_lines

    yield from results_lines(answer.results, around.terminal, around.say, best, answer.explanations)
    if answer.facets and answer.results:
        from ..charts import facet_lines

        for facets in answer.facets:
            yield ""
            yield from facet_lines(facets, around.terminal, around.say)


def _write(around: Surroundings, answer: Answer, form: Format, opened: Index, nul: bool) -> None:
    """Results in a format for programs."""
    from .. import formats

    if nul:
        around.terminal.exact(formats.paths(answer.results))
        return
    columns = tuple(opened.stats().fields) if form == "csv" else ()
    around.terminal.written(formats.answer_text(answer, form, columns))


def _say_about(around: Surroundings, answer: Answer, question: Question, form: Format | None, nul: bool) -> int:
    """What a person should know about results and the format does not tell; the exit status."""
    from ..reporting import nothing_found, pathless, remarks, summary

    terminal, say, results = around.terminal, around.say, answer.results
    found = bool(results.total if form == "count" else results)
    if not found:
        lines = [f"vnsearch: {line}" for line in nothing_found(results, question, say)]
    elif form is None:
        lines = list(summary(results, say))
    else:
        lines = [] if form == "json" else list(remarks(results, say))
        lines += pathless(results, nul, say) if form == "paths" else ()
    if lines:
        terminal.flush()
    for line in lines:
        terminal.talk(line)
    return FOUND if found else NOTHING


def _batch(around: Surroundings, question: Question, query: list[str], form: Format | None) -> int:
    """Several queries, a line each, from standard input."""
    if query:
        raise RequestError(around.say("error.batch.query"), around.say("error.batch.query.hint"))
    if form not in (None, "jsonl"):
        raise RequestError(around.say("error.beside", option="--batch", other=f"--{form}"))
    from ..batch import answer_lines

    return answer_lines(around, question)
