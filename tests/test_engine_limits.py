"""The ends of what an index holds: one large document, very many small ones, and none.

A tenth of the sizes that `benchmarks/limits.py` runs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from vnsearch import Document, Index
from vnsearch.engine import Store, Writer
from vnsearch.errors import DocumentNotFound
from vnsearch.index import check

SENTENCE = "Đồng bào cả nước đoàn kết một lòng. "
"""53 bytes, 8 syllables."""


def test_a_document_of_five_megabytes(tmp_path: Path) -> None:
    count = 5_000_000 // len(SENTENCE.encode())
    text = "Mở đầu.\n\n" + SENTENCE * count + "Kết thúc"
    with Index.create(tmp_path / "index") as index:
        index.add([Document("large", text), Document("small", "nhỏ bé")])
        stats = index.stats()
        assert (stats.documents, stats.syllables) == (2, 8 * count + 6)
        assert index.get("large").text == text
        for query, place in (("mở đầu", 0), ('"kết thúc"', len(text) - len("Kết thúc"))):
            (hit,) = index.search(query, match="all")
            shown = {hit.passages[0].start + a for a, _ in hit.passages[0].spans}
            assert place in shown
        assert [hit.id for hit in index.search("nhỏ bé")] == ["small"]
        assert index.search("doan ket", group="passage", match="all").total > 1_000
        assert index.delete("large") == 1
        assert index.stats().syllables == 2


def test_thirty_thousand_documents_of_one_word(tmp_path: Path) -> None:
    count = 30_000
    with Index.create(tmp_path / "index") as index:
        assert index.add(Document(f"n{n}", f"từ{n % 1000}") for n in range(count)) == count
        assert (index.stats().documents, index.stats().passages, index.stats().vocabulary) == (count, count, 1000)
        assert index.search("từ7", match="all").total == count // 1000
        assert index.search("*").total == count
        assert index.get(f"n{count - 1}").text == "từ999"
        assert index.delete(f"n{n}" for n in range(0, count, 1000)) == count // 1000
        assert index.search("từ0", match="all", marks="exact").total == 0
    assert check(index.path) == []


def test_an_empty_index_answers_everything(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        for query in ("từ", '"một cụm"', "*", "tu*", "ngày:2018", "a NOT b", "từ~"):
            for group in ("document", "passage"):
                assert index.search(query, group=group).total == 0  # type: ignore[arg-type]
        assert index.suggest("t") == [] and index.delete("a") == 0
        with pytest.raises(DocumentNotFound):
            index.get("a")
        stats = index.stats()
        assert (stats.documents, stats.passages, stats.syllables, stats.vocabulary) == (0, 0, 0, 0)
    assert check(index.path) == []


def test_a_vocabulary_without_end_in_little_memory(tmp_path: Path) -> None:
    """As many terms as tokens, through spilled runs."""
    store = Store.create(tmp_path / "index")
    with Writer(store, memory=1) as writer:
        for first in range(0, 160_000, 20_000):
            writer.put(Document(f"n{first}", " ".join(f"x{n}" for n in range(first, first + 20_000))))
    found = store.snapshot()
    for number in (0, 65_535, 65_536, 131_071, 159_999):
        (record,) = found.postings("body", f"x{number}").records.tolist()
        assert found.card(int(found.document_of[record])).id == f"n{number // 20_000 * 20_000}"
    assert store.check() == []
