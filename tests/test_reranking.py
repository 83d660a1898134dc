"""The final order of what leads: passages have a say, and pages do not depend on each other."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from vnsearch import Document, Index
from vnsearch.search import reranking

WORDS = ["mưa", "nắng", "gió", "bão", "lũ", "sông", "núi", "biển", "đường", "phố"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    rng = random.Random(3)
    words = WORDS + [f"x{n}" for n in range(20)]
    with Index.create(tmp_path_factory.mktemp("reranking") / "index") as made:
        made.add(
            Document(f"n{n:03}", "\n".join(" ".join(rng.choices(words, k=70)) for _ in range(rng.randint(1, 4))))
            for n in range(300)
        )
        yield made


@pytest.mark.parametrize("group", ["document", "passage"])
@pytest.mark.parametrize("query", ["mưa bão", "duong pho song nui", "bien"])
def test_pages_are_parts_of_one_list(index: Index, query: str, group: str) -> None:
    whole = index.search(query, limit=1000, group=group, match="any", passages=0)  # type: ignore[arg-type]
    scores = [hit.score for hit in whole]
    assert scores == sorted(scores, reverse=True) and scores[-1] > 0
    for limit in (1, 7, 64, 100):
        for offset in (0, 3, 60, 128, 200):
            page = index.search(query, limit=limit, offset=offset, group=group, match="any", passages=0)  # type: ignore[arg-type]
            expected = list(whole)[offset : offset + limit]
            assert [hit.id for hit in page] == [hit.id for hit in expected]
            assert [hit.score for hit in page] == [hit.score for hit in expected]


def test_words_that_stand_together_in_one_passage_are_better(index: Index) -> None:
    filler = "tin khác không liên quan gì cả " * 12
    spread = [filler, f"vàng {filler}", filler, f"bạc {filler}", filler, f"quý {filler}"]
    close = [filler, f"vàng ròng bạc trắng quý lắm {filler}", filler, filler, filler, filler]
    index.add([Document("spread", "\n\n".join(spread)), Document("close", "\n\n".join(close))])
    try:
        assert [hit.id for hit in index.search("vàng bạc quý", match="all")] == ["close", "spread"]
    finally:
        index.delete(["spread", "close"])


def test_a_long_text_with_one_perfect_passage_is_not_lost(index: Index) -> None:
    long = "\n\n".join([*(" ".join(WORDS * 7) for _ in range(60)), "nghị định về khai thác cát lòng sông"])
    index.add([Document("long", long)])
    try:
        assert index.search("khai thác cát lòng sông", match="any")[0].id == "long"
    finally:
        index.delete("long")


def test_frequent_words_tell_passages_apart_where_there_are_no_others(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reranking, "MANY", 1)
    for hit in index.search("mưa", limit=5):
        assert hit.passages[0].score > 0 and hit.passages[0].spans


def test_a_page_beyond_the_last_is_empty(index: Index) -> None:
    found = index.search("mưa", offset=5000)
    assert found.total > 100 and len(found) == 0


def test_what_stands_in_many_documents_still_tells_passages_apart(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By standing there; and what stands in very many is left out as long as there is something rarer."""
    exact = index.search("mưa bão x1", match="any", passages=1)
    monkeypatch.setattr(reranking, "MANY", 0)
    flat = index.search("mưa bão x1", match="any", passages=1)
    assert {hit.id for hit in flat} & {hit.id for hit in exact}
    assert [hit.score for hit in flat] != [hit.score for hit in exact]
    held = [hit.passages[0].text.split() for hit in flat]
    assert all({"mưa", "bão", "x1"} <= {*words} for words in held)
    monkeypatch.setattr(reranking, "MOST", 0)
    rarest = index.search("mưa bão x1", match="any", passages=1)
    assert [hit.score for hit in rarest] != [hit.score for hit in flat]
