"""What is counted of the documents that match."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vnsearch import Document, Index
from vnsearch.errors import RequestError

FIELDS: list[dict[str, Any]] = [
    {"date": date(2018, 5, 1), "views": 3, "open": True, "source": "Nhân Dân", "tags": ["Kinh tế", "xã hội"]},
    {"date": datetime(2018, 7, 2, 8, tzinfo=UTC), "views": 2.5, "open": False, "source": "NHÂN DÂN"},
    {"date": date(1, 1, 1), "views": 3, "open": True, "source": "Tuổi Trẻ", "tags": ("xã hội", "Xã hội")},
    {"source": "Tuổi Trẻ"},
    {},
]


@pytest.fixture(scope="module", params=["one segment", "several"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    documents = [Document(f"d{n}", f"tin số {n}" + " quý" * (n < 2), fields=held) for n, held in enumerate(FIELDS)]
    with Index.create(tmp_path_factory.mktemp("facets") / "index") as made:
        gone = Document("gone", "tin", fields=FIELDS[0])
        if request.param == "several":
            for document in (*documents, gone):
                made.add([document])
        else:
            made.add([*documents, gone])
        made.delete("gone")
        yield made


def counted(index: Index, query: str, field: str, **options: Any) -> tuple[dict[str, int], int, int]:
    facets = index.facets(query, field, **options)
    assert facets.to_dict()["values"] == [{"value": v.value, "count": v.count} for v in facets.values]
    return {value.value: value.count for value in facets.values}, facets.total, facets.missing


def test_texts_are_counted_by_their_words_and_shown_as_written(index: Index) -> None:
    assert counted(index, "tin", "source") == ({"Nhân Dân": 2, "Tuổi Trẻ": 2}, 5, 1)
    assert counted(index, "tin", "tags") == ({"xã hội": 2, "Kinh tế": 1}, 5, 3)  # a value twice in one counts once


def test_dates_are_counted_by_year_or_by_month_of_the_only_year(index: Index) -> None:
    assert counted(index, "tin", "date") == ({"0001": 1, "2018": 2}, 5, 2)
    assert counted(index, "quý", "date") == ({"2018-05": 1, "2018-07": 1}, 2, 0)


def test_numbers_and_truths(index: Index) -> None:
    assert list(counted(index, "tin", "views")[0].items()) == [("2.5", 1), ("3", 2)]
    assert counted(index, "tin", "open") == ({"true": 2, "false": 1}, 5, 2)


def test_what_is_counted_is_what_is_found(index: Index) -> None:
    assert counted(index, "tin", "source", filters={"date": "2018"}) == ({"Nhân Dân": 2}, 2, 0)
    assert counted(index, "khong co gi", "source", match="all") == ({}, 0, 0)
    assert counted(index, "", "source")[1] == 5
    assert counted(index, "tin -quý", "source") == ({"Tuổi Trẻ": 2}, 3, 1)


def test_the_most_frequent_are_kept_dates_in_their_order(index: Index) -> None:
    assert counted(index, "tin", "tags", limit=1)[0] == {"xã hội": 2}
    assert counted(index, "tin", "date", limit=1)[0] == {"2018": 2}
    assert counted(index, "tin", "date", limit=0)[0] == {}


def test_an_unknown_field_is_named(index: Index) -> None:
    with pytest.raises(RequestError, match="no document has a field 'size'"):
        index.facets("tin", "size")
