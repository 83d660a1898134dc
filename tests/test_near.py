"""Strings one edit away, found in a sorted list, against reading the whole list."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch.engine import near as module
from vnsearch.engine.container import Container, ContainerWriter
from vnsearch.engine.near import is_one_edit, near
from vnsearch.engine.strings import Strings, encode, write_strings

words = st.text(alphabet="abđ1", max_size=6)


def strings(folder: Path, held: set[str]) -> Strings:
    path = folder / "held"
    path.unlink(missing_ok=True)
    with ContainerWriter(path) as container:
        write_strings(container, "held", sorted(map(encode, held)))
    return Strings(Container(path), "held")


@pytest.mark.parametrize("few", [0, 4])
def test_near_is_what_a_scan_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(module, "_FEW", few)
    monkeypatch.setattr(module, "_LETTERS", "abđ1")

    @given(st.sets(words, max_size=40), words)
    def check(held: set[str], word: str) -> None:
        assert {*near(strings(tmp_path, held), word)} == {other for other in held if is_one_edit(word, other)}

    check()


@given(words, words)
def test_one_edit_is_a_distance_of_one(a: str, b: str) -> None:
    assert is_one_edit(a, b) == is_one_edit(b, a) == (b in _edits(a) and a != b)


def _edits(word: str) -> set[str]:
    found = set()
    for i in range(len(word) + 1):
        found.add(word[:i] + word[i + 1 :])
        if i + 1 < len(word):
            found.add(word[:i] + word[i + 1] + word[i] + word[i + 2 :])
        for letter in "abđ1":
            found |= {word[:i] + letter + word[i:], word[:i] + letter + word[i + 1 :]}
    return found
