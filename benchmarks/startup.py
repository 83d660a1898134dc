"""How long whole commands take, process start included: medians over repeats, beside bare imports.

    python benchmarks/startup.py [--documents FOLDER] [--index DIR] [--repeats R]

FOLDER is indexed into a temporary index (default: the seeds); with `--index` an index that is there is searched
instead. The commands take turns, so that what else the machine does falls on all alike, and modules are compiled
once, as pip does when it installs them. Last comes how many times the bare import of NumPy a search takes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from surroundings import machine, own_versions

SEEDS = Path(__file__).parent.parent / "seeds"
NUMPY = "import numpy"
SEARCH = "vnsearch search"


def seconds(arguments: Sequence[str], compiled: str) -> float:
    """The time of a process that keeps compiled modules in a folder, whatever the environment says of it."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ["PYTHONPYCACHEPREFIX"] = compiled
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environ, capture_output=True, check=True)
    return time.perf_counter() - started


def medians(rows: Mapping[str, Sequence[str]], repeats: int, compiled: str) -> dict[str, float]:
    """The median time of each, all run in turn, after a first round that fills the caches."""
    times: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(repeats + 1):
        for name, arguments in rows.items():
            times[name].append(seconds(arguments, compiled))
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=Path, default=SEEDS)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--repeats", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        searched = options.index or Path(folder, "index")
        compiled = str(Path(folder, "compiled"))
        if not options.index:
            seconds(["-m", "vnsearch", "--index", str(searched), "index", str(options.documents)], compiled)
        on = ["-m", "vnsearch", "--index", str(searched)]
        rows = {
            "python -c pass": ["-c", "pass"],
            NUMPY: ["-c", NUMPY],
            "vnsearch --version": ["-m", "vnsearch", "--version"],
            "vnsearch config": ["-m", "vnsearch", "config"],
            "vnsearch stats": [*on, "stats"],
            SEARCH: [*on, "search", "tu", "tuong", "dao", "duc"],
        }
        print(", ".join((*machine().values(), *(f"{name} {version}" for name, version in own_versions().items()))))
        print(f"{searched if options.index else options.documents}, medians of {options.repeats}")
        taken = medians(rows, options.repeats, compiled)
    for name, median in taken.items():
        print(f"{name:20} {median:6.3f} s")
    print(f"a search takes {taken[SEARCH] / taken[NUMPY]:.2f} times the bare import of NumPy")


if __name__ == "__main__":
    main()
