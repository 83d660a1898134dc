"""The public contract, `Index` as programs embed it: searching, suggesting, explaining."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from contract import OFFICE, WARD, ids, one_line
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import wild

from vnsearch import Document, Index
from vnsearch.errors import (
    DocumentNotFound,
    RequestError,
)


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
            "a-" * 5_000,
            "\ud800\udc00a\udfff" * 2_000,
            " ".join(f"tu{i}a~2" for i in range(500)),
            " ".join(f"*{i}*" for i in range(500)),
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


def test_a_misspelled_query_is_answered_with_a_better_one(index: Index) -> None:
    index.add(Document(f"n{n}", "nghị quyết về tư tưởng đạo đức của cán bộ") for n in range(20))
    for query, better in (
        ("nghĩ quyết", "nghị quyết"),
        ("tư tuởngg đạo đứk", "tư tưởng đạo đức"),
        ("ngị quyết", "nghị quyết"),
    ):
        assert index.search(query).suggestion == better, query
    for query in ("nghị quyết", "nghi quyet", "tu tuong", "đạo đức cán bộ", "", "xyzzyx"):
        assert index.search(query).suggestion is None, query
    assert index.search("nghĩ quyết", literal=True).suggestion is None


def test_a_slip_that_stands_in_a_text_too_is_answered_with_a_better_query(tmp_path: Path) -> None:
    """Where it finds little, and the other one ten times as much."""
    with Index.create(tmp_path / "index") as index:
        index.add(Document(f"right{n}", "ngành y tế họp bàn về thuốc") for n in range(60))
        index.add([Document("slip", "nghành y tế họp bàn")])
        assert index.search("nghành y tế").suggestion == "ngành y tế"
        assert index.search("nghành y tế", literal=True).suggestion is None
        assert index.search("nghành y tế", match="all").suggestion is None
        assert index.search("ngành y tế").suggestion is None
        index.add(Document(f"slip{n}", "nghành y tế họp bàn") for n in range(6))
        found = index.search("nghành y tế")
        assert (found.total, found.suggestion) == (7, None)


def test_passages_of_a_hit_say_different_things(tmp_path: Path) -> None:
    filler = "chuyện khác không có gì đáng nói thêm ở đây cả " * 8
    text = "\n\n".join(
        [f"Nước lũ lên nhanh trong đêm qua. {filler}"] * 2 + [f"Dân làng chạy lũ lên núi. {filler[::-1]}"]
    )
    with Index.create(tmp_path / "index") as index:
        index.add([Document("a", text)])
        (hit,) = index.search("lũ")
        assert len(hit.passages) == 2 and hit.passages[0].text != hit.passages[1].text


class TestSuggestingAndExplaining:
    def test_suggestions_bring_marks_back_and_can_be_found(self, index: Index) -> None:
        offered = index.suggest("trieu cu")
        assert offered[0] == "triều cường"
        for text in offered:
            assert ids(index, f'"{text}"', match="all", marks="exact") == ["ward"]
        assert index.suggest("nhân dân ")[0].startswith("nhân dân ")
        assert index.suggest("không gì cả") == index.suggest("") == index.suggest("tri", limit=0) == []
        assert len(index.suggest("c", limit=2)) == 2

    def test_a_limit_below_nought_is_an_error_wherever_there_is_one(self, index: Index) -> None:
        for use in (
            lambda: index.search("x", limit=-1),
            lambda: index.suggest("x", limit=-1),
            lambda: index.similar("ward", limit=-1),
            lambda: index.facets("x", "source", limit=-1),
        ):
            with pytest.raises(RequestError):
                use()

    def test_an_explanation_counts_one_document_as_one(self, index: Index) -> None:
        told = str(index.explain("triều", "ward"))
        assert "in 1 document" in told and "in 1 documents" not in told

    def test_what_was_typed_before_stays_as_typed(self, index: Index) -> None:
        assert index.suggest("title:x (trieu cu")[0] == "title:x (triều cường"

    def test_an_explanation_adds_up(self, index: Index) -> None:
        told = index.explain("triều cường", "ward")
        assert told.matches and told.id == "ward"
        assert told.score == pytest.approx(index.search("triều cường")[0].score)
        assert [term.word for term in told.terms] == ["triều", "cường", "triều cường", "best passage"]
        assert str(told) == told.text and "triều" in told.text
        other = index.explain("triều cường", "office")
        assert not other.matches and other.score == 0
        with pytest.raises(DocumentNotFound):
            index.explain("triều", "none")

    def test_an_explanation_is_of_the_search_that_was_made(self, tmp_path: Path) -> None:
        with Index.create(tmp_path / "index") as index:
            index.add(
                [
                    Document("marked", "Tham nhũng không giảm.", fields={"n": 1}),
                    Document("bare", "Tham nhung NOT giam.", fields={"n": 2}),
                    Document("half", "Tham gia.", fields={"n": 3}),
                ]
            )
            for how in (
                {},
                {"marks": "exact"},
                {"marks": "ignore"},
                {"match": "any"},
                {"literal": True},
                {"filters": {"n": 3}},
            ):
                for query in ("tham nhũng", "tham NOT giảm", "tham nhung giam"):
                    for hit in index.search(query, **how):  # type: ignore[arg-type]
                        explained = index.explain(query, hit.id, **how)  # type: ignore[arg-type]
                        assert explained.matches
                        assert explained.score == pytest.approx(hit.score, rel=1e-5)
            assert not index.explain("tham nhũng", "bare", marks="exact").matches
            with pytest.raises(RequestError):
                index.explain("tham", "bare", filters={"nonsense": 1})


@pytest.fixture(scope="module")
def readable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index that tests only read."""
    with Index.create(tmp_path_factory.mktemp("readable") / "index") as index:
        index.add([WARD, OFFICE, Document("odd", "1.000.000 東京 ❤️ qúý Nаm TP.HCM 18/1/2022"), Document("empty", "")])
        yield index
