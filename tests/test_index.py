"""The public contract, `Index` as programs embed it: making, opening, adding, deleting."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from contract import OFFICE, WARD, ids, one_line, size
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import wild

from vnsearch import Document, Index
from vnsearch.errors import (
    DocumentError,
    DocumentNotFound,
    IndexDamaged,
    IndexExists,
    IndexNotFound,
    IndexProblem,
    IndexVersion,
    SynonymsError,
)
from vnsearch.index import check


class TestMaking:
    def test_what_was_made_can_be_opened(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "a" / "b") as made:
            assert made.add([OFFICE]) == 1
        with Index.open(str(tmp_path / "a" / "b")) as opened:
            assert ids(opened, "dang uy") == ["office"]

    def test_an_index_is_not_overwritten_unless_asked(self, index: Index) -> None:
        with pytest.raises(IndexExists) as raised:
            Index.create(index.path)
        assert one_line(raised.value)
        assert ids(index, "dang uy") == ["office"]
        with Index.create(index.path, overwrite=True) as made:
            assert made.stats().documents == 0

    def test_synonyms_that_cannot_be_read_cost_no_index(self, index: Index, tmp_path: Path) -> None:
        with pytest.raises(SynonymsError):
            Index.create(index.path, overwrite=True, synonyms=tmp_path / "none.txt")
        with pytest.raises(SynonymsError):
            Index.create(tmp_path / "new", synonyms=tmp_path / "none.txt")
        assert not (tmp_path / "new").exists()
        with Index.open(index.path) as opened:
            assert ids(opened, "dang uy") == ["office"]

    def test_files_of_others_are_never_deleted(self, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("x")
        for overwrite in (False, True):
            with pytest.raises(IndexExists) as raised:
                Index.create(tmp_path, overwrite=overwrite)
            assert one_line(raised.value) and "letter.txt" in str(raised.value)
        assert (tmp_path / "letter.txt").read_text() == "x"

    def test_a_folder_that_only_explains_itself_counts_as_empty(self, tmp_path: Path) -> None:
        (tmp_path / "README.md").write_text("x")
        with Index.create(tmp_path) as made:
            made.add([OFFICE])
        Index.create(tmp_path, overwrite=True).close()
        assert (tmp_path / "README.md").read_text() == "x"

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.write_text("x")
        with pytest.raises(IndexExists) as raised:
            Index.create(file)
        assert one_line(raised.value)
        with pytest.raises(IndexNotFound) as missing:
            Index.open(file)
        assert one_line(missing.value)

    def test_a_place_where_no_folder_can_be_is_one_clear_error(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        with pytest.raises(IndexProblem) as raised:
            Index.create(tmp_path / "file" / "index")
        assert one_line(raised.value)


class TestOpening:
    def test_no_index(self, tmp_path: Path) -> None:
        for place in (tmp_path, tmp_path / "none"):
            with pytest.raises(IndexNotFound) as raised:
                Index.open(place)
            assert one_line(raised.value) and str(place) in str(raised.value)
            assert check(place)

    def test_another_version(self, index: Index) -> None:
        manifest = index.path / "vnsearch.json"
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 10_000}))
        with pytest.raises(IndexVersion) as raised:
            Index.open(index.path)
        assert one_line(raised.value)

    @pytest.mark.parametrize("content", ["", "{", "[]", "{}", "null", "\udcff"])
    def test_a_damaged_manifest(self, index: Index, content: str) -> None:
        (index.path / "vnsearch.json").write_bytes(content.encode("utf-8", "surrogateescape"))
        with pytest.raises(IndexDamaged) as raised:
            Index.open(index.path)
        assert one_line(raised.value)

    # Whoosh leaves files open that it fails to read.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
    @pytest.mark.parametrize("how", ["missing", "empty", "half", "junk"])
    def test_damage_to_any_file_of_a_commit_is_one_clear_error(self, tmp_path: Path, how: str) -> None:
        place = tmp_path / "index"
        with Index.create(place) as made:
            made.add([WARD, OFFICE])
        sound = {item.name: item.read_bytes() for item in place.iterdir() if item.is_file()}
        assert check(place) == []
        for name, content in sound.items():
            file = place / name
            damaged = {"missing": b"", "empty": b"", "half": content[: len(content) // 2], "junk": b"\x80junk" * 50}[
                how
            ]
            file.unlink()
            if how != "missing":
                file.write_bytes(damaged)
            try:
                Index.open(place).close()  # a lock file may be in any state
            except IndexProblem as problem:
                assert one_line(problem), name
                assert check(place), name
            else:
                assert not content, name
            file.write_bytes(content)
        assert check(place) == []
        gc.collect()


class TestAdding:
    def test_what_was_added_is_found_and_given_back(self, index: Index) -> None:
        assert index.get("office") == OFFICE
        assert index.get("ward") == WARD
        assert ids(index, "trieu cuong") == ["ward"]

    def test_the_same_id_replaces(self, index: Index) -> None:
        assert index.add([Document("ward", "Hạn hán kéo dài")]) == 1
        assert ids(index, "triều cường", match="all") == []
        assert ids(index, "hạn hán") == ["ward"]
        assert (index.stats().documents, index.stats().passages) == (2, 2)
        assert index.get("ward").title == ""

    def test_documents_may_come_one_by_one(self, index: Index) -> None:
        assert index.add(Document(f"n{i}", f"số {i}") for i in range(20)) == 20
        assert index.stats().documents == 22

    def test_adding_nothing_changes_nothing(self, index: Index) -> None:
        before = size(index)
        assert index.add([]) == 0
        assert size(index) == before

    @pytest.mark.parametrize(
        "bad",
        [
            Document("", "x"),
            Document("x" * 1001, "x"),
            Document("\ud800", "x"),
            Document(3, "x"),  # type: ignore[arg-type]
            Document("a", None),  # type: ignore[arg-type]
            Document("a", "x", title=b"x"),  # type: ignore[arg-type]
            Document("fresh", "x"),
            Document("a", "x", fields={"views": "many"}),
            Document("a", "x", fields={"date": 2018}),
            Document("a", "x", fields={"v": None}),  # type: ignore[dict-item]
            Document("a", "x", fields={"v": [1, 2]}),  # type: ignore[list-item]
            Document("a", "x", fields={"v": {}}),  # type: ignore[dict-item]
            Document("a", "x", fields={"v": float("nan")}),
            Document("a", "x", fields={"v": float("-inf")}),
            Document("a", "x", fields={"v": 10**400}),
            Document("a", "x", fields={"title": "x"}),
            Document("a", "x", fields={"record": "x"}),
            Document("a", "x", fields={"": "x"}),
            Document("a", "x", fields={"a b": "x"}),
            Document("a", "x", fields={"_a": "x"}),
            Document("a", "x", fields={3: "x"}),  # type: ignore[dict-item]
            {"id": "a", "text": "x"},
            "a",
        ],
        ids=lambda bad: repr(bad)[:80],
    )
    def test_one_bad_document_leaves_everything_as_it_was(self, index: Index, bad: Document) -> None:
        before = size(index)
        with pytest.raises(DocumentError) as raised:
            index.add([Document("fresh", "mới", fields={"new": 1}), Document("ward", "thay"), bad])
        assert one_line(raised.value)
        assert size(index) == before
        assert index.get("ward") == WARD
        with pytest.raises(DocumentNotFound):
            index.get("fresh")
        assert index.add([Document("fresh", "mới", fields={"new": "now of another kind"})]) == 1

    def test_an_error_in_the_callers_own_generator_rolls_back(self, index: Index) -> None:
        def documents() -> Iterator[Document]:
            yield Document("fresh", "mới")
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            index.add(documents())
        assert index.stats().documents == 2
        assert index.add([Document("fresh", "mới")]) == 1

    @pytest.mark.parametrize("name", ["đ" * 1000, "a\n\"'/\\\0 %", " ", "-a", "a:b", "東京", "👨‍👩‍👧", "e\u0301", "é"])
    def test_ids_with_odd_characters(self, index: Index, name: str) -> None:
        index.add([Document(name, "thủy triều")])
        assert index.get(name).id == name
        assert ids(index, "thủy triều") == [name]
        assert index.explain("thủy triều", name).matches
        assert index.delete(name) == 1
        assert ids(index, "thủy triều", match="all") == []

    @pytest.mark.parametrize("text", ["", " \n\t", "...", "\u200b", "\ud800", "\0"])
    def test_a_document_without_a_word(self, index: Index, text: str) -> None:
        index.add([Document("mute", text, title="Câm lặng")])
        assert index.get("mute").text == text
        assert ids(index, "câm lặng") == ["mute"]
        assert ids(index, "câm lặng", group="passage", match="all") == []
        assert "mute" in ids(index, "*")

    def test_a_long_title_counts_to_its_last_word(self, index: Index) -> None:
        """Beyond a thousand words the words of a title are found, though phrases are not."""
        index.add([Document("long", "ngắn", title="lê thê " * 5_000 + "chấm hết")])
        (hit,) = index.search("chấm hết")
        assert [hit.title[a:b] for a, b in hit.title_spans] == ["chấm hết"]

    def test_a_long_text_counts_to_its_last_word(self, index: Index) -> None:
        index.add([Document("long", "một hai ba bốn. " * 5_000 + "chấm hết")])
        (hit,) = index.search('"chấm hết"')
        (passage,) = hit.passages
        assert [passage.text[a:b] for a, b in passage.spans] == ["chấm hết"]
        assert index.get("long").text[passage.start :].startswith(passage.text)

    def test_a_word_without_end(self, index: Index) -> None:
        index.add([Document("endless", "a" * 100_000 + " xong")])
        assert ids(index, "xong") == ["endless"]
        assert ids(index, "a" * 300, match="all") == ["endless"]

    @given(text=wild, title=wild)
    @settings(max_examples=30)
    def test_any_text_can_be_added_and_comes_back(
        self, tmp_path_factory: pytest.TempPathFactory, text: str, title: str
    ) -> None:
        with Index.create(tmp_path_factory.mktemp("any") / "index") as index:
            index.add([Document("a", text, title=title)])
            for hit in (*index.search(text), *index.search(title, literal=True)):
                for passage in hit.passages:
                    assert passage.text == text[passage.start : passage.start + len(passage.text)]
                    assert json.loads(json.dumps(hit.to_dict())) == hit.to_dict()

    @given(borders=st.lists(st.sampled_from([-5, 0, 4, 8, 11, 15, 19, 23, 26, 27, 28, 32, 37, 1000])))
    @settings(max_examples=30)
    def test_no_word_is_lost_to_borders_in_any_order(
        self, tmp_path_factory: pytest.TempPathFactory, borders: list[int]
    ) -> None:
        text = "một hai ba\nbốn năm sáu bảy\n\ntám chín mười"
        with Index.create(tmp_path_factory.mktemp("borders") / "index") as index:
            index.add([Document("a", text, borders=tuple(borders))])
            assert index.stats().syllables == 10
            for word in text.split():
                assert index.search(word, match="all", marks="exact").total == 1


class TestFields:
    def test_every_kind_comes_back(self, index: Index) -> None:
        fields = {
            "name": "Nhân Dân",
            "day": date(1, 1, 1),
            "moment": datetime(2018, 5, 15, 10, 30, tzinfo=UTC),
            "last": datetime.max,
            "count": 2**60 + 1,
            "share": -0.25,
            "flag": False,
            "none": [],
            "blank": "",
            "nguồn-tin_2": "vnexpress",
        }
        index.add([Document("kinds", "đủ loại", fields=fields)])
        assert index.get("kinds").fields == fields
        (hit,) = index.search("đủ loại")
        assert hit.fields == fields
        kinds = index.stats().fields
        assert (kinds["name"], kinds["day"], kinds["count"], kinds["flag"]) == ("text", "date", "number", "flag")

    def test_a_conflict_of_kinds_names_field_and_document(self, index: Index) -> None:
        with pytest.raises(DocumentError) as raised:
            index.add([Document("late", "x", fields={"date": "hôm qua"})])
        assert "'date'" in str(raised.value) and "'late'" in str(raised.value)

    def test_each_value_of_a_list_is_found(self, index: Index) -> None:
        assert ids(index, "tags:hội") == ids(index, 'tags:"y tế"') == ["ward"]
        assert ids(index, 'tags:"tế xã"', match="all") == []
        assert ids(index, "*", filters={"tags": "xã hội"}) == ["ward"]


class TestDeleting:
    def test_documents_go_and_searches_go_on(self, index: Index) -> None:
        assert index.delete(["ward", "none", "ward"]) == 1
        assert ids(index, "triều cường", match="all") == []
        assert ids(index, "đảng ủy") == ["office"]
        with pytest.raises(DocumentNotFound) as raised:
            index.get("ward")
        assert one_line(raised.value)
        assert index.delete("office") == 1
        assert index.delete([]) == index.delete("office") == 0

    def test_an_emptied_index_is_like_a_new_one(self, index: Index) -> None:
        index.delete(["ward", "office"])
        stats = index.stats()
        assert (stats.documents, stats.passages, stats.syllables) == (0, 0, 0)
        assert ids(index, "*") == ids(index, "triều cường") == index.suggest("tri") == []
        assert ids(index, "triều", group="passage") == []
        index.add([OFFICE])
        assert ids(index, "đảng ủy") == ["office"]

    def test_deleted_documents_are_in_no_result(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "index") as index:
            index.add(Document(f"n{i}", f"chung riêng{i}", fields={"place": i}) for i in range(20))
            index.delete(f"n{i}" for i in range(0, 20, 2))
            kept = [f"n{i}" for i in range(1, 20, 2)]
            for query in ("chung", "*", "chung NOT riêng0", "place:0..30", "r*"):
                for group in ("document", "passage"):
                    assert sorted(ids(index, query, limit=50, group=group)) == sorted(kept), (query, group)
