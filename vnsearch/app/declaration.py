"""Commands and their options, declared once.

A command is a function registered by its name. Its first parameter is its `Surroundings`; each other is annotated with
what it is on the command line:

    @command("show")
    def show(around: Surroundings, id: Annotated[str, Argument("ID", "help.argument.id")], json: JsonOption = False)

Where the default of a parameter is `setting("limit")`, the command receives what the configuration says (`main`).

From this the arguments are read (`arguments`), and typer is told for all that is not plain sailing (`cli`): help,
usage errors, and the last word on what arguments mean.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from ..records import record
from .messages import Language

Run = Callable[..., int]


@record(frozen=True, slots=True)
class Setting:
    """The default of a parameter that the configuration decides: the field of `Settings` of that name."""

    name: str


def setting(name: str) -> Any:
    """A `Setting` as the default of a parameter, whatever its type."""
    return Setting(name)


REQUIRED: Final = inspect.Parameter.empty
"""The default of a parameter that has none."""


@record(frozen=True, slots=True)
class Option:
    """A parameter given by name. `help` is a key of the catalogue; `least` bounds a number from below."""

    names: tuple[str, ...]
    help: str
    metavar: str | None = None
    least: int | None = None


@record(frozen=True, slots=True)
class Argument:
    """A parameter given by place. `help` is a key of the catalogue."""

    metavar: str
    help: str


@record(frozen=True, slots=True)
class Parameter:
    """One parameter of a command: `kind` is str, int, bool, Path or a Literal; `many` of them make a list."""

    name: str
    kind: Any
    many: bool
    default: Any
    mark: Option | Argument


@record(frozen=True, slots=True)
class Command:
    """A command. In the arguments of one that takes a `query`, `-word` excludes a word and is no option."""

    name: str
    run: Run
    query: bool = False

    @property
    def help(self) -> str:
        """The key of its help."""
        return f"help.{self.name}"

    @property
    def example(self) -> str:
        """The key of its example."""
        return f"example.{self.name}"

    def parameters(self) -> list[Parameter]:
        """What it takes, the options common to all commands last."""
        return [*_own_parameters(self.run), *COMMON]


IndexOption = Annotated[Path, Option(("--index",), "help.option.index", "DIR")]
LangOption = Annotated[Language, Option(("--lang",), "help.option.lang")]
JsonOption = Annotated[bool, Option(("--json",), "help.option.json")]
IdArgument = Annotated[str, Argument("ID", "help.argument.id")]


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    kind, mark = get_args(hint)
    if get_origin(kind) is UnionType or NoneType in get_args(kind):
        (kind,) = (option for option in get_args(kind) if option is not NoneType)
    many = get_origin(kind) is list
    return Parameter(name, get_args(kind)[0] if many else kind, many, default, mark)


@cache
def _own_parameters(run: Run) -> tuple[Parameter, ...]:
    hints = get_type_hints(run, include_extras=True)
    own = list(inspect.signature(run).parameters.values())[1:]
    return tuple(_parameter(p.name, hints[p.name], p.default) for p in own)


COMMON: Final = [_parameter("index", IndexOption, setting("index")), _parameter("lang", LangOption, setting("lang"))]
"""The options that stand before a command's name or after it."""


def options_by_name(parameters: Iterable[Parameter]) -> dict[str, Parameter]:
    """The parameters that are options, by each of their names."""
    return {name: p for p in parameters if isinstance(p.mark, Option) for name in p.mark.names}


COMMANDS: Final[dict[str, Command]] = {}
"""The commands by name, in the order of the help page."""


def command(name: str, query: bool = False) -> Callable[[Run], Run]:
    """Register a function as the command of that name; its help is the message `help.name`."""

    def register(run: Run) -> Run:
        COMMANDS[name] = Command(name, run, query)
        return run

    return register
