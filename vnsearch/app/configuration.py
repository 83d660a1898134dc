"""Reading the settings: a flag counts most, then the environment, the project file, the user's file, the default.

The project file is the nearest `.vnsearch.toml` from the working folder upwards, as far as the home folder or the root.
It may have come with a folder that somebody sent, so it is not trusted: it names no command to run, and no path that
leads out of its folder. Most people have no file at all, so nothing is imported before there is something to read.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Mapping
from dataclasses import field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin, get_type_hints

from ..records import record
from .settings import COMMAND_LINES, RANGES, Settings

Kind = Literal["flag", "environment", "project", "user", "default"]

PROJECT_FILE: Final = ".vnsearch.toml"
PREFIX: Final = "VNSEARCH_"
MAX_BYTES: Final = 1 << 16
"""A configuration file is no longer than this."""

MAX_SHOWN: Final = 80
"""How much of a wrong value is repeated to the user."""

_FLAGS: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


class Origin(NamedTuple):
    """Where a value comes from: the kind of place, and the option, the variable, or the file with its line."""

    kind: Kind
    place: str = ""


class Remark(NamedTuple):
    """Something to tell the user: keys of the catalogue, and what their placeholders stand for."""

    key: str
    values: Mapping[str, object]
    hint: str


@record(frozen=True, slots=True)
class Configuration:
    """The effective settings, where each that is no default comes from, what is wrong and what was passed over.

    `project` is the project file if there is one, `user` where the user's file is or would be.
    """

    settings: Settings = field(default_factory=Settings)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    problems: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    project: Path | None = None
    user: Path | None = None

    def origin(self, name: str) -> Origin:
        """Where the value of a setting comes from."""
        return self.origins.get(name, Origin("default"))

    def with_flags(self, given: Mapping[str, Any], options: Mapping[str, str]) -> Configuration:
        """The same with what options said, which counts most. `options` has the option of each setting."""
        origins = {name: Origin("flag", options[name]) for name in given}
        return replace(self, settings=replace(self.settings, **given), origins={**self.origins, **origins})


class _Source(NamedTuple):
    """Where values are read from. `folder` is what paths are relative to, None for the working folder."""

    kind: Kind
    folder: Path | None = None


class _Wrong(Exception):
    """A value that a setting cannot have: the key of what to say, and what its placeholders stand for."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def load(environ: Mapping[str, str]) -> Configuration:
    """What the files and the environment settle for the working folder. Never raises: what is wrong is told."""
    reader = _Reader()
    user, project = user_file(environ), project_file(environ)
    if user is not None:
        reader.read_file(user, "user")
    if project is not None:
        reader.read_file(project, "project")
    reader.read_environment(environ)
    return Configuration(
        Settings(**reader.values), reader.origins, tuple(reader.problems), tuple(reader.warnings), project, user
    )


def user_file(environ: Mapping[str, str]) -> Path | None:
    """Where the user's file is or would be; None for a user without a home.

    Source: XDG Base Directory Specification 0.8; on Windows and macOS the folders that these systems have for it.
    """
    asked = environ.get("XDG_CONFIG_HOME", "")
    if os.path.isabs(asked):
        return Path(asked, "vnsearch", "config.toml")
    if sys.platform == "win32" and environ.get("APPDATA"):
        return Path(environ["APPDATA"], "vnsearch", "config.toml")
    home = _home(environ)
    if home is None:
        return None
    folder = ("Library", "Application Support") if sys.platform == "darwin" else (".config",)
    return Path(home, *folder, "vnsearch", "config.toml")


def project_file(environ: Mapping[str, str]) -> Path | None:
    """The nearest project file, from the working folder upwards to the home folder or the root."""
    try:
        folder = os.getcwd()
    except OSError:  # the working folder is gone
        return None
    home = _home(environ)
    while True:
        path = os.path.join(folder, PROJECT_FILE)
        if os.path.lexists(path):
            return Path(path)
        above = os.path.dirname(folder)
        if folder in (home, above):
            return None
        folder = above


def _home(environ: Mapping[str, str]) -> str | None:
    home = environ.get("USERPROFILE" if sys.platform == "win32" else "HOME") or os.path.expanduser("~")
    return os.path.realpath(home) if os.path.isabs(home) else None


class _Reader:
    """Collects values place by place; what is read later counts more."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.origins: dict[str, Origin] = {}
        self.problems: list[Remark] = []
        self.warnings: list[Remark] = []

    def read_file(self, path: Path, kind: Literal["user", "project"]) -> None:
        """Take the settings of a file, if it is there."""
        try:
            text = _text(path)
            table = _parse(text)
        except FileNotFoundError:
            return
        except OSError as error:
            self._problem("configuration.unreadable", {"path": path, "reason": error.strerror or error})
            return
        except _Wrong as wrong:
            self._problem(wrong.key, {"path": path, **wrong.values})
            return
        for name, value in table.items():
            place = f"{path}:{_line(text, name)}"
            if name not in _kinds():
                self._unknown(name, place)
            elif kind == "project" and name in COMMAND_LINES:
                self.warnings.append(
                    Remark("configuration.untrusted", {"place": place, "key": name}, "configuration.untrusted.hint")
                )
            else:
                self._take(name, value, Origin(kind, place), _Source(kind, path.parent))

    def read_environment(self, environ: Mapping[str, str]) -> None:
        """Take the variables that name a setting; an empty one is not set."""
        for setting in fields(Settings):
            variable = PREFIX + setting.name.upper()
            if environ.get(variable):
                value = _from_text(_kinds()[setting.name], environ[variable])
                self._take(setting.name, value, Origin("environment", f"${variable}"), _Source("environment"))

    def _take(self, name: str, value: object, origin: Origin, source: _Source) -> None:
        try:
            self.values[name] = _checked(name, value, source)
        except _Wrong as wrong:
            said = str(wrong.values.pop("value"))[:MAX_SHOWN]
            self._problem(wrong.key, {"place": origin.place, "key": name, "value": said, **wrong.values})
        else:
            self.origins[name] = origin

    def _unknown(self, name: str, place: str) -> None:
        from difflib import get_close_matches

        near = get_close_matches(name.lower().replace("-", "_"), _kinds(), 1)
        hint = "configuration.unknown.near" if near else "configuration.unknown.hint"
        known = near[0] if near else ", ".join(_kinds())
        self._problem("configuration.unknown", {"place": place, "key": name, "known": known}, hint)

    def _problem(self, key: str, values: Mapping[str, object], hint: str = "configuration.hint") -> None:
        self.problems.append(Remark(key, values, hint))


@cache
def _kinds() -> Mapping[str, Any]:
    """The type of every setting. To work them out takes longer than to find that there is no file."""
    return get_type_hints(Settings)


def _text(path: Path) -> str:
    """The content of a file. Raises OSError, and `_Wrong` for what cannot be a configuration."""
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would keep us waiting for ever
        raise _Wrong("configuration.no-file")
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _Wrong("configuration.too-long", most=MAX_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Wrong("configuration.no-utf-8") from None


def _parse(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _Wrong("configuration.no-toml", reason=" ".join(str(error).split())) from None


def _line(text: str, name: str) -> int:
    """The line of a file on which a setting stands, as far as can be told without reading TOML ourselves."""
    found = re.search(rf"""^[ \t]*(\[+[ \t]*)?["']?{re.escape(name)}\b""", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _from_text(kind: Any, text: str) -> object:
    """The value that a variable of the environment means, or its text where it means none of that type."""
    if kind is bool:
        return _FLAGS.get(text.lower(), text)
    if kind is int and text.isascii() and text.isdigit():
        return int(text[:20])
    return text


def _checked(name: str, value: object, source: _Source) -> Any:
    """A value as the setting holds it. Raises `_Wrong`."""
    kind = _kinds()[name]
    if kind is bool:
        if not isinstance(value, bool):
            raise _Wrong("configuration.want-flag", value=value)
        return value
    if kind is int:
        least, most = RANGES[name]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise _Wrong("configuration.want-number", value=value, least=least, most=most)
        return value
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise _Wrong("configuration.want-choice", value=value, choices=", ".join(get_args(kind)))
        return value
    if not isinstance(value, str) or "\0" in value:
        raise _Wrong("configuration.want-text", value=value)
    return value if kind is str else _path(value, optional=kind is not Path, source=source)


def _path(value: str, *, optional: bool, source: _Source) -> Path | None:
    """A path, relative to the file that names it; that of a project file stays in its folder, links followed."""
    if not value:
        if optional:
            return None
        raise _Wrong("configuration.want-text", value=value)
    if source.folder is None:
        return Path(value)
    path = Path(source.folder, os.path.expanduser(value) if source.kind == "user" else value)
    if source.kind == "project" and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(source.folder)):
        raise _Wrong("configuration.outside", value=value)
    return path
