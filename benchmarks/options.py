"""What benchmarks read off the command line in the same way."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection
from pathlib import Path


def positive(given: str) -> int:
    """A whole number above zero."""
    if not given.isdecimal() or int(given) < 1:
        raise argparse.ArgumentTypeError(f"'{given}' is no whole number above zero")
    return int(given)


def to_write(given: str) -> Path:
    """A file that can be written once everything has run: its folder is there."""
    path = Path(given)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"'{given}' cannot be written: it is a folder, or its folder is not there")
    return path


def some_of(known: Collection[str], what: str) -> Callable[[str], list[str]]:
    """A reader of names with commas between, each of them known; `what` they name is for the error."""

    def read(given: str) -> list[str]:
        names = list(dict.fromkeys(name.strip() for name in given.split(",")))
        unknown = [name for name in names if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown {what} '{unknown[0]}' (known: {', '.join(known)})")
        return names

    return read
