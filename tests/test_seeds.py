"""What is found in the project's own documents, through the module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vnsearch import Index, SearchResults

SEEDS = Path(__file__).parent.parent / "seeds"

TITLES = {
    "000": "Tổng Bí thư, Chủ tịch nước Tô Lâm gặp mặt 150 gương điển hình tham mưu giỏi, phục vụ tốt",
    "001": "Phó Bí thư Thường trực Tỉnh ủy Lê Văn Dũng: Tự giác học và làm theo gương Bác",
    "002": "Nâng cao chất lượng, hiệu quả công tác của cán bộ, công chức các cơ quan Trung ương",
    "003": "Đồng chí Phạm Văn Hiểu, Phó Bí thư Thường trực Thành ủy, Chủ tịch HĐND thành phố: Nâng cao tinh thần trách "
    "nhiệm của cán bộ, đảng viên, quyết tâm xây dựng thành phố phát triển",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("seeds") / "index") as made:
        made.sync(SEEDS)
        yield made


def numbers(results: SearchResults) -> list[str]:
    return [hit.id[:3] for hit in results]


def highlighted(results: SearchResults) -> set[str]:
    return {passage.text[a:b] for hit in results for passage in hit.passages for a, b in passage.spans}


def test_indexing_twice_leaves_five_documents(index: Index) -> None:
    before = index.stats()
    report = index.sync(SEEDS)
    assert len(report.unchanged) == 5 and not report.added and not report.skipped
    assert index.stats().documents == before.documents == 5
    assert index.stats().passages == before.passages


def test_titles(index: Index) -> None:
    titles = {hit.id[:3]: hit.title for hit in index.search("*")}
    assert titles.keys() == {"000", "001", "002", "003", "004"}
    for number, title in TITLES.items():
        assert titles[number] == title
    assert "Nguyễn Văn Nên" in titles["004"]


@pytest.mark.parametrize("query", ["tu tuong dao duc", "tư tưởng đạo đức"])
def test_words_without_marks(index: Index, query: str) -> None:
    results = index.search(query)
    assert set(numbers(results)[:4]) == {"000", "001", "002", "003"}
    assert set(numbers(results)[4:]) <= {"004"}
    for hit in list(results)[:4]:
        shown = {passage.text[a:b].lower() for passage in hit.passages for a, b in passage.spans}
        assert any("tư tưởng" in span for span in shown), hit.id
        assert any("đạo đức" in span for span in shown), hit.id


@pytest.mark.parametrize(
    "query",
    [
        '"tư tưởng, đạo đức, phong cách Hồ Chí Minh"',
        '"tu tuong, dao duc, phong cach Ho Chi Minh"',
        '"tu tuong dao duc phong cach ho chi minh"',
    ],
)
def test_a_phrase_with_and_without_marks(index: Index, query: str) -> None:
    assert set(numbers(index.search(query))) == {"000", "001", "002", "003"}
    assert index.search(query).relaxed is None


@pytest.mark.parametrize("query", ["Đảng ủy Khối", "dang uy khoi", "Ðảng uỷ Khối"])
def test_a_letter_that_only_looks_like_another(index: Index, query: str) -> None:
    results = index.search(query)
    assert numbers(results)[0] == "002"
    assert "Ðảng ủy Khối" in highlighted(results)


def test_the_number_of_a_document(index: Index) -> None:
    results = index.search("01-KL/TW")
    assert numbers(results) == ["003"]
    assert highlighted(results) == {"01-KL/TW"}


def test_an_unmarked_phrase(index: Index) -> None:
    results = index.search('"cong boc cua dan"')
    assert numbers(results) == ["000"]
    assert len(highlighted(results)) == 1


def test_teasers_are_passages_of_their_own(index: Index) -> None:
    results = index.search("triều cường")
    assert numbers(results) == ["000"]
    text = index.get(results[0].id).text
    teasers = text.index("Các bài tương tự")
    passage = results[0].passages[0]
    assert passage.start >= teasers
    assert [passage.text[a:b].lower() for a, b in passage.spans] == ["triều cường"] * len(passage.spans) != []
    assert "triều cường" not in text[:teasers].lower()


def test_a_name_in_a_title(index: Index) -> None:
    results = index.search("nguyen van nen")
    assert numbers(results)[0] == "004"
    assert [results[0].title[a:b] for a, b in results[0].title_spans] == ["Nguyễn Văn Nên"]


def test_what_is_excluded_stays_out(index: Index) -> None:
    assert set(numbers(index.search("tham nhũng"))) == {"001", "003"}
    results = index.search("tham nhũng NOT lãng phí")
    assert results.total == 0
    assert any("exclusion" in note for note in results.interpretation.notes)


def test_a_query_that_nothing_answers_whole(index: Index) -> None:
    results = index.search("xyz không có gì cả qqq")
    assert results.relaxed in ("most", "any")
    assert results.interpretation.notes
    assert index.search("xyz không có gì cả qqq", match="all").total == 0
    nothing = index.search("xyzqqq")
    assert (nothing.total, len(nothing)) == (0, 0)


def test_every_passage_is_a_stretch_of_its_document(index: Index) -> None:
    for query in ("tư tưởng", "*", "thành*", "đảng OR dân"):
        for hit in index.search(query):
            text = index.get(hit.id).text
            for passage in hit.passages:
                assert text[passage.start : passage.start + len(passage.text)] == passage.text
