"""Scores, held against BM25 written anew in plain Python from the formula of Robertson and Zaragoza (2009)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnsearch import Document, Index
from vnsearch.search import weights
from vnsearch.text.canonical import bare

K1, B, PAIR_K1 = 1.2, 0.72, 0.5
WEIGHTS = {
    ("đường", "đường"): 1.0,
    ("đường", "duong"): 0.4,
    **{(bare(w), w): 1.0 for w in ("đường", "duong", "dương", "phố", "hội", "tế")},
}
"""(word of a query, word of a text) -> how much the one counts for the other; otherwise not at all."""

QUERY_WORDS = sorted({query for query, _ in WEIGHTS if query == bare(query)})
TEXT_WORDS = sorted({word for _, word in WEIGHTS})

Region = list[str]
Paper = tuple[Region, list[Region]]


def bm25(query: Sequence[str], units: Sequence[Sequence[tuple[Region, float]]]) -> list[float]:
    """The score of each of some units. A unit is made of rows of words, of which each has a weight."""
    sizes = [sum(len(region) for region, _ in unit) for unit in units]
    average = max(sum(sizes) / len(sizes), 1.0) if sizes else 1.0
    scores = [0.0] * len(units)
    singles = [((word,), 1.0, K1) for word in dict.fromkeys(query)]
    pairs = [(pair, weights.PAIR, PAIR_K1) for pair in dict.fromkeys(pairwise(query))]
    for row, share, k1 in [*singles, *pairs]:
        counts = [sum(weight * frequency(row, region) for region, weight in unit) for unit in units]
        df = sum(count > 0 for count in counts)
        if len(row) == 1:  # each spelling for itself, in texts, or in titles where no text has any
            spellings = [(word, WEIGHTS.get((row[0], word), 0.0)) for word in TEXT_WORDS]
            texts = [[region for region, weight in unit if weight == 1.0] for unit in units]
            titles = [[region for region, weight in unit if weight != 1.0] for unit in units]
            dfs = [
                sum(worth * any(word in region for region in unit) for word, worth in spellings for unit in held)
                for held in (texts, titles)
            ]
            df = min(dfs[0] or dfs[1], len(units))
        idf = math.log(1 + (len(units) - df + 0.5) / (df + 0.5)) ** weights.POWER
        for place, (tf, size) in enumerate(zip(counts, sizes, strict=True)):
            scores[place] += share * idf * tf * (k1 + 1) / (tf + k1 * (1 - B + B * size / average))
    return scores


def frequency(row: tuple[str, ...], region: Region) -> float:
    """How often a row of words stands in a region; an occurrence counts as much as its worst word."""
    found = 0.0
    for begin in range(len(region) - len(row) + 1):
        found += min(WEIGHTS.get((word, region[begin + i]), 0.0) for i, word in enumerate(row))
    return found


def passages(query: Sequence[str], collection: Sequence[Paper]) -> list[float]:
    """The score of each passage by itself."""
    return bm25(query, [[(passage, 1.0)] for _, passages in collection for passage in passages])


def documents(query: Sequence[str], collection: Sequence[Paper]) -> list[float]:
    """The score of each document: all of it as one, and its best passage."""
    whole = bm25(query, [[(title, weights.TITLE), *((p, 1.0) for p in held)] for title, held in collection])
    single = iter(passages(query, collection))
    best = [max([next(single) for _ in held], default=0.0) for _, held in collection]
    return [score + weights.PASSAGE * most for score, most in zip(whole, best, strict=True)]


def fill(collection: Sequence[Paper]) -> Iterator[Document]:
    for number, (title, passages) in enumerate(collection):
        borders: list[int] = []
        text = ""
        for passage in passages:
            borders.append(len(text))
            text += " ".join(passage) + "\n"
        yield Document(str(number), text, title=" ".join(title), borders=tuple(borders))


regions = st.lists(st.sampled_from(TEXT_WORDS), max_size=8)
papers = st.tuples(regions, st.lists(st.lists(st.sampled_from(TEXT_WORDS), min_size=1, max_size=8), max_size=3))
queries = st.one_of(st.just(["đường"]), st.lists(st.sampled_from(QUERY_WORDS), min_size=1, max_size=4))


@pytest.fixture
def unrestored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks that a query lacks are not restored: `test_restoration` is about that."""
    monkeypatch.setattr(weights, "RESTORED", 0.0)


@pytest.mark.usefixtures("unrestored")
def test_scores_are_those_of_a_plain_bm25(tmp_path: Path) -> None:
    @settings(max_examples=60)
    @given(collection=st.lists(papers, min_size=1, max_size=6), asked=st.lists(queries, min_size=3, max_size=3))
    def check(collection: list[Paper], asked: list[list[str]]) -> None:
        with Index.create(tmp_path / "index", overwrite=True) as index:
            index.add(fill(collection))
            for query in asked:
                results = index.search(" ".join(query), match="any", limit=100)
                if any("marks" in note or "keystrokes" in note for note in results.interpretation.notes):
                    continue  # another query was answered
                scores = {hit.id: hit.score for hit in results}
                for number, expected in enumerate(documents(query, collection)):
                    assert scores.get(str(number), 0.0) == pytest.approx(expected, rel=1e-4, abs=1e-4)

    check()


@pytest.mark.usefixtures("unrestored")
def test_passages_have_the_scores_of_a_plain_bm25(tmp_path: Path) -> None:
    collection: list[Paper] = [
        (["phố"], [["đường", "phố", "hội"], ["phố"] * 7]),
        ([], [["đường", "hội", "phố"]]),
        (["hội"], [["tế"], ["duong", "phố", "đường", "phố"]]),
    ]
    with Index.create(tmp_path / "index") as index:
        index.add(fill(collection))
        for query in (["đường"], ["pho"], ["hoi", "pho", "hoi"]):
            expected = passages(query, collection)
            results = index.search(" ".join(query), match="any", group="passage", limit=100)
            assert [hit.score for hit in results] == pytest.approx(
                sorted(filter(None, expected), reverse=True), rel=1e-4
            )
            assert all(hit.score == hit.passages[0].score for hit in results)


def test_deleted_documents_have_no_say(tmp_path: Path) -> None:
    """The average length counted what had been deleted."""
    texts = {"a": "hội phố " * 3, "b": "hội", "c": "phố " * 20, "d": "tế " * 15}
    with Index.create(tmp_path / "some") as some, Index.create(tmp_path / "all") as every:
        some.add(Document(name, texts[name], title=texts[name]) for name in "ab")
        every.add(Document(name, text, title=text) for name, text in texts.items())
        every.delete(["c", "d"])
        for query in ("hoi", "pho hoi"):
            first, second = ({hit.id: hit.score for hit in index.search(query, match="any")} for index in (some, every))
            assert first == pytest.approx(second, rel=1e-4)


def test_a_long_title_counts_for_less(tmp_path: Path) -> None:
    """The length of titles was not looked at."""
    with Index.create(tmp_path / "index") as index:
        index.add([Document("long", "x", title="hội " + "phố " * 20), Document("short", "x", title="hội phố")])
        assert [hit.id for hit in index.search("hoi")] == ["short", "long"]


def test_a_word_asked_for_in_a_field_and_anywhere_counts_as_both(tmp_path: Path) -> None:
    """`title:nghị OR nghị` gave texts that hold the word no score."""
    with Index.create(tmp_path / "index") as index:
        index.add([Document("a", "hội nghị", title="khác"), Document("b", "khác", title="hội nghị")])
        scores = {hit.id: hit.score for hit in index.search("title:nghị OR nghị")}
        assert scores.keys() == {"a", "b"} and min(scores.values()) > 0


@pytest.mark.parametrize("group", ["document", "passage"])
def test_equal_scores_keep_the_order_of_the_index(tmp_path: Path, group: str) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add(Document(f"n{number:02}", "hội phố") for number in range(40))
        for query in ("hội", "hoi pho", "hội OR tế", "h*"):
            results = index.search(query, limit=40, group=group)  # type: ignore[arg-type]
            assert [hit.id for hit in results] == [f"n{number:02}" for number in range(40)], query


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("đường phố", "đường phố vắng", "đường vắng phố"),
        ("duong pho", "đường phố vắng", "đường vắng phố"),
        ("đường", "đường vắng", "duong vắng"),
        ("hội nghị", "hội nghị hội nghị", "hội nghị hôm qua"),
        ("hội nghị", "hội nghị", "hội nghị rất là dài dòng văn tự"),
        ("hội của nghị", "một hội nghị", "một của của"),
    ],
)
def test_what_stands_together_and_as_typed_is_better(tmp_path: Path, query: str, better: str, worse: str) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add([Document("worse", worse), Document("better", better)])
        index.add(Document(f"other{number}", "của trời mưa to của gió") for number in range(10))
        ranked = [hit.id for hit in index.search(query, match="any", limit=100)]
        assert ranked[0] == "better"
