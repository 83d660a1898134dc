"""What may stand at the cursor of a command line: commands, options and their values, and what the index holds.

All of it comes from the declaration of the commands and from the index, so nothing is written twice. What a parameter
takes is told by its type, or by the metavariable that its help page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args, get_origin

from ...records import record
from ..declaration import COMMANDS, COMMON, Argument, Command, Parameter, options_by_name
from ..messages import Messages

if TYPE_CHECKING:
    from ...index import Index

MAX_OFFERED: Final = 1000
"""How many values of a field are offered at most."""

MAX_LENGTH: Final = 200
"""A value that is longer is not offered."""


class Offer(NamedTuple):
    """A whole word that may stand at the cursor, and what it means."""

    word: str
    meaning: str = ""


@record(frozen=True, slots=True)
class Answer:
    """What may stand at the cursor: words, files or folders; after `open` words the same argument goes on."""

    kind: Literal["words", "open", "files", "folders"] = "words"
    offers: tuple[Offer, ...] = ()


@record(frozen=True, slots=True)
class _Place:
    """Where the cursor is: in which command, in the value of which option, behind `--`; and the index that is named."""

    command: Command | None = None
    awaiting: Parameter | None = None
    closed: bool = False
    folder: Path | None = None


def complete(words: Sequence[str], folder: Path, say: Messages) -> Answer:
    """What may stand in place of the last of the words, those before it given; `folder` is the index by default.

    Raises what opening an index raises.
    """
    *before, current = words or [""]
    place = _walk(before)
    folder = place.folder or folder
    options = _options(place.command)
    if place.awaiting is not None:
        answer = _values(place.awaiting, current, folder)
    elif current[:1] == "-" and not place.closed:
        name, equals, begun = current.partition("=")
        if equals:
            answer = _values(options[name], begun, folder) if name in options else Answer()
            answer = replace(answer, offers=tuple(Offer(f"{name}={o.word}", o.meaning) for o in answer.offers))
        else:
            answer = Answer("words", tuple(_option_names(place.command, options, say)))
    elif place.command is None:
        answer = Answer("words", tuple(Offer(c.name, _meaning(say(c.help))) for c in COMMANDS.values()))
    else:
        taker = next((p for p in place.command.parameters() if isinstance(p.mark, Argument)), None)
        answer = _values(taker, current, folder) if taker is not None else Answer()
    fitting = (o for o in answer.offers if o.word.startswith(current) and o.word.isprintable())
    return replace(answer, offers=tuple(o for o in fitting if len(o.word) <= MAX_LENGTH))


def _walk(before: Iterable[str]) -> _Place:
    """Go over the words before the cursor."""
    place = _Place()
    for word in before:
        if place.awaiting is not None:
            folder = Path(word).expanduser() if place.awaiting.name == "index" else place.folder
            place = replace(place, awaiting=None, folder=folder)
        elif place.closed or word[:1] != "-" or word == "-":
            place = place if place.command is not None else replace(place, command=COMMANDS.get(word))
        elif word == "--":
            place = replace(place, closed=True)
        else:
            name, equals, value = word.partition("=")
            parameter = _options(place.command).get(name)
            if parameter is not None and equals and parameter.name == "index":
                place = replace(place, folder=Path(value).expanduser())
            elif parameter is not None and not equals and parameter.kind is not bool:
                place = replace(place, awaiting=parameter)
    return place


def _options(command: Command | None) -> Mapping[str, Parameter]:
    return options_by_name(COMMON if command is None else command.parameters())


def _option_names(command: Command | None, options: Mapping[str, Parameter], say: Messages) -> Iterator[Offer]:
    for name, parameter in options.items():
        if name.startswith("--"):
            yield Offer(name, _meaning(say(parameter.mark.help)))
    yield Offer("--help")
    if command is None:
        yield Offer("--version", _meaning(say("help.option.version")))


def _meaning(text: str) -> str:
    """The first line of a help text, without its full stop."""
    return text.splitlines()[0].rstrip(".")


def _values(parameter: Parameter, begun: str, folder: Path) -> Answer:
    """What may stand for a parameter of which this much was typed."""
    if get_origin(parameter.kind) is Literal:
        return Answer("words", tuple(map(Offer, get_args(parameter.kind))))
    if parameter.kind is Path:
        return Answer("folders" if parameter.mark.metavar == "DIR" else "files")
    ask = _ASKED.get(parameter.mark.metavar or "")
    if ask is None:
        return Answer()
    from ...index import Index

    with Index.open(folder) as index:
        return ask(index, parameter, begun)


def _fields(index: Index, parameter: Parameter, begun: str) -> Answer:
    """The fields of the documents, and what the option takes by default; behind a minus where one was typed."""
    names = [*([parameter.default] if isinstance(parameter.default, str) else []), *index.stats().fields]
    minus = "-" if begun.startswith("-") else ""
    return Answer("words", tuple(Offer(minus + name) for name in names))


def _pairs(index: Index, parameter: Parameter, begun: str) -> Answer:
    """The fields, and behind `field=` the values that documents have there."""
    name, equals, _ = begun.partition("=")
    if not equals:
        return Answer("open", tuple(Offer(f"{field}=") for field in index.stats().fields))
    found = index.facets("", name, limit=MAX_OFFERED).values
    return Answer("words", tuple(Offer(f"{name}={value.value}", f"{value.count:,}") for value in found))


_ASKED: Final[Mapping[str, Callable[[Index, Parameter, str], Answer]]] = {"FIELD": _fields, "NAME=VALUE": _pairs}
"""Who knows what a metavariable stands for."""
