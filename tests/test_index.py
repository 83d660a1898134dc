"""The public contract: `Index` as programs embed it."""

from __future__ import annotations

import gc
import json
import random
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import wild

from vnsearch import Document, Index
from vnsearch.engine import Store, Writer
from vnsearch.errors import (
    DocumentError,
    DocumentNotFound,
    IndexBusy,
    IndexDamaged,
    IndexExists,
    IndexNotFound,
    IndexProblem,
    IndexVersion,
    RequestError,
    VnsearchError,
)
from vnsearch.index import check

WARD = Document(
    id="ward",
    text="Đường phố ngập trong triều cường.\n\nCán bộ và nhân dân phường cùng chống ngập.",
    title="Triều cường ở phường",
    fields={"source": "Tuổi Trẻ", "date": date(2018, 5, 15), "views": 12, "open": True, "tags": ["y tế", "xã hội"]},
    path="tin/ward.txt",
    borders=(35,),
)
OFFICE = Document(id="office", text="Đảng ủy Khối các cơ quan Trung ương tổ chức hội nghị.", title="Hội nghị")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create(tmp_path / "index") as made:
        made.add([WARD, OFFICE])
        yield made


def ids(index: Index, query: str, **options: object) -> list[str]:
    return [hit.id for hit in index.search(query, **options)]  # type: ignore[arg-type]


def one_line(error: VnsearchError) -> bool:
    """Whether an error says in one line what happened, to what, and what to do."""
    return "\n" not in str(error) and bool(error.message) and bool(error.hint) and len(str(error)) < 400


def size(index: Index) -> tuple[object, ...]:
    """What an index holds, in numbers."""
    stats = index.stats()
    return stats.documents, stats.passages, stats.syllables, stats.vocabulary, dict(stats.fields)


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


class TestSearching:
    def test_results_say_what_they_are(self, index: Index) -> None:
        results = index.search("triều cường")
        assert (results.query, results.total, results.offset, results.relaxed) == ("triều cường", 1, 0, None)
        assert results.elapsed >= 0
        assert str(results.interpretation) == "triều cường"
        assert len(results) == 1 and results[0] is next(iter(results))
        hit = results[0]
        assert (hit.id, hit.title, hit.path, hit.fields) == ("ward", WARD.title, WARD.path, WARD.fields)
        assert hit.score > 0
        assert [hit.title[a:b] for a, b in hit.title_spans] == ["Triều cường"]
        for passage in hit.passages:
            assert WARD.text[passage.start :].startswith(passage.text)

    def test_borders_part_passages(self, index: Index) -> None:
        assert ids(index, '"cường cán"', match="all") == []
        assert index.search("cán bộ triều cường", group="passage", match="all").total == 0
        assert index.search("cán bộ triều cường", match="all").total == 1

    def test_pages_put_together_are_the_whole(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "index") as index:
            index.add(Document(f"n{i}", "từ " * (i % 7 + 1)) for i in range(30))
            whole = ids(index, "từ", limit=100)
            assert len(whole) == 30
            pages = [ids(index, "từ", limit=7, offset=offset) for offset in range(0, 42, 7)]
            assert [name for page in pages for name in page] == whole
            beyond = index.search("từ", offset=5_000)
            assert (beyond.total, len(beyond)) == (30, 0)
            assert (index.search("từ", limit=0).total, len(index.search("từ", limit=0))) == (30, 0)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"limit": -1},
            {"limit": 10**9},
            {"offset": -1},
            {"offset": 10_000},
            {"limit": "3"},
            {"limit": 2.0},
            {"match": "most"},
            {"marks": ""},
            {"group": "page"},
            {"sort": "colour"},
            {"sort": ""},
            {"filters": {"colour": "red"}},
        ],
    )
    def test_a_request_that_cannot_be_carried_out(self, index: Index, wrong: dict[str, object]) -> None:
        with pytest.raises(RequestError) as raised:
            ids(index, "từ", **wrong)
        assert one_line(raised.value)

    @pytest.mark.parametrize("query", ["", "   ", "...", "()", '""', "-", "\0", "\u200b", "\ud800"])
    def test_a_query_without_a_word_has_a_clear_answer(self, index: Index, query: str) -> None:
        results = index.search(query)
        assert results.total == 0
        assert results.interpretation.notes
        assert index.search(query, filters={"views": 12}).total == 1
        assert not index.explain(query, "ward").matches

    @given(query=wild, literal=st.booleans())
    @settings(max_examples=60)
    def test_no_query_raises(self, readable: Index, query: str, literal: bool) -> None:
        for group in ("document", "passage"):
            results = readable.search(query, literal=literal, group=group)  # type: ignore[arg-type]
            assert len(results) == results.total <= 4
        readable.suggest(query)
        readable.explain(query, "ward")

    @pytest.mark.parametrize(
        "query",
        [
            " ".join(f"từ{i}" for i in range(600)),
            " OR ".join(["triều"] * 512),
            "(" * 500 + "triều" + ")" * 500,
            "triều " * 5_000,
            '"' + "triều " * 600 + '"~100',
            "*a*b*c*d*e*f*g*h*i*k*l*",
            "a" * 20_000,
            "date:" * 300 + "2018",
        ],
        ids=lambda query: query[:20],
    )
    def test_a_huge_query_is_answered(self, index: Index, query: str) -> None:
        index.add([Document("letters", "a" * 255 + " " + "abcdefghijkl" * 20)])
        assert index.search(query, match="all").total <= 3

    def test_sorting_by_a_field(self, tmp_path: Path) -> None:
        days = {"a": date(2018, 5, 15), "b": date(1, 1, 1), "c": datetime(2018, 5, 15, 9), "d": date(9999, 12, 31)}
        with Index.create(tmp_path / "index") as index:
            index.add(Document(name, "như nhau", fields={"day": day}) for name, day in days.items())
            index.add(
                [Document("e", "như nhau", fields={"name": "Z"}), Document("f", "như nhau", fields={"name": "a"})]
            )
            assert ids(index, "như nhau", sort="day")[:4] == ["b", "a", "c", "d"]
            assert ids(index, "như nhau", sort="-day")[:4] == ["d", "c", "a", "b"]
            assert ids(index, "như nhau", sort="name")[:2] == ["f", "e"]
            assert {*ids(index, "như nhau", sort="-name")[2:]} == {*days}

    def test_results_of_a_page_do_not_share_what_can_be_changed(self, index: Index) -> None:
        index.search("triều")[0].fields["views"] = 0  # type: ignore[index]
        assert index.search("triều")[0].fields["views"] == 12


class TestSuggestingAndExplaining:
    def test_suggestions_bring_marks_back_and_can_be_found(self, index: Index) -> None:
        offered = index.suggest("trieu cu")
        assert offered[0] == "triều cường"
        for text in offered:
            assert ids(index, f'"{text}"', match="all", marks="exact") == ["ward"]
        assert index.suggest("nhân dân ")[0].startswith("nhân dân ")
        assert index.suggest("không gì cả") == index.suggest("") == index.suggest("tri", limit=0) == []
        assert len(index.suggest("c", limit=2)) == 2

    def test_what_was_typed_before_stays_as_typed(self, index: Index) -> None:
        assert index.suggest("title:x (trieu cu")[0] == "title:x (triều cường"

    def test_an_explanation_adds_up(self, index: Index) -> None:
        told = index.explain("triều cường", "ward")
        assert told.matches and told.id == "ward"
        assert told.score == pytest.approx(index.search("triều cường")[0].score)
        assert [term.word for term in told.terms] == ["triều", "cường", "triều cường"]
        assert str(told) == told.text and "triều" in told.text
        other = index.explain("triều cường", "office")
        assert not other.matches and other.score == 0
        with pytest.raises(DocumentNotFound):
            index.explain("triều", "none")


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
            index.stats,
            index.refresh,
        ):
            with pytest.raises(IndexProblem) as raised:
                use()
            assert one_line(raised.value) and "closed" in str(raised.value)

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


@pytest.fixture(scope="module")
def readable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index that tests only read."""
    with Index.create(tmp_path_factory.mktemp("readable") / "index") as index:
        index.add([WARD, OFFICE, Document("odd", "1.000.000 東京 ❤️ qúý Nаm TP.HCM 18/1/2022"), Document("empty", "")])
        yield index


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
        for name, memory in (("small", 1), ("large", 1 << 29)):
            with Index.create(tmp_path / name) as index:
                index.add(documents, memory=memory)
            files.append(next((tmp_path / name).glob("segment-*")).read_bytes())
        assert files[0] == files[1]
