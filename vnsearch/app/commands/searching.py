"""`vnsearch search`, `similar` and `shell`: the ways to find something."""

from __future__ import annotations

from typing import Annotated

from ...errors import RequestError
from ...models import Marks, Match
from ..arguments import query_text
from ..declaration import Argument, IdArgument, JsonOption, Option, command, setting
from ..messages import Messages
from ..surroundings import FOUND, NOTHING, Surroundings
from ..terminal import read_input

MAX_INPUT = 1 << 20
"""How many characters of a query are read from standard input; what a query may hold is for the index to say."""


@command("search", query=True)
def search(
    around: Surroundings,
    query: Annotated[list[str], Argument("QUERY", "help.argument.query")],
    limit: Annotated[int, Option(("--limit", "-n"), "help.option.limit", "N", least=1)] = setting("limit"),
    offset: Annotated[int, Option(("--offset",), "help.option.offset", "N", least=0)] = 0,
    match: Annotated[Match, Option(("--match",), "help.option.match")] = setting("match"),
    marks: Annotated[Marks, Option(("--marks",), "help.option.marks")] = setting("marks"),
    passages: Annotated[bool, Option(("--passages",), "help.option.passages")] = False,
    literal: Annotated[bool, Option(("--literal",), "help.option.literal")] = False,
    sort: Annotated[str, Option(("--sort",), "help.option.sort", "FIELD")] = "score",
    filter: Annotated[list[str] | None, Option(("--filter",), "help.option.filter", "NAME=VALUE")] = None,
    json: JsonOption = False,
) -> int:
    """Search, and print a page of results."""
    terminal, say = around.terminal, around.say
    text = query_text(query)
    if text == "-":
        text = " ".join(read_input(MAX_INPUT).split())
    wanted = read_filters(filter or [], say)
    with around.open() as opened:
        results = opened.search(
            text,
            limit=limit,
            offset=offset,
            match=match,
            marks=marks,
            group="passage" if passages else "document",
            filters=wanted or None,
            sort=sort,
            literal=literal,
        )
    from ..reporting import nothing_found, summary

    if json:
        terminal.json(results.to_dict())
    else:
        from ..rendering import results_lines

        terminal.painted(results_lines(results, terminal, say))
    if not results:
        loosen = {"match": match, "marks": marks, "filter": bool(wanted)}
        for line in nothing_found(results, loosen, say):
            terminal.talk(f"vnsearch: {line}")
        return NOTHING
    if not json:
        terminal.flush()
        for line in summary(results, say):
            terminal.talk(line)
    return FOUND


def read_filters(filters: list[str], say: Messages) -> dict[str, str | list[str]]:
    """`NAME=VALUE` as given -> name to value, or to all its values where a name is repeated."""
    values: dict[str, list[str]] = {}
    for given in filters:
        name, equals, value = given.partition("=")
        if not equals or not name.strip():
            raise RequestError(say("error.filter", value=given), say("error.filter.hint"))
        values.setdefault(name.strip(), []).append(value.strip())
    return {name: given[0] if len(given) == 1 else given for name, given in values.items()}


@command("shell")
def shell(around: Surroundings) -> int:
    """Open the shell."""
    from ..shell.conversation import run

    return run(around)


@command("similar")
def similar(around: Surroundings, id: IdArgument, json: JsonOption = False) -> int:
    """Print documents like one."""
    from ..rendering import results_lines

    with around.open() as opened:
        results = opened.similar(id)
    if json:
        around.terminal.json(results.to_dict())
    else:
        around.terminal.painted(results_lines(results, around.terminal, around.say))
    return FOUND if results else NOTHING
