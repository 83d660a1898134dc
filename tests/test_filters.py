"""Metadata: filters, and fields in a query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vnsearch import Document, Index
from vnsearch.errors import RequestError
from vnsearch.search.filters import read_date

FIELDS: dict[str, dict[str, Any]] = {
    "a": {"date": date(1, 1, 1), "views": 3, "open": True, "source": "Nhân Dân", "tags": ["Kinh tế", "xã hội"]},
    "b": {"date": datetime(2018, 5, 15, 10, 30, tzinfo=UTC), "views": 2.5, "open": False, "source": "Tuổi Trẻ"},
    "c": {"date": date(9999, 12, 31), "views": -1, "source": "báo Nhân Dân", "tags": ("y tế",)},
    "d": {},
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("filters") / "index") as made:
        made.add(Document(name, "tin " + name, fields=fields) for name, fields in FIELDS.items())
        made.add([Document("gone", "tin", fields=FIELDS["a"])])
        made.delete("gone")
        yield made


def ids(index: Index, query: str, **options: Any) -> str:
    options = {"match": "all"} | options
    return "".join(sorted(hit.id for hit in index.search(query, **options)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date:2018", "b"),
        ("date:0001", "a"),
        ("date:9999", "c"),
        ("date:0001..9999", "abc"),
        ("date:2018..", "bc"),
        ("date:..2018", "ab"),
        ("date:2018-05", "b"),
        ("date:5/2018", "b"),
        ("date:15/5/2018", "b"),
        ("date:15-05-2018", "b"),
        ("date:2018-05-15..2018-05-15", "b"),
        ("date:2019..2018", ""),
        ("date:hôm-qua", ""),
        ("date:2018-13", ""),
        ("date:31/2/2018", ""),
        ("date:0000", ""),
        ("date:2018*", ""),
        ("views:3", "a"),
        ("views:3.0", "a"),
        ("views:-1", "c"),
        ("views:2..3", "ab"),
        ("views:..0", "c"),
        ("views:nan", ""),
        ("views:inf", ""),
        ("views:..inf", "abc"),
        ("views:1e999", ""),
        ("views:nhiều", ""),
        ("open:true", "a"),
        ("open:có", "a"),
        ("open:ĐÚNG", "a"),
        ("open:false", "b"),
        ("open:không", "b"),
        ("open:banana", ""),
        ("open:a..b", ""),
        ("source:nhân", "ac"),
        ("source:nhan", "ac"),
        ('source:"nhan dan"', "ac"),
        ('source:"dân nhân"', ""),
        ("source:nh*", "ac"),
        ("source:tuổi..", "b"),
        ("source:a..z", "abc"),
        ("tags:tế", "ac"),
        ('tags:"tế xã"', ""),
        ("tin NOT source:nhân", "bd"),
        ("*", "abcd"),
        ("tin -views:-1", "abd"),
    ],
)
@pytest.mark.parametrize("group", ["document", "passage"])
def test_fields_in_a_query(index: Index, query: str, found: str, group: str) -> None:
    assert ids(index, query, group=group) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, "abcd"),
        ({"date": 2018}, "b"),
        ({"date": "2018-05"}, "b"),
        ({"date": date(2018, 5, 15)}, "b"),
        ({"date": datetime(2018, 5, 15, 10, 30)}, "b"),
        ({"date": datetime(2018, 5, 15, 10, 31)}, ""),
        ({"date": date(1, 1, 1)}, "a"),
        ({"date": "2018..2019"}, "b"),
        ({"date": [date(1, 1, 1), "9999"]}, "ac"),
        ({"date": {2018}}, "b"),
        ({"views": 3}, "a"),
        ({"views": "2.5"}, "b"),
        ({"views": "..2.5"}, "bc"),
        ({"views": 10**400}, ""),
        ({"open": True}, "a"),
        ({"open": 0}, "b"),
        ({"open": "có"}, "a"),
        ({"open": [True, False]}, "ab"),
        ({"source": "nhân dân"}, "a"),
        ({"source": "NHÂN  DÂN"}, "a"),
        ({"source": "nhan dan"}, ""),
        ({"source": "nhân"}, ""),
        ({"source": ""}, ""),
        ({"source": ["nhân dân", "tuổi trẻ"]}, "ab"),
        ({"source": []}, ""),
        ({"tags": "xã hội"}, "a"),
        ({"tags": "y tế"}, "c"),
        ({"tags": "xã"}, ""),
        ({"source": "nhân dân", "views": 3}, "a"),
        ({"source": "nhân dân", "views": 2.5}, ""),
    ],
    ids=lambda value: repr(value)[:50],
)
@pytest.mark.parametrize("group", ["document", "passage"])
def test_filters(index: Index, filters: dict[str, Any], found: str, group: str) -> None:
    assert ids(index, "tin", filters=filters, group=group) == found


@pytest.mark.parametrize(
    "filters",
    [
        {"colour": "red"},
        {"id": "a"},
        {"body": "tin"},
        {"date": "hôm qua"},
        {"date": ""},
        {"date": None},
        {"date": object()},
        {"date": "2018-13"},
        {"views": "nhiều"},
        {"views": ""},
        {"views": None},
        {"views": True},
        {"views": [3, "x"]},
        {"open": "banana"},
        {"open": None},
        {"open": 2},
    ],
    ids=lambda value: repr(value)[:50],
)
def test_a_filter_that_cannot_be_is_an_error_and_not_another_filter(index: Index, filters: dict[str, Any]) -> None:
    """Whatever was not true asked for what is false, and nothing at all for all there is."""
    with pytest.raises(RequestError) as raised:
        index.search("tin", filters=filters)
    assert "\n" not in str(raised.value) and raised.value.hint


def test_filters_alone_are_a_search(index: Index) -> None:
    assert ids(index, "", filters={"views": 3}) == "a"
    assert ids(index, "...", filters={"date": "2018.."}, group="passage") == "bc"


def test_filters_decide_before_words_are_given_up(index: Index) -> None:
    assert index.search("tin a", filters={"views": 3}).relaxed is None
    results = index.search("tin a", filters={"views": 2.5})
    assert [hit.id for hit in results] == ["b"] and results.relaxed in ("most", "any")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2/2024", "2024-02-01", "2024-02-29"),
        (" 15.05.2018 ", "2018-05-15", "2018-05-15"),
        ("2018-5-1", "2018-05-01", "2018-05-01"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_dates_are_read(text: str, first: str, last: str) -> None:
    begin, end = read_date(text)
    assert (begin.date().isoformat(), end.date().isoformat()) == (first, last)
    assert (begin.hour, end.hour, end.minute, end.microsecond) == (0, 23, 59, 999_999)


@pytest.mark.parametrize(
    "text", ["", "x", "18", "2018-13", "32/1/2018", "0/0/2018", "2018-1-1-1", "0000", "1/2/3/2018"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        read_date(text)
