"""Documents like a given one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vnsearch import Document, Index
from vnsearch.errors import DocumentNotFound, RequestError

TEXTS = {
    "lúa 1": "Nông dân trồng lúa nước, bón phân cho lúa và chờ mưa để lúa tốt",
    "lúa 2": "Giá lúa tăng, nông dân phấn khởi, lúa nước được mùa",
    "cá 1": "Ngư dân đánh bắt cá thu ngoài khơi, tàu cá về bến lúc rạng sáng",
    "cá 2": "Tàu cá của ngư dân gặp bão, đánh bắt cá thu khó khăn",
    "học": "Học sinh nghỉ hè, thầy cô giáo đi tập huấn",
    "rỗng": "",
    "lẻ": "xyzzy",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("likeness") / "index") as made:
        made.add(Document(name, text) for name, text in TEXTS.items())
        made.add(Document(f"other {n}", "hôm nay trời nắng và gió nhẹ") for n in range(20))
        yield made


@pytest.mark.parametrize(("name", "like"), [("lúa 1", "lúa 2"), ("lúa 2", "lúa 1"), ("cá 1", "cá 2")])
def test_what_is_about_the_same_comes_first(index: Index, name: str, like: str) -> None:
    found = index.similar(name)
    assert found[0].id == like and name not in {hit.id for hit in found}
    assert found[0].passages[0].spans and found.total >= len(found)


def test_what_has_nothing_in_common_with_any_finds_nothing(index: Index) -> None:
    assert index.similar("lẻ").total == index.similar("rỗng").total == len(index.similar("lẻ")) == 0


def test_neighbours_count(index: Index) -> None:
    index.add(
        [
            Document("a", "kinh doanh ngoại tệ"),
            Document("same words", "ngoại giao, tệ nạn, doanh trại, kinh kệ"),
            Document("same pairs", "cấm kinh doanh ngoại tệ, cũng như doanh nghiệp"),
        ]
    )
    try:
        assert [hit.id for hit in index.similar("a", limit=2)] == ["same pairs", "same words"]
    finally:
        index.delete(["a", "same words", "same pairs"])


def test_limits(index: Index) -> None:
    assert len(index.similar("lúa 1", limit=1)) == 1 and len(index.similar("lúa 1", limit=0)) == 0
    with pytest.raises(DocumentNotFound):
        index.similar("none")
    with pytest.raises(RequestError):
        index.similar("lúa 1", limit=-1)
