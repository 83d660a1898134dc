"""The ends of what an index holds: a document of 50 MB, and 300,000 documents of one word.

    python benchmarks/limits.py [--megabytes N] [--documents N]

Each is built in a process of its own, opened and searched in another; printed are the seconds and the peak of memory of
each, and the bytes of the index.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from vnsearch import Document, Index

SYLLABLES = "đồng bào cả nước đoàn kết một lòng xây dựng quê hương giàu mạnh".split()


def one_large(megabytes: int) -> Iterator[Document]:
    """One document of random sentences, the same in each run."""
    random = np.random.default_rng(1)
    words = [*SYLLABLES, *(f"từ{n}" for n in range(20_000))]
    size = 0
    parts: list[str] = []
    while size < megabytes * 1_000_000:
        part = ". ".join(" ".join(words[i] for i in row) for row in random.integers(0, len(words), (1000, 12)))
        parts.append(part)
        size += len(part.encode()) + 2
    yield Document("large", ".\n".join(parts))


def many_small(count: int) -> Iterator[Document]:
    """Documents of one word."""
    return (Document(f"n{n}", f"từ{n % 20_000}") for n in range(count))


def build(folder: Path, documents: Callable[[int], Iterator[Document]], size: int) -> None:
    """Make the index."""
    with Index.create(folder) as index:
        index.add(documents(size))


def search(folder: Path, *_: object) -> None:
    """Open the index, and ask it something."""
    with Index.open(folder) as index:
        assert index.search("tu7 OR từ19999").total
        assert index.search("*", limit=1).total


def peak() -> float:
    """The peak of memory of this process, in MB; NaN where the system does not tell."""
    try:
        import resource
    except ImportError:
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measured(answer: Connection, work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    """Do the work; send its seconds and the peak of memory, with that before it."""
    before = peak()
    started = time.perf_counter()
    work(*arguments)
    answer.send((time.perf_counter() - started, peak(), before))


def run(work: Callable[..., None], *arguments: object) -> tuple[float, float, float]:
    """Seconds and peaks of memory of some work in a new process."""
    context = multiprocessing.get_context("spawn")
    answer, other = context.Pipe(duplex=False)
    process = context.Process(target=measured, args=(other, work, arguments))
    process.start()
    other.close()
    found: tuple[float, float, float] = answer.recv()
    process.join()
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--documents", type=int, default=300_000)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as scratch:
        for name, documents, size in (
            (f"one document of {options.megabytes} MB", one_large, options.megabytes),
            (f"{options.documents:,} documents of one word", many_small, options.documents),
        ):
            folder = Path(scratch) / documents.__name__
            for what, work in (("build", build), ("search", search)):
                seconds, most, before = run(work, folder, documents, size)
                print(f"{name}: {what} {seconds:.2f} s, peak {most:.0f} MB ({before:.0f} MB before)")
            with Index.open(folder) as index:
                print(f"{name}: {index.stats().bytes / 1e6:.1f} MB on disk")


if __name__ == "__main__":
    main()
