"""A disk that fills up while something is written: an error of the system, the last commit, and nothing left behind."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from vnsearch import Document, Index
from vnsearch.engine import writer
from vnsearch.index import check

PAPERS = [Document(f"n{i}", " ".join(f"từ{i} riêng{i * k} chung" for k in range(120)), f"Bài {i}") for i in range(60)]

WRITES: dict[str, Callable[[Index], Any]] = {
    "add": lambda index: index.add(PAPERS),
    "add in little memory": lambda index: index.add(PAPERS, memory=0),
    "delete": lambda index: index.delete("n7"),
    "optimize": lambda index: index.optimize(),
}


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """As near to a full disk as can be had without one: no file can be written beyond a size."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create(tmp_path / "index") as made:
        made.add(PAPERS[:20])
        made.delete("n3")
        yield made


def contents(index: Index) -> dict[str, bytes]:
    return {item.name: item.read_bytes() for item in index.path.iterdir()}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("size", [0, 100, 5_000, 20_000, 30_000, 40_000])
def test_the_last_commit_stays_and_nothing_else(
    index: Index, monkeypatch: pytest.MonkeyPatch, write: str, size: int
) -> None:
    """Where the last bytes found no room on closing, the file stayed, and the folder of what was in the making."""
    monkeypatch.setattr(writer, "BATCH", 1 << 13)
    before = contents(index)
    with files_of_at_most(size):
        try:
            WRITES[write](index)
        except OSError as error:
            assert error.errno == errno.EFBIG
            assert contents(index) == before
    assert check(index.path) == []
    assert {*contents(index)} == index._store.toc().files() | {"write.lock"}
    assert index.add(PAPERS) == len(PAPERS)
