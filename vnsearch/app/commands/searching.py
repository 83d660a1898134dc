"""`vnsearch search`, `similar` and `shell`: the ways to find something."""

from typing import Annotated

from ...errors import RequestError
from ...models import Marks, Match
from ..answers import Answer, Question
from ..arguments import query_text
from ..declaration import Argument, IdArgument, JsonOption, Option, command, setting
from ..filtering import read_filters
from ..output import Output, beside
from ..surroundings import Surroundings
from ..terminal import read_input
from .options import CountOption, CsvOption, JsonlOption, LimitOption, NulOption, PathsOption

MAX_INPUT = 1 << 20
"""How many characters of a query are read from standard input; what a query may hold is for the index to say."""

VALUES_ON_SCREEN = 20
VALUES = 1000
"""How many values of a facet a person is shown, and how many a program."""


@command("search", query=True)
def search(
    around: Surroundings,
    query: Annotated[list[str] | None, Argument("QUERY", "help.argument.query")] = None,
    limit: LimitOption = setting("limit"),
    offset: Annotated[int, Option(("--offset",), "help.option.offset", "N", least=0)] = 0,
    match: Annotated[Match, Option(("--match",), "help.option.match")] = setting("match"),
    marks: Annotated[Marks, Option(("--marks",), "help.option.marks")] = setting("marks"),
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
    settings, say = around.settings, around.say
    output = Output.wanted(say, nul=nul, json=json, jsonl=jsonl, csv=csv, paths=paths, count=count)
    if collapse and no_collapse:
        raise beside("--collapse", "--no-collapse", say)
    question = Question(
        limit=limit,
        offset=offset,
        match=match,
        marks=marks,
        group="passage" if passages else "document",
        filters=read_filters(field or [], since, until, say),
        sort=sort,
        literal=literal,
        passages=output.passages,
        collapse=collapse or (settings.collapse and not no_collapse),
        explain=explain,
        facets=tuple(dict.fromkeys(facet or ())),
        values=VALUES_ON_SCREEN if around.terminal.wraps else VALUES,
    )
    output.check(question, say)
    if batch:
        if query:
            raise RequestError(say("error.batch.query"), say("error.batch.query.hint"))
        if output.form not in (None, "jsonl"):
            raise beside("--batch", f"--{output.form}", say)
        from ..batch import answer_lines

        return answer_lines(around, question)
    if not query:
        raise RequestError(say("error.no-query"), say("error.no-query.hint"))
    text = query_text(query)
    if text == "-":
        text = " ".join(read_input(MAX_INPUT).split())
    with around.open() as opened:
        return output.give(around, question.ask(opened, text), opened, question)


@command("shell")
def shell(around: Surroundings) -> int:
    """Open the shell."""
    from ..shell.conversation import run

    return run(around)


@command("similar")
def similar(
    around: Surroundings,
    id: IdArgument,
    limit: LimitOption = setting("limit"),
    json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
    paths: PathsOption = False,
    nul: NulOption = False,
    count: CountOption = False,
) -> int:
    """Print documents like one."""
    output = Output.wanted(around.say, nul=nul, json=json, jsonl=jsonl, csv=csv, paths=paths, count=count)
    with around.open() as opened:
        answer = Answer(opened.similar(id, limit))
        return output.give(around, answer, opened)
