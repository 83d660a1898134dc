"""Inverting in bounded memory: whatever the budget, one and the same segment, and no file left behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnsearch import Document
from vnsearch.engine import Store, Writer, builder, inverter, writer
from vnsearch.engine.inverter import Inverter, Keys, Portion, merged, term_run

Batch = list[tuple[int, int]]

rows = st.lists(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), max_size=12).map(sorted), min_size=1, max_size=6
)
"""Batches of postings (record within the batch, position) whose terms are drawn apart."""


def packed(term: int, record: int, position: int) -> int:
    return term << 32 | record << 8 | position


class TestInverter:
    @given(batches=rows, terms=st.lists(st.integers(0, 4), min_size=72, max_size=72), budget=st.integers(1, 30))
    @settings(max_examples=60)
    def test_postings_come_out_by_term_and_record(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        batches: list[list[tuple[int, int]]],
        terms: list[int],
        budget: int,
    ) -> None:
        """Batches, some of them runs of other segments, through any number of spilled files."""
        folder = tmp_path_factory.mktemp("runs")
        expected: dict[int, list[int]] = defaultdict(list)
        drawn = iter(terms)
        collected = Inverter(folder, 1, term_run)
        collected._budget = collected._run_size = budget
        for number, batch in enumerate(batches):
            postings = [packed(next(drawn), 7 * number + record, position) for record, position in batch]
            for posting in postings:
                expected[posting >> 32].append(posting & 0xFFFFFFFF)
            array = np.array(postings, dtype=np.uint64)
            if number % 3 == 2:
                array.sort()
                collected.add_run(term_run(array))
            else:
                collected.add(array)
        runs = collected.runs()
        for chunk in (1, 3, 1 << 20):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(inverter, "_CHUNK", chunk)
                found = [*flat(merged(runs))]
            assert found == [(term, sorted({*postings})) for term, postings in sorted(expected.items())]

    def test_runs_of_merged_segments_are_spilled_too(self, tmp_path: Path) -> None:
        """They were all kept in memory, so a merge took as much as its segments, whatever the budget."""
        collected = Inverter(tmp_path, 1, term_run)
        collected._budget = 4
        for number in range(4):
            run = term_run(
                np.array([packed(0, number, 0), packed(1, number, 1), packed(1, number, 2)], dtype=np.uint64)
            )
            collected.add_run(run)
        runs = collected.runs()
        assert [isinstance(run.postings, np.memmap) for run in runs] == [False, True, False, True]
        assert [*flat(merged(runs))] == [
            (0, [n << 8 for n in range(4)]),
            (1, [n << 8 | p for n in range(4) for p in (1, 2)]),
        ]

    def test_a_batch_that_reaches_the_budget_to_the_byte_is_one_run(self, tmp_path: Path) -> None:
        for size, files in ((9, 0), (10, 1), (11, 1)):
            folder = tmp_path / str(size)
            folder.mkdir()
            collected = Inverter(folder, 1, term_run)
            collected._budget = collected._run_size = 10
            collected.add(np.arange(size, dtype=np.uint64))
            assert len(list(folder.glob("*.run"))) == files
            assert len(collected.runs()) == 1

    def test_portions_are_small_whatever_run_things_are_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of a run that lacks what is frequent in another, and of a thing with more postings than a portion has."""
        monkeypatch.setattr(inverter, "_CHUNK", 10)
        runs = [
            term_run(np.array([packed(term, base + record, 0) for term in terms for record in range(count)], np.uint64))
            for base, terms, count in ((0, range(40), 2), (100, (3, *range(30, 90)), 3), (200, (50,), 37), (300, (), 0))
        ]
        portions = list(merged(runs))
        assert len(portions) >= 12
        for _, starts, postings in portions:
            sizes = np.diff(starts, append=len(postings))
            assert (sizes > 0).all() and len(postings) - sizes.max() <= 2 * 10
        assert [term for term, _ in flat(portions)] == [*range(90)]
        assert dict(flat(portions))[50] == [r << 8 for r in (100, 101, 102, *range(200, 237))]

    def test_portions_of_many_small_runs_are_small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Runs of less than a portion each were all taken at once: in little memory all that there is."""
        monkeypatch.setattr(inverter, "_CHUNK", 100)
        runs = [term_run(np.array([packed(t, run, 0) for t in range(run, 200, 7)], np.uint64)) for run in range(40)]
        portions = list(merged(runs))
        assert max(len(postings) for _, _, postings in portions) <= 200 and len(portions) < 20
        assert [term for term, _ in flat(portions)] == [*range(200)]

    def test_nothing_has_no_portions(self) -> None:
        assert list(merged([])) == list(merged([term_run(np.zeros(0, dtype=np.uint64))])) == []


def flat(portions: Iterable[Portion]) -> Iterator[tuple[int, list[int]]]:
    """Each thing with its postings."""
    for things, starts, postings in portions:
        for thing, held in zip(things.tolist(), np.split(postings, starts[1:]), strict=True):
            yield thing, held.tolist()


def documents(count: int) -> list[Document]:
    """Documents with some words that many have and some that few have."""
    return [
        Document(f"n{i}", f"chung từ{i % 97} và từ{i % 31} " * (i % 7) + f"riêng{i}", f"Bài {i}", {"place": i})
        for i in range(count)
    ]


def build(folder: Path, given: list[Document], memory: int) -> bytes:
    store = Store.create(folder)
    with Writer(store, memory=memory) as held:
        for document in given:
            held.put(document)
    assert store.check() == []
    assert {item.name for item in folder.iterdir()} == store.toc().files() | {"write.lock"}, "temporary files stay"
    (path,) = folder.glob("segment-*")
    return path.read_bytes()


class TestMemory:
    @pytest.fixture(autouse=True)
    def small_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(writer, "BATCH", 3_000)
        monkeypatch.setattr(builder, "TOGETHER", 1_000)
        monkeypatch.setattr(inverter, "_CHUNK", 1_000)

    def test_the_segment_does_not_depend_on_the_memory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        given = documents(600)
        in_memory = build(tmp_path / "whole", given, 1 << 30)
        spilled: list[int] = []
        spill = Inverter._spilled

        def counted(self: Inverter, run: inverter.Run) -> inverter.Run:
            spilled.append(len(run.postings))
            return spill(self, run)

        made = Inverter.__init__

        def tight(self: Inverter, folder: Path, budget: int, make_run: Callable[[Keys], inverter.Run]) -> None:
            made(self, folder, budget, make_run)
            self._budget = max(1, budget // 4)  # as `__init__` has it, without the least amount that makes sense
            self._run_size = max(1, budget // 8)

        monkeypatch.setattr(Inverter, "_spilled", counted)
        monkeypatch.setattr(Inverter, "__init__", tight)
        for memory in (1, 16_000, 64_000, 400_000):
            spilled.clear()
            assert build(tmp_path / str(memory), given, memory) == in_memory, memory
            assert spilled or memory == 400_000

    def test_a_batch_that_straddles_the_limit(self, tmp_path: Path) -> None:
        """Of more postings than a run holds at least, through files, without any change to the code."""
        given = [Document(f"n{i}", "đồng bào cả nước " * 9_000) for i in range(3)]
        assert build(tmp_path / "a", given, 1) == build(tmp_path / "b", given, 1 << 30)

    def test_a_rollback_leaves_no_temporary_file(self, tmp_path: Path) -> None:
        store = Store.create(tmp_path / "index")
        before = {item.name for item in store.folder.iterdir()}
        with pytest.raises(ZeroDivisionError), Writer(store, memory=1) as held:
            for document in [Document(f"n{i}", "đồng bào cả nước " * 9_000) for i in range(16)]:
                held.put(document)
            assert list(store.folder.glob("build-*/*.run"))
            raise ZeroDivisionError
        assert {item.name for item in store.folder.iterdir()} == before
