"""The public contract, `Index` as programs embed it: sharing, closing, optimizing."""

from __future__ import annotations

import random
import threading
from datetime import UTC
from pathlib import Path

import pytest
from contract import OFFICE, WARD, ids, one_line, size

from vnsearch import Document, Index
from vnsearch.engine import Store, Writer
from vnsearch.errors import (
    DocumentError,
    IndexBusy,
    IndexProblem,
)
from vnsearch.index import check


class TestSharing:
    def test_others_see_a_commit_after_refresh(self, index: Index) -> None:
        with Index.open(index.path) as other:
            index.add([Document("new", "hạn hán")])
            assert ids(other, "hạn hán", match="all") == []
            assert other.refresh() is True
            assert ids(other, "hạn hán") == ["new"]
            assert other.refresh() is False
            assert other.delete("new") == 1
            assert ids(index, "hạn hán") == ["new"]
            assert index.refresh() is True
            assert ids(index, "hạn hán", match="all") == []

    def test_delete_knows_what_others_wrote(self, index: Index) -> None:
        with Index.open(index.path) as other:
            index.add([Document("new", "hạn hán")])
            assert other.delete("new") == 1

    def test_fields_that_others_made_are_known_after_refresh(self, index: Index) -> None:
        with Index.open(index.path) as other:
            other.add([Document("new", "hạn hán", fields={"author": "Nguyễn Văn An"})])
        index.refresh()
        assert ids(index, "author:an") == ids(index, "hạn", filters={"author": "nguyễn văn an"}) == ["new"]
        with pytest.raises(DocumentError):
            index.add([Document("newer", "x", fields={"author": 3})])

    def test_a_second_writer_is_told_to_wait(self, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Writer.__init__, "__defaults__", (0.01, 1 << 20))
        with Index.open(index.path) as other, Writer(Store.open(index.path)):
            for write in (lambda: other.add([OFFICE]), lambda: other.delete("ward"), lambda: index.add([OFFICE])):
                with pytest.raises(IndexBusy) as raised:
                    write()
                assert one_line(raised.value)
            assert ids(other, "triều cường") == ["ward"]
        assert index.delete("ward") == 1

    def test_threads_read_while_one_writes(self, index: Index) -> None:
        failures: list[BaseException] = []
        stop = threading.Event()

        def read() -> None:
            try:
                while not stop.is_set():
                    results = index.search("lũ lụt OR triều")
                    numbers = [int(hit.id[1:]) for hit in index.search("lũ", limit=100) if hit.id != "ward"]
                    assert sorted(numbers) == list(range(len(numbers)))  # whole commits, in order
                    assert results.total >= 1
                    assert index.get("ward") == WARD
                    index.suggest("tri")
                    index.stats()
            except BaseException as error:
                failures.append(error)

        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        for number in range(15):
            index.add([Document(f"n{number}", "lũ lụt")])
        stop.set()
        for reader in readers:
            reader.join()
        assert failures == []
        assert index.search("lũ lụt").total == 15

    def test_writers_in_threads_take_turns(self, index: Index) -> None:
        writers = [
            threading.Thread(target=index.add, args=([Document(f"t{n}", "lượt")],), daemon=True) for n in range(8)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert index.search("lượt").total == 8

    def test_many_commits_keep_all(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "index") as index:
            for number in range(25):
                index.add([Document(f"n{number}", f"chung riêng{number}", fields={"place": number})])
                if number % 5 == 4:
                    index.delete(f"n{number - 2}")
            kept = [n for n in range(25) if n % 5 != 2]
            assert ids(index, "chung", limit=50, sort="place") == [f"n{n}" for n in kept]
            assert [index.get(f"n{n}").fields["place"] for n in kept] == kept
            stats = index.stats()
            assert (stats.documents, stats.passages, stats.syllables) == (20, 20, 40)

    def test_a_commit_that_fails_holds_no_lock(self, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
        """A full disk at the end of a commit left the lock with the program for as long as it lived."""
        before = size(index)
        monkeypatch.setattr(Writer.__init__, "__defaults__", (0.01, 1 << 20))
        with monkeypatch.context() as patch:
            patch.setattr("os.rename", _no_space)
            patch.setattr("os.replace", _no_space)
            with pytest.raises(OSError, match="No space"):
                index.add([Document("new", "mới")])
        assert size(index) == before
        assert index.add([Document("new", "mới")]) == 1
        assert ids(index, "mới") == ["new"]

    def test_a_program_that_seeds_its_random_numbers_keeps_its_index(self, tmp_path: Path) -> None:
        """Files of commits were named by the random numbers of the whole program, and met where those were seeded."""
        state = random.getstate()
        try:
            with Index.create(tmp_path / "index") as index:
                for number in range(3):
                    random.seed(7)
                    index.add([Document(f"n{number}", "chung")])
                    drawn = random.random()
                assert index.search("chung").total == 3
            random.seed(7)
            assert random.random() == drawn  # and its numbers are its own
        finally:
            random.setstate(state)


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


class TestClosing:
    def test_closing_twice_does_no_harm(self, index: Index) -> None:
        index.close()
        index.close()

    def test_a_closed_index_says_so(self, index: Index) -> None:
        index.close()
        for use in (
            lambda: index.search("x"),
            lambda: index.get("ward"),
            lambda: index.suggest("x"),
            lambda: index.explain("x", "ward"),
            lambda: index.add([OFFICE]),
            lambda: index.delete("ward"),
            lambda: index.sync(index.path),
            lambda: index.facets("x", "source"),
            lambda: index.similar("ward"),
            index.stats,
            index.refresh,
            index.optimize,
        ):
            with pytest.raises(IndexProblem) as raised:
                use()
            assert one_line(raised.value) and "closed" in str(raised.value)

    def test_an_index_tells_where_it_is_and_whether_it_is_closed(self, index: Index) -> None:
        assert repr(index) == f"<Index '{index.path}'>"
        index.close()
        assert repr(index) == f"<Index '{index.path}', closed>"

    def test_stats(self, index: Index) -> None:
        stats = index.stats()
        words = [
            word for document in (WARD, OFFICE) for text in (document.title, document.text) for word in text.split()
        ]
        assert (stats.path, stats.documents, stats.passages) == (str(index.path), 2, 3)
        assert stats.syllables == len(words)
        assert stats.bytes > 0 and stats.format >= 1 and stats.modified.tzinfo is UTC
        assert stats.fields == {"date": "date", "open": "flag", "source": "text", "tags": "text", "views": "number"}
        assert check(index.path) == []


class TestOptimizing:
    def test_one_segment_is_left_and_nothing_of_what_was_deleted(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "index") as index:
            for number in range(7):
                index.add([Document(f"n{number}", f"chung riêng{number}")])
            index.delete(["n3"])
            before = [(hit.id, hit.score) for hit in index.search("chung", limit=20)]
            index.optimize()
            assert len(list((tmp_path / "index").glob("segment-*"))) == 1
            assert not list((tmp_path / "index").glob("deleted-*"))
            assert [(hit.id, hit.score) for hit in index.search("chung", limit=20)] == before
            assert index.search("riêng3", match="all", marks="exact").total == 0

    def test_a_single_segment_with_deletions_is_written_anew(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "index") as index:
            index.add([Document(f"n{number}", "chung") for number in range(9)])
            index.delete(["n1"])
            index.optimize()
            assert not list((tmp_path / "index").glob("deleted-*"))
            assert index.stats().documents == 8

    def test_an_index_in_order_stays_as_it_is(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "index") as index:
            index.optimize()
            index.add([Document("a", "chung")])
            index.optimize()
            assert index.search("chung").total == 1

    def test_little_memory_changes_nothing(self, tmp_path: Path) -> None:
        documents = [Document(f"n{number}", f"chung riêng{number} " * 50) for number in range(60)]
        files = []
        for name, memory in (("less than none", -1), ("small", 1), ("large", 1 << 29)):
            with Index.create(tmp_path / name) as index:
                index.add(documents, memory=memory)
            files.append(next((tmp_path / name).glob("segment-*")).read_bytes())
        assert files[0] == files[1] == files[2]
