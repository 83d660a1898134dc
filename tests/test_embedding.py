"""What a program that embeds vnsearch sees of it before it runs: its rooms, and its types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import vnsearch

PROGRAM = """
from collections.abc import Iterator
import vnsearch
from vnsearch import Document, Hit, Index

def best(index: Index, query: str) -> tuple[Hit, ...]:
    return index.search(query, filters={"date": "2018..2022"}, sort="-date")[:3]

def texts(hits: tuple[Hit, ...]) -> Iterator[str]:
    for hit in hits:
        for passage in hit.passages:
            yield from (passage.text[begin:end] for begin, end in passage.spans)

with Index.create("index") as index:
    index.add([Document(id="a", text="x", fields={"tags": ["y"], "n": 1})])
    first: Hit = index.search("x")[0]
    try:
        print(*texts(best(index, "x")), first.title, index.explain("x", "a").terms[0].matched)
    except vnsearch.errors.RequestError as problem:
        print(problem.message, problem.hint)
    kinds: vnsearch.models.Stats = index.stats()
"""


@pytest.mark.parametrize("room", ["engine.open_whoosh", "errors.IndexNotFound", "models.Stats"])
def test_rooms_are_reached_from_the_package_alone(room: str) -> None:
    program = f"import vnsearch; vnsearch.{room}; assert '{room.split('.')[0]}' in dir(vnsearch)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def checked(program: str, folder: Path) -> str:
    """What mypy in its strict mode says of a program."""
    pytest.importorskip("mypy")
    file = folder / "program.py"
    file.write_text(program, encoding="utf-8")
    options = ["--strict", "--no-error-summary", "--config-file=", f"--cache-dir={folder / 'cache'}"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(file)],
        cwd=Path(vnsearch.__file__).parent.parent,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout + done.stderr


def test_a_program_passes_a_strict_check_of_its_types(tmp_path: Path) -> None:
    assert checked(PROGRAM, tmp_path) == ""


def test_a_misspelt_name_does_not(tmp_path: Path) -> None:
    assert "has no attribute" in checked("import vnsearch\nvnsearch.Indx\n", tmp_path)
