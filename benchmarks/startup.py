"""How long whole commands take, process start included: medians over repeats, beside bare imports.

    python benchmarks/startup.py [--documents FOLDER] [--repeats R]

FOLDER is indexed into a temporary index (default: the seeds).
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"


def seconds(arguments: list[str], repeats: int) -> float:
    """The median time of a process."""
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=Path, default=SEEDS)
    parser.add_argument("--repeats", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = ["-m", "vnsearch", "--index", str(Path(folder) / "index")]
        rows = {
            "python -c pass": ["-c", "pass"],
            "import numpy": ["-c", "import numpy"],
            "vnsearch index": [*index, "index", "--overwrite", str(options.documents)],
            "vnsearch search": [*index, "search", "tu", "tuong", "dao", "duc"],
            "vnsearch --version": ["-m", "vnsearch", "--version"],
        }
        print(f"Python {platform.python_version()}, {platform.machine()}, {options.documents}")
        for name, arguments in rows.items():
            print(f"{name:20} {seconds(arguments, options.repeats):6.3f} s")


if __name__ == "__main__":
    main()
