"""Several processes: the order of the tasks, exceptions, and the same index whatever their number."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import pickle
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from vnsearch import Document, Index
from vnsearch.engine import workers, writer
from vnsearch.engine.batch import Batch
from vnsearch.engine.toc import FILE
from vnsearch.engine.workers import AHEAD, SENT, work_on
from vnsearch.engine.writer import batches
from vnsearch.errors import DocumentError, IndexProblem


class Counting:
    """Work that remembers how much of it its process has done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self, task: int) -> tuple[int, int, int]:
        if task < 0:
            raise ZeroDivisionError(task)
        self.done += 1
        return task * task, self.done, os.getpid()


class Slow(Counting):
    """Work that takes a while."""

    def __call__(self, task: int) -> tuple[int, int, int]:
        time.sleep(0.05)
        return super().__call__(task)


def die(*_: object) -> None:
    """End this process, unless it is the one of the tests."""
    if multiprocessing.parent_process() is not None:
        os._exit(3)


class Dying:
    """Work that ends a process that was started for it."""

    def __call__(self, task: int) -> None:
        die()


def ask(answers: multiprocessing.SimpleQueue[list[tuple[int, int]]]) -> None:
    """Ask for several jobs in this process."""
    answers.put([(task, square) for task, (square, _, _) in work_on(Counting, range(5), 3)])


class TestWorkOn:
    @pytest.mark.parametrize("jobs", [-1, 0, 1, 2, 3])
    def test_results_come_in_the_order_of_the_tasks(self, jobs: int) -> None:
        results = list(work_on(Counting, range(40), jobs))
        assert [(task, square) for task, (square, _, _) in results] == [(task, task * task) for task in range(40)]
        by_process: dict[int, list[int]] = {}
        for _, (_, done, process) in results:
            by_process.setdefault(process, []).append(done)
        assert len(by_process) <= max(1, jobs)
        assert jobs > 1 or [*by_process] == [os.getpid()]
        assert all(done == list(range(1, len(done) + 1)) for done in by_process.values()), "state is kept"

    @pytest.mark.parametrize("count", [0, 1])
    def test_no_process_is_started_for_a_single_task(self, count: int) -> None:
        results = list(work_on(Counting, range(count), 4))
        assert [process for _, (_, _, process) in results] == [os.getpid()] * count

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_an_exception_in_the_work_is_raised_in_its_place(self, jobs: int) -> None:
        seen = []
        with pytest.raises(ZeroDivisionError):
            for task, _ in work_on(Counting, [1, 2, 3, -1, 4], jobs):
                seen.append(task)
        assert seen == [1, 2, 3]
        assert not multiprocessing.active_children()

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_an_exception_in_the_tasks_ends_the_processes(self, jobs: int) -> None:
        def tasks() -> Iterator[int]:
            yield from range(3)
            raise KeyError

        with pytest.raises(KeyError):
            list(work_on(Counting, tasks(), jobs))
        assert not multiprocessing.active_children()

    def test_who_stops_asking_ends_the_processes(self) -> None:
        results = work_on(Counting, itertools.count(), 2)
        next(results)
        results.close()  # type: ignore[attr-defined]
        assert not multiprocessing.active_children()

    @pytest.mark.parametrize("taken", [0, 1, 7, 40])
    def test_results_that_were_sent_leave_no_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: int
    ) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        results = work_on(Counting, range(40), 3)
        seen = [square for _, (square, _, _) in itertools.islice(results, taken)]
        assert seen == [task * task for task in range(taken)]
        assert taken in (0, 40) or [*tmp_path.glob("vnsearch-*")]
        results.close()  # type: ignore[attr-defined]
        assert not [*tmp_path.iterdir()]
        assert not multiprocessing.active_children()

    def test_who_asks_works_too_where_there_is_little_to_do(self) -> None:
        for count in (2, 3, 4):
            processes = [process for _, (_, _, process) in work_on(Slow, range(count), 2)]
            assert 0 < processes.count(os.getpid()) < count

    def test_tasks_are_read_only_so_far_ahead(self) -> None:
        read = 0

        def tasks() -> Iterator[int]:
            nonlocal read
            for number in range(100):
                read = number
                yield number

        for done, _ in enumerate(work_on(Counting, tasks(), 2), start=1):
            assert read <= done + 2 * AHEAD + SENT

    def test_a_process_that_dies_is_an_error_and_no_waiting(self) -> None:
        with pytest.raises(IndexProblem, match="was ended from outside"):
            list(work_on(Dying, range(5), 2))
        assert not multiprocessing.active_children()

    def test_a_daemon_which_may_start_no_process_works_alone(self) -> None:
        answers: multiprocessing.SimpleQueue[list[tuple[int, int]]] = multiprocessing.SimpleQueue()
        asking = multiprocessing.Process(target=ask, args=(answers,), daemon=True)
        asking.start()
        asking.join()
        assert asking.exitcode == 0
        assert answers.get() == [(task, task * task) for task in range(5)]
        answers.close()

    def test_what_a_program_has_chosen_holds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(multiprocessing, "get_start_method", lambda *_, **__: "spawn")
        assert workers._method() == "spawn"
        assert [task for task, _ in work_on(Counting, range(5), 2)] == [*range(5)]

    def test_a_program_with_threads_does_not_fork(self) -> None:
        alone = workers._method()
        stop = threading.Event()
        thread = threading.Thread(target=stop.wait)
        thread.start()
        try:
            assert workers._method() == "spawn"
        finally:
            stop.set()
            thread.join()
        assert alone in multiprocessing.get_all_start_methods()


PAPERS = [
    Document(
        f"n{i}", f"chung từ{i % 17} riêng{i}. " * (i % 5) + f"Hết {i % 3} lần (H{i % 3}L)", f"Bài {i}", {"place": i}
    )
    for i in range(120)
]


def test_a_batch_reaches_another_process_as_it_is() -> None:
    """Halves of characters too, which joined would be whole ones."""
    for texts in (["một", "", "hai 東京 😀", "ba\n"], ["một\ud83d", "\ude00 hai", "\ud83d\ude00"], []):
        batch = Batch(Document(f"{i}", text, f"Bài {i}", {"a": 1}, "p", (i,)) for i, text in enumerate(texts))
        received = pickle.loads(pickle.dumps(batch))
        assert received == [Document("", text, f"Bài {i}", {}, None, (i,)) for i, text in enumerate(texts)]


class TestJobs:
    @pytest.fixture(autouse=True)
    def small_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writer, "BATCH", 1_000)

    def test_the_index_is_the_same_to_the_byte(self, tmp_path: Path) -> None:
        assert len(list(batches(PAPERS))) > 5
        found = []
        for jobs in (1, 2, 3):
            with Index.create(tmp_path / str(jobs)) as index:
                assert index.add(PAPERS, jobs=jobs) == len(PAPERS)
                index.add(PAPERS[::3], jobs=jobs)
                results = [index.search(query, limit=50).hits for query in ("chung tu3", "bài 7", "riêng11 OR hết")]
                assert set(index._store.snapshot().definitions.values()) == {40}
            names = sorted(item.name for item in index.path.iterdir())
            assert FILE in names
            found.append((results, {name: (index.path / name).read_bytes() for name in names}))
        assert found[0] == found[1] == found[2]

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_what_is_repaired_is_kept_as_repaired(self, tmp_path: Path, jobs: int) -> None:
        broken = [
            Document(f"o{i}", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Tiáº¿ng Viá»‡t", {"n": i}) for i in range(90)
        ]
        with Index.create(tmp_path / "index") as index:
            index.add([*PAPERS, *broken], jobs=jobs)
            whole = "Cộng hoà xã hội chủ nghĩa Việt Nam"
            assert index.get("o7") == Document("o7", whole, "Tiếng Việt", {"n": 7})
            assert index.search("tiếng việt", limit=1).hits[0].title == "Tiếng Việt"
            assert index.get("n7") == PAPERS[7]

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_an_error_rolls_everything_back(self, tmp_path: Path, jobs: int) -> None:
        with Index.create(tmp_path / "index") as index:
            index.add(PAPERS[:3])
            before = {item.name: item.read_bytes() for item in index.path.iterdir()}
            with pytest.raises(DocumentError):
                index.add([*PAPERS, Document("", "x")], jobs=jobs)
            assert {item.name: item.read_bytes() for item in index.path.iterdir()} == before
            assert not multiprocessing.active_children()

    def test_a_worker_that_dies_rolls_everything_back(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        if workers._method() != "fork":
            pytest.skip("the change to the worker reaches only forked ones")
        with Index.create(tmp_path / "index") as index:
            analyse = writer.Analyser.analyse
            monkeypatch.setattr(writer.Analyser, "analyse", lambda *given: die() or analyse(*given))
            with pytest.raises(IndexProblem, match="was ended from outside"):
                index.add(PAPERS, jobs=2)
            monkeypatch.undo()
            assert index.stats().documents == 0
            assert index.add(PAPERS) == len(PAPERS)
