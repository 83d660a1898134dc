"""Runs in bounded memory: whatever the budget, one and the same segment, and no file left behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnsearch import Document
from vnsearch.engine import Store, Writer, chunk, field_writer, runs, writer
from vnsearch.engine.runs import Keys, Portion, Ranked, Run, Runs, sections, side_by_side

rows = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(0, 3)), max_size=12), st.integers(0, 3)
    ),
    min_size=1,
    max_size=6,
)
"""Runs of postings (term, record within the run, position), and by how much their records lie above those before."""


def run_of(postings: Iterable[tuple[int, int]], base: int = 0) -> Run:
    """A run of things with what is posted of each."""
    held: dict[int, set[int]] = defaultdict(set)
    for thing, posting in postings:
        held[thing].add(posting)
    return Run(
        np.array(sorted(held), dtype=np.uint64),
        np.array([len(held[thing]) for thing in sorted(held)], dtype=np.uint32),
        np.array([posting for thing in sorted(held) for posting in sorted(held[thing])], dtype=np.uint32),
        base,
    )


def as_numbered(things: Keys) -> Keys:
    return things


def merged(given: Sequence[Run], ranked: Ranked) -> Iterator[Portion]:
    """The postings of all runs, a portion at a time."""
    return (side_by_side(parts, ranked) for parts in sections(given, ranked))


def flat(portions: Iterable[Portion]) -> Iterator[tuple[int, list[int]]]:
    """Each thing with its postings."""
    for things, starts, postings in portions:
        for thing, held in zip(things.tolist(), np.split(postings, starts[1:]), strict=True):
            yield thing, held.tolist()


class TestMerging:
    @given(given=rows, budget=st.integers(1, 200), ranks=st.permutations(range(5)), shift=st.sampled_from((0, 40)))
    @settings(max_examples=80)
    def test_postings_come_out_by_rank_and_record(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        given: list[tuple[list[tuple[int, int, int]], int]],
        budget: int,
        ranks: list[int],
        shift: int,
    ) -> None:
        """Through any number of spilled files, in portions of any size, and where places do not fit beside things."""
        by_number = np.array(ranks, dtype=np.uint64) << np.uint64(shift)
        by_rank = np.argsort(by_number).astype(np.uint64)
        collected = Runs(tmp_path_factory.mktemp("runs"), budget)
        expected: dict[int, set[int]] = defaultdict(set)
        base = 0
        for rows, step in given:
            base += step
            run = run_of([(ranks[term], record << 8 | position) for term, record, position in rows], base)
            collected.add(run._replace(things=by_rank[run.things]))
            for term, record, position in rows:
                expected[ranks[term] << shift].add(base + record << 8 | position)
            base += 7
        for size in (1, 3, 1 << 20):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(runs, "_CHUNK", size)
                found = [*flat(merged(collected.all, by_number.take))]
            assert found == [(thing, sorted(expected[thing])) for thing in sorted(expected)]

    def test_all_runs_are_spilled_once_there_are_too_many(self, tmp_path: Path) -> None:
        """They were all kept in memory when they came of other segments, so a merge took as much as its segments."""
        collected = Runs(tmp_path, 2 * 36)
        for number in range(4):
            collected.add(run_of([(0, 0), (1, 1), (1, 2)], base=number))
        assert [isinstance(run.postings, np.memmap) for run in collected.all] == [False, True, False, True]
        spilled = collected.all[1]
        assert isinstance(spilled.things.base, np.memmap) and isinstance(spilled.counts.base, np.memmap)
        assert [*flat(merged(collected.all, as_numbered))] == [
            (0, [n << 8 for n in range(4)]),
            (1, [n << 8 | p for n in range(4) for p in (1, 2)]),
        ]

    def test_a_run_that_reaches_the_budget_to_the_byte_is_spilled(self, tmp_path: Path) -> None:
        for size, files in ((9, 0), (10, 1), (11, 1)):
            folder = tmp_path / str(size)
            folder.mkdir()
            collected = Runs(folder, 10 * 16)
            collected.add(run_of([(thing, 0) for thing in range(size)]))
            assert len(list(folder.glob("*.run"))) == files
            assert len(collected.all) == 1

    def test_a_run_without_postings_is_spilled_as_nothing(self, tmp_path: Path) -> None:
        collected = Runs(tmp_path, 0)
        collected.add(run_of([]))
        assert list(merged(collected.all, as_numbered)) == []

    def test_portions_are_small_whatever_run_things_are_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of a run that lacks what is frequent in another, and of a thing with more postings than a portion has."""
        monkeypatch.setattr(runs, "_CHUNK", 10)
        given = [
            run_of([(term, record << 8) for term in terms for record in range(count)], base)
            for base, terms, count in ((0, range(40), 2), (100, (3, *range(30, 90)), 3), (200, (50,), 37), (300, (), 0))
        ]
        portions = list(merged(given, as_numbered))
        assert len(portions) >= 12
        for _, starts, postings in portions:
            sizes = np.diff(starts, append=len(postings))
            assert (sizes > 0).all() and len(postings) - sizes.max() <= 2 * 10
        assert [term for term, _ in flat(portions)] == [*range(90)]
        assert dict(flat(portions))[50] == [r << 8 for r in (100, 101, 102, *range(200, 237))]

    def test_portions_of_many_small_runs_are_small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Runs of less than a portion each were all taken at once: in little memory all that there is."""
        monkeypatch.setattr(runs, "_CHUNK", 100)
        given = [run_of([(t, 0) for t in range(run, 200, 7)], run) for run in range(40)]
        portions = list(merged(given, as_numbered))
        assert max(len(postings) for _, _, postings in portions) <= 200 and len(portions) < 20
        assert [term for term, _ in flat(portions)] == [*range(200)]

    def test_nothing_has_no_portions(self) -> None:
        assert list(merged([], as_numbered)) == list(merged([run_of([])], as_numbered)) == []


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
        monkeypatch.setattr(chunk, "PIECE", 1_000)
        monkeypatch.setattr(runs, "_CHUNK", 1_000)

    def test_the_segment_does_not_depend_on_the_memory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        given = documents(600)
        in_memory = build(tmp_path / "whole", given, 1 << 30)
        spilled: list[int] = []
        spill = Runs._spilled

        def counted(self: Runs, run: Run) -> Run:
            spilled.append(len(run.postings))
            return spill(self, run)

        monkeypatch.setattr(Runs, "_spilled", counted)
        for memory in (1, 16_000, 64_000, 400_000):
            spilled.clear()
            assert build(tmp_path / str(memory), given, memory) == in_memory, memory
            assert spilled or memory == 400_000

    def test_the_segment_does_not_depend_on_its_sections(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """However large they are, and however many are merged ahead of who writes them."""
        built = set()
        for size, ahead in ((1 << 19, 16), (1_000, 1), (10, 3)):
            monkeypatch.setattr(runs, "_CHUNK", size)
            monkeypatch.setattr(field_writer, "AHEAD", ahead)
            built.add(build(tmp_path / str(size), documents(200), 1 << 30))
        assert len(built) == 1

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
