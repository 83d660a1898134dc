"""Completions: from pairs of neighbours, with and without marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vnsearch import Document, Index

TEXTS = {
    "học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh": 6,
    "ủy ban nhân dân thành phố Hồ Chí Minh": 5,
    "nhân viên ngân hàng": 20,
    "ban quản lý dự án": 4,
    "đạo diễn phim": 3,
    "dao động của con lắc": 2,
    "hồ chứa nước": 3,
    "kỹ thuật và kĩ năng": 2,
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("completion") / "index") as made:
        made.add(
            Document(f"{n}-{copy}", text) for n, (text, count) in enumerate(TEXTS.items()) for copy in range(count)
        )
        yield made


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("dao du", "đạo đức"),
        ("đạo d", "đạo đức"),
        ("đạo đ", "đạo đức"),
        ("dao do", "dao động"),
        ("uy ban nhan ", "ủy ban nhân dân"),  # though behind nhân alone viên is more frequent
        ("thanh pho ho ch", "thành phố hồ chí"),
        ("THANH PHO HO CH", "THÀNH PHỐ HỒ chí"),
        ("Đạo đức, phong c", "Đạo đức, phong cách"),
        ("nhân v", "nhân viên"),
        ("ky th", "kỹ thuật"),
        ("title:(dao du", "title:(đạo đức"),
    ],
)
def test_the_likeliest_comes_first(index: Index, typed: str, first: str) -> None:
    assert index.suggest(typed)[0].casefold() == first.casefold()


def test_typed_marks_stay(index: Index) -> None:
    assert all(offered.split()[0] in ("đạo", "dao") for offered in index.suggest("đạo d"))
    assert not any(offered.startswith("đạo") for offered in index.suggest("dào d"))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("hô", "hồ"), ("tư tươ", "tư tưởng"), ("đạo đư", "đạo đức"), ("thuâ", "thuật"), ("quả", "quản")],
)
def test_the_tone_is_typed_last(index: Index, typed: str, offered: str) -> None:
    """Only words that were written with the same tone, in the same place, went on: đươ was never đường."""
    assert any(text.startswith(offered) for text in index.suggest(typed))


def test_the_tone_may_move_as_a_word_goes_on(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add([Document("a", "sinh hoạt"), Document("b", "hoàng hôn"), Document("c", "hòa bình")])
        assert index.suggest("hoạ")[0] == "hoạt"
        assert all({"hoàng", "hòa"} < {*index.suggest(typed)} for typed in ("hoà", "hòa"))
        assert not any("hoạ" in text for text in index.suggest("hoà"))


def test_a_word_that_nearly_always_goes_on_is_offered_with_what_follows(index: Index) -> None:
    assert "ngân hàng" in index.suggest("ngâ") and "ngân" in index.suggest("ngâ")


def test_what_was_typed_before_stays_as_typed(index: Index) -> None:
    typed = "Xyz  (Nhân viên), dao du"
    assert index.suggest(typed)[0] == "Xyz  (Nhân viên), đạo đức"


def test_nothing_to_complete(index: Index) -> None:
    for typed in ("", " ", "zzz", "…", "zzz "):
        assert index.suggest(typed) == []


def test_several_segments_and_deletions(index: Index) -> None:
    with Index.create(index.path.parent / "two") as made:
        made.add([Document("a", "chính phủ điện tử"), Document("b", "chính sách")])
        made.add([Document("c", "chính phủ mới"), Document("d", "phủ nhận")])
        made.delete(["d"])
        assert made.suggest("chinh ") == ["chính phủ", "chính sách"]
        assert made.suggest("chinh p")[0] == "chính phủ"
