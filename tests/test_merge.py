"""Merging: in whatever order documents come and go, the index is the one that would be built at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from brute_force import compare, papers
from hypothesis import given, settings
from hypothesis import strategies as st

from vnsearch import Document, Index
from vnsearch.engine import Store, Writer, builder, merge
from vnsearch.engine.builder import Builder
from vnsearch.engine.merge import FACTOR, SMALLEST, add_segment, plan
from vnsearch.engine.postings import MAX_RECORDS
from vnsearch.engine.segment import Segment
from vnsearch.engine.toc import SegmentEntry
from vnsearch.errors import DocumentError
from vnsearch.text.equivalents import Definition

distinct = st.lists(papers, min_size=1, max_size=6, unique_by=lambda document: document.id)


def entry(records: int) -> SegmentEntry:
    return SegmentEntry(f"segment-{records}.vns", records, records, 0)


def sizes(groups: Sequence[Sequence[SegmentEntry]]) -> list[list[int]]:
    return [[held.records for held in group] for group in groups]


class TestPlan:
    def test_few_segments_stay(self) -> None:
        assert sizes(plan([entry(1)] * (FACTOR - 1))) == [[1]] * (FACTOR - 1)
        assert plan([]) == []

    def test_enough_of_a_tier_become_one(self) -> None:
        assert sizes(plan([entry(1)] * FACTOR)) == [[1] * FACTOR]
        assert sizes(plan([entry(5000), *[entry(1)] * FACTOR])) == [[5000], [1] * FACTOR]

    @given(st.lists(st.integers(0, 3000), max_size=40))
    def test_all_segments_stay_in_order_and_few_are_left(self, records: list[int]) -> None:
        groups = plan([entry(count) for count in records])
        assert [count for group in sizes(groups) for count in group] == records
        tiers = [merge._tier(group) for group in groups]
        for tier in {*tiers}:
            stretch = 0
            for other in tiers:  # no FACTOR of a tier stand together, with the smaller ones between them
                stretch = 0 if other > tier else stretch + (other == tier)
                assert stretch < FACTOR

    def test_each_commit_of_one_document_leaves_a_logarithm_of_segments(self) -> None:
        entries: list[SegmentEntry] = []
        written = 0
        for _ in range(1500):
            groups = plan([*entries, entry(2)])
            written += sum(sum(held.records for held in group) for group in groups if len(group) > 1)
            entries = [entry(sum(held.records for held in group)) for group in groups]
            assert len(entries) <= (FACTOR - 1) * (2 + np.log(3000 / SMALLEST) / np.log(FACTOR))
        assert sum(held.records for held in entries) == 3000
        assert written <= 3000 * 25

    def test_no_merge_makes_more_than_a_segment_holds(self) -> None:
        """Four segments of a million passages were merged into one that cannot be: no commit succeeded any more."""
        large = [entry(MAX_RECORDS // 4 + 1)] * 4
        assert sizes(plan(large)) == [[held.records] for held in large]
        small = [entry(1)] * FACTOR
        assert sizes(plan([*large, *small])) == [*([held.records] for held in large), [1] * FACTOR]

    def test_a_full_segment_is_left_alone_by_commits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for module in (merge, builder):
            monkeypatch.setattr(module, "MAX_RECORDS", 10)
        monkeypatch.setattr(merge, "FACTOR", 2)
        with Index.create(tmp_path / "index") as index:
            for number in range(20):
                index.add([Document(f"n{number}", "chung")])
            assert index.search("chung", limit=50).total == 20
            with pytest.raises(DocumentError, match="more than 10 passages"):
                index.add(Document(f"m{number}", "chung") for number in range(20))
            assert index.search("chung", limit=50).total == 20


BY_MEETING = ("met", "starts", "units", "occurrences", "positions")


def arrays(path: Path) -> dict[str, object]:
    """The arrays of a segment, but for the blocks of its texts, whose borders are those of commits; and what hangs on
    which term was met first, term by term."""
    segment = Segment(path)
    held: dict[str, object] = {}
    for name in segment.container.names():
        field, *rest = name.split(".")
        if name == "texts.lengths" or not (
            field == "texts" or (field in segment.fields and rest[0] in (*BY_MEETING, "pairs"))
        ):
            held[name] = segment.container.array(name).tolist()
    for name, field in segment.fields.items():
        for term, spelling in enumerate(field.terms):
            held[f"{name} {spelling!r}"] = field.occurrences(term).tolist(), field.postings(term).counts.tolist()
            for second, place in zip(field.pairs.behind(term)[0].tolist(), field.pairs.followers(term), strict=True):
                held[f"{name} {spelling!r} {field.terms[second]!r}"] = [*map(list, field.pairs.postings(place))]
    return held


def only_segment(store: Store) -> Path:
    (held,) = store.toc().segments
    return store.folder / held.name


class TestMerging:
    @given(documents=distinct, parts=st.integers(1, 4), gone=st.sets(st.integers(0, 5), max_size=3))
    @settings(max_examples=40)
    def test_merged_is_as_if_built_at_once(
        self, tmp_path_factory: pytest.TempPathFactory, documents: list[Document], parts: int, gone: set[int]
    ) -> None:
        """Array for array: deleted documents leave no trace, and terms that only they had are gone."""
        folder = tmp_path_factory.mktemp("merge")
        split, whole = Store.create(folder / "split"), Store.create(folder / "whole")
        for part in np.array_split(np.arange(len(documents)), parts):
            with Writer(split) as writer:
                for place in part:
                    writer.put(documents[place])
        doomed = {documents[place].id for place in gone if place < len(documents)}
        kept = [document for document in documents if document.id not in doomed]
        with pytest.MonkeyPatch.context() as patch, Writer(split) as writer:
            patch.setattr(merge, "needs_merge", lambda *_: False)
            for name in doomed:
                writer.delete(name)
        path = folder / "merged.vns"
        made = Builder(path)
        for held in split.toc().segments:
            add_segment(made, Segment(split.folder / held.name), split.read_deleted(held))
        made.finish()
        if not kept:
            assert Segment(path).documents == 0
            return
        with Writer(whole) as writer:
            for document in kept:
                writer.put(document)
        assert arrays(path) == arrays(only_segment(whole))

    def test_definitions_are_those_of_the_documents_that_are_left(self, tmp_path: Path) -> None:
        """Deleted documents do not count, and once merged leave nothing behind."""
        store = Store.create(tmp_path / "index")
        board, office = Definition("BTV", "ban thường vụ"), Definition("UBND", "ủy ban nhân dân")
        texts = ["Ban Thường vụ (BTV)", "Ủy ban nhân dân (UBND), BTV (ban thường vụ)", "Ban thường vụ (BTV), ban (BTV)"]
        for number, text in enumerate(texts):
            with Writer(store) as writer:
                writer.put(Document(str(number), text))
        assert store.snapshot().definitions == {board: 3, office: 1}
        with Writer(store) as writer:
            writer.delete("1")
        assert store.snapshot().definitions == {board: 2}
        with Writer(store) as writer:
            writer.put(Document("3", "Không có gì (KCG)"))
            writer.delete("0")
            writer.optimize()
        assert store.snapshot().definitions == {board: 1, Definition("KCG", "không có gì"): 1}
        assert b"UBND" not in only_segment(store).read_bytes()

    def test_segments_in_every_order(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Three commits in all orders, merged or not: the same results."""
        batches = [
            [Document("a", "má mà"), Document("b", "thủy triều")],
            [Document("c", "ma quỷ. Má", "Thủy")],
            [Document("d", "…"), Document("e", "triều cường ma")],
        ]
        expected = None
        for place, order in enumerate(permutations(batches)):
            for factor in (2, 9):
                monkeypatch.setattr(merge, "FACTOR", factor)
                with Index.create(tmp_path / f"{place}-{factor}") as index:
                    for batch in order:
                        index.add(batch)
                    assert len(index._store.toc().segments) == {2: 1, 9: 3}[factor]
                    compare(index._store.snapshot(), {document.id: document for batch in batches for document in batch})
                    found = {
                        (query, hit.id, round(hit.score, 9))
                        for query in ("ma", "má", "thuy trieu", "thủy", "*")
                        for hit in index.search(query)
                    }
                expected = expected or found
                assert found == expected

    def test_deletions_across_segments(self, tmp_path: Path) -> None:
        documents = {f"n{i}": Document(f"n{i}", f"chung riêng{i}", fields={"place": i}) for i in range(30)}
        store = Store.create(tmp_path / "index")
        for first in range(0, 30, 10):
            with Writer(store) as writer:
                for document in list(documents.values())[first : first + 10]:
                    writer.put(document)
        for step in (7, 3, 2):
            with Writer(store) as writer:
                for number in range(0, 30, step):
                    assert writer.delete(f"n{number}") == (documents.pop(f"n{number}", None) is not None)
            compare(store.snapshot(), documents)
        with Writer(store) as writer:
            for name in documents:
                writer.delete(name)
        assert store.toc().segments == ()
        compare(store.snapshot(), {})

    def test_a_segment_more_than_half_deleted_is_written_anew(self, tmp_path: Path) -> None:
        store = Store.create(tmp_path / "index")
        with Writer(store) as writer:
            for number in range(10):
                writer.put(Document(f"n{number}", f"riêng{number}"))
        for gone in range(5):
            with Writer(store) as writer:
                writer.delete(f"n{gone}")
        (held,) = store.toc().segments
        assert (held.documents, held.deleted is not None) == (10, True)
        assert "riêng0" in store.snapshot().terms("body")
        with Writer(store) as writer:
            writer.delete("n5")
        (held,) = store.toc().segments
        assert (held.documents, held.deleted) == (4, None)
        assert store.snapshot().terms("body") == [f"riêng{number}" for number in range(6, 10)]

    def test_a_merge_that_fails_leaves_the_last_commit(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(merge, "FACTOR", 2)
        store = Store.create(tmp_path / "index")
        with Writer(store) as writer:
            writer.put(Document("a", "má"))
        with monkeypatch.context() as patch:
            patch.setattr(Builder, "add_merged", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError), Writer(store) as writer:
                writer.put(Document("b", "mà"))
        compare(store.snapshot(), {"a": Document("a", "má")})
        assert not list(store.folder.glob("build-*"))
        with Writer(store) as writer:
            writer.put(Document("b", "mà"))
        compare(store.snapshot(), {"a": Document("a", "má"), "b": Document("b", "mà")})
        assert {item.name for item in store.folder.iterdir()} == store.toc().files() | {"write.lock"}
