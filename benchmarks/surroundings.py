"""What a benchmark ran on: the machine, and the libraries that are installed.

The libraries of other engines are for benchmarks only: nothing of them is imported, or typed, unless it is used.
"""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar


class Installed:
    """What comes in distributions that may not be there."""

    needs: ClassVar[tuple[str, ...]] = ()
    """The distributions; imported when something is done with them, never before."""

    @classmethod
    def missing(cls) -> str | None:
        """Why it cannot be measured here, or None."""
        return absent(cls.needs)

    @classmethod
    def versions(cls) -> Mapping[str, str]:
        """Version by distribution."""
        return {name: metadata.version(name) for name in cls.needs}


def machine() -> dict[str, str]:
    """Where the figures come from."""
    names = Path("/proc/cpuinfo")
    lines = names.read_text().splitlines() if names.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": models[0] if models else platform.processor() or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": f"{memory / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def own_versions() -> Mapping[str, str]:
    """What of ours is measured: the version, in a checkout with its commit, and the library that does the sums."""
    package = load("vnsearch")
    return {"vnsearch": package.__version__ + _revision(Path(package.__file__)), "numpy": metadata.version("numpy")}


def load(name: str) -> Any:
    """A module, imported now."""
    return import_module(name)


def absent(names: Sequence[str]) -> str | None:
    """Which distributions are not installed, as the reason to leave a row out; None where all are."""
    wanting = [name for name in names if find_spec(name) is None]
    return f"{' and '.join(wanting)} not installed" if wanting else None


def _revision(package: Path) -> str:
    """The commit of the checkout that the package is in, so that a saved result says what was measured."""
    checkout = package.parent.parent
    if not (checkout / ".git").exists():
        return ""
    command = ["git", "--no-optional-locks", "describe", "--always", "--dirty"]
    try:
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f" ({done.stdout.strip()})"
