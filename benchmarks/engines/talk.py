"""What the benchmark says while it runs."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    """Talk goes to standard error; the tables are data."""
    print(line, file=sys.stderr, flush=True)
