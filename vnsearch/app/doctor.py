"""What is installed, which Whoosh is really imported, and whether the index is sound."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from .. import __version__
from ..errors import IndexNotFound, IndexProblem, VnsearchError
from ..records import record
from .messages import Messages


@record(frozen=True, slots=True)
class Findings:
    """What the doctor found. A version is None where the package is missing; `problems` is None without an index."""

    vnsearch: str
    python: str
    platform: str
    numpy: str | None
    whoosh: str | None
    whoosh_distribution: str | None
    index: str
    problems: tuple[VnsearchError, ...] | None

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as values that JSON can hold."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {"problems": None if self.problems is None else [*map(str, self.problems)]}


def examine(folder: Path) -> Findings:
    """Look at the installation and at the index in a folder. Never raises for what it finds there."""
    return Findings(
        vnsearch=__version__,
        python=platform.python_version(),
        platform=platform.platform(),
        numpy=_version_of("numpy"),
        whoosh=_version_of("whoosh"),
        whoosh_distribution=_distribution_of("whoosh"),
        index=str(folder.absolute()),
        problems=_problems(folder),
    )


def _version_of(module: str) -> str | None:
    """The version that the module itself tells once imported."""
    from importlib import import_module

    try:
        version = import_module(module).__version__
    except ImportError:
        return None
    return ".".join(map(str, version)) if isinstance(version, tuple) else str(version)


def _distribution_of(module: str) -> str | None:
    """The distribution that brought a module: Whoosh has forks that install themselves under its name."""
    from importlib.metadata import packages_distributions, version

    names = sorted(set(packages_distributions().get(module, ())))
    return ", ".join(f"{name} {version(name)}" for name in names) or None


def _problems(folder: Path) -> tuple[VnsearchError, ...] | None:
    from ..index import Index, check

    try:
        Index.open(folder).close()
    except IndexNotFound:
        return None
    except VnsearchError as error:
        return (error,)
    except OSError as error:
        return (IndexProblem(f"the index file '{folder}' cannot be read: {error.strerror}", ""),)
    return tuple(check(folder))


def pairs(findings: Findings, say: Messages) -> Iterator[tuple[str, str]]:
    """The findings as names and values for a person."""
    missing = say("doctor.missing")
    yield "vnsearch", findings.vnsearch
    yield "Python", f"{findings.python}, {findings.platform}"
    yield "NumPy", findings.numpy or missing
    yield "Whoosh", f"{findings.whoosh} ({findings.whoosh_distribution or '?'})" if findings.whoosh else missing
    if findings.problems is None:
        yield say("doctor.index"), say("doctor.index.none", path=findings.index)
    elif findings.problems:
        yield say("doctor.index"), say.count("doctor.index.faulty", len(findings.problems), path=findings.index)
    else:
        yield say("doctor.index"), say("doctor.index.sound", path=findings.index)
