"""Damage that opening does not look for, since it looks at no sums of arrays: reading never ends in another error than
one that names the file, and nothing is written anew from what is damaged."""

from __future__ import annotations

import errno
import json
import os
import warnings
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vnsearch import Document, Index
from vnsearch.engine.container import _TRAILER, Container
from vnsearch.engine.toc import FILE
from vnsearch.errors import IndexDamaged, VnsearchError
from vnsearch.index import check

READS: dict[str, Callable[[Index], Any]] = {
    "search": lambda index: index.search("đường phố kẹt xe"),
    "phrase": lambda index: index.search('"đường phố" -xe bài', group="passage"),
    "expanded": lambda index: index.search("đ* ph? noj~1"),
    "filtered": lambda index: index.search("đường", filters={"source": "báo mới"}, sort="-date"),
    "sorted": lambda index: index.search("đường", sort="source"),
    "explain": lambda index: index.explain("đường phố", "d3"),
    "facets": lambda index: index.facets("đường", "source"),
    "suggest": lambda index: index.suggest("duong p"),
    "similar": lambda index: index.similar("d3"),
    "get": lambda index: index.get("d3"),
    "stats": lambda index: index.stats(),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Index.create(tmp_path / "index") as index:
        index.add(
            Document(
                f"d{i}",
                f"Ủy ban nhân dân (UBND) họp. Đường phố Hà Nội {i} kẹt xe từ sáng đến tối, " + f"đường {i} vắng. " * 9,
                f"Bài {i}",
                {"source": ["Nhân Dân", "Báo Mới"][i % 2], "date": date(2018, 1, 1 + i)},
            )
            for i in range(20)
        )
    return index.path


def damaged(path: Path) -> Iterator[str]:
    """A segment with one of its arrays overwritten, by the name of it."""
    sound = path.read_bytes()
    container = Container(path)
    for name in container.names():
        first, size = container._directory[name]["offset"], container.array(name).nbytes
        for byte in (b"\xff", b"\x00", b"\x55"):
            path.write_bytes(sound[:first] + byte * size + sound[first + size :])
            yield name
    path.write_bytes(sound)


def test_reading_what_is_damaged_raises_nothing_but_what_says_so(folder: Path) -> None:
    """An IndexError, a UnicodeDecodeError or a ValueError that named no file came out of a search."""
    (segment,) = folder.glob("segment-*")
    told = 0
    for array in damaged(segment):
        try:
            index = Index.open(folder)
        except IndexDamaged:
            continue
        with index, warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # arithmetic on numbers that mean nothing
            for name, read in READS.items():
                try:
                    read(index)
                except IndexDamaged as damage:
                    assert str(segment) in damage.message and "--overwrite" in damage.hint
                    told += 1
                except VnsearchError:
                    pass
                except Exception as error:
                    pytest.fail(f"{name} with damaged '{array}': {error!r}")
    assert told > 50
    assert check(folder) == []


def put_into_directory(path: Path, array: str, **what: object) -> None:
    """Say something else of an array, with right sums in the file and in the table of contents."""
    data = path.read_bytes()
    offset, length, old, magic = _TRAILER.unpack(data[-_TRAILER.size :])
    directory = json.loads(data[offset : offset + length])
    directory[array].update(what)
    raw = json.dumps(directory).encode()
    path.write_bytes(data[:offset] + raw + _TRAILER.pack(offset, len(raw), zlib.crc32(raw), magic))
    toc = path.parent / FILE
    toc.write_text(toc.read_text().replace(str(old), str(zlib.crc32(raw))))


@pytest.mark.parametrize("array", ["body.terms.offsets", "title.bare.offsets", "texts.offsets", "cards.offsets"])
def test_strings_without_an_end_are_damage(folder: Path, array: str) -> None:
    """Opening, and `check`, ended in "__len__() should return >= 0"."""
    (segment,) = folder.glob("segment-*")
    put_into_directory(segment, array, length=0)
    with pytest.raises(IndexDamaged, match=f"has strings '{array.removesuffix('.offsets')}' without an end"):
        Index.open(folder)
    assert len(check(folder)) == 1


def test_deletions_that_are_no_whole_numbers_are_damage(folder: Path) -> None:
    """Opening, and `check`, ended in an IndexError."""
    with Index.open(folder) as index:
        index.delete("d3")
    (deleted,) = folder.glob("deleted-*")
    put_into_directory(deleted, "documents", dtype="<f4")
    with pytest.raises(IndexDamaged, match="names documents that its segment does not have"):
        Index.open(folder)
    assert len(check(folder)) == 1


def test_a_file_that_the_system_refuses_need_not_be_rebuilt(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(IndexDamaged, match="Too many open files") as raised:
        Index.open(folder)
    assert "--overwrite" not in raised.value.hint


def test_an_error_that_no_damage_explains_is_not_hidden(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnsearch.search.searcher.find", lambda *_: 1 / 0)
    with Index.open(folder) as index, pytest.raises(ZeroDivisionError):
        index.search("đường")


def test_what_is_damaged_is_not_merged_into_what_seems_sound(folder: Path) -> None:
    """The new segment had right sums, so nobody could tell any more."""
    (segment,) = folder.glob("segment-*")
    container = Container(segment)
    place = container._directory["body.positions"]["offset"]
    data = bytearray(segment.read_bytes())
    data[place] ^= 1
    segment.write_bytes(data)
    with Index.open(folder) as index:
        index.add([Document("new", "mới")])
        before = {item.name: item.read_bytes() for item in folder.iterdir()}
        with pytest.raises(IndexDamaged, match=r"body\.positions"):
            index.optimize()
        assert {item.name: item.read_bytes() for item in folder.iterdir()} == before
        assert index.search("mới").total == 1
