"""How benchmarks speak: tables are data and go to standard output, talk goes to standard error, results to a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def say(line: str) -> None:
    """One line of talk."""
    print(line, file=sys.stderr, flush=True)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1) -> str:
    """Columns as wide as they must be; the first `texts` are text, the others stand right."""
    cells = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    lines = []
    for row in cells:
        lines.append("  ".join(_filled(cell, widths[i], left=i < texts) for i, cell in enumerate(row)).rstrip())
    return "\n".join([lines[0], "-" * (sum(widths) + 2 * len(widths) - 2), *lines[1:]])


def save_json(path: Path, result: Mapping[str, object]) -> None:
    """Write a result."""
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _filled(cell: str, width: int, left: bool) -> str:
    return cell.ljust(width) if left else cell.rjust(width)
