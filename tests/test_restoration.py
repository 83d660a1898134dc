"""Marks that were not typed are found in what the collection writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vnsearch import Document, Index
from vnsearch.search import weights
from vnsearch.search.restoration import lacks_only_tones, restore, share_unmarked
from vnsearch.search.slots import MarksPolicy, word_slot
from vnsearch.text.canonical import bare

SENTENCES = (
    "tư tưởng đạo đức phong cách",
    "đường phố vắng người qua lại",
    "giáo dục đạo đức cho học sinh",
    "một con đường dài",
    "người lao động ở nước Đức",
    "đạo diễn nói về phim hai mươi năm trước",
    "dao dưa cắt ngọt như cũ",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("restoration") / "index") as made:
        made.add(Document(f"{n}-{copy}", text) for n, text in enumerate(SENTENCES) for copy in range(30))
        yield made


def restored(index: Index, query: str, policy: MarksPolicy = MarksPolicy.COMPATIBLE) -> str:
    found = restore(index._snapshot, [word_slot(token, policy) for token in query.split()])
    assert all(0 < marking.probability <= 1.0001 for marking in found)
    return " ".join(marking.token for marking in found)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_of_the_collection_are_found_again(index: Index, sentence: str) -> None:
    plain = sentence.lower()
    assert restored(index, " ".join(map(bare, plain.split()))) == plain


def test_the_neighbours_decide(index: Index) -> None:
    assert restored(index, "dao duc") == "đạo đức"
    assert restored(index, "dao dua") == "dao dưa"
    assert restored(index, "nuoc duc") == "nước đức"


def test_marks_that_were_typed_stay(index: Index) -> None:
    assert restored(index, "dao dưc") == "đạo đức"
    assert restored(index, "dao dựa") == "đạo dựa"  # nothing that the collection holds has just these marks
    assert restored(index, "đao duc", MarksPolicy.TONELESS) == "đạo đức"


def test_marks_that_were_typed_are_not_taken_away(tmp_path: Path) -> None:
    """A word with marks was read as a more frequent one without them: thue thư viện as thuế thu viện."""
    with Index.create(tmp_path / "index") as index:
        index.add(Document(f"{n}", "tiền thu viện trợ") for n in range(30))
        index.add([Document("library", "mượn thư từ"), Document("plain", "o dau")])
        assert restored(index, "thư vien") == "thư viện"
        assert str(index.search("thu7 vie6n5").interpretation) == "thư viện"
        assert restored(index, "ở đau") == "o dau"  # of what has fewer marks there is nothing else


def test_unknown_words_are_left_as_they_are(index: Index) -> None:
    assert restored(index, "xyz dao duc abc") == "xyz đạo đức abc"
    assert restore(index._snapshot, []) == []


def test_the_chances_of_a_long_row_do_not_vanish(index: Index) -> None:
    """Of words that never met each step makes them much less; what is in the middle lies far from both ends."""
    odd = "ngot vang xyz lai nuoc abc hai dua " * 20
    found = restored(index, f"{odd} dao duc {odd}").split()
    assert found[160:162] == ["đạo", "đức"]


def test_an_empty_collection_restores_nothing() -> None:
    from vnsearch.engine import Snapshot

    empty = Snapshot(0, [], {})
    assert [m.token for m in restore(empty, [word_slot("dao", MarksPolicy.COMPATIBLE)])] == ["dao"]


def test_what_share_of_the_marks_is_missing(index: Index) -> None:
    for query, share in (
        ("dao duc", 1.0),
        ("đạo đức", 0.0),
        ("đạo duc", 0.5),  # duc is never written so here
        ("con đường", 0.0),  # con is
        ("con", 1.0),
        ("đạo đức xyz", 0.0),
        ("đạo đức đường duc", 0.25),
        ("", 1.0),
    ):
        assert share_unmarked(index._snapshot, query.split()) == share, query


def test_some_marks_missing_is_not_all_tones_missing(index: Index) -> None:
    for query, toneless in (
        ("hai mươi năm trươc", True),  # trươc is no syllable
        ("giao duc đao đưc cho hoc sinh", True),  # giao duc: giáo dục has tones only
        ("đương phô văng nguoi qua lai", True),  # one word of three lacks a vowel mark
        ("đương nuoc nguoi", False),
        ("đạo duc", False),
    ):
        assert lacks_only_tones(index._snapshot, query.split()) == toneless, query


def test_a_word_keeps_the_form_it_was_typed_in_where_hardly_any_marks_are_missing(index: Index) -> None:
    """Each bare word of a query with one slip was once taken for one that had lost its marks."""
    dao = [word_slot("dao", MarksPolicy.COMPATIBLE)]
    assert [restore(index._snapshot, dao, share)[0].token for share in (1.0, 0.5, 0.05)] == ["đạo", "đạo", "dao"]


def test_the_query_is_shown_as_understood(index: Index) -> None:
    assert str(index.search("dao duc").interpretation) == "đạo đức"
    assert str(index.search("giao duc OR xyz -cu").interpretation) == "giáo dục OR xyz -cu"
    assert str(index.search("Đạo đức").interpretation) == "Đạo đức"


def test_the_likeliest_marks_come_first(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two texts as good without marks, the one is better that has the marks which the words have together."""
    index.add([Document("a", "dao dức ngồi chơi"), Document("b", "đạo đức ngồi chơi")])
    try:
        ranked = [hit.id for hit in index.search("dao duc ngoi choi", match="all")]
        assert ranked == ["b", "a"]
        monkeypatch.setattr(weights, "RESTORED", 0.0)
        first, second = index.search("dao duc ngoi choi", match="all")
        assert abs(first.score - second.score) < 1.5
    finally:
        index.delete(["a", "b"])


def test_words_that_an_abbreviation_may_stand_for_have_their_marks_restored(tmp_path: Path) -> None:
    """They are looked for in two ways, and were taken for no words."""
    with Index.create(tmp_path / "index") as index:
        index.add(Document(f"{n}", "Ủy ban nhân dân thành phố Hồ Chí Minh họp về trung ương đảng") for n in range(30))
        index.add([Document("short", "TP.HCM họp"), Document("other", "thanh cao, phở ngon, hô chỉ mình")])
        found = index.search("thanh pho ho chi minh", match="any")
        assert found.interpretation.query == "thành phố hồ chí minh"
        assert "TP.HCM" in found.interpretation.notes[0]
        assert "short" in {hit.id for hit in index.search("thanh pho ho chi minh", limit=100)}
        for hit in (
            found[0],
            next(hit for hit in index.search("thanh pho ho chi minh", limit=100) if hit.id == "short"),
        ):
            told = index.explain("thanh pho ho chi minh", hit.id)
            assert told.score == pytest.approx(sum(term.score for term in told.terms), abs=1e-3)
