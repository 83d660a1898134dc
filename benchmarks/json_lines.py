"""JSON Lines, plain or .gz, as the articles and queries of all benchmarks come."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vnsearch import Document


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read_documents(path: Path, limit: int | None) -> list[Document]:
    """The first articles of a file: objects with `id`, `text`, and perhaps `title`."""
    from vnsearch import Document  # other engines are measured in processes without it

    return [Document(str(row["id"]), row["text"], row.get("title", "")) for row in islice(read_lines(path), limit)]
