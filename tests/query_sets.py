"""Small sets of queries in files, and commands that are run on them: for the tests of the benchmark of quality."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vnsearch import Document

PAPERS = [
    Document("a", "Phở bò Hà Nội, phở gà", "Món ngon"),
    Document("b", "Bún bò Huế"),
    Document("c", "pho bo Ha Noi"),
    Document("d", ""),
]


def articles(folder: Path, suffix: str = "") -> Path:
    """Articles as JSON Lines, of which every other one has an abstract."""
    entries = [
        {"id": str(n), "title": f"t{n}", "abstract": f"a{n}" if n % 2 else " ", "text": f"x{n}"} for n in range(20)
    ]
    data = "".join(json.dumps(entry) + "\n" for entry in entries).encode()
    path = folder / f"news.jsonl{suffix}"
    path.write_bytes(gzip.compress(data) if suffix else data)
    return path


def beir(folder: Path, gains: str = "q1\ta\t1\nq2\tc\t1\nq3\ta\t0\n", gains_path: str = "qrels.tsv") -> Path:
    """A set in BEIR layout over `PAPERS`."""
    corpus = [{"_id": paper.id, "title": paper.title, "text": paper.text} for paper in PAPERS]
    queries = [{"_id": "q1", "text": "phở gà"}, {"_id": "q2", "text": "Hà Nội"}, {"_id": "q3", "text": "bún"}]
    (folder / gains_path).parent.mkdir(parents=True, exist_ok=True)
    for name, lines in (("corpus", corpus), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (folder / gains_path).write_text("query-id\tcorpus-id\tscore\n" + gains, encoding="utf-8")
    return folder


def run(main: Callable[[], int], monkeypatch: pytest.MonkeyPatch, *given: object) -> int:
    """The exit status of a command, with no folder of third-party data."""
    monkeypatch.delenv("VNSEARCH_DATA", raising=False)
    monkeypatch.setattr(sys, "argv", ["quality", *map(str, given)])
    return main()
