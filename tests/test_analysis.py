"""`VietnameseAnalyzer` in a schema of plain Whoosh, as programs that use Whoosh themselves would have it."""

from __future__ import annotations

import pickle
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts, texts_and_rewritings, wild
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.highlight import WholeFragmenter
from whoosh.qparser import QueryParser

from vnsearch import VietnameseAnalyzer
from vnsearch.engine.analysis import SEPARATOR, ValueAnalyzer, whole_value
from vnsearch.text.canonical import bare
from vnsearch.text.tokens import tokenize

TEXTS = {
    "ward": "Đường phố Hà Nội ngập trong triều cường",
    "bare": "duong pho ha noi ngap trong trieu cuong",
    "other": "Dương phó hạ nơi",
    "eth": "Ðảng ủy Khối các cơ quan Trung ương",
    "nfd": unicodedata.normalize("NFD", "Thuý hoà giải ở phường"),
    "number": "Giá 1.000.000 đồng, số 05-CT/TW",
}


def make(analyzer: VietnameseAnalyzer, **options: Any) -> Any:
    """A plain Whoosh index of TEXTS in memory."""
    index = RamStorage().create_index(Schema(id=ID(stored=True), body=TEXT(analyzer=analyzer, stored=True, **options)))
    writer = index.writer()
    for name, text in TEXTS.items():
        writer.add_document(id=name, body=text)
    writer.commit()
    return index


def found(index: Any, query: str) -> set[str]:
    with index.searcher() as searcher:
        return {hit["id"] for hit in searcher.search(QueryParser("body", index.schema).parse(query))}


@pytest.fixture(scope="module")
def folded() -> Any:
    return make(VietnameseAnalyzer())


@pytest.fixture(scope="module")
def marked() -> Any:
    return make(VietnameseAnalyzer(fold=False))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("duong pho", {"ward", "bare", "other"}),
        ("đường phố", {"ward", "bare", "other"}),
        ('"trieu cuong"', {"ward", "bare"}),
        ('"triều cường"', {"ward", "bare"}),
        ('"cường triều"', set()),
        ("đảng ủy", {"eth"}),
        ("Ðảng uỷ", {"eth"}),
        ("dang uy khoi", {"eth"}),
        ("thúy hòa", {"nfd"}),
        (unicodedata.normalize("NFD", "phường"), {"nfd"}),
        ("hà OR giá", {"ward", "bare", "other", "number"}),
        ("phố NOT triều", {"other"}),
        ("trieu*", {"ward", "bare"}),
    ],
)
def test_a_folded_field_meets_queries_with_and_without_marks(folded: Any, query: str, names: set[str]) -> None:
    assert found(folded, query) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("đường phố", {"ward"}),
        ("duong pho", {"bare"}),
        ("dương phó", {"other"}),
        ("đảng", {"eth"}),
        ("ĐẢNG UỶ", {"eth"}),
        ("hòa thuý", {"nfd"}),
    ],
)
def test_without_fold_marks_are_kept_and_spelling_is_unified(marked: Any, query: str, names: set[str]) -> None:
    assert found(marked, query) == names


@pytest.mark.parametrize("query", ["1.000.000", "1000000", "1,000,000", "05-CT/TW", "ct/tw"])
def test_numbers_and_codes(folded: Any, query: str) -> None:
    assert found(folded, query) == {"number"}


def test_nothing_is_a_stop_word(folded: Any) -> None:
    assert found(folded, "ở") == {"nfd"}
    assert found(folded, "các") == {"eth"}


def test_whoosh_highlights_the_original_text() -> None:
    index = make(VietnameseAnalyzer(), chars=True)
    with index.searcher() as searcher:
        results = searcher.search(QueryParser("body", index.schema).parse("thuy"))
        results.fragmenter = WholeFragmenter()
        text = results[0].highlights("body")
    assert unicodedata.normalize("NFC", text).startswith('<b class="match term0">Thuý</b> hoà')


@given(text=wild)
def test_offsets_and_positions_are_those_of_the_tokens(text: str) -> None:
    tokens = list(tokenize(text))
    for token in VietnameseAnalyzer(fold=False)(text, positions=True, chars=True, keeporiginal=True):
        source = tokens[token.pos]
        assert token.startchar == source.begin
        assert token.endchar >= source.end
        assert token.original == text[token.startchar : token.endchar]
        assert token.text == source.canonical or token.text.isdecimal()


@given(text=texts())
def test_every_token_is_given_once_at_its_position(text: str) -> None:
    analyzer = VietnameseAnalyzer(fold=False)
    given_out = [(token.pos, token.text) for token in analyzer(text, positions=True, start_pos=7)]
    assert given_out == [(place + 7, token.canonical) for place, token in enumerate(tokenize(text))]


@given(pair=texts_and_rewritings())
def test_all_unicode_forms_of_a_text_have_the_same_terms(pair: tuple[str, str]) -> None:
    for analyzer in (VietnameseAnalyzer(), VietnameseAnalyzer(fold=False)):
        first, second = ([token.text for token in analyzer(text)] for text in pair)
        assert first == second


@given(text=st.one_of(texts(), wild))
def test_folded_terms_are_the_bare_forms_of_the_others(text: str) -> None:
    folded, kept = ([t.text for t in VietnameseAnalyzer(fold=fold)(text)] for fold in (True, False))
    assert folded == [bare(term) for term in kept]


def test_a_grouped_number_yields_its_value_at_its_first_group() -> None:
    tokens = VietnameseAnalyzer()("giá 1.000.000 đồng", positions=True, chars=True)
    assert [(t.text, t.pos, t.startchar, t.endchar) for t in tokens] == [
        ("gia", 0, 0, 3),
        ("1", 1, 4, 5),
        ("1000000", 1, 4, 13),
        ("000", 2, 6, 9),
        ("000", 3, 10, 13),
        ("dong", 4, 14, 18),
    ]


def test_it_pickles_and_compares_by_value() -> None:
    for analyzer in (VietnameseAnalyzer(), VietnameseAnalyzer(fold=False)):
        copy = pickle.loads(pickle.dumps(analyzer))
        assert copy == analyzer
        assert [t.text for t in copy("Đường")] == [t.text for t in analyzer("Đường")]
    assert VietnameseAnalyzer() != VietnameseAnalyzer(fold=False)


def test_a_value_is_one_term_beside_its_words() -> None:
    terms = [(token.text, token.pos) for token in ValueAnalyzer()("Nhân  Dân", positions=True)]
    assert terms == [("nhân", 0), ("dân", 1), ("=nhân dân", 1)]
    assert whole_value("NHÂN DÂN") == "=nhân dân"
    assert [token.text for token in ValueAnalyzer()("Nhân Dân", mode="query")] == ["nhân", "dân"]


def test_no_phrase_runs_from_one_value_into_the_next() -> None:
    tokens = [(t.text, t.pos) for t in ValueAnalyzer()(f"y tế{SEPARATOR}xã hội", positions=True)]
    places = dict(tokens)
    assert places["xã"] > places["tế"] + 1
    assert [text for text, _ in tokens if text.startswith("=")] == ["=y tế", "=xã hội"]
