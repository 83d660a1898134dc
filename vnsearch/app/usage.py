"""What is wrong with a command line, in the language of the user.

Typer tells it in English, and of a value that does not fit in the words of whatever checks it, which change from
version to version. So what would fit is told from the declaration of the command.
"""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from ..errors import RequestError
from .catalogue.usage import USAGE
from .declaration import COMMANDS, COMMON, Option, Parameter
from .messages import Messages
from .problems import phrase


def usage_error(complaint: Exception, say: Messages) -> RequestError:
    """A complaint of typer as an error of ours, on one line, with what to do."""
    context: Any = getattr(complaint, "ctx", None)
    message = " ".join(str(getattr(complaint, "format_message", complaint.__str__)()).replace("\0", "").split())
    hints = []
    parameter = _parameter(complaint, context)
    if parameter is not None:
        # What stands behind the name tells what is wrong with the value, or what would be right.
        message = message.partition(". Choose from: ")[0].partition(": ")[0]
        hints.append(phrase(_fitting(parameter), say, USAGE))
    hints.append(say("error.usage.hint", command=context.command_path if context is not None else "vnsearch"))
    if context is not None and context.info_name == "search" and hasattr(complaint, "option_name"):
        hints.append(say("error.dash.hint"))
    return RequestError(phrase(message.rstrip("."), say, USAGE), "; ".join(filter(None, hints)))


def _parameter(complaint: Exception, context: Any) -> Parameter | None:
    """The parameter that a complaint is about, as it was declared."""
    name = getattr(getattr(complaint, "param", None), "name", None)
    command = COMMANDS.get(context.info_name) if context is not None else None
    return next((p for p in (command.parameters() if command else COMMON) if p.name == name), None)


def _fitting(parameter: Parameter) -> str:
    """Which values a parameter takes; empty where any text will do."""
    if get_origin(parameter.kind) is Literal:
        return f"one of: {', '.join(get_args(parameter.kind))}"
    if parameter.kind is int:
        least = parameter.mark.least if isinstance(parameter.mark, Option) else None
        return f"give a whole number from {least or 0} on"
    return ""
