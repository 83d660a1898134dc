"""The settings as a person reads and writes them: the effective ones as TOML, and a file to begin with."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal

from ..errors import RequestError
from .configuration import PROJECT_FILE, Configuration, Origin
from .messages import Messages
from .settings import COMMAND_LINES, Settings


def lines(configuration: Configuration, say: Messages) -> Iterator[str]:
    """The files that were looked for, and every effective value with where it comes from; all of it is TOML."""
    for key, path in (("configuration.user", configuration.user), ("configuration.project", configuration.project)):
        absent = "" if path is not None and os.path.exists(path) else say("configuration.absent")
        yield f"# {say(key)}: {' '.join(filter(None, (str(path or ''), absent)))}"
    settled = [(f.name, f"{f.name} = {toml(getattr(configuration.settings, f.name))}") for f in fields(Settings)]
    width = max(len(text) for _, text in settled)
    for name, text in settled:
        yield f"{text:{width}}  # {_where(configuration.origin(name), say)}"


def as_dict(configuration: Configuration) -> dict[str, Any]:
    """The same for programs, and the files that were looked for; `project` is null where there is none."""
    settled = {}
    for field in fields(Settings):
        value, origin = getattr(configuration.settings, field.name), configuration.origin(field.name)
        value = str(value) if isinstance(value, Path) else value
        settled[field.name] = {"value": value, "origin": origin.kind, "place": origin.place or None}
    files = {"user": configuration.user, "project": configuration.project}
    return {"settings": settled, "files": {kind: str(path) if path else None for kind, path in files.items()}}


def toml(value: object) -> str:
    """A value of a setting as TOML; None, where a path may be left out, as the empty text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    # A string of JSON without escapes for other letters is a basic string of TOML; DEL alone is allowed there only.
    return json.dumps("" if value is None else str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def write_file(configuration: Configuration, whose: Literal["project", "user"], say: Messages) -> Path:
    """Write a file that has every setting, commented out, with its meaning and its default; never over another."""
    path = Path(PROJECT_FILE).absolute() if whose == "project" else configuration.user
    if path is None:
        raise RequestError(say("configuration.homeless"))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(template(whose, say))
    except FileExistsError:
        raise RequestError(say("configuration.exists", path=path), say("configuration.exists.hint")) from None
    return path


def template(whose: Literal["project", "user"], say: Messages) -> str:
    """The file to begin with, in the user's language. A project file has no settings that are run as commands."""
    parts = [f"# {say('configuration.head')}\n"]
    for field in fields(Settings):
        if whose == "user" or field.name not in COMMAND_LINES:
            parts.append(f"# {say(f'setting.{field.name}')}\n# {field.name} = {toml(field.default)}\n")
    return "\n".join(parts)


def _where(origin: Origin, say: Messages) -> str:
    return origin.place or say("configuration.default")
