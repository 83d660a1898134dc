"""A better query for one that finds little: one case a kind of slip, and what holds for all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import wild

from vnsearch import Document, Index
from vnsearch.search import suggestions
from vnsearch.search.suggestions import suggest_query
from vnsearch.text.canonical import fold, key
from vnsearch.text.tokens import tokenize

TEXTS = [
    "Công an xử lý nghiêm vụ án hình sự ở thành phố. Trân trọng cảm ơn bạn đọc.",
    "Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh. Nghị quyết XI của Đảng về tư tưởng.",
    "Lịch sử nước ta rất lâu đời; lịch sử của lý luận. Chị ấy chân thành chia sẻ, dành dụm từng đồng.",
    "Người dân nghỉ ngơi, sản xuất lúa nếp. Quyết định kinh doanh bất động sản. Bắt buộc phải làm rõ.",
    "Điện thoại Samsung và mạng Facebook ở Việt Nam. Cái nồi đồng, nồi đồng nấu ăn.",
    "Nâng cao đạo đức công vụ, xử lý cán bộ vi phạm, xử lý nghiêm.",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("suggestions") / "index") as made:
        made.add(Document(str(number), text) for number, text in enumerate(TEXTS))
        yield made


# (typed, meant)
SLIPS = {
    "s for x": ("sử lý nghiêm", "xử lý nghiêm"),
    "ch for tr": ("chân trọng cảm ơn", "trân trọng cảm ơn"),
    "gi for d": ("giành dụm", "dành dụm"),
    "l for n": ("lúa lếp", "lúa nếp"),
    "hỏi for ngã": ("nghĩ ngơi", "nghỉ ngơi"),
    "another tone": ("nghí ngơi", "nghỉ ngơi"),
    "another vowel mark": ("bất buộc", "bắt buộc"),
    "ng for ngh": ("xử lý ngiêm", "xử lý nghiêm"),
    "t for c": ("bắt buột", "bắt buộc"),
    "n for ng": ("phon cách", "phong cách"),
    "no space at all": ("tutuonghochiminh", "tư tưởng hồ chí minh"),
    "no space, with marks": ("đạođứccôngvụ", "đạo đức công vụ"),
    "a letter missing": ("thàh phố", "thành phố"),
    "a letter doubled": ("đạoo đức", "đạo đức"),
    "another letter": ("đạo đứv", "đạo đức"),
    "a letter too many": ("thànjh phố", "thành phố"),
    "letters swapped": ("phong cácch hcí minh", "phong cách chí minh"),
    "glued": ("tưtưởng", "tư tưởng"),
    "glued, unmarked": ("tutuong dao duc", "tư tưởng đạo đức"),
    "glued, three": ("hochiminh", "hồ chí minh"),
    "split": ("ngh ị quyết", "nghị quyết"),
    "Telex": ("tuw tuwowrng", "tư tưởng"),
    "Telex in one word": ("tư tuwowrng", "tư tưởng"),
    "VNI": ("tu7 tu7o7ng3", "tư tưởng"),
    "a foreign word": ("facebok", "facebook"),
    "unmarked": ("dao duv ho chi minh", "đạo đức hồ chí minh"),
    "two slips": ("sử lý ngiêm", "xử lý nghiêm"),
    "decomposed": ("sư\u0309 ly\u0301", "xử ly\u0301"),
}


@pytest.mark.parametrize(("typed", "meant"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_undone(index: Index, typed: str, meant: str) -> None:
    assert suggest_query(index._snapshot, typed) == meant
    assert index.search(meant, match="all").total


@pytest.mark.parametrize(
    "typed",
    [
        *("tư tưởng", "đạo đức công vụ", "lịch sử", "nồi đồng", "điện thoại samsung"),
        # What the search does not mind is no fault.
        *("dao duc", "ĐẠO ĐỨC", "tu tưởng", "sản xuât", "xử lí", "sản xuất lúa nếp", "đao đưc", "Đaọ đức"),
        # Nothing near, or nothing to correct.
        *("", " ", "*", "?!", "xyzzy", "2018", "東京", "XIII", "đạo đức XII", "sử lý 2018 xyzzyq"),
        *('"sử lý"', "title:sử", "sử*", "sử~1", "-sử lý", "05-SL/TW"),
    ],
)
def test_no_suggestion(index: Index, typed: str) -> None:
    assert suggest_query(index._snapshot, typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sử lý nghiêm!", "Xử lý nghiêm!"),
        ("SỬ LÝ NGHIÊM", "XỬ LÝ NGHIÊM"),
        ("Hoc tap, sử lý", "Học tập, xử lý"),
        ("(sử lý nghiêm) AND thành*", "(xử lý nghiêm) AND thành*"),
        ('sử lý nghiêm "đao đức" -sử title:sử', 'xử lý nghiêm "đao đức" -sử title:sử'),
        ("TuTuong Ho Chi Minh", "Tư tưởng Hồ Chí Minh"),
        ("xử lí ngiêm", "xử lí nghiêm"),
        ("sử lý NOT sử lý", "xử lý NOT sử lý"),
    ],
)
def test_what_is_right_stays_as_it_was_typed(index: Index, typed: str, meant: str) -> None:
    assert suggest_query(index._snapshot, typed) == meant


def test_nothing_becomes_an_operator(index: Index, tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as other:
        other.add([Document("a", "cơm hoặc phở hoặc bún", "tên"), Document("b", "title của bài title")])
        assert suggest_query(other._snapshot, "CƠM HOẠC phở") == "CƠM hoặc phở"
        assert suggest_query(other._snapshot, 'titel:"phở"') is None
        assert suggest_query(other._snapshot, "titel bài") == "title bài"


def test_a_frequent_word_that_fits_its_neighbours_stays(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add(Document(str(i), "lịch sử và xử lý") for i in range(50))
        assert suggest_query(index._snapshot, "lịch sử") is None
        assert suggest_query(index._snapshot, "lịch xử") == "lịch sử"
        assert suggest_query(index._snapshot, "sử lý") == "xử lý"


def test_only_what_was_not_deleted_is_suggested(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add([Document("a", "chia sẻ"), Document("b", "ăn uống"), Document("c", "đi lại"), Document("d", "nghỉ")])
        assert suggest_query(index._snapshot, "chia xẻ") == "chia sẻ"
        index.delete("a")
        assert suggest_query(index._snapshot, "chia xẻ") is None


def test_titles_count(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add([Document("a", "Không có gì.", "Xử lý nước thải")])
        assert suggest_query(index._snapshot, "sử lý nước thải") == "xử lý nước thải"


def test_an_empty_index_has_none(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        assert suggest_query(index._snapshot, "sử lý") is None


def test_several_segments_are_one_collection(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        for number, text in enumerate(TEXTS):
            index.add([Document(str(number), text)])
        for typed, meant in SLIPS.values():
            assert suggest_query(index._snapshot, typed) == meant


def test_a_pasted_text_gets_none(index: Index) -> None:
    assert suggest_query(index._snapshot, "sử lý " * 2000) is None
    assert suggest_query(index._snapshot, "s" * suggestions.MAX_LENGTH) is None


@settings(max_examples=300)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([typed for typed, _ in SLIPS.values()]),
            st.sampled_from(["AND", "OR", "NOT", "VÀ", "(", ")", '"', "-", "+", "title:", "*", "~2", ":", "..", "tư"]),
            wild,
        ),
        max_size=8,
    ),
    st.sampled_from(["", " "]),
)
def test_any_query_is_survived_and_only_held_words_are_suggested(index: Index, pieces: list[str], space: str) -> None:
    query = space.join(pieces)
    suggestion = suggest_query(index._snapshot, query)
    if suggestion is None:
        return
    before, after = ([key(token.canonical) for token in tokenize(text)] for text in (query, suggestion))
    assert after != before and len(suggestion) < 3 * len(query) + 10
    held = {key(term) for field in ("title", "body") for term in index._snapshot.terms(field)}
    assert {*after} <= held | {*before}


@given(st.integers(0, len(TEXTS) - 1), st.integers(1, 6), st.integers(0, 50), st.booleans())
def test_what_stands_in_the_collection_is_right(index: Index, text: int, length: int, place: int, bare: bool) -> None:
    tokens = [token.canonical for token in tokenize(TEXTS[text])]
    row = " ".join(tokens[place % len(tokens) :][:length])
    assert suggest_query(index._snapshot, fold(row) if bare else row) is None


def test_the_same_query_has_the_same_suggestion(index: Index) -> None:
    queries = [typed for typed, _ in SLIPS.values()]
    first = [suggest_query(index._snapshot, query) for query in queries]
    random.Random(1).shuffle(queries)
    again = {query: suggest_query(index._snapshot, query) for query in queries}
    assert first == [again[typed] for typed, _ in SLIPS.values()]
