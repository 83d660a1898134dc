"""Well-formed arguments, read at once.

To import typer takes longer than most searches, and lately it brings pydantic. So arguments that are certainly
well-formed are read here; whatever is not (help, a misspelt option, a value of the wrong kind) is left to typer, whose
reading is the authority: a test holds the two against each other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

from ..records import record
from .declaration import COMMANDS, COMMON, REQUIRED, Argument, Command, Option, Parameter, options_by_name

MAX_DIGITS: Final = 9


@record(frozen=True, slots=True)
class Call:
    """What a command line asks for: a command and the values of its parameters."""

    command: Command
    values: dict[str, Any]


class _Unsure(Exception):
    """Not certainly well-formed."""


def read(arguments: Sequence[str]) -> Call | None:
    """The call that the arguments mean, or None where typer should say."""
    waiting = list(reversed(arguments))
    try:
        before, _ = _read(COMMON, waiting, ahead=True)
        command = COMMANDS.get(waiting.pop()) if waiting else None
        if command is None:
            return None
        parameters = command.parameters()
        if command.query:
            waiting = mark_words(parameters, waiting[::-1])[::-1]
        values, positional = _read(parameters, waiting, ahead=False)
        values = {p.name: p.default for p in parameters} | before | values | _place(parameters, positional)
    except _Unsure:
        return None
    return None if REQUIRED in values.values() else Call(command, values)


def _read(parameters: Iterable[Parameter], waiting: list[str], *, ahead: bool) -> tuple[dict[str, Any], list[str]]:
    """Take arguments off the end of `waiting`: the values of options, and what stands between them.

    With `ahead` only the options before the first argument of another kind are taken.
    """
    options = options_by_name(parameters)
    values: dict[str, Any] = {}
    positional: list[str] = []
    while waiting:
        argument = waiting.pop()
        if argument[:1] != "-" or argument == "-":
            if ahead:
                waiting.append(argument)
                break
            positional.append(argument)
            continue
        if argument == "--" and not ahead:
            positional += reversed(waiting)
            break
        name, equals, value = argument.partition("=")
        parameter = options.get(name)
        flag = parameter is not None and parameter.kind is bool
        if parameter is None or (equals and (flag or name[:2] != "--")) or not (flag or equals or waiting):
            raise _Unsure
        if flag:
            values[parameter.name] = True
            continue
        converted = _convert(parameter, value if equals else waiting.pop())
        values[parameter.name] = [*values.get(parameter.name, ()), converted] if parameter.many else converted
    return values, positional


def _convert(parameter: Parameter, text: str) -> Any:
    kind = parameter.kind
    if kind is str or (get_origin(kind) is Literal and text in get_args(kind)):
        return text
    if kind is Path:
        return Path(text)
    if kind is int and text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS:
        least = parameter.mark.least if isinstance(parameter.mark, Option) else None
        if int(text) >= (least or 0):
            return int(text)
    raise _Unsure


def _place(parameters: Iterable[Parameter], positional: list[str]) -> dict[str, Any]:
    """The positional arguments as values of the parameter that takes them."""
    if not positional:
        return {}
    takers = [p for p in parameters if isinstance(p.mark, Argument)]
    if len(takers) != 1 or (len(positional) > 1 and not takers[0].many):
        raise _Unsure
    converted = [_convert(takers[0], text) for text in positional]
    return {takers[0].name: converted if takers[0].many else converted[0]}


def mark_words(parameters: Iterable[Parameter], arguments: Sequence[str]) -> list[str]:
    """The arguments of a query with every `-word` behind a NUL, which no argument of a process can hold.

    So it is no bundle of short options (`-tham` is not -t -h -a -m). `query_text` takes the NUL off again.
    """
    options = options_by_name(parameters)
    flags = {"-h", *(name for name, p in options.items() if p.kind is bool)}
    marked: list[str] = []
    takes_value = False
    for place, argument in enumerate(arguments):
        if argument == "--" and not takes_value:
            return [*marked, *arguments[place:]]
        known = argument in options or argument in flags
        # `-n5` is `-n 5`: a short option with its number.
        known = known or (argument[:2] in options and argument[:2] not in flags and argument[2:].isdecimal())
        word = argument[:1] == "-" and argument[1:2] not in ("", "-") and not known
        marked.append("\0" + argument if word and not takes_value else argument)
        takes_value = not takes_value and argument in options and argument not in flags
    return marked


def query_text(words: Sequence[str]) -> str:
    """The query as one text, from arguments that went through `mark_words`.

    Where the locale could not read them (Python keeps such bytes as lone surrogates) they are read as UTF-8.
    """
    text = " ".join(word.removeprefix("\0") for word in words)
    return text if text.isprintable() else os.fsencode(text).decode("utf-8", "surrogateescape")
