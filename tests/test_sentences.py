"""Lines, paragraphs and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts, wild

from vnsearch.text.sentences import lines, paragraphs, sentences
from vnsearch.text.tokens import tokenize

SENTENCES = [
    ("Một câu. Hai câu! Ba câu? Bốn câu… Năm; sáu.", ["Một câu.", "Hai câu!", "Ba câu?", "Bốn câu…", "Năm;", "sáu."]),
    ("Ông nói: “Thôi.” Rồi đi.", ["Ông nói: “Thôi.”", "Rồi đi."]),
    ("(Hết rồi.) Đi thôi!", ["(Hết rồi.)", "Đi thôi!"]),
    ("Ở TP. HCM có mưa. Còn nắng.", ["Ở TP. HCM có mưa.", "Còn nắng."]),
    ("Tôi ở TP. HCM. Thật đấy.", ["Tôi ở TP. HCM.", "Thật đấy."]),
    ("Ban Bí thư T.Ư. họp.", ["Ban Bí thư T.Ư. họp."]),
    ("Ông V.I. Lênin viết. Bác đọc.", ["Ông V.I. Lênin viết.", "Bác đọc."]),
    ("GS. Nguyễn và Ths. Trần đến.", ["GS. Nguyễn và Ths. Trần đến."]),
    ("1. Mở đầu. 2. Kết luận.", ["1. Mở đầu.", "2. Kết luận."]),
    ("Giá 1.000.000 đồng. Rẻ.", ["Giá 1.000.000 đồng.", "Rẻ."]),
    ("Xem vnsearch.vn nhé. Vâng.", ["Xem vnsearch.vn nhé.", "Vâng."]),
    ("Hết rồi.Thôi.", ["Hết rồi.Thôi."]),
    ("Thật sao?!... Ừ.", ["Thật sao?!...", "Ừ."]),
    ("Không có dấu chấm", ["Không có dấu chấm"]),
    ("...", ["..."]),
]

PARAGRAPHS = [
    ("Một.\nHai.\n\nBa.", ["Một.", "Hai.", "Ba."]),
    ("Một.\r\nHai.\rBa.\u2028Bốn.\x85Năm.", ["Một.", "Hai.", "Ba.", "Bốn.", "Năm."]),
    ("dòng này còn\ntiếp ở đây.\nĐoạn mới.", ["dòng này còn\ntiếp ở đây.", "Đoạn mới."]),
    ("dòng này còn\r\ntiếp ở đây.", ["dòng này còn\r\ntiếp ở đây."]),
    ("dòng này hết\n\nchữ thường.", ["dòng này hết", "chữ thường."]),
    ("Tiêu đề\nNội dung.", ["Tiêu đề", "Nội dung."]),
    ("Gồm có:\nmột điều.", ["Gồm có:", "một điều."]),
    ("  thụt vào \t\n \n", ["thụt vào"]),
    ("", []),
    (" \n\t\n", []),
]


def pieces(text: str) -> list[str]:
    return [text[begin:end] for begin, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [text[begin:end] for begin, end in paragraphs(text)] == expected


def test_sentences_of_a_part_of_a_text_have_offsets_in_the_whole() -> None:
    text = "Không. Một câu. Hai câu. Không."
    assert [text[a:b] for a, b in sentences(text, 7, 24)] == ["Một câu.", "Hai câu."]


def test_a_row_of_dots_takes_linear_time() -> None:
    """Each dot was tried as the start of the row: a table of contents took minutes."""
    row = "." * 1_000_000
    assert pieces(f"Mục lục {row}5 Hết. Xong.") == [f"Mục lục {row}5 Hết.", "Xong."]


def test_a_row_of_initials_takes_linear_time() -> None:
    """The sentence so far was split into words at each abbreviation."""
    assert len(pieces("V. " * 200_000)) == 1


prose = st.one_of(wild, texts(20), st.text(alphabet='aÁ .!?…;)"”\n\rTPHCM1', max_size=60))


def covers(text: str, spans: list[tuple[int, int]], begin: int = 0, end: int | None = None) -> bool:
    """Whether spans are in order, disjoint, without white space around them, and leave out nothing but white space."""
    last = begin
    for first, stop in spans:
        if not last <= first < stop or text[last:first].strip() or text[first:stop] != text[first:stop].strip():
            return False
        last = stop
    return not text[last:end].strip()


@given(prose)
def test_lines_and_paragraphs_leave_out_only_white_space(text: str) -> None:
    assert covers(text, list(lines(text)))
    assert covers(text, list(paragraphs(text)))


@given(prose)
def test_sentences_leave_out_only_white_space_and_tear_no_token(text: str) -> None:
    for begin, end in paragraphs(text):
        found = list(sentences(text, begin, end))
        assert covers(text, found, begin, end)
        inside = [t for a, b in found for t in tokenize(text[a:b])]
        assert [t.canonical for t in inside] == [t.canonical for t in tokenize(text[begin:end])]


@given(prose)
def test_paragraphs_end_at_line_ends(text: str) -> None:
    whole = list(lines(text))
    assert {begin for begin, _ in paragraphs(text)} <= {begin for begin, _ in whole}
    assert {end for _, end in paragraphs(text)} <= {end for _, end in whole}
