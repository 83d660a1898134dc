"""Words that only ask, and questions as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from vnsearch import Document, Index
from vnsearch.text.questions import asking


def asks(query: str, bare: bool = False) -> str:
    tokens = query.split()
    return " ".join(token for token, only in zip(tokens, asking(tokens, bare=bare), strict=True) if only)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ai là người đầu tiên bay vào vũ trụ", "ai"),
        ("thủ đô của nước pháp là gì", "là gì"),
        ("sông nào dài nhất việt nam", "nào"),
        ("dân số việt nam là bao nhiêu", "là bao nhiêu"),
        ("vì sao nước biển lại mặn", "vì sao"),
        ("vì sao sáng chiếu trên trời", "vì sao"),  # a star, but nobody can know
        ("người nộp thuế có phải kê khai hay không", "có phải hay không"),
        ("là ai", ""),  # too short to be sure
        ("đạo đức và phong cách", ""),
        ("", ""),
    ],
)
def test_what_only_asks(query: str, words: str) -> None:
    assert asks(query) == words


def test_without_marks() -> None:
    assert asks("thu do cua nuoc phap la gi", bare=True) == "la gi"
    assert asks("thu do cua nuoc phap la gi") == ""


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = Index.create(tmp_path / "index")
    made.add(
        [
            Document("answer", "Gagarin bay vào vũ trụ năm 1961 trên tàu Phương Đông"),
            Document("asking", "ai là gì và gì là ai thì nào ai biết là ai"),
            *(Document(f"other{n}", "hôm nay trời nắng và gió nhẹ ở nhiều nơi") for n in range(40)),
        ]
    )
    return made


@pytest.mark.parametrize(
    "query",
    [
        "Ai là người đầu tiên bay vào vũ trụ?",
        "ai la nguoi dau tien bay vao vu tru",
        "AI LÀ NGƯỜI ĐẦU TIÊN BAY VÀO VŨ TRỤ?",
    ],
)
def test_a_question_finds_its_answer_and_says_what_it_gave_up(index: Index, query: str) -> None:
    results = index.search(query)
    assert results[0].id == "answer" and results.relaxed == "any" and results.interpretation.notes


def test_ai_in_capitals_is_a_word(index: Index) -> None:
    index.add([Document("ai", "AI trong y tế và bệnh viện"), Document("ai2", "bệnh viện trong y tế thì ai")])
    told = index.explain("ứng dụng AI trong bệnh viện", "ai")
    assert "AI: counts" not in told.text and "AI: as ai" in told.text


def test_stressed_khong_excludes_nothing(index: Index) -> None:
    """`Điều nào sau đây KHÔNG phải là ...?` excluded the rest of the question."""
    results = index.search("Ai KHÔNG phải là người đầu tiên bay vào vũ trụ?")
    assert results[0].id == "answer"
    assert any("NOT" in note for note in results.interpretation.notes)
    assert index.search("trời nắng KHÔNG gió nhẹ").total == 0


def test_a_pasted_quotation_that_stands_nowhere_is_read_as_its_words(index: Index) -> None:
    quoted = '"Gagarin bay vào vũ trụ năm 1961 trên một tàu tên là Phương Đông"'
    results = index.search(quoted)
    assert results[0].id == "answer" and results.relaxed == "any"
    assert index.search('"Gagarin bay lên vũ trụ"').total == 0  # a short one was meant
    assert index.search(quoted, match="all").total == 0


def test_capitals_throughout_mean_nothing(index: Index) -> None:
    """In a query all in capitals every AI was taken for an abbreviation."""
    query = "Ai là người đầu tiên bay vào vũ trụ năm 1961"
    given, shouted = index.search(query), index.search(query.upper())
    assert [(hit.id, hit.score) for hit in given] == [(hit.id, hit.score) for hit in shouted]
