"""An index of vnsearch under Whoosh's own machinery gives what the stock codec gives.

The same records are indexed twice, by Whoosh itself under the same schema and by vnsearch, and every query is asked of
both. Known differences: the stock codec rounds the length of a field to what one byte can say, so here the rounding is
taken away; and Whoosh 2.7.4 cannot sort by a column of floats, so numbers are sorted by their stored value.
"""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from whoosh import query, scoring, sorting
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import MultifieldParser, QueryParser
from whoosh.query import spans
from whoosh.reading import TermNotFound

from vnsearch.engine import Store, Writer, open_whoosh
from vnsearch.engine.whoosh_schema import schema_of, whoosh_value
from vnsearch.errors import RequestError
from vnsearch.models import Document
from vnsearch.text import cut

TEXTS = [
    "Đường phố Hà Nội đông người qua lại, đường nào cũng kẹt.",
    "Con đường làng xưa\n\nHọc sinh đi học trên đường làng; sinh viên đi làm.",
    "Giá 1.000.000 đồng, nay còn 500.000đ; ngày 18.1.2022.",
    "Tư tưởng, đạo đức, phong cách Hồ Chí Minh. Học tập và làm theo.",
    "hà nội không vội được đâu",
    "Chỉ thị 05-CT/TW và Kết luận 01-KL/TW của Trung ương",
    "Duong pho Ha Noi khong dau",
    "Hoà bình, thuỷ lợi, kỹ thuật, lý luận",
]
DOCUMENTS = [
    Document(
        id=f"d{i}",
        text=text,
        title=f"Bài số {i}: {text[:20]}",
        fields={
            "source": ["Nhân Dân", "Tuổi Trẻ", "Thanh Niên"][i % 3],
            "date": date(2018 + i % 5, 1 + i % 12, 3),
            "views": i * 10 - 20,
            "open": i % 2 == 0,
        },
    )
    for i, text in enumerate(TEXTS * 2)
]
KINDS = {"source": "text", "date": "date", "views": "number", "open": "flag"}

QUERIES: list[query.Query] = [
    query.Term("body", "đường"),
    query.Term("body_bare", "duong"),
    query.Term("title", "bài"),
    query.Term("body", "không"),
    query.Term("body", "nothing"),
    query.Term("id", "d3"),
    query.And([query.Term("body_bare", "duong"), query.Term("body_bare", "pho")]),
    query.Or([query.Term("body", "học"), query.Term("body", "đường"), query.Term("title", "số")]),
    query.And([query.Term("body", "học"), query.Not(query.Term("body", "sinh"))]),
    query.AndMaybe(query.Term("body", "học"), query.Term("body", "tập")),
    query.AndNot(query.Term("body_bare", "duong"), query.Term("body", "làng")),
    query.Require(query.Term("body", "học"), query.Term("body", "theo")),
    query.Phrase("body", ["học", "sinh"]),
    query.Phrase("body_bare", ["ha", "noi"]),
    query.Phrase("body", ["học", "làm"], slop=4),
    query.Prefix("body", "th"),
    query.Prefix("body_bare", "d"),
    query.Wildcard("body", "đ*g"),
    query.Wildcard("body_bare", "h?c"),
    query.FuzzyTerm("body_bare", "dong", maxdist=1),
    query.FuzzyTerm("body_bare", "duonng", maxdist=2),
    query.TermRange("body", "h", "k"),
    query.TermRange("body_bare", "ba", "cu"),
    query.NumericRange("views", 0, 60),
    query.NumericRange("views", None, 30),
    query.NumericRange("views", 20, None, startexcl=True),
    query.DateRange("date", datetime(2019, 1, 1), datetime(2020, 12, 31)),
    query.Term("source", "=tuổi trẻ"),
    query.Phrase("source", ["nhân", "dân"]),
    query.Term("open", True),
    query.Every(),
    query.Every("title"),
    query.ConstantScoreQuery(query.Term("body", "đường"), 2.0),
    query.DisjunctionMax([query.Term("body", "đường"), query.Term("title", "đường")]),
    spans.SpanFirst(query.Term("body", "hà"), limit=2),
    spans.SpanNear(query.Term("body", "học"), query.Term("body", "làm"), slop=6),
    spans.SpanOr([query.Term("body", "hà"), query.Term("body", "học")]),
    query.NestedParent(query.Every("title"), query.Term("body", "học")),
    query.NestedChildren(query.Every("title"), query.Term("title", "bài")),
]


def add_stock(index: Any, documents: list[Document]) -> None:
    """Index documents with Whoosh itself, record for record as vnsearch does."""
    writer = index.writer()
    for document in documents:
        metadata = {name: whoosh_value(value) for name, value in document.fields.items()}
        writer.add_document(id=document.id, title=document.title, title_bare=document.title, **metadata)
        for begin, end in cut(document.text):
            text = document.text[begin:end]
            writer.add_document(id=document.id, body=text, body_bare=text)
    writer.commit(merge=False)


@pytest.fixture(autouse=True)
def exact_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the stock codec keep lengths as they are, up to 255."""
    monkeypatch.setattr("whoosh.codec.whoosh3.length_to_byte", lambda length: length or 0)
    monkeypatch.setattr("whoosh.codec.whoosh3.byte_to_length", lambda byte: byte)


@pytest.fixture(params=["one segment", "several segments", "with deletions"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Any, Any]]:
    """A stock index and ours, with the same records."""
    stock = RamStorage().create_index(schema_of(KINDS))
    store = Store.create(tmp_path / "index")
    size = len(DOCUMENTS) if request.param == "one segment" else 6
    for first in range(0, len(DOCUMENTS), size):
        add_stock(stock, DOCUMENTS[first : first + size])
        with Writer(store) as writer:
            for document in DOCUMENTS[first : first + size]:
                writer.put(document)
    if request.param == "with deletions":
        for name in ("d1", "d7", "d12"):
            deleting = stock.writer()
            deleting.delete_by_term("id", name)
            deleting.commit(merge=False)
            with Writer(store) as writer:
                writer.delete(name)
    with warnings.catch_warnings():
        # Whoosh's own writer leaves temporary files open until they are collected.
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    yield stock, open_whoosh(store.folder)


def answers(index: Any, asked: query.Query, **options: Any) -> list[tuple[str, str, float]]:
    """The hits of a query, as (id, text, score), the best first and equal ones by id."""
    with index.searcher(**({"weighting": options.pop("weighting")} if "weighting" in options else {})) as searcher:
        results = searcher.search(asked, limit=None, **options)
        hits = [(hit["id"], hit.get("body", hit.get("title")), hit.score or 0.0) for hit in results]
    return hits if "sortedby" in options else sorted(hits, key=lambda hit: (-round(hit[2], 6), hit[0], hit[1]))


def assert_equal(ours: list[tuple[str, str, float]], theirs: list[tuple[str, str, float]]) -> None:
    assert [hit[:2] for hit in ours] == [hit[:2] for hit in theirs]
    assert [hit[2] for hit in ours] == pytest.approx([hit[2] for hit in theirs], rel=1e-5)


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: type(asked).__name__)
def test_equal_documents_and_equal_scores(pair: tuple[Any, Any], asked: query.Query) -> None:
    stock, ours = pair
    assert_equal(answers(ours, asked), answers(stock, asked))


def test_spans_without_those_of_a_term_that_ends_before(pair: tuple[Any, Any]) -> None:
    """It asked a matcher behind its end for its record; so it fails over the stock codec where that has deletions."""
    _, ours = pair
    learning = query.Term("body", "học")
    found = answers(ours, spans.SpanNot(learning, query.Term("body", "sinh")))
    assert sorted(hit[:2] for hit in found) == sorted(hit[:2] for hit in answers(ours, learning))


@pytest.mark.parametrize("weighting", [scoring.TF_IDF(), scoring.Frequency(), scoring.BM25F(B=0.3, K1=2.0)], ids=type)
def test_other_weightings(pair: tuple[Any, Any], weighting: Any) -> None:
    stock, ours = pair
    asked = query.Or([query.Term("body", "đường"), query.Term("body_bare", "hoc")])
    assert_equal(answers(ours, asked, weighting=weighting), answers(stock, asked, weighting=weighting))


@pytest.mark.parametrize(
    "text", ["đường AND phố", '"hà nội"', "học NOT sinh", "title:bài body:đường", "th*", "(a OR học) đi"]
)
def test_whooshs_own_parser(pair: tuple[Any, Any], text: str) -> None:
    stock, ours = pair
    for parser in (QueryParser("body", ours.schema), MultifieldParser(["title_bare", "body_bare"], ours.schema)):
        asked = parser.parse(text)
        assert_equal(answers(ours, asked), answers(stock, asked))


@pytest.mark.parametrize("field", ["views", "date", "source"])
@pytest.mark.parametrize("reverse", [False, True])
def test_sorting(pair: tuple[Any, Any], field: str, reverse: bool) -> None:
    stock, ours = pair
    facet = sorting.StoredFieldFacet(field) if field == "views" else sorting.FieldFacet(field, reverse=reverse)
    order = [facet, sorting.StoredFieldFacet("id")]
    asked = query.Every("title")
    assert answers(ours, asked, sortedby=order) == answers(stock, asked, sortedby=order)


def test_facets(pair: tuple[Any, Any]) -> None:
    def groups(index: Any) -> dict[str, dict[Any, int]]:
        with index.searcher() as searcher:
            facets = sorting.Facets()
            facets.add_field("source", maptype=sorting.Count)
            facets.add_facet("views", sorting.StoredFieldFacet("views", maptype=sorting.Count))
            results = searcher.search(query.Every("title"), limit=None, groupedby=facets)
            return {name: dict(results.groups(name)) for name in ("source", "views")}

    stock, ours = pair
    assert groups(ours) == groups(stock)


@pytest.mark.parametrize("field", ["title", "title_bare", "body", "body_bare", "id", "source"])
def test_lexicon_and_statistics(pair: tuple[Any, Any], field: str) -> None:
    stock, ours = pair
    with stock.reader() as theirs, ours.reader() as mine:
        assert list(mine.lexicon(field)) == list(theirs.lexicon(field))
        assert mine.field_length(field) == theirs.field_length(field)
        assert (mine.doc_count(), mine.doc_count_all()) == (theirs.doc_count(), theirs.doc_count_all())
        for term in theirs.lexicon(field):
            assert mine.doc_frequency(field, term) == theirs.doc_frequency(field, term)
            assert mine.frequency(field, term) == theirs.frequency(field, term)
            assert list(mine.postings(field, term).all_ids()) == list(theirs.postings(field, term).all_ids())
            a, b = mine.term_info(field, term), theirs.term_info(field, term)
            assert (a.weight(), a.doc_frequency(), a.max_weight()) == (b.weight(), b.doc_frequency(), b.max_weight())
            assert (a.min_id(), a.max_id()) == (b.min_id(), b.max_id())
        for record in mine.all_doc_ids():
            assert mine.doc_field_length(record, field, 0) == (theirs.doc_field_length(record, field, 0) or 0)


def test_stored_fields_and_deletions(pair: tuple[Any, Any]) -> None:
    stock, ours = pair
    with stock.reader() as theirs, ours.reader() as mine:
        assert list(mine.all_stored_fields()) == list(theirs.all_stored_fields())
        assert mine.has_deletions() == theirs.has_deletions()
        assert list(mine.all_doc_ids()) == list(theirs.all_doc_ids())


def test_positions(pair: tuple[Any, Any]) -> None:
    def places(index: Any) -> list[tuple[int, list[int], bytes]]:
        with index.reader() as reader:
            matcher = reader.postings("body", "đường")
            found = []
            while matcher.is_active():
                found.append((matcher.id(), list(matcher.value_as("positions")), matcher.value()))
                matcher.next()
            return found

    stock, ours = pair
    assert places(ours) == places(stock)


def test_prefix_expansion_and_more_like_this(pair: tuple[Any, Any]) -> None:
    stock, ours = pair
    with stock.searcher() as theirs, ours.searcher() as mine:
        assert list(mine.reader().expand_prefix("body", "th")) == list(theirs.reader().expand_prefix("body", "th"))
        number = mine.document_number(id="d0")
        assert number == theirs.document_number(id="d0")
        assert dict(mine.document(id="d4")) == dict(theirs.document(id="d4"))
        assert mine.key_terms([1], "body", numterms=3) == theirs.key_terms([1], "body", numterms=3)


def test_a_term_that_is_not_there(pair: tuple[Any, Any]) -> None:
    _, ours = pair
    with ours.reader() as reader:
        assert reader.doc_frequency("body", "xyz") == 0
        with pytest.raises(TermNotFound):
            reader.postings("body", "xyz")


def test_an_empty_index(tmp_path: Path) -> None:
    ours = open_whoosh(Store.create(tmp_path / "index").folder)
    assert ours.is_empty()
    assert answers(ours, query.Every()) == []


def test_the_view_is_read_only(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="read-only"):
        open_whoosh(Store.create(tmp_path / "index").folder).writer()
