"""What the tests of `Index` share: two documents, and questions to an index."""

from __future__ import annotations

from datetime import date

from vnsearch import Document, Index
from vnsearch.errors import (
    VnsearchError,
)

WARD = Document(
    id="ward",
    text="Đường phố ngập trong triều cường.\n\nCán bộ và nhân dân phường cùng chống ngập.",
    title="Triều cường ở phường",
    fields={"source": "Tuổi Trẻ", "date": date(2018, 5, 15), "views": 12, "open": True, "tags": ["y tế", "xã hội"]},
    path="tin/ward.txt",
    borders=(35,),
)
OFFICE = Document(id="office", text="Đảng ủy Khối các cơ quan Trung ương tổ chức hội nghị.", title="Hội nghị")


def ids(index: Index, query: str, **options: object) -> list[str]:
    return [hit.id for hit in index.search(query, **options)]  # type: ignore[arg-type]


def one_line(error: VnsearchError) -> bool:
    """Whether an error says in one line what happened, to what, and what to do."""
    return "\n" not in str(error) and bool(error.message) and bool(error.hint) and len(str(error)) < 400


def size(index: Index) -> tuple[object, ...]:
    """What an index holds, in numbers."""
    stats = index.stats()
    return stats.documents, stats.passages, stats.syllables, stats.vocabulary, dict(stats.fields)
