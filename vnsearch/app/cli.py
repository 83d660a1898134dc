"""The command line as typer reads it: help, usage errors, and all arguments that `arguments.read` is not sure of.

Typer only reads: what it makes of a command line is a `Call`, and that is run elsewhere (`main`), outside its handling
of errors.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Annotated, Any, Literal, cast, get_args, get_origin

import typer
from typer.core import TyperCommand

from .arguments import Call, mark_words
from .declaration import COMMANDS, COMMON, REQUIRED, Command, Option, Parameter, Setting
from .messages import Messages
from .settings import Settings
from .surroundings import VERSION_LINE
from .terminal import ReaderGone, Terminal
from .usage import usage_error

_Complaint = cast(type[Exception], typer.BadParameter.__mro__[2])
"""The root of typer's complaints (ClickException): where it lives depends on the version, its place in the tree not."""


def read_with_typer(arguments: Sequence[str], terminal: Terminal, say: Messages) -> Call | None:
    """The call that the arguments mean; None where there is nothing to run: help was shown, or the version.

    Without a command it is that of the shell where somebody sits at the terminal, else help. Raises
    `RequestError` for a usage error.
    """
    try:
        call = build(terminal, say).main(args=list(arguments), prog_name="vnsearch", standalone_mode=False)
    except _Complaint as complaint:
        raise usage_error(complaint, say) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit:  # typer could not write the help page
        raise ReaderGone from None
    return call if isinstance(call, Call) else None


def build(terminal: Terminal, say: Messages) -> Any:
    """The whole command line as a command of typer, in the user's language."""
    app = typer.Typer(
        name="vnsearch",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    before: dict[str, Any] = {}

    def root(context: typer.Context, version: bool = False, **values: Any) -> Call | None:
        before.update(_plain(values))
        if version:
            terminal.data(VERSION_LINE)
            raise typer.Exit(0)
        if context.invoked_subcommand is not None:
            return None
        if terminal.interactive:
            shell = COMMANDS["shell"]
            return Call(shell, _complete(shell, before))
        terminal.painted(context.get_help().splitlines())
        return None

    version = Parameter("version", bool, False, False, Option(("--version",), "help.option.version"))
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    _declare(root, [*COMMON, version], say, context)
    app.callback(invoke_without_command=True, help=say("help.vnsearch"))(root)
    for command in COMMANDS.values():
        kind = _QueryCommand if command.query else TyperCommand
        example = f"\b\n{say('example.head')}\n  {say(command.example)}"
        app.command(command.name, cls=kind, help=say(command.help), epilog=example)(_caller(command, before, say))
    return typer.main.get_command(app)


def _caller(command: Command, before: dict[str, Any], say: Messages) -> Callable[..., Call]:
    """A function with the parameters of a command, which gives the call with their values."""

    def call(**values: Any) -> Call:
        given = _plain(values)
        return Call(command, _complete(command, {**given, **{n: v for n, v in before.items() if given[n] is None}}))

    _declare(call, command.parameters(), say)
    return call


def _declare(
    function: Callable[..., Any], parameters: Iterable[Parameter], say: Messages, *more: inspect.Parameter
) -> None:
    """Give a function the signature by which typer knows the parameters."""
    declared = [*more, *(_for_typer(parameter, say) for parameter in parameters)]
    function.__signature__ = inspect.Signature(declared)  # type: ignore[attr-defined]
    function.__annotations__ = {p.name: p.annotation for p in declared}


def _for_typer(parameter: Parameter, say: Messages) -> inspect.Parameter:
    mark, default = parameter.mark, parameter.default
    shown: str | bool = True
    if isinstance(default, Setting):  # typer gives None where nothing is given
        shown = _shown(getattr(Settings(), default.name))
        default = None
    hint: Any = parameter.kind
    if get_origin(hint) is Literal:
        make_enum: Any = Enum  # older typers know no Literal
        hint = make_enum(parameter.name, {value: value for value in get_args(hint)}, type=str)
        default = default if default in (None, REQUIRED) else hint(default)
    if parameter.many:
        hint = list[hint]
    if default is None:
        hint = hint | None
    if isinstance(mark, Option):
        info = typer.Option(*mark.names, help=say(mark.help), metavar=mark.metavar, min=mark.least, show_default=shown)
    else:
        info = typer.Argument(help=say(mark.help), metavar=mark.metavar)
    return inspect.Parameter(
        parameter.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[hint, info]
    )


def _shown(value: object) -> str | bool:
    """A default on the help page; paths and what the surroundings decide are told in words there."""
    return str(value) if isinstance(value, (int, str)) and value not in ("", False, True) else False


def _complete(command: Command, values: dict[str, Any]) -> dict[str, Any]:
    """The values of all parameters of a command: what was not given and is for the configuration to say stays that."""
    defaults = {p.name: p.default for p in command.parameters() if isinstance(p.default, Setting)}
    return values | {name: default for name, default in defaults.items() if values.get(name) is None}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as `arguments.read` gives them."""
    return {name: value.value if isinstance(value, Enum) else value for name, value in values.items()}


class _QueryCommand(TyperCommand):
    """A command whose arguments are a query."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, mark_words(COMMANDS[str(self.name)].parameters(), args))
