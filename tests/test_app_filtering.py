"""Filters as a person types them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from vnsearch import Document, Index
from vnsearch.app.filtering import read_filters
from vnsearch.app.messages import Messages
from vnsearch.errors import RequestError

SAY = Messages("en")


@pytest.mark.parametrize(
    ("given", "since", "until", "filters"),
    [
        ([], None, None, {}),
        (["a=b"], None, None, {"a": "b"}),
        ([" a = b=c "], None, None, {"a": "b=c"}),
        (["a=b", "c=d", "a=e"], None, None, {"a": ["b", "e"], "c": "d"}),
        ([], "2018", None, {"date": "2018.."}),
        ([], None, "15/5/2018", {"date": "..15/5/2018"}),
        (["a=b"], "5/2018", "2018-05", {"a": "b", "date": "5/2018..2018-05"}),
    ],
)
def test_what_the_index_is_given(given: list[str], since: str | None, until: str | None, filters: object) -> None:
    assert read_filters(given, since, until, SAY) == filters


@pytest.mark.parametrize(
    ("given", "since", "until", "said"),
    [
        (["a"], None, None, "a is not NAME=VALUE"),
        (["=a"], None, None, "=a is not NAME=VALUE"),
        ([], "2018-13", None, "--since 2018-13 is no date"),
        ([], None, "", "--until  is no date"),
        ([], "2018..2019", None, "--since 2018..2019 is no date"),
        ([], "2019", "2018", "--since 2019 is after --until 2018"),
        (["date=2018"], "2018", None, "--since and --until cannot be given beside --field date="),
    ],
)
def test_what_cannot_be_read(given: list[str], since: str | None, until: str | None, said: str) -> None:
    with pytest.raises(RequestError, match="^" + said.replace(".", r"\.")):
        read_filters(given, since, until, SAY)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("31/12/2017", None, "abcd"),
        ("2018", "2018", "abc"),
        ("2018-12", None, "bcd"),
        (None, "30/12/2018", "ab"),
        (None, "31-12-2018", "abc"),
        ("31.12.2018", "1/1/2019", "cd"),
        ("2018-12-31T23:59:59", None, "cd"),
        ("1/1/2019", None, "d"),
    ],
)
def test_a_range_holds_the_first_and_the_last_moment(
    since: str | None, until: str | None, found: str, tmp_path: Path
) -> None:
    moments = {
        "a": datetime(2018, 1, 1),
        "b": datetime(2018, 12, 30, 23, 59, 59, 999_999),
        "c": datetime(2018, 12, 31, 23, 59, 59),
        "d": datetime(2019, 1, 1),
    }
    with Index.create(tmp_path / "index") as index:
        index.add(Document(id=name, text="chữ", fields={"date": moment}) for name, moment in moments.items())
        results = index.search("chữ", filters=read_filters([], since, until, SAY))
    assert "".join(sorted(hit.id for hit in results)) == found
