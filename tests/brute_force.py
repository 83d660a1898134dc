"""What a snapshot must hold, worked out from the documents alone with the plain tokenizer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from hypothesis import strategies as st

from vnsearch import Document
from vnsearch.engine import Snapshot
from vnsearch.engine.chunk import LAST_POSITION, POSITION_BITS
from vnsearch.engine.metadata import canonical_value, moment
from vnsearch.text.canonical import bare
from vnsearch.text.passages import cut
from vnsearch.text.tokens import Token, numbers, tokenize

FIELDS: Final = ("title", "body")
IDS: Final = ("a", "b", "c", "đ", "e f", "東")
WORDS: Final = (
    "ma",
    "má",
    "mà",
    "kỹ",
    "kĩ",
    "đường",
    "duong",
    "1.000",
    "25,000,000",
    "TP.HCM",
    "東京",
    "…",
    "\n\n",
    "hết.",
)

Place = tuple[str, int, int]
"""Where a term stands: the document, the record counted from its header, the position."""

_words = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
_fields = st.fixed_dictionaries(
    {},
    optional={
        "views": st.one_of(st.integers(-5, 5), st.floats(-2, 2)),
        "day": st.dates(date(1, 1, 1)),
        "open": st.booleans(),
        "tags": st.one_of(_words, st.lists(_words, max_size=3)),
    },
)
papers = st.builds(
    Document, st.sampled_from(IDS), _words, _words, _fields, st.sampled_from((None, "x.txt")), st.just((3, 9))
)
"""Small documents whose ids, words and values meet often."""


def passages(document: Document, tokens: Sequence[Token]) -> Iterator[tuple[int, int, int, int]]:
    """The passages of a document as (begin, end, first token, one past the last)."""
    for begin, end in cut(document.text, sorted(document.borders)):
        inside = [place for place, token in enumerate(tokens) if begin <= token.begin < end]
        if inside:
            yield begin, end, inside[0], inside[-1] + 1


def rows(document: Document) -> Iterator[tuple[str, int, list[tuple[str, int]], int]]:
    """The records of a document as (field, record from its header, terms and positions, tokens)."""
    for field, text in zip(FIELDS, (document.title, document.text), strict=True):
        tokens = list(tokenize(text))
        grouped = {number.token: number.value for number in numbers(text, tokens)}
        stretches = [(0, len(tokens))] if field == "title" else [(a, b) for _, _, a, b in passages(document, tokens)]
        for record, (first, last) in enumerate(stretches, start=field == "body"):
            row = [(tokens[place].canonical, min(place - first, LAST_POSITION)) for place in range(first, last)]
            row += [(value, min(p - first, LAST_POSITION)) for p, value in grouped.items() if first <= p < last]
            yield field, record, row, last - first


def postings(documents: Mapping[str, Document]) -> dict[tuple[str, str], list[Place]]:
    """Field and term -> every place where it stands."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for document in documents.values():
        for field, record, row, _ in rows(document):
            for term, position in row:
                found[field, term].append((document.id, record, position))
    return found


def pairs(documents: Mapping[str, Document]) -> dict[tuple[str, str, str], list[tuple[str, int]]]:
    """Field and two terms -> the record of every place where they stand side by side."""
    found: dict[tuple[str, str, str], list[tuple[str, int]]] = defaultdict(list)
    for document in documents.values():
        for field, record, row, _ in rows(document):
            for first, place in row:
                for second, other in row:
                    if other == place + 1:
                        found[field, first, second].append((document.id, record))
    return found


def places(snapshot: Snapshot, field: str, term: str) -> list[Place]:
    """What a snapshot says of a term."""
    keys = snapshot.occurrences(field, term)
    assert (keys[1:] >= keys[:-1]).all()
    _compare_postings(snapshot, field, term)
    found = []
    for key in keys.tolist():
        record, position = key >> POSITION_BITS, key & (1 << POSITION_BITS) - 1
        document = int(snapshot.document_of[record])
        assert document >= 0, "a deleted record"
        found.append((snapshot.card(document).id, record - int(snapshot.header_of[document]), position))
    return found


def _compare_postings(snapshot: Snapshot, field: str, term: str) -> None:
    """Records and counts are those of the occurrences, among all records and among some."""
    keys = snapshot.occurrences(field, term)
    records, counts = snapshot.postings(field, term)
    assert np.repeat(records, counts).tolist() == (keys >> POSITION_BITS).tolist()
    assert snapshot.frequency(field, term) == len(records)
    some = np.arange(0, snapshot.records, 2)
    few = snapshot.occurrences(field, term, some)
    assert few.tolist() == keys[(keys >> POSITION_BITS) % 2 == 0].tolist()


def _compare_pairs(snapshot: Snapshot, documents: Mapping[str, Document]) -> None:
    expected = pairs(documents)
    for field in FIELDS:
        terms = snapshot.terms(field)
        found: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
        for i, j, (records, counts) in snapshot.pairs(field, terms, terms):
            owners = snapshot.document_of[records]
            held = zip(owners.tolist(), (records - snapshot.header_of[owners]).tolist(), counts.tolist(), strict=True)
            where = [(snapshot.card(number).id, record) for number, record, count in held for _ in range(count)]
            if where:
                found[field, terms[i], terms[j]] = sorted(where)
        assert found == {key: sorted(where) for key, where in expected.items() if key[0] == field}


def compare(snapshot: Snapshot, documents: Mapping[str, Document]) -> None:
    """Hold everything that a snapshot tells against the documents that it should hold."""
    order = [snapshot.card(number).id for number in range(snapshot.documents)]
    assert sorted(order) == sorted(documents)
    for number, name in enumerate(order):
        assert snapshot.document(number) == documents[name]
        assert snapshot.find(name) == number
    assert all(snapshot.find(name) is None for name in (*IDS, "none") if name not in documents)
    _compare_records(snapshot, [documents[name] for name in order])
    _compare_terms(snapshot, documents)
    _compare_columns(snapshot, [documents[name] for name in order])


def _compare_records(snapshot: Snapshot, documents: Sequence[Document]) -> None:
    assert (snapshot.document_of >= 0).sum() == snapshot.passages + snapshot.documents
    assert (np.diff(snapshot.header_of) > 0).all()
    for number, document in enumerate(documents):
        header = int(snapshot.header_of[number])
        tokens = list(tokenize(document.text))
        spans = [(a, b) for a, b, _, _ in passages(document, tokens)]
        sizes = [0, *(0 for _ in spans)]
        for _, record, _, size in rows(document):
            sizes[record] = size
        records = np.flatnonzero(snapshot.document_of == number)
        assert records.tolist() == list(range(header, header + len(sizes)))
        assert list(zip(snapshot.starts[records], snapshot.ends[records], strict=True)) == [(-1, -1), *spans]
        assert snapshot.sizes[records].tolist() == sizes


def _compare_terms(snapshot: Snapshot, documents: Mapping[str, Document]) -> None:
    expected = postings(documents)
    _compare_pairs(snapshot, documents)
    for (field, term), where in expected.items():
        assert sorted(places(snapshot, field, term)) == sorted(where), (field, term)
    for field in FIELDS:
        held = snapshot.terms(field)
        assert snapshot.vocabulary_size(field) == len(held)
        assert held == sorted(held) and {term for name, term in expected if name == field} <= {*held}
        for term in held:  # a term of deleted documents may stay until their segment is merged
            assert (field, term) in expected or not len(snapshot.postings(field, term).records)
        by_form: dict[str, list[str]] = defaultdict(list)
        for term in held:
            by_form[bare(term)].append(term)
        assert snapshot.vocabulary(field) == {form: tuple(terms) for form, terms in by_form.items()}
        for form in (*by_form, "none", ""):
            assert snapshot.variants(field, form) == tuple(by_form.get(form, ()))
        for prefix in ("", "m", "ma", "du", "1", "zz", *list(by_form)[:3]):
            in_order = [t for form in sorted(by_form) if form.startswith(prefix) for t in by_form[form]]
            assert list(snapshot.with_prefix(field, prefix)) == in_order


def _compare_columns(snapshot: Snapshot, documents: Sequence[Document]) -> None:
    for name in ("views", "day", "open"):
        if name in snapshot.kinds:
            present, values = snapshot.column(name)
            assert present.tolist() == [name in document.fields for document in documents]
            given = [document.fields.get(name) for document in documents]
            wanted: list[Any] = [moment(v) if isinstance(v, date) else v for v in given]
            assert values[present].tolist() == [value for value in wanted if value is not None]
    values_of = [_values(document.fields.get("tags")) for document in documents]
    for text in ("ma", "má", "", *{value for held in values_of for value in held}):
        chosen = snapshot.select_texts("tags", lambda value, text=text: value == text)  # type: ignore[misc]
        assert chosen.tolist() == [text in held for held in values_of]
    present, ranks = snapshot.ranks("tags")
    assert present.tolist() == [bool(held) for held in values_of]
    ranked = sorted((int(ranks[i]), held[0]) for i, held in enumerate(values_of) if held)
    assert [value for _, value in ranked] == sorted(value for _, value in ranked)
    assert len({rank for rank, _ in ranked}) == len({value for _, value in ranked})


def _values(value: Any) -> list[str]:
    return [canonical_value(v) for v in ([value] if isinstance(value, str) else value or ())]
