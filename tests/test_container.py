"""Containers, the strings and texts in them, and the table of contents: what is written is read; damage is told."""

from __future__ import annotations

import errno
import json
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from strategies import wild

from vnsearch.engine import container as container_module
from vnsearch.engine import texts
from vnsearch.engine.container import MAGIC, VERSION, Container, ContainerWriter
from vnsearch.engine.strings import Strings, decode, encode, write_strings
from vnsearch.engine.texts import Texts, TextsWriter, compress, gather
from vnsearch.engine.toc import FILE, FORMAT, SegmentEntry, Toc, read_toc, write_toc
from vnsearch.errors import IndexDamaged, IndexNotFound, IndexProblem, IndexVersion

NUMBERS = np.arange(1000, dtype=np.uint32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.vns"
    with ContainerWriter(path) as container:
        container.add("numbers", NUMBERS)
        container.add("bytes", np.frombuffer(b"tu tuong", dtype=np.uint8))
        container.add("empty", np.zeros(0, dtype=np.float64))
    return path


def with_directory(path: Path, directory: Any) -> None:
    """A container whose sums are right and whose directory says anything."""
    raw = directory if isinstance(directory, bytes) else json.dumps(directory).encode()
    data = struct.pack("<8sII", MAGIC, VERSION, 0).ljust(128, b"\0")
    path.write_bytes(data + raw + struct.pack("<QII8s", len(data), len(raw), zlib.crc32(raw), MAGIC))


class TestFlushing:
    """While a file grows, the system is made to write it to the disk."""

    def test_the_file_is_the_same(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        flushed: list[int] = []
        fsync = os.fsync
        monkeypatch.setattr(os, "fsync", lambda file: (flushed.append(os.fstat(file).st_size), fsync(file)))
        for name, every in (("a", 1 << 30), ("b", 1000)):
            monkeypatch.setattr(container_module, "_FLUSH", every)
            flushed.clear()
            with ContainerWriter(tmp_path / name) as container:
                container.add_parts("numbers", NUMBERS.dtype, [NUMBERS] * 9)
            size = (tmp_path / name).stat().st_size
            assert flushed[-1] == size and all(held < size for held in flushed[:-1])
            assert (len(flushed) > 1) is (name == "b")
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()

    def test_what_fails_beside_is_told_and_leaves_no_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A system tells once that it could not write: whoever asks again is told that all is well."""
        failures = iter([OSError(errno.EIO, "no such luck")])

        def fail_once(_: int) -> None:
            for failure in failures:
                raise failure

        monkeypatch.setattr(os, "fsync", fail_once)
        monkeypatch.setattr(container_module, "_FLUSH", 1000)
        with pytest.raises(OSError, match="no such luck"), ContainerWriter(tmp_path / "a") as container:
            container.add("numbers", NUMBERS)
        assert not [*tmp_path.iterdir()]


class TestContainer:
    @given(
        held=st.lists(
            arrays.arrays(st.sampled_from(["<u4", "<i8", "<f8", "u1", ">u2", "<u8"]), st.integers(0, 50)), max_size=5
        )
    )
    @settings(max_examples=50)
    def test_what_is_written_is_read(self, tmp_path_factory: pytest.TempPathFactory, held: list[Any]) -> None:
        path = tmp_path_factory.mktemp("container") / "a.vns"
        with ContainerWriter(path) as writer:
            for place, array in enumerate(held):
                writer.add_parts(str(place), array.dtype, np.array_split(array, 3))
        container = Container(path)
        assert list(container.names()) == [str(place) for place in range(len(held))]
        assert container.sum == writer.sum
        assert container.verify() == []
        for place, array in enumerate(held):
            found = container.array(str(place))
            assert np.array_equal(found, array, equal_nan=array.dtype.kind == "f")
            assert not found.flags.writeable
            assert found.dtype.byteorder in "<=|"

    def test_arrays_begin_at_multiples_of_64(self, file: Path) -> None:
        container = Container(file)
        assert all(container._directory[name]["offset"] % 64 == 0 for name in container.names())

    def test_a_name_stands_once(self, tmp_path: Path) -> None:
        writer = ContainerWriter(tmp_path / "a")
        writer.add("a", NUMBERS)
        with pytest.raises(ValueError, match="'a'"):
            writer.add("a", NUMBERS)
        writer.abort()
        assert not list(tmp_path.iterdir())

    def test_an_exception_leaves_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(ZeroDivisionError), ContainerWriter(tmp_path / "a") as writer:
            writer.add("a", NUMBERS)
            raise ZeroDivisionError
        assert not list(tmp_path.iterdir())

    def test_an_array_that_is_missing_is_named(self, file: Path) -> None:
        with pytest.raises(IndexDamaged, match="'letters'"):
            Container(file).array("letters")

    def test_every_length_but_the_whole_is_cut_short(self, file: Path) -> None:
        whole = file.read_bytes()
        for length in (*range(0, len(whole), 61), len(whole) - 24, len(whole) - 1):
            file.write_bytes(whole[:length])
            with pytest.raises(IndexDamaged) as raised:
                Container(file)
            assert str(file) in raised.value.message and "--overwrite" in raised.value.hint

    def test_what_was_added_behind_the_end_is_no_part_of_it(self, file: Path) -> None:
        file.write_bytes(file.read_bytes() + b"\0")
        with pytest.raises(IndexDamaged):
            Container(file)

    def test_every_byte_that_is_flipped_is_found(self, file: Path) -> None:
        """On opening, or by `verify`; but for the padding between arrays, which means nothing."""
        whole = bytearray(file.read_bytes())
        container = Container(file)
        used = {*range(12), *range(len(whole) - 24 - len(json.dumps(container._directory)), len(whole))}
        for name in container.names():
            first = container._directory[name]["offset"]
            used |= {*range(first, first + container.array(name).nbytes)}
        places = [*sorted(used)[::37], 0, 8, *(len(whole) - n for n in (1, 12, 20))]
        for place in places:
            whole[place] ^= 0x10
            file.write_bytes(whole)
            whole[place] ^= 0x10
            try:
                assert Container(file).verify(), place
            except IndexProblem as problem:
                assert str(file) in str(problem), place

    def test_the_sum_of_one_array_does_not_count_for_another(self, file: Path) -> None:
        whole = file.read_bytes()
        file.write_bytes(whole.replace(b"tu tuong", b"tu duong"))
        assert Container(file).verify() == ["bytes"]

    def test_another_version_is_named_with_both_numbers(self, file: Path) -> None:
        data = bytearray(file.read_bytes())
        data[8] = 77
        file.write_bytes(data)
        with pytest.raises(IndexVersion, match=rf"format 77.*format {VERSION}.*--overwrite"):
            Container(file)

    @pytest.mark.parametrize("content", [b"PK\x03\x04" * 100, b"\0" * 4096, "Đảng ủy".encode() * 30])
    def test_a_foreign_file(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a").write_bytes(content)
        with pytest.raises(IndexDamaged, match="no file of vnsearch"):
            Container(tmp_path / "a")

    def test_a_folder_or_nothing_in_its_place(self, tmp_path: Path) -> None:
        for path in (tmp_path, tmp_path / "none", tmp_path / "nul\0"):
            with pytest.raises(IndexDamaged):
                Container(path)

    @pytest.mark.parametrize(
        "directory",
        [
            b"",
            b"{",
            b"\xff",
            b"[" * 100_000,
            [],
            [1],
            None,
            {"a": None},
            {"a": {}},
            {"a": {"dtype": "<u4", "length": 1, "offset": 64}},
            {"a": {"dtype": "<u4", "length": 2**62, "offset": 64, "crc": 0}},
            {"a": {"dtype": "<u4", "length": -1, "offset": 64, "crc": 0}},
            {"a": {"dtype": "<u4", "length": 17, "offset": 64, "crc": 0}},
            {"a": {"dtype": "<u4", "length": 1, "offset": -64, "crc": 0}},
            {"a": {"dtype": "<u4", "length": 1.5, "offset": 64, "crc": 0}},
            {"a": {"dtype": "<u4", "length": 1, "offset": "64", "crc": 0}},
            {"a": {"dtype": "O", "length": 1, "offset": 64, "crc": 0}},
            {"a": {"dtype": "V0", "length": 1, "offset": 64, "crc": 0}},
            {"a": {"dtype": "u4,O", "length": 1, "offset": 64, "crc": 0}},
            {"a": {"dtype": "os.system", "length": 1, "offset": 64, "crc": 0}},
            {"a": {"dtype": ["<u4"], "length": 1, "offset": 64, "crc": 0}},
        ],
        ids=lambda directory: repr(directory)[:60],
    )
    def test_a_directory_that_lies_is_damage(self, tmp_path: Path, directory: Any) -> None:
        """A directory with the right sum and the wrong content ended in KeyError, TypeError or RecursionError."""
        with_directory(tmp_path / "a", directory)
        with pytest.raises(IndexDamaged) as raised:
            Container(tmp_path / "a")
        assert "\n" not in str(raised.value)


class TestStrings:
    @given(strings=st.lists(st.binary(max_size=5)), wanted=st.binary(max_size=3))
    @settings(max_examples=50)
    def test_strings(self, tmp_path_factory: pytest.TempPathFactory, strings: list[bytes], wanted: bytes) -> None:
        strings = sorted({*strings})
        path = tmp_path_factory.mktemp("strings") / "a"
        with ContainerWriter(path) as writer:
            write_strings(writer, "s", strings)
        held = Strings(Container(path), "s")
        assert list(held) == [held[i] for i in range(len(held))] == strings
        assert held.slice(0, len(strings)) == strings
        assert held.slice(1, 1) == []
        assert held.bisect(wanted) == sum(string < wanted for string in strings)
        for string in (*strings, wanted):
            assert held.find(string) == (strings.index(string) if string in strings else None)
            assert held.find(string, 1, max(1, len(strings) - 1)) == (
                strings.index(string) if string in strings[1:-1] else None
            )

    @given(text=wild)
    def test_any_text_is_kept_in_its_order(self, text: str) -> None:
        assert decode(encode(text)) == text
        assert sorted(text) == sorted(text, key=encode)


class TestTexts:
    @given(
        given_texts=st.lists(st.one_of(wild, st.text(min_size=20, max_size=60)), max_size=12), size=st.integers(1, 99)
    )
    @settings(max_examples=50)
    def test_texts_of_any_size_come_back(
        self, tmp_path_factory: pytest.TempPathFactory, given_texts: list[str], size: int
    ) -> None:
        path = tmp_path_factory.mktemp("texts") / "a"
        with pytest.MonkeyPatch.context() as patch, ContainerWriter(path) as container:
            patch.setattr(texts, "BLOCK", size)
            writer = TextsWriter(container)
            writer.write(compress(gather(given_texts[:5])))
            writer.write(compress(gather(given_texts[5:])))
            writer.close()
        held = Texts(Container(path))
        assert len(held) == len(given_texts)
        assert [held[i] for i in range(len(held))] == given_texts
        assert sum(len(block.lengths) for block in held.blocks()) == len(given_texts)

    def test_blocks_are_the_same_at_once_and_one_by_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The other way is for where `zstandard` has no compiled part."""
        blocks = gather(["Đồng bào cả nước " * 5_000, "ngắn", "x" * 70_000])
        at_once = compress(blocks)
        monkeypatch.setattr(texts.zstandard, "backend", "cffi")
        assert len(blocks) > 1 and compress(blocks) == at_once

    def test_a_block_that_claims_too_much_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(texts, "MAX_BLOCK", 5)
        with ContainerWriter(tmp_path / "a") as container:
            writer = TextsWriter(container)
            writer.write(compress(gather(["quá dài"])))
            writer.close()
        with pytest.raises(IndexDamaged, match="claims to hold"):
            _ = Texts(Container(tmp_path / "a"))[0]


TOC = Toc(
    7,
    {"date": "date", "nguồn": "text"},
    (SegmentEntry("segment-3-0.vns", 68, 5, 1, "deleted-7-0.vns", 2), SegmentEntry("segment-7-0.vns", 2, 1, 3)),
)


class TestToc:
    def test_what_is_written_is_read(self, tmp_path: Path) -> None:
        write_toc(tmp_path, TOC)
        assert read_toc(tmp_path) == TOC
        assert TOC.files() == {FILE, "segment-3-0.vns", "segment-7-0.vns", "deleted-7-0.vns"}
        data = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
        assert (data["engine"], data["format"], data["generation"]) == ("vnsearch", FORMAT, 7)

    def test_no_toc(self, tmp_path: Path) -> None:
        with pytest.raises(IndexNotFound):
            read_toc(tmp_path)

    def test_every_length_but_the_whole_is_damage(self, tmp_path: Path) -> None:
        write_toc(tmp_path, TOC)
        whole = (tmp_path / FILE).read_bytes()
        for length in range(len(whole) - 2):
            (tmp_path / FILE).write_bytes(whole[:length])
            with pytest.raises(IndexDamaged) as raised:
                read_toc(tmp_path)
            assert FILE in raised.value.message and "--overwrite" in raised.value.hint

    def test_every_byte_that_is_flipped_ends_well(self, tmp_path: Path) -> None:
        write_toc(tmp_path, TOC)
        whole = bytearray((tmp_path / FILE).read_bytes())
        for place in range(len(whole)):
            whole[place] ^= 1
            (tmp_path / FILE).write_bytes(whole)
            whole[place] ^= 1
            try:
                read_toc(tmp_path)
            except (IndexDamaged, IndexVersion) as problem:
                assert str(tmp_path) in str(problem) and "--overwrite" in str(problem)

    @pytest.mark.parametrize("version", [1, FORMAT + 1, 0, -1, "2", None, [2], 2.5])
    def test_another_version(self, tmp_path: Path, version: object) -> None:
        (tmp_path / FILE).write_text(json.dumps({"format": version}))
        with pytest.raises(IndexVersion) as raised:
            read_toc(tmp_path)
        assert str(tmp_path) in str(raised.value) and "--overwrite" in raised.value.hint

    @pytest.mark.parametrize("field", ["name", "deleted"])
    @pytest.mark.parametrize(
        "name",
        [
            "../a.vns",
            "/etc/passwd",
            "a/b.vns",
            "..",
            ".",
            "",
            "a\\b.vns",
            "C:a.vns",
            "C:\\a.vns",
            "a\0.vns",
            "a.vns\n",
            3,
        ],
    )
    def test_a_name_never_leads_out_of_the_folder(self, tmp_path: Path, field: str, name: object) -> None:
        write_toc(tmp_path, TOC)
        data = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
        data["segments"][0][field] = name
        (tmp_path / FILE).write_text(json.dumps(data))
        with pytest.raises(IndexDamaged):
            read_toc(tmp_path)

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (("generation",), "x"),
            (("generation",), None),
            (("generation",), float("inf")),
            (("fields",), ["date"]),
            (("fields",), {"date": "colour"}),
            (("fields",), {"date": []}),
            (("segments",), 3),
            (("segments",), [[]]),
            (("segments", 0, "records"), float("inf")),
            (("segments", 0, "records"), float("nan")),
            (("segments", 0, "documents"), {}),
            (("segments", 0, "sum"), None),
        ],
        ids=repr,
    )
    def test_a_value_of_another_kind_is_damage(self, tmp_path: Path, path: tuple[Any, ...], value: object) -> None:
        """A number without end was an OverflowError, and a field of no known kind a KeyError in the search."""
        write_toc(tmp_path, TOC)
        data = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
        inner = data
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value
        (tmp_path / FILE).write_text(json.dumps(data))
        with pytest.raises(IndexDamaged):
            read_toc(tmp_path)

    def test_nesting_without_end_is_damage(self, tmp_path: Path) -> None:
        """It was a RecursionError."""
        (tmp_path / FILE).write_text("[" * 100_000)
        with pytest.raises(IndexDamaged):
            read_toc(tmp_path)
