"""Which words of a query are plain, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import wild

from vnsearch.search.plain import plain_text
from vnsearch.text.canonical import canonical

FIELDS = ("title", "date")

# (query, its rows of plain words)
ROWS = [
    ("tư tưởng", ["tư tưởng"]),
    ("  Tư  tưởng, đạo đức!", ["Tư tưởng", "đạo đức"]),
    ("kinh tế - xã hội", ["kinh tế", "xã hội"]),
    ("chỉ thị 05-CT/TW của Đảng", ["chỉ thị", "của Đảng"]),
    ('học tập "tư tưởng" đạo đức', ["học tập", "đạo đức"]),
    ("tham nhũng AND lãng phí", ["tham nhũng", "lãng phí"]),
    ("tham nhũng HOẶC (lãng phí)", ["tham nhũng", "lãng phí"]),
    ("THAM NHŨNG VÀ LÃNG PHÍ", ["THAM NHŨNG VÀ LÃNG PHÍ"]),
    ("đạo đức -lãng phí", ["đạo đức", "phí"]),
    ("đạo đức NOT lãng phí", ["đạo đức"]),
    ('đạo đức NOT "lãng phí" a', ["đạo đức", "a"]),
    ("đạo đức -(lãng phí) tư tưởng", ["đạo đức", "tư tưởng"]),
    ("đạo đức NOT (lãng (phí)) tư tưởng", ["đạo đức", "tư tưởng"]),
    ("title:x sử title:(lý do) hay", ["sử", "hay"]),
    ("thành* h?c xử~1 lý", ["lý"]),
    ("date:2018..2022 kinh tế", ["kinh tế"]),
    ("C++ và 3,5% là gì?", ["và", "là gì"]),
    ("（tư tưởng）", ["tư tưởng"]),
    ("*", []),
    ("", []),
]


@pytest.mark.parametrize(("query", "rows"), ROWS)
def test_rows(query: str, rows: list[str]) -> None:
    found = plain_text(query, FIELDS).rows
    assert [" ".join(query[word.begin : word.end] for word in row) for row in found] == rows


@given(wild)
def test_words_stand_where_they_are_said_to(query: str) -> None:
    rows, others = plain_text(query, FIELDS)
    words = [word for row in rows for word in row]
    assert [word.canonical for word in words] == [canonical(query[word.begin : word.end]) for word in words]
    assert [word.begin for word in words] == sorted(word.begin for word in words)
    assert others.count(None) == len(rows)
